"""An edition as a database of its own: what it shows, how its file is built and kept, what was true on a day."""

import datetime as dt
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, connection, connections, transaction
from hypothesis import given, strategies
from hypothesis import settings as made_up

from agreements import editions, publication
from agreements.dataset import schema
from agreements.dataset.check import check_across, entry
from agreements.dataset.dump import dump, files
from agreements.dataset.load import Refused, load
from agreements.dataset.read import Line, read
from agreements.dataset.rows import MODELS, row_of, with_lists
from agreements.models import Agreement, Assessment, Edition, Official, Record, Revision, RevisionSubject, Statement
from agreements.vocabulary import State
from tests.dataset.packages import Dataset
from tests.factories import make_assessment, make_official, make_source, make_statement

SAID = "olivier-nduhungirehe-2025-05-04"
SHIPPED = Path(settings.BASE_DIR) / "data"
NOON = dt.datetime(2025, 12, 1, 12, tzinfo=dt.UTC)

with_database = pytest.mark.django_db
with_threads = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path / "a folder?with #odd% signs"


def at_the_desk(record, **values):
    with publication.act() as act:
        for name, value in values.items():
            setattr(record, name, value)
        act.publish(record)
    return act.edition


def withdraw(*records):
    with publication.act() as act:
        act.withdraw(records, reason="Made in error.")
    return act.edition


def reading(number, **options):
    return editions.reading(editions.moment(number, **options))


def rows_read():
    """All that is public, as the database that is being read has it."""
    return {
        table: [row_of(record) for record in with_lists(model.objects.published()).order_by("pk")]
        for table, model in MODELS.items()
    }


def built():
    return sorted(editions.folder().glob("*.sqlite3"))


# --- What it shows --------------------------------------------------------------------------------


@with_database
def test_an_edition_holds_the_rows_that_were_loaded_and_its_files_are_those_of_the_package(tmp_path):
    packages = [Dataset(), Dataset().change("statements", SAID, summary="Corrected."), Dataset()]
    packages[2].drop("assessments", "rwa-unhcr-2025")
    for number, package in enumerate(packages, start=1):
        load(package.write(tmp_path / str(number)))
    for number, package in enumerate(packages, start=1):
        sorted_rows = {table: sorted(rows, key=lambda row: row["id"]) for table, rows in package.rows.items()}
        assert editions.dataset_of(number) == sorted_rows
        with reading(number):
            assert rows_read() == sorted_rows
        call_command("export_dataset", tmp_path / "out", edition=number, verbosity=0)
        for path in (tmp_path / str(number)).iterdir():
            assert (tmp_path / "out" / path.name).read_bytes() == path.read_bytes()


@with_database
def test_a_renamed_official_has_the_old_name_in_the_edition_before_over_relations_and_filters_too():
    official = make_official("spoke", name="Old Name")
    make_statement(official, id="said")
    before = editions.newest().number
    after = at_the_desk(official, name="New Name").number
    for number, name, other in ((before, "Old Name", "New Name"), (after, "New Name", "Old Name")):
        with reading(number):
            assert Statement.objects.get(official__name=name).official.name == name
            assert Statement.objects.select_related("official").get().official.name == name
            assert not Statement.objects.filter(official__name=other).exists()
            assert Official.objects.prefetch_related("statements").get().name == name
    assert Statement.objects.get().official.name == "New Name"


@with_database
def test_a_record_is_there_in_the_editions_in_which_it_was_public():
    make_assessment("first")
    second = make_assessment("second")
    numbers = [editions.newest().number, withdraw(second).number, at_the_desk(second).number]
    for number, there in zip(numbers, (True, False, True), strict=True):
        with reading(number):
            assert Assessment.objects.filter(pk="second").exists() == there
            assert Assessment.objects.filter(pk="first").exists()


@with_database
def test_the_edition_log_up_to_it_is_in_the_file_and_nothing_later():
    for _round in range(3):
        make_source()
    known = {model: list(model.objects.order_by("pk").values())[:2] for model in (Edition, Revision)}
    with reading(2):
        for model, rows in known.items():
            assert list(model.objects.order_by("pk").values()) == rows
        assert editions.newest().number == 2
        assert RevisionSubject.objects.count() == 0
    make_official("spoke")
    with reading(editions.newest().number):
        assert set(RevisionSubject.objects.values_list("subject", flat=True)) == {"official:spoke", "country:RWA"}


