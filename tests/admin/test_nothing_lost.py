"""Nothing that an editor typed is lost: to another who saved meanwhile, to a fault in the form, to a new sign-in."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client

from agreements import publication
from agreements.models import Agreement, Edition, Proposal, Source, StatusChange
from agreements.vocabulary import State
from tests.admin.desk import address, errors, filled, read, send, signed_in
from tests.database import everything, fresh, once
from tests.factories import (
    make_agreement,
    make_editor,
    make_official,
    make_position,
    make_source,
    make_statement,
    make_status_change,
    written,
)

pytestmark = pytest.mark.django_db

TOLD = "Another editor saved this record while you wrote. Nothing of yours is saved yet; nothing is lost."


@pytest.fixture
def ada(db) -> Client:
    return signed_in(make_editor("ada"))


@pytest.fixture
def bob(db) -> Client:
    return signed_in(make_editor("bob"))


def form_of(record) -> str:
    return address(type(record), "change", record.pk)


def sent(client: Client, path: str, data: dict) -> tuple[int, BeautifulSoup]:
    answer = client.post(path, data)
    return answer.status_code, BeautifulSoup(answer.text, "html.parser")


def both(page: BeautifulSoup) -> dict[str, tuple[str, str]]:
    """What the page of a conflict shows of both versions: by field, the other's and one's own."""
    rows = page.select("#conflict .desk-differences tbody tr")
    return {row.th.text: tuple(cell.text for cell in row.select("td")) for row in rows}


def opened(client: Client, path: str, **typed: object) -> dict:
    """What a form sends that was opened just now, with some fields typed."""
    data = {**filled(read(client, path)), **typed}
    return data | ({"public_note": "Why."} if data.get("public_note") == "" else {})


def make_negotiation() -> Agreement:
    agreement = make_agreement(sources=[make_source("b"), make_source("a")])
    make_status_change(agreement, note="First.")
    make_status_change(agreement, note="Second.")
    return agreement


@pytest.fixture
def agreement(db):
    return fresh(once(make_negotiation))


TYPED = {
    "summary": "Typed with care.\r\nIn two lines.",
    "internal_note": "Ask them.",
    "sources": ["a", "c", "b"],
    "public_note": "What was wrong.",
    "status_changes-0-note": "First, typed.",
    "status_changes-TOTAL_FORMS": "3",
    "status_changes-2-id": "",
    "status_changes-2-agreement": "us-rw-2025",
    "status_changes-2-step": "3",
    "status_changes-2-date": "2025-07-01",
    "status_changes-2-precision": "month",
    "status_changes-2-status": "signed",
    "status_changes-2-note": "Third, typed.",
}
"""In every kind of field, in an old row and in a new one."""


def kept(page: BeautifulSoup) -> dict:
    """What the form holds of what was typed."""
    held = filled(page)
    return {name: held.get(name) for name in TYPED}


@pytest.mark.parametrize("rule", [True, False])
def test_the_second_of_two_sees_both_versions_keeps_all_that_he_typed_and_saves_again(
    settings, agreement, ada, bob, rule
):
    settings.TWO_PERSON_RULE = rule
    make_source("c")
    path = form_of(agreement)
    mine = opened(ada, path, **TYPED)
    values = {"summary": "Of the other.", "title": "Another title", "status_changes-0-note": "First, of the other."}
    assert send(bob, path, **values, public_note="His.")[0] == 302
    before = everything()
    status, page = sent(ada, path, mine)
    assert (status, errors(page), everything()) == (200, [TOLD], before)
    assert not page.select(".messagelist .success")
    assert page.select_one("#conflict strong").text.startswith("bob saved this record at")
    assert kept(page) == TYPED
    assert both(page) == {
        "Title": ("Another title", mine["title"]),
        "Summary": ("Of the other.", "Typed with care.\nIn two lines."),
        "Sources": (
            "The Gazette: A report (b)\nThe Gazette: A report (a)",
            "The Gazette: A report (a)\nThe Gazette: A report (c)\nThe Gazette: A report (b)",
        ),
        "us-rw-2025-1: Note": ("First, of the other.", "First, typed."),
    }
    status, page = sent(ada, path, filled(page))
    assert (status, errors(page)) == (302, [])
    if rule:
        found = {each.record: each for each in Proposal.objects.all()}
        assert found["us-rw-2025"].row["summary"] == "Typed with care.\nIn two lines."
        assert found["us-rw-2025"].row["sources"] == "a;c;b"
        assert found["us-rw-2025-1"].row["note"] == "First, typed."
        assert fresh(agreement).summary == agreement.summary
    else:
        assert fresh(agreement).summary == "Typed with care.\nIn two lines."
        assert [link.source_id for link in agreement.citations.all()] == ["a", "c", "b"]
        assert StatusChange.objects.get(pk="us-rw-2025-1").note == "First, typed."
    third = StatusChange.objects.get(pk="us-rw-2025-3")
    assert (third.state, third.note) == (State.DRAFT, "Third, typed.")
    assert fresh(agreement).internal_note == "Ask them."


def test_a_third_save_in_between_is_told_too(agreement, ada, bob):
    path = form_of(agreement)
    mine = opened(ada, path, summary="Typed with care.")
    for title in ("One", "Two"):
        assert send(bob, path, title=title)[0] == 302
        status, page = sent(ada, path, mine)
        assert (status, errors(page), both(page)["Title"][0]) == (200, [TOLD], title)
        mine = filled(page)
    assert sent(ada, path, mine)[0] == 302


def test_a_row_that_the_other_added_is_shown(agreement, ada, bob):
    path = form_of(agreement)
    mine = opened(ada, path, **TYPED, title="Typed")
    assert (
        sent(bob, path, opened(bob, path, **(TYPED | {"summary": agreement.summary, "sources": ["b", "a"]})))[0] == 302
    )
    _status, page = sent(ada, path, mine)
    shown = both(page)
    assert shown["us-rw-2025-3: Note"] == ("Third, typed.", "–")
    assert shown["us-rw-2025-3: Step"] == ("3", "–")
    # Both rows are there once it is saved: which of the two goes, an editor decides.
    assert sent(ada, path, filled(page))[0] == 302
    assert StatusChange.objects.filter(step=3).count() == 2


def test_an_official_and_his_positions_lose_nothing_either(one_person, ada, bob):
    official = make_official("minister", name="Olivier Nduhungirehe")
    make_position(official, title="Foreign minister")
    path = form_of(official)
    typed = {
        "name": "O. Nduhungirehe",
        "public_note": "Why.",
        "positions-0-ended": "2026",
        "positions-TOTAL_FORMS": "2",
        "positions-1-official": "minister",
        "positions-1-title": "Ambassador",
        "positions-1-started": "2026-02",
    }
    mine = opened(ada, path, **typed)
    assert send(bob, path, **{"positions-0-title": "Minister of foreign affairs"})[0] == 302
    status, page = sent(ada, path, mine)
    assert (status, errors(page)) == (200, [TOLD])
    assert {name: filled(page)[name] for name in typed} == typed
    assert both(page)["minister-1: Title"] == ("Minister of foreign affairs", "Foreign minister")
    assert sent(ada, path, filled(page) | {"positions-0-title": "Minister of foreign affairs"})[0] == 302
    assert list(official.positions.order_by("pk").values_list("title", "ended")) == [
        ("Minister of foreign affairs", "2026"),
        ("Ambassador", ""),
    ]


def test_a_draft_that_was_published_meanwhile_is_told(ada, bob):
    source = make_source("draft", state=State.IN_REVIEW)
    path = form_of(source)
    mine = opened(ada, path, title="Typed with care.")
    with publication.act() as act:
        act.publish_all([source])
    status, page = sent(ada, path, mine)
    assert (status, errors(page)) == (200, [TOLD])
    # From now on it is a correction, with a note.
    assert sent(ada, path, filled(page))[0] == 200
    assert sent(ada, path, filled(page) | {"public_note": "Why."})[0] == 302
    assert Proposal.objects.get().row["title"] == "Typed with care."


def test_an_internal_note_or_a_proposal_of_another_is_told_too(ada, bob):
    source = make_source("a")
    path = form_of(source)
    mine = opened(ada, path, internal_note="Mine.")
    assert send(bob, path, internal_note="His.")[0] == 302
    status, page = sent(ada, path, mine)
    assert (status, errors(page), both(page)) == (200, [TOLD], {})
    assert "In the public fields both versions say the same." in page.select_one("#conflict").text
    mine = opened(ada, path, title="Typed with care.")
    assert send(bob, path, title="Proposed")[0] == 302
    status, page = sent(ada, path, mine)
    assert (errors(page), both(page)) == ([TOLD], {"Title": ("Proposed", "Typed with care.")})


def test_one_s_own_save_in_another_window_is_told_like_another_s(ada):
    source = make_source("a", state=State.DRAFT)
    mine = opened(ada, form_of(source), title="First window")
    send(ada, form_of(source), title="Second window")
    status, page = sent(ada, form_of(source), mine)
    assert (status, both(page)["Title"]) == (200, ("Second window", "First window"))


def test_who_only_looked_meanwhile_is_in_nobody_s_way(agreement, ada, bob):
    path = form_of(agreement)
    mine = opened(ada, path, summary="Typed.")
    read(bob, path)
    sent(bob, path, opened(bob, path))
    assert sent(ada, path, mine)[0] == 302


def test_a_row_that_was_discarded_meanwhile_is_in_the_form_as_a_new_one(ada, bob):
    agreement = make_agreement()
    make_status_change(agreement)
    change = written(make_status_change(agreement, state=State.DRAFT), by=None)
    path = form_of(agreement)
    mine = opened(ada, path, **{"status_changes-1-note": "Typed with care."})
    change.delete()
    status, page = sent(ada, path, mine)
    assert status == 200
    assert TOLD in errors(page)
    assert filled(page)["status_changes-1-note"] == "Typed with care."
    status, page = sent(ada, path, filled(page))
    assert (status, errors(page)) == (302, [])
    assert StatusChange.objects.get(note="Typed with care.").step == 2


def test_a_record_that_was_discarded_meanwhile_is_in_the_form_as_a_new_one(ada):
    source = make_source("draft", state=State.DRAFT)
    path = form_of(source)
    mine = opened(ada, path, title="Typed with care.")
    source.delete()
    before = everything()
    status, page = sent(ada, path, mine)
    told = "This record was discarded while you wrote. Saved now, it is a new draft."
    assert (status, errors(page), everything()) == (200, [told], before)
    assert page.select_one("#source_form")["action"] == address(Source, "add")
    assert sent(ada, address(Source, "add"), filled(page))[0] == 302
    again = Source.objects.get(pk="draft")
    assert (again.state, again.title) == (State.DRAFT, "Typed with care.")


# --- Faults in the form -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "fault", [{"title": ""}, {"status_changes-0-date": "2025-02-30"}, {"status_changes-2-step": ""}]
)
def test_a_fault_keeps_every_row_every_list_in_its_order_and_every_word(agreement, ada, fault):
    make_source("c")
    path, before = form_of(agreement), everything()
    typed = TYPED | fault
    status, page = sent(ada, path, opened(ada, path, **typed))
    assert (status, everything()) == (200, before)
    assert errors(page)
    assert kept(page) | {name: filled(page)[name] for name in fault} == typed
    assert "conflict" not in str(page.select_one("#content-main"))
    mended = filled(page) | {"title": "T", "status_changes-0-date": "2025-05-04", "status_changes-2-step": "3"}
    assert sent(ada, path, mended)[0] == 302


def test_a_fault_on_an_add_page_keeps_every_row_too(ada):
    make_agreement(receiver="RWA", id="us-rw-2024"), make_source("c"), make_source("a"), make_source("b")
    path = address(Agreement, "add")
    rows = {name.replace("-2-", "-0-"): value for name, value in TYPED.items() if "-2-" in name}
    typed = {**rows, "id": "us-rw-2025", "sender": "USA", "receiver": "RWA", "summary": "Typed.", "sources": ["c", "a"]}
    status, page = sent(ada, path, opened(ada, path, **typed))
    assert (status, Agreement.objects.count()) == (200, 1)
    held = filled(page)
    assert {name: held.get(name, "") for name in typed if not name.endswith("agreement")} == {
        name: value for name, value in typed.items() if not name.endswith("agreement")
    }


@pytest.mark.parametrize("rule", [True, False])
def test_what_publication_refuses_keeps_it_too(settings, agreement, ada, rule):
    settings.TWO_PERSON_RULE = rule
    make_source("c")
    path, before = form_of(agreement), everything()
    typed = TYPED | {"public_note": " "}
    status, page = sent(ada, path, opened(ada, path) | typed)
    assert (status, everything()) == (200, before)
    assert set(errors(page)) == {"Say in a public note what changed and why."}
    assert kept(page) | {"public_note": " "} == typed
    assert sent(ada, path, filled(page) | {"public_note": "Why."})[0] == 302


@pytest.mark.parametrize("proposed", [False, True])
def test_a_form_that_was_carried_through_a_sign_in_is_shown_filled_and_saved_by_no_one_yet(
    agreement, ada, bob, proposed
):
    make_source("c")
    path = form_of(agreement)
    if proposed:
        send(bob, path, title="Proposed")
    before = everything()
    status, page = sent(ada, path, opened(ada, path, **TYPED) | {"_refill": "1"})
    assert (status, everything()) == (200, before)
    assert errors(page) == ["Nothing is saved yet: this is what you had typed. Please check it and save again."]
    assert kept(page) == TYPED
    again = filled(page)
    assert "_refill" not in again
    assert sent(ada, path, again)[0] == 302
    assert Proposal.objects.get(record="us-rw-2025").row["sources"] == "a;c;b"


def test_a_carried_add_form_is_shown_filled_too(ada):
    typed = {"id": "new", "title": "Typed with care.", "publisher": "The Gazette"}
    status, page = sent(ada, address(Source, "add"), opened(ada, address(Source, "add"), **typed) | {"_refill": "1"})
    assert (status, Source.objects.count()) == (200, 0)
    assert {name: filled(page)[name] for name in typed} == typed


def test_a_carried_form_still_meets_the_conflict_when_it_is_saved(ada, bob):
    source = make_source("a", state=State.DRAFT)
    mine = opened(ada, form_of(source), title="Typed with care.")
    send(bob, form_of(source), title="Of the other.")
    _status, page = sent(ada, form_of(source), mine | {"_refill": "1"})
    status, page = sent(ada, form_of(source), filled(page))
    assert (status, both(page)["Title"]) == (200, ("Of the other.", "Typed with care."))


# --- At the same moment -----------------------------------------------------------------------------


def at_once(*acts) -> list:
    ready = threading.Barrier(len(acts))

    def do(act):
        try:
            ready.wait(timeout=60)
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(do, acts))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("rule", [True, False])
def test_of_two_who_save_one_record_at_once_one_is_told_and_neither_is_overwritten(settings, rule):
    settings.TWO_PERSON_RULE = rule
    ada, bob = signed_in(make_editor("ada")), signed_in(make_editor("bob"))
    statement = make_statement(make_position().official, id="said")
    path = form_of(statement)
    ours = [
        (ada, opened(ada, path, summary="Ada's summary.", public_note="Ada's.")),
        (bob, opened(bob, path, venue="Bob's venue", public_note="Bob's.")),
    ]
    made = Edition.objects.count()
    answers = at_once(*(lambda c=client, d=data: sent(c, path, d) for client, data in ours))
    assert sorted(status for status, _page in answers) == [200, 302]
    assert Edition.objects.count() == made + (not rule)
    ((loser, (_status, page)),) = [
        (who, answer) for (who, _), answer in zip(ours, answers, strict=True) if answer[0] == 200
    ]
    typed, other = ("Summary", "Venue") if loser is ada else ("Venue", "Summary")
    assert set(both(page)) == {"Summary", "Venue"}
    # He takes over what the other wrote, and saves again.
    taken = {other.lower(): both(page)[other][0]}
    assert sent(loser, path, filled(page) | taken)[0] == 302
    row = Proposal.objects.get().row if rule else publication.last_public_row("statements", "said")
    assert (row["summary"], row["venue"]) == ("Ada's summary.", "Bob's venue")
    assert typed
    assert Proposal.objects.count() == rule


@pytest.mark.django_db(transaction=True)
def test_a_draft_that_two_publish_at_once_from_its_page_is_in_one_edition():
    make_editor("author")
    clients = [signed_in(make_editor(name)) for name in ("ada", "bob")]
    source = make_source("draft", state=State.IN_REVIEW)
    path = f"/admin/publish/?record=sources/{source.pk}"
    data = filled(read(clients[0], path))
    answers = at_once(*(lambda c=client: c.post(path, data).status_code for client in clients))
    assert answers == [302, 302]
    assert Edition.objects.count() == 1
