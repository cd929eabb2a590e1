"""An act of publishing: what it does to records, what it remembers, and that it happens whole or not at all."""

import datetime as dt
import io
import json
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agreements import editions, publication
from agreements.dataset.dump import dump, write
from agreements.dataset.load import load
from agreements.dataset.rows import row_of, with_lists
from agreements.models import Assessment, Edition, Revision, RevisionSubject, Source, Statement
from agreements.vocabulary import ActKind, State
from tests.database import everything, places_of
from tests.dataset.packages import Dataset
from tests.factories import (
    make_agreement,
    make_assessment,
    make_country,
    make_official,
    make_position,
    make_proceeding,
    make_source,
    make_statement,
    make_status_change,
)

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2025, 12, 1, 12, tzinfo=dt.UTC)
LATER = NOON + dt.timedelta(days=1)
SAID = "olivier-nduhungirehe-2025-05-04"


def times(record):
    record.refresh_from_db()
    return record.state, record.published_at, record.withdrawn_at, record.withdrawal_reason


def test_a_draft_that_is_published_was_added():
    draft = make_source(state=State.DRAFT)
    with publication.act(at=NOON) as act:
        act.publish(draft)
    assert (act.added, act.changed, act.withdrawn) == ([draft], [], [])
    assert times(draft) == (State.PUBLISHED, NOON, None, "")


def test_a_new_record_may_be_published_at_once():
    source = Source(id="new", title="New", language="en", publisher="The Gazette", kind="news")
    with publication.act(at=NOON) as act:
        act.publish(source)
    assert act.added == [source]
    assert times(source) == (State.PUBLISHED, NOON, None, "")


def test_a_published_record_that_is_published_again_was_changed_and_keeps_its_first_time():
    source = make_source(state=State.DRAFT)
    with publication.act(at=NOON) as act:
        act.publish(source)
    source.title = "Corrected"
    with publication.act(at=LATER) as act:
        act.publish(source)
    assert (act.added, act.changed) == ([], [source])
    assert times(source) == (State.PUBLISHED, NOON, None, "")
    assert Source.objects.get(pk=source.pk).title == "Corrected"


def test_a_withdrawal_says_when_and_why_and_coming_back_forgets_it():
    source = make_source()
    first = source.published_at
    with publication.act(at=NOON) as act:
        act.withdraw([source], reason="Forged.")
    assert (act.added, act.changed, act.withdrawn) == ([], [], [source])
    assert times(source) == (State.WITHDRAWN, first, NOON, "Forged.")
    with publication.act(at=LATER) as act:
        act.publish(source)
    assert act.added == [source]
    assert times(source) == (State.PUBLISHED, first, None, "")


def test_a_withdrawal_without_a_reason_is_refused():
    with pytest.raises(ValueError, match="reason"), publication.act() as act:
        act.withdraw([make_source()], reason=" ")


@pytest.mark.parametrize("state", [State.DRAFT, State.IN_REVIEW, State.WITHDRAWN])
def test_what_is_not_published_cannot_be_withdrawn(state):
    source = make_source(state=state)
    before = times(source)
    with publication.act() as act:
        act.withdraw([source], reason="Forged.")
    assert act.is_empty
    assert times(source) == before


def test_publishing_many_leaves_alone_what_is_published_already():
    drafts, published = [make_source(state=State.DRAFT), make_assessment(state=State.IN_REVIEW)], make_source()
    with publication.act(at=NOON) as act:
        act.publish_all([*drafts, published])
    assert (act.added, act.changed) == (drafts, [])
    assert [times(draft)[:2] for draft in drafts] == [(State.PUBLISHED, NOON)] * 2


def test_bulk_acts_keep_a_history_and_take_as_many_queries_for_many_records_as_for_few():
    def queries_for(number):
        records = [make_source(state=State.DRAFT) for _ in range(number)]
        with CaptureQueriesContext(connection) as queries, publication.act() as act:
            act.publish_all(records)
            act.withdraw(records, reason="Forged.")
        assert all(
            [entry.state for entry in record.history.all()] == [State.WITHDRAWN, State.PUBLISHED, State.DRAFT]
            for record in records
        )
        return len(queries)

    assert queries_for(2) == queries_for(20)