@with_database
def test_nothing_can_be_written_to_an_edition():
    source = make_source("a")
    with reading(1):
        with pytest.raises(OperationalError, match="readonly"):
            source.save()
        with pytest.raises(OperationalError, match="readonly"):
            at_the_desk(source, title="Another")
        assert source.__class__.objects.get().title == "A report"
    assert source.__class__.objects.get().title == "A report"


@with_database
def test_reading_may_be_nested_may_fail_and_leaves_nothing_behind():
    official = make_official("spoke", name="First")
    first = editions.newest().number
    second = at_the_desk(official, name="Second").number
    third = at_the_desk(official, name="Third").number

    def names():
        return Official.objects.get().name

    def fail():
        with reading(second):
            raise ZeroDivisionError

    later = editions.moment(third), editions.moment(second)
    with reading(first), transaction.atomic():
        assert names() == "First"
        # Built while an earlier edition is read, which knows nothing of it.
        with editions.reading(later[0]):
            assert names() == "Third"
            with editions.reading(later[1]):
                assert names() == "Second"
            with editions.reading(later[0]):
                assert names() == "Third"
            assert names() == "Third"
        assert names() == "First"
    with pytest.raises(ZeroDivisionError):
        fail()
    assert names() == "Third"
    assert set(vars(connections._connections._storage)) <= {"default"}
    assert set(connections.settings) == {"default"}


@with_database
def test_a_day_may_be_asked_for_as_well(tmp_path):
    load(Dataset().write(tmp_path))
    with reading(1, as_of=dt.date(2025, 5, 3)):
        assert Agreement.objects.with_current_status().get().current_status == "reported"
        assert not Statement.objects.exists()
    with reading(1, as_of=dt.date(2025, 4, 30)):
        assert not Agreement.objects.exists()
        assert Official.objects.exists()
    with reading(1):
        assert Statement.objects.exists()
    assert len(built()) == 3


def test_today_seen_from_an_edition_is_the_day_it_was_made_or_the_day_asked_for_if_earlier():
    made = dt.datetime(2025, 12, 1, 23, 30, tzinfo=dt.timezone(-dt.timedelta(hours=3)))
    days = [(None, 2), (dt.date(2025, 11, 5), 5), (dt.date(2026, 1, 1), 2)]
    assert [editions.Moment(1, made, "", as_of).day.day for as_of, _day in days] == [day for _as_of, day in days]


# --- Its file -------------------------------------------------------------------------------------


@with_database
def test_files_are_bounded_in_number_and_the_one_unused_for_longest_goes(monkeypatch):
    monkeypatch.setattr(editions, "KEPT", 2)
    for _round in range(3):
        make_source()
    moments = [editions.moment(number) for number in (1, 2, 3)]
    for moment in (moments[0], moments[1], moments[0], moments[2]):
        with editions.reading(moment):
            time.sleep(0.02)
    assert built() == sorted(editions._file_of(moment) for moment in (moments[0], moments[2]))


@with_database
def test_a_file_is_built_once_and_again_where_it_was_deleted(monkeypatch):
    builds = []
    build = editions._build
    monkeypatch.setattr(editions, "_build", lambda *asked: (builds.append(1), build(*asked)))
    make_source("a")
    for _round in range(2):
        with reading(1):
            pass
    assert len(builds) == 1
    with reading(1):
        editions.forget_files()
        assert built() == []
        assert [source.pk for source in MODELS["sources"].objects.all()] == ["a"]
    with reading(1):
        assert len(builds) == 2


@with_database
def test_a_file_that_is_deleted_just_before_it_is_opened_is_built_again(monkeypatch):
    make_source("a")
    utime, deleted = editions.os.utime, []

    def delete_once(path):
        if not deleted:
            deleted.append(path)
            path.unlink()
        utime(path)

    monkeypatch.setattr(editions.os, "utime", delete_once)
    with reading(1):
        assert [source.pk for source in MODELS["sources"].objects.all()] == ["a"]
    assert deleted


