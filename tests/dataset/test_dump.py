"""What goes in comes out, byte for byte; and nothing comes out that the public may not see."""

import datetime as dt
import tempfile
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from agreements.dataset import schema
from agreements.dataset.dump import dump, files, write
from agreements.dataset.load import load
from agreements.dataset.rows import number_cell
from agreements.vocabulary import State
from tests.dataset.packages import Dataset
from tests.factories import (
    make_agreement,
    make_assessment,
    make_payment,
    make_position,
    make_proceeding,
    make_source,
    make_statement,
    make_status_change,
    make_transfer,
)

SHIPPED = Path(settings.BASE_DIR) / "data"


def content_of(folder):
    names = [schema.DESCRIPTOR_FILE, *(table.file for table in schema.TABLES.values())]
    return {name: (folder / name).read_bytes() for name in names}


@pytest.mark.django_db
def test_the_shipped_data_comes_out_byte_for_byte():
    report = load(SHIPPED)
    assert (report.conflicts, report.warnings) == ([], [])
    assert dump() == content_of(SHIPPED)


def texts(*, empty=False):
    characters = st.characters(codec="utf-8", exclude_categories=["Cc"]) | st.sampled_from("\n\t\",;'=+-@\\")
    text = st.text(characters, min_size=1, max_size=60).filter(str.strip)
    return st.just("") | text if empty else text


def days(*, empty=False):
    day = st.dates(min_value=dt.date(1, 1, 1)).map(dt.date.isoformat)
    return st.just("") | day if empty else day


def numbers(largest):
    return st.floats(-largest, largest, allow_subnormal=False).map(number_cell)


@st.composite
def made_up_datasets(draw):
    """The small dataset with other words, numbers, dates and lists in it."""
    dataset = Dataset()
    sources = [f"source-{number}" for number in draw(st.sets(st.integers(0, 99), min_size=1, max_size=6))]
    dataset.rows["sources"] = [
        dict(
            zip(
                schema.TABLES["sources"].column_names,
                [
                    id,
                    draw(st.sampled_from(["", f"https://x.example/{id}?a=%22,&b=[]", f"http://ü.example/{id}#{id}"])),
                    draw(st.sampled_from(["", "https://archive.example/,"])),
                    draw(texts()),
                    draw(st.sampled_from(["true", "false"])),
                    "fr",
                    draw(texts()),
                    draw(days(empty=True)),
                    "ngo",
                ],
                strict=True,
            )
        )
        for id in sorted(sources)
    ]
    for rows in dataset.rows.values():
        for row in rows:
            if "sources" in row:
                row["sources"] = ";".join(draw(st.lists(st.sampled_from(sources), min_size=1, unique=True)))
    for row, name in zip(
        dataset.rows["countries"], draw(st.lists(texts(), min_size=2, max_size=2, unique=True)), strict=True
    ):
        row.update(name=name, subregion=draw(texts()), lat=draw(numbers(90)), lon=draw(numbers(180)))
    dataset.rows["agreements"][0].update(
        title=draw(texts()),
        summary=draw(texts()),
        people_covered=draw(texts(empty=True)),
        money_note=draw(texts(empty=True)),
        cap=draw(st.just("") | st.integers(0, 2_147_483_647).map(str)),
        last_checked=draw(days()),
    )
    for row in dataset.rows["payments"]:
        row["amount"] = str(draw(st.integers(0, 9_223_372_036_854_775_807)))
        row["note"] = draw(texts())
    low, high = sorted(draw(st.tuples(st.integers(0, 2_147_483_647), st.integers(0, 2_147_483_647))))
    dataset.rows["transfers"][0].update(
        people_low=str(low),
        people_high=str(high),
        nationalities=";".join(draw(st.lists(st.sampled_from(["RWA", "USA"]), unique=True))),
        note=draw(texts()),
    )
    dataset.rows["statements"][0].update(
        date=draw(days()), quote=draw(texts(empty=True)), summary=draw(texts()), venue=draw(texts(empty=True))
    )
    dataset.rows["positions"][0].update(title=draw(texts()), body=draw(texts(empty=True)))
    dataset.rows["proceedings"][0].update(name=draw(texts()), court=draw(texts()), decided=draw(days(empty=True)))
    return dataset