def test_an_act_that_does_nothing_is_empty_and_one_that_does_is_not():
    with publication.act() as act:
        act.publish_all([make_source()])
    assert act.is_empty
    with publication.act() as act:
        act.publish(make_source(state=State.DRAFT))
    assert not act.is_empty


def test_an_act_that_fails_leaves_no_trace():
    draft = make_assessment(state=State.DRAFT)
    entries = Assessment.history.count()

    def publish_and_fail():
        with publication.act() as act:
            act.publish(draft)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        publish_and_fail()
    assert (draft.state, draft.published_at) == (State.DRAFT, None)
    assert times(draft)[0] == State.DRAFT
    assert Assessment.history.count() == entries


def test_marking_alone_writes_nothing():
    source = make_source(state=State.DRAFT)
    with CaptureQueriesContext(connection) as queries, publication.act(at=NOON) as act:
        started = len(queries)
        act.mark_published(source)
        act.mark_withdrawn(source, reason="Forged.")
        assert len(queries) == started
    assert (act.added, act.withdrawn) == ([source], [source])
    assert (source.state, source.published_at, source.withdrawn_at) == (State.WITHDRAWN, NOON, NOON)


# --- The next edition -----------------------------------------------------------------------------


def changes_of(edition):
    """What an edition did: kind, table and id of each record."""
    return [(str(each.kind), each.table, each.record) for each in edition.revisions.order_by("table", "record")]


def inconsistent(*acts):
    """The reasons for which an act that does all of `acts` is undone; it leaves no trace."""

    def do_all():
        with publication.act() as act:
            for do in acts:
                do(act)

    before = everything()
    with pytest.raises(publication.Inconsistent) as caught:
        do_all()
    assert everything() == before
    return caught.value.reasons


def test_each_act_makes_one_edition_with_its_time_and_note_and_what_it_did():
    first, second = make_source("a"), make_source("b")
    draft = make_source("c", state=State.DRAFT)
    made = Edition.objects.count()
    second.title = "Corrected"
    with publication.act(at=NOON, note="Tidied up.") as act:
        act.withdraw([first], reason="Forged.")
        act.publish(second)
        act.publish_all([draft])
    edition = Edition.objects.get(number=made + 1)
    assert edition == act.edition == Edition.objects.order_by("number").last()
    assert (edition.made_at, edition.note, edition.kind) == (NOON, "Tidied up.", ActKind.PUBLICATION)
    assert changes_of(edition) == [
        ("withdrawn", "sources", "a"),
        ("changed", "sources", "b"),
        ("added", "sources", "c"),
    ]
    gone, changed, added = edition.revisions.order_by("record")
    assert (gone.row, gone.reason) == (None, "Forged.")
    assert (changed.row, changed.reason) == (row_of(second), "")
    assert added.row["id"] == "c"


def test_numbers_count_from_1_without_a_gap_whatever_failed_in_between():
    def fail():
        with publication.act() as act:
            act.publish(make_source(state=State.DRAFT))
            raise ZeroDivisionError

    for _round in range(3):
        make_source()
        with pytest.raises(ZeroDivisionError):
            fail()
    assert list(Edition.objects.order_by("number").values_list("number", flat=True)) == [1, 2, 3]


def test_an_act_of_which_the_public_sees_nothing_makes_no_edition():
    published, draft = make_source(), make_source(state=State.DRAFT)
    made = Edition.objects.count()
    published.internal_note = "Ask them."
    for do in (
        lambda act: act.publish(published),
        lambda act: act.corrected(draft),
        lambda act: act.publish_all([published]),
        lambda act: (act.withdraw([published], reason="Forged."), act.publish(published)),
    ):
        with publication.act(note="Nothing.") as act:
            do(act)
        assert act.edition is None
    assert Edition.objects.count() == made
    assert Source.objects.get(pk=published.pk).internal_note == "Ask them."


def test_what_comes_back_after_a_withdrawal_was_added_again():
    source = make_source("a")
    with publication.act() as act:
        act.withdraw([source], reason="Forged.")
    with publication.act() as act:
        act.publish(source)
    kinds = Revision.objects.filter(record="a").order_by("edition").values_list("kind", flat=True)
    assert list(kinds) == ["added", "withdrawn", "added"]