@with_database
def test_a_build_that_fails_leaves_nothing_and_what_a_killed_one_left_is_cleared(monkeypatch):
    make_source("a")
    with monkeypatch.context() as broken:
        broken.setattr(editions, "_copy_log", lambda *asked: 1 / 0)
        with pytest.raises(ZeroDivisionError), reading(1):
            pass
    assert [path.name for path in editions.folder().iterdir()] == [".lock"]
    (editions.folder() / ".building-killed").write_text("half")
    with reading(1):
        assert sorted(path.name for path in editions.folder().iterdir()) == [".lock", built()[0].name]


@with_database
def test_words_that_are_redacted_while_a_file_is_built_are_in_no_file(monkeypatch):
    make_source("a", title="Jeanne")
    moment, copy = editions.moment(1), editions._copy_log

    def redact_meanwhile(*asked):
        publication.redact("sources", "a", "title", words="Jeanne")
        copy(*asked)

    monkeypatch.setattr(editions, "_copy_log", redact_meanwhile)
    with pytest.raises(editions.Busy), editions.reading(moment):
        pass
    assert built() == []


@with_database
def test_a_request_that_waits_too_long_is_told_so(monkeypatch):
    monkeypatch.setattr(editions, "WAIT", 0.1)
    make_source()
    with editions._lock(wait=None), pytest.raises(editions.Busy), reading(1):
        pass
    with reading(1):
        pass


def in_threads(number, do):
    """Runs `do` in that many threads at once; what they give back."""
    ready = threading.Barrier(number)

    def run(place):
        try:
            ready.wait(timeout=60)
            return do(place)
        finally:
            connection.close()

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(run, range(number)))


@with_threads
def test_two_threads_that_ask_for_the_same_edition_build_it_once(monkeypatch):
    make_source("a")
    builds, build = [], editions._build

    def slowly(*asked):
        builds.append(1)
        time.sleep(0.2)
        build(*asked)

    monkeypatch.setattr(editions, "_build", slowly)
    moment = editions.moment(1)

    def read_it(_place):
        with editions.reading(moment):
            return [source.pk for source in MODELS["sources"].objects.all()]

    assert in_threads(2, read_it) == [["a"], ["a"]]
    assert len(builds) == 1


@with_threads
def test_many_threads_read_many_editions_and_the_live_record_at_once():
    official = make_official("spoke", name="Name 0")
    first = editions.newest().number
    for number in range(1, 4):
        at_the_desk(official, name=f"Name {number}")
    moments = [editions.moment(first + number) for number in range(4)]

    def read_them(place):
        seen = []
        for turn in range(12):
            number = (place + turn) % 4
            with editions.reading(moments[number]):
                connections.all(initialized_only=True)
                seen.append(Official.objects.get().name == f"Name {number}")
            seen.append(Official.objects.get().name == "Name 3")
        return all(seen)

    assert in_threads(6, read_them) == [True] * 6


# --- What was true on a day -----------------------------------------------------------------------


def true_on(dataset, day):
    return {table: list(rows) for table, rows in editions.true_on(dataset.rows, dt.date.fromisoformat(day)).items()}


def ids(rows):
    return [row["id"] for row in rows]


def test_people_countries_sources_and_what_has_no_date_are_always_there():
    dataset = Dataset().change("assessments", "rwa-unhcr-2025", published="")
    before = true_on(dataset, "1999-01-01")
    for table in ("countries", "sources", "officials", "positions", "assessments"):
        assert before[table] == dataset.rows[table]
    for table in ("agreements", "status_changes", "statements", "transfers", "payments", "proceedings"):
        assert before[table] == []


def test_a_fact_of_a_month_or_year_counts_from_the_first_day_of_it():
    dataset = Dataset()
    assert ids(true_on(dataset, "2025-04-30")["status_changes"]) == []
    assert ids(true_on(dataset, "2025-05-01")["status_changes"]) == ["us-rw-2025-1"]
    assert ids(true_on(dataset, "2025-07-31")["transfers"]) == []
    assert ids(true_on(dataset, "2025-08-01")["transfers"]) == ["us-rw-2025-transfer-1"]