@pytest.mark.django_db
@given(dataset=made_up_datasets())
def test_whatever_sound_rows_hold_comes_out_byte_for_byte(dataset):
    with tempfile.TemporaryDirectory() as folder, transaction.atomic():
        load(dataset.write(Path(folder)))
        assert dump() == content_of(Path(folder))
        again = load(Path(folder))
        assert (again.added, again.changed, again.withdrawn) == (0, 0, 0)
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_rows_are_ordered_by_id_byte_by_byte_whatever_the_database_thinks():
    for id in ("b-1", "a-2", "a-10", "a", "a1", "1-a"):
        make_source(id)
    lines = dump()["sources.csv"].decode().split("\n")[1:-1]
    assert [line.split(",")[0] for line in lines] == ["1-a", "a", "a-10", "a-2", "a1", "b-1"]


@pytest.mark.django_db
def test_status_changes_follow_agreement_and_step_transfers_and_statements_their_dates():
    later, earlier = make_agreement(receiver="UGA"), make_agreement(receiver="RWA")
    for step in range(1, 12):
        make_status_change(earlier, id=f"rw-{20 - step}", step=step)
    make_status_change(later, id="a-1")
    make_transfer(later, id="a", date=dt.date(2025, 1, 1))
    make_transfer(earlier, id="b", date=dt.date(2025, 8, 2))
    make_transfer(earlier, id="c", date=dt.date(2025, 8, 1))
    make_statement(id="a", agreements=[later], date=dt.date(2025, 8, 2))
    make_statement(id="c", agreements=[later], date=dt.date(2025, 8, 1))
    make_statement(id="b", agreements=[later], date=dt.date(2025, 8, 1))

    def ids(name):
        return [line.split(",")[0] for line in dump()[name].decode().split("\n")[1:-1]]

    assert ids("status_changes.csv") == [*(f"rw-{20 - step}" for step in range(1, 12)), "a-1"]
    assert ids("transfers.csv") == ["c", "b", "a"]
    assert ids("statements.csv") == ["b", "c", "a"]


@pytest.mark.django_db
@pytest.mark.parametrize("state", [State.DRAFT, State.IN_REVIEW, State.WITHDRAWN])
def test_only_what_is_published_comes_out(state):
    agreement = make_agreement()
    before = dump()
    make_assessment("hidden-assessment", state=state, sources=[])
    make_payment(agreement, id="hidden-payment", state=state, sources=[])
    make_source("hidden-source", state=state)
    assert dump() == before


@pytest.mark.django_db
def test_a_record_made_at_the_desk_comes_out_as_sound_rows(tmp_path):
    agreement = make_agreement()
    change = make_status_change(agreement)
    make_statement(status_change=change)
    make_transfer(agreement, nationalities=["VNM", "AUS"])
    make_payment(agreement)
    make_position()
    make_proceeding()
    make_assessment()
    write(dump(), tmp_path)
    report = load(tmp_path)
    assert (report.added, report.changed, report.withdrawn, report.conflicts) == (0, 0, 0, [])
    assert report.unchanged > 0


@pytest.mark.django_db
def test_a_database_that_was_never_loaded_describes_itself_with_our_own_schema():
    content = dump()
    assert content["datapackage.json"].decode() == schema.DESCRIPTOR_TEXT
    assert content["positions.csv"] == b"id,official,title,body,started,ended\n"


@pytest.mark.django_db(transaction=True)
def test_an_export_opens_a_transaction_of_its_own_where_there_is_none(dataset, folder):
    load(dataset.write(folder))
    assert dump() == content_of(folder)


def test_writing_replaces_the_datasets_own_files_and_leaves_others_alone(tmp_path):
    folder = tmp_path / "new" / "folder"
    write(files({}, descriptor="{}"), folder)
    (folder / "README.md").write_text("mine")
    write(files({}, descriptor='{"version": 2}'), folder)
    assert (folder / "datapackage.json").read_text() == '{"version": 2}'
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        ["README.md", "datapackage.json", *(table.file for table in schema.TABLES.values())]
    )