def test_an_edition_is_found_by_what_it_is_about_after_a_withdrawal_too():
    statement = make_statement(make_official("said", country="USA"), agreements=[make_agreement(receiver="UGA")])
    with publication.act() as act:
        act.withdraw([statement], reason="Forged.")
    assert {each.subject for each in RevisionSubject.objects.filter(revision__edition=act.edition)} == {
        "agreement:us-ug-2025",
        "country:USA",
        "country:UGA",
        "official:said",
    }


def test_an_edition_is_found_by_what_a_record_was_about_and_is_no_longer():
    before, after = make_agreement(receiver="UGA"), make_agreement(receiver="NRU")
    statement = make_statement(make_official("said", country="USA"), agreements=[before])
    with publication.act() as act:
        statement.agreement_links.update(agreement=after)
        act.corrected(statement)
    subjects = {each.subject for each in RevisionSubject.objects.filter(revision__edition=act.edition)}
    assert {"agreement:us-ug-2025", "country:UGA", "agreement:us-nr-2025", "country:NRU"} <= subjects


def test_a_public_record_refers_to_nothing_that_is_not_public():
    draft = make_source("hidden", state=State.DRAFT)
    proceeding = make_proceeding("case", sources=[])
    assert inconsistent(lambda act: (proceeding.citations.create(source=draft), act.corrected(proceeding))) == [
        "proceedings/case refers to sources/hidden, which is not public"
    ]
    official = make_official("hidden", state=State.DRAFT)
    statement = make_statement(official, id="said", state=State.DRAFT)
    assert inconsistent(lambda act: act.publish(statement)) == [
        "statements/said refers to officials/hidden, which is not public"
    ]
    with publication.act() as act:
        act.publish_all([statement, official])
    assert len(act.edition.revisions.all()) == 2


def test_what_public_records_refer_to_is_not_withdrawn():
    source = make_source("cited")
    proceeding = make_proceeding("case", sources=[source])
    assert inconsistent(lambda act: act.withdraw([source], reason="Forged.")) == [
        "proceedings/case is public and refers to sources/cited, which is withdrawn"
    ]
    official = make_official("speaks")
    make_position(official, id="office")
    assert inconsistent(lambda act: act.withdraw([official], reason="Forged.")) == [
        "positions/office is public and refers to officials/speaks, which is withdrawn"
    ]
    with publication.act() as act:
        act.withdraw([source, proceeding], reason="Forged.")
    assert act.edition


def moved(change, **values):
    for name, value in values.items():
        setattr(change, name, value)
    return lambda act: act.publish(change)


def test_the_public_steps_of_a_negotiation_count_from_1_without_gap_or_double():
    one, two, three = (make_status_change() for _ in range(3))
    other = make_agreement(receiver="UGA")
    ending = "they count from 1 without gap or double"
    assert inconsistent(lambda act: act.withdraw([two], reason="Wrong.")) == [
        f"agreements/us-rw-2025: its public steps are 1, 3; {ending}"
    ]
    assert inconsistent(moved(make_status_change(step=5, state=State.DRAFT))) == [
        f"agreements/us-rw-2025: its public steps are 1, 2, 3, 5; {ending}"
    ]
    assert inconsistent(moved(three, step=2)) == [f"agreements/us-rw-2025: its public steps are 1, 2, 2; {ending}"]
    assert inconsistent(moved(one, agreement=other)) == [f"agreements/us-rw-2025: its public steps are 2, 3; {ending}"]
    three.refresh_from_db()
    with publication.act() as act:
        act.withdraw([two], reason="Wrong.")
        moved(three, step=2)(act)
    assert changes_of(act.edition) == [
        ("withdrawn", "status_changes", "us-rw-2025-2"),
        ("changed", "status_changes", "us-rw-2025-3"),
    ]