def test_a_statement_or_a_case_about_several_agreements_is_narrowed_to_those_there_were():
    dataset = Dataset()
    dataset.add("agreements", like="us-rw-2025", id="us-rw-2026")
    dataset.add("status_changes", like="us-rw-2025-1", id="late-1", agreement="us-rw-2026", date="2026-01-01")
    dataset.change("statements", SAID, agreements="us-rw-2026;us-rw-2025")
    dataset.add("statements", like=SAID, id="other", agreements="us-rw-2026", status_change="")
    dataset.change("proceedings", "case-1", agreements="us-rw-2026;us-rw-2025")
    then, later = true_on(dataset, "2025-12-31"), true_on(dataset, "2026-01-01")
    assert [(row["id"], row["agreements"]) for row in then["statements"]] == [(SAID, "us-rw-2025")]
    assert then["proceedings"][0]["agreements"] == "us-rw-2025"
    assert [row["agreements"] for row in later["statements"]] == ["us-rw-2026;us-rw-2025", "us-rw-2026"]


def test_a_statement_is_not_tied_to_a_status_change_that_was_still_to_come():
    dataset = Dataset().change("statements", SAID, date="2025-05-01", precision="month")
    assert true_on(dataset, "2025-05-03")["statements"][0]["status_change"] == ""
    assert true_on(dataset, "2025-05-04")["statements"][0]["status_change"] == "us-rw-2025-2"


def test_steps_are_counted_from_1_again_where_an_earlier_one_was_still_to_come():
    dataset = Dataset().change("status_changes", "us-rw-2025-2", date="2025-01-01", precision="year")
    assert [(row["id"], row["step"]) for row in true_on(dataset, "2025-02-01")["status_changes"]] == [
        ("us-rw-2025-2", "1")
    ]


def test_a_case_filed_by_then_and_decided_later_is_pending():
    dataset = Dataset().change("proceedings", "case-1", decided="2025-09-01", outcome="blocked")
    dataset.add("proceedings", like="case-1", id="unfiled", filed="")
    dataset.add("proceedings", like="case-1", id="undated", filed="", decided="")

    def cases(day):
        return {row["id"]: (row["decided"], row["outcome"]) for row in true_on(dataset, day)["proceedings"]}

    assert cases("2025-06-01") == {"undated": ("", "blocked")}
    assert cases("2025-08-31") == {"case-1": ("", "pending"), "undated": ("", "blocked")}
    assert cases("2025-09-01")["case-1"] == cases("2025-09-01")["unfiled"] == ("2025-09-01", "blocked")


def test_a_payment_is_not_part_of_one_that_was_still_to_come():
    dataset = Dataset().change("payments", "us-rw-2025-payment-1", date="2025-10-01", precision="day")

    def parts(day):
        return {row["id"]: row["part_of"] for row in true_on(dataset, day)["payments"]}

    assert parts("2025-09-30") == {"us-rw-2025-payment-2": ""}
    assert parts("2025-10-01")["us-rw-2025-payment-2"] == "us-rw-2025-payment-1"


@pytest.fixture(scope="module")
def shipped():
    return {table: [line.cells for line in lines] for table, lines in read(SHIPPED).lines.items()}


@made_up(max_examples=20)
@given(day=strategies.dates(dt.date(1990, 1, 1), dt.date(2027, 1, 1)))
def test_what_was_true_of_the_shipped_data_on_any_day_is_a_sound_dataset(shipped, day):
    then = editions.true_on(shipped, day)
    lines = {
        table: [entry(table, Line(table, number, row)) for number, row in enumerate(then[table])] for table in then
    }
    assert check_across(lines) == []


# --- The log, folded ------------------------------------------------------------------------------


def loaded(folder, **changes):
    package = Dataset()
    for table, ids in changes.get("drop", {}).items():
        for id in ids:
            package.drop(table, id)
    for (table, id), cells in changes.get("change", {}).items():
        package.change(table, id, **cells)
    package.descriptor += changes.get("descriptor", "")
    load(package.write(folder), replace=changes.get("replace", False))


def record_of(table, id):
    return MODELS[table].objects.get(pk=id)


