"""What a save at the desk makes of the public record: one edition, none, or a refusal that loses nothing typed."""

import pytest

from agreements import publication
from agreements.models import Agreement, Edition, Source, StatusChange
from agreements.vocabulary import State
from tests.admin.desk import address, errors, filled, send
from tests.database import fresh, once
from tests.factories import make_agreement, make_source, make_status_change

pytestmark = pytest.mark.usefixtures("one_person")


@pytest.fixture
def made():
    """How many editions were made since the last time it was asked."""
    seen = Edition.objects.count()

    def since() -> int:
        nonlocal seen
        before, seen = seen, Edition.objects.count()
        return seen - before

    return since


def sources_of(record) -> list[str]:
    return [link.source_id for link in record.citations.all()]


def make_negotiation() -> Agreement:
    agreement = make_agreement()
    make_status_change(agreement)
    make_status_change(agreement)
    return agreement


@pytest.fixture
def agreement(db):
    return fresh(once(make_negotiation))


def test_a_save_with_its_rows_makes_one_edition(desk, agreement, made):
    source = make_source("cited")
    made()
    values = {
        "summary": "Corrected.",
        "status_changes-0-note": "Corrected too.",
        "status_changes-1-note": "And this.",
        "sources": [*sources_of(agreement), source.pk],
        "public_note": "Tidied up.",
    }
    assert send(desk, address(Agreement, "change", agreement.pk), **values)[0] == 302
    assert made() == 1
    edition = Edition.objects.order_by("number").last()
    assert edition.note == "Tidied up."
    changes = {(each.table, each.record): each for each in edition.revisions.all()}
    assert set(changes) == {
        ("agreements", "us-rw-2025"),
        ("status_changes", "us-rw-2025-1"),
        ("status_changes", "us-rw-2025-2"),
    }
    row = changes["agreements", "us-rw-2025"].row
    assert (row["summary"], row["sources"].split(";")[-1]) == ("Corrected.", "cited")


def test_a_save_of_a_list_alone_makes_an_edition(desk, agreement, made):
    make_source("another")
    made()
    send(desk, address(Agreement, "change", agreement.pk), sources=["another"])
    assert made() == 1


@pytest.mark.parametrize("state", [State.DRAFT, State.IN_REVIEW, State.WITHDRAWN])
def test_what_is_not_public_makes_none(desk, state, made):
    source = make_source(state=state)
    made()
    assert send(desk, address(Source, "change", source.pk), title="Corrected")[0] == 302
    values = {"id": "new", "title": "New", "language": "en", "publisher": "The Gazette", "kind": "news"}
    assert send(desk, address(Source, "add"), **values)[0] == 302
    assert made() == 0


def test_an_internal_note_or_a_form_that_is_refused_makes_none(desk, made):
    source = make_source()
    made()
    assert send(desk, address(Source, "change", source.pk), internal_note="Ask them.")[0] == 302
    assert send(desk, address(Source, "change", source.pk), title="")[0] == 200
    assert made() == 0


def test_going_back_to_an_older_version_makes_one(desk, made):
    source = make_source(title="As it was")
    send(desk, address(Source, "change", source.pk), title="Worse")
    made()
    version = source.history.get(title="As it was")
    assert send(desk, f"{address(Source, 'change', source.pk)}?version={version.pk}")[0] == 302
    assert made() == 1
    assert Source.objects.get().title == "As it was"


def test_a_gap_in_the_steps_is_refused_in_the_form_and_all_that_was_typed_is_kept(desk, agreement, made):
    made()
    versions = StatusChange.history.count()
    typed = {
        "summary": "Typed with care.",
        "internal_note": "And this.",
        "status_changes-0-note": "A new note.",
        "status_changes-1-step": "4",
        "sources": [*sources_of(agreement), make_source(state=State.DRAFT).pk],
    }
    status, page = send(desk, address(Agreement, "change", agreement.pk), **typed)
    assert status == 200
    gap, reference = errors(page)
    assert gap == "agreements/us-rw-2025: its public steps are 1, 4; they count from 1 without gap or double"
    assert reference.startswith("agreements/us-rw-2025 refers to sources/source-")
    assert reference in page.select_one(".field-sources").text
    kept = filled(page)
    assert {name: kept[name] for name in typed} == typed
    assert made() == 0
    assert StatusChange.history.count() == versions
    assert Agreement.objects.get().summary != "Typed with care."
    del typed["status_changes-1-step"], typed["sources"]
    assert send(desk, address(Agreement, "change", agreement.pk), **typed)[0] == 302
    assert made() == 1


def test_going_back_to_what_would_leave_a_gap_is_refused_in_words(desk, agreement, made):
    second = agreement.status_changes.get(step=2)
    old = second.history.first()
    first = agreement.status_changes.get(step=1)
    with publication.act() as act:
        act.withdraw([first], reason="It never happened.")
        second.step = 1
        act.publish(second)
    made()
    status, page = send(desk, f"{address(StatusChange, 'change', second.pk)}?version={old.pk}")
    assert (status, errors(page)) == (
        200,
        ["agreements/us-rw-2025: its public steps are 2; they count from 1 without gap or double"],
    )
    assert made() == 0
    assert StatusChange.objects.get(pk=second.pk).step == 1