def test_an_edition_has_the_same_digest_on_both_engines_and_it_can_be_worked_out_again(tmp_path):
    load(Dataset().write(tmp_path / "package"), note="Türkçe “first”", at=NOON)
    with publication.act(at=LATER) as act:
        act.withdraw(Assessment.objects.all(), reason="Forged.")
    first, second = Edition.objects.order_by("number")
    assert first.digest == "179c9624f0c0e99543bef072da967ead670056cb8751bf0c01cd61ce92cb954d"
    assert second.digest == publication.digest_of(second, before=publication.digest_of(first, before=""))


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_make_twenty_editions_in_order_and_lose_nothing():
    ids = [f"source-at-once-{number}" for number in range(20)]
    ready = threading.Barrier(len(ids))

    def publish(id):
        try:
            ready.wait(timeout=60)
            with publication.act(note=id) as act:
                source = Source(id=id, title=id, language="en", publisher="The Gazette", kind="news")
                act.publish(source)
            return act.edition.number
        finally:
            connection.close()

    with ThreadPoolExecutor(len(ids)) as pool:
        numbers = list(pool.map(publish, ids))
    assert sorted(numbers) == list(range(1, 21))
    editions = list(Edition.objects.order_by("number"))
    assert [each.number for each in editions] == list(range(1, 21))
    assert {each.number: each.note for each in editions} == dict(zip(numbers, ids, strict=True))
    assert [each.made_at for each in editions] == sorted(each.made_at for each in editions)
    assert set(Source.objects.published().values_list("pk", flat=True)) == set(ids)
    before = ""
    for each in editions:
        assert each.digest == (before := publication.digest_of(each, before=before))


# --- Redaction ------------------------------------------------------------------------------------

WORDS = "Jeanne Mukandutiye"


@pytest.fixture
def named(tmp_path):
    """Four editions: from the second on a name stands in a record, from the third on in a note and a reason too."""
    dataset = Dataset()
    load(dataset.write(tmp_path / "package"), note="First.")
    dataset.change("statements", SAID, summary=f"{WORDS} was moved, he said; {WORDS}!")
    load(dataset.write(tmp_path / "package"), note="Second.")
    dataset.drop("assessments", "rwa-unhcr-2025")
    load(dataset.write(tmp_path / "package"), note=f"It named {WORDS}.")
    statement = Statement.objects.get()
    statement.venue = "Kigali"
    statement._change_reason = f"Venue, not {WORDS}."
    with publication.act() as act:
        act.publish(statement)
    chief = get_user_model().objects.create_superuser("chief")
    LogEntry.objects.create(user=chief, object_repr=f"Of {WORDS}", action_flag=2, change_message=json.dumps([WORDS]))
    return dataset


def test_a_redaction_reaches_every_place_and_nothing_else(named, tmp_path):
    before = {number: editions.files_of(number) for number in range(1, 5)}
    digests = dict(Edition.objects.values_list("number", "digest"))
    for number in range(1, 5):
        with editions.reading(editions.moment(number)):
            assert (WORDS in Statement.objects.get().summary) == (number > 1)
    assert places_of(WORDS) == {
        *("Statement", "HistoricalStatement", "Assessment", "HistoricalAssessment"),
        *("Edition", "Revision", "LogEntry", "SearchEntry"),
    }
    call_command("redact", "statements", SAID, "summary", "--words", WORDS, stdout=io.StringIO())
    today = f"redacted on {dt.datetime.now(dt.UTC):%Y-%m-%d}"
    assert places_of(WORDS) == set()
    after = {number: editions.files_of(number) for number in range(1, 6)}
    for number in range(1, 5):
        assert after[number] == {
            name: content.replace(WORDS.encode(), today.encode()) for name, content in before[number].items()
        }
    assert after[5] == after[4] == dump()
    anew = dict(Edition.objects.values_list("number", "digest"))
    assert [number for number in digests if digests[number] != anew[number]] == [2, 3, 4]
    log = Edition.objects.get(number=5)
    assert (log.kind, log.note) == (
        ActKind.REDACTION,
        f"Words were redacted in summary of statements/{SAID}, in every edition.",
    )
    assert Edition.objects.get(number=3).note == f"It named {today}."
    assert not list(editions.folder().glob("*.sqlite3"))
    for number in range(1, 6):
        with editions.reading(editions.moment(number)):
            assert WORDS not in Statement.objects.get().summary
    assert not [file for file in editions.folder().iterdir() if WORDS.encode() in file.read_bytes()]
    # The package of old does not bring the words back.
    (conflict,) = load(named.write(tmp_path / "package")).conflicts
    assert (conflict.table, conflict.id) == ("statements", SAID)
    assert Edition.objects.count() == 5