TEXTS = {"statements": "summary", "assessments": "title", "sources": "title", "agreements": "title"}
PLACES = [
    ("statements", SAID),
    ("assessments", "rwa-unhcr-2025"),
    ("sources", "gazette-2"),
    ("agreements", "us-rw-2025"),
    ("status_changes", "us-rw-2025-2"),
    ("status_changes", "us-rw-2025-1"),
]
LOADS = [
    {},
    {"descriptor": "\n"},
    {"replace": True},
    {"drop": {"assessments": ["rwa-unhcr-2025"], "statements": [SAID]}},
    {"change": {("statements", SAID): {"summary": "Corrected."}, ("sources", "gazette-2"): {"title": "Better"}}},
    {"drop": {"status_changes": ["us-rw-2025-2"]}, "change": {("statements", SAID): {"status_change": ""}}},
]
steps = strategies.one_of(
    strategies.tuples(strategies.just("load"), strategies.sampled_from(LOADS)),
    strategies.tuples(strategies.sampled_from(["withdraw", "publish"]), strategies.sampled_from(PLACES)),
    strategies.tuples(
        strategies.just("edit"), strategies.sampled_from(PLACES[:4]), strategies.sampled_from(["Uno", "Due"])
    ),
    strategies.tuples(strategies.just("redact"), strategies.sampled_from(PLACES[:4]), strategies.just("Uno")),
)


def do(folder, kind, what, *words):
    """One act, whatever comes of it."""
    if kind == "load":
        loaded(folder, **what)
        return
    table, id = what
    if kind == "redact":
        publication.redact(table, id, TEXTS[table], words=f"{words[0]} in {table}", at=NOON)
        return
    with publication.act() as act:
        record = record_of(table, id)
        if kind == "withdraw":
            act.withdraw([record], reason="Made in error.")
        else:
            if words:
                setattr(record, TEXTS[table], f"{words[0]} in {table}")
            act.publish(record)


def folded():
    """The dataset after each edition, from nothing but the changes that each made."""
    standing: dict[tuple[str, str], dict] = {}
    for number in Edition.objects.order_by("number").values_list("number", flat=True):
        for change in Revision.objects.filter(edition=number):
            place = change.table, change.record
            assert (change.kind == "added") == (place not in standing)
            assert (change.kind == "withdrawn") == (change.row is None)
            if change.row is None:
                del standing[place]
            else:
                assert standing.get(place) != change.row
                standing[place] = change.row
        rows = {table: [row for (name, _id), row in standing.items() if name == table] for table in MODELS}
        yield number, files(rows, descriptor=editions.descriptor_of(number))


@with_database
@made_up(max_examples=10)
@given(acts=strategies.lists(steps, min_size=3, max_size=7))
def test_folding_the_change_log_gives_every_edition_and_the_newest_is_the_live_record(acts):
    with tempfile.TemporaryDirectory() as folder, transaction.atomic():
        loaded(Path(folder))
        seen = {1: dump()}
        for act in acts:
            was = seen[max(seen)]
            try:
                do(Path(folder), *act)
            except (publication.Inconsistent, Refused, ValueError):
                assert editions.newest().number == max(seen)
            now = editions.newest().number
            assert dump() == editions.files_of(now)
            if act[0] == "redact" and now not in seen:
                words, instead = f"Uno in {act[1][0]}".encode(), b"redacted on 2025-12-01"
                seen = {
                    number: {name: text.replace(words, instead) for name, text in content.items()}
                    for number, content in seen.items()
                }
            else:
                assert (now in seen) == (dump() == was)
            assert now in (max(seen), max(seen) + 1)
            seen[now] = dump()
        assert dict(folded()) == seen
        assert {number: editions.files_of(number) for number in seen} == seen
        transaction.set_rollback(True)


def test_every_kind_of_record_is_in_an_edition():
    assert set(MODELS.values()) == set(Record.__subclasses__())
    assert set(MODELS) == set(schema.TABLES)


@with_database
def test_a_reference_behind_the_back_of_publication_reaches_no_edition():
    make_statement(make_official("hidden", state=State.DRAFT), id="said")
    assert Statement.objects.published().exists()
    assert not Revision.objects.filter(table="statements").exists()