def test_without_words_the_whole_text_goes_in_each_of_its_versions():
    official = make_official("named", name=WORDS)
    official.name = "J. M."
    with publication.act() as act:
        act.publish(official)
    done = publication.redact("officials", "named", "name", at=NOON)
    assert (done.edition.number, done.first, done.revisions) == (act.edition.number + 1, act.edition.number - 1, 2)
    known = [*Revision.objects.filter(record="named").values_list("row", flat=True), *official.history.values()]
    assert {row["name"] for row in known} == {"redacted on 2025-12-01"}


def test_an_address_is_emptied_and_its_key_with_it():
    make_source("named", url="https://gazette.example/jeanne-m")
    publication.redact("sources", "named", "url", words="jeanne-m")
    assert places_of("jeanne-m") == set()
    assert Source.objects.get(pk="named").url == ""


def test_a_draft_is_redacted_without_an_edition_that_would_tell_of_it():
    make_source("named", title=WORDS, state=State.DRAFT)
    assert publication.redact("sources", "named", "title").edition is None
    assert places_of(WORDS) == set()
    assert not Edition.objects.exists()


def test_a_quotation_may_hold_redacted_words_beyond_its_limit(tmp_path):
    make_statement(quote=" ".join(["Jeanne", *["word"] * 39]), id="said")
    publication.redact("statements", "said", "quote", words="Jeanne")
    write(dump(), tmp_path)
    assert load(tmp_path).conflicts == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("sheep", "a", "title"), "There is no column 'title' in a table 'sheep'."),
        (("sources", "a", "wool"), "There is no column 'wool' in a table 'sources'."),
        (("sources", "b", "title"), "There is no sources/b."),
        (("sources", "a", "kind"), "sources.kind holds no free text."),
        (("sources", "a", "title", "--words", "Sheep"), "sources/a holds no such words in title."),
        (
            ("sources", "a", "publisher", "--words", "x"),
            "publisher would be longer than 300 characters: redact the whole text.",
        ),
        (
            ("countries", "UGA", "name"),
            "Another record has the same name already: redact some of its words.",
        ),
    ],
)
def test_a_redaction_that_cannot_be_is_an_error_in_words_and_leaves_no_trace(arguments, said):
    make_source("a", publisher="x" * 300)
    make_country("UGA")
    make_country("RWA", name=f"redacted on {dt.datetime.now(dt.UTC):%Y-%m-%d}")
    before = everything()
    with pytest.raises(CommandError) as caught:
        call_command("redact", *arguments)
    assert str(caught.value) == said
    assert everything() == before


def test_the_companions_of_each_are_told_apart_at_the_same_cost_for_one_or_many():
    def draft(number: int) -> Statement:
        official = make_official(f"speaker-{number}", state=State.DRAFT)
        make_position(official, state=State.DRAFT)
        source = make_source(f"article-{number}", state=State.DRAFT)
        return make_statement(official, id=f"said-{number}", sources=[source], state=State.DRAFT)

    drafts = [draft(number) for number in range(4)]
    spent = []
    for some in (drafts[:1], drafts):
        fetched = list(with_lists(Statement.objects.filter(pk__in=[each.pk for each in some])))
        with CaptureQueriesContext(connection) as queries:
            found = publication.companions_of_each(fetched)
        spent.append(len(queries))
    assert spent[0] == spent[1]
    assert found == {
        ("statements", f"said-{number}"): {
            ("sources", f"article-{number}"),
            ("officials", f"speaker-{number}"),
            ("positions", f"speaker-{number}-1"),
        }
        for number in range(4)
    }
    assert [each.pk for each in publication.companions(drafts[:1])] == ["article-0", "speaker-0", "speaker-0-1"]


def test_companions_are_found_across_several_records_and_through_each_other():
    agreement = make_agreement(state=State.DRAFT)
    first, second = (make_status_change(agreement, state=State.DRAFT) for _step in range(2))
    said = make_statement(status_change=second, state=State.DRAFT)
    keys = {("agreements", "us-rw-2025"), ("status_changes", first.pk), ("status_changes", second.pk)}
    assert publication.companions_of_each([said, first]) == {
        ("statements", said.pk): keys,
        ("status_changes", first.pk): keys - {("status_changes", first.pk)},
    }
    assert [each.pk for each in publication.companions([said, first])] == ["us-rw-2025", second.pk]
