"""The history of a record: who changed what when, from what to what, lists and states included, and the way back."""

import pytest
from bs4 import BeautifulSoup, Tag
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from agreements import publication
from agreements.dataset.load import load
from agreements.models import Proposal, Statement, StatusChange
from agreements.vocabulary import ProposalState, State
from tests.admin.desk import address, errors, filled, read, send, signed_in
from tests.database import everything, fresh
from tests.dataset.packages import Dataset
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

SAID = "olivier-nduhungirehe-2025-05-04"


@pytest.fixture
def ada(db) -> Client:
    return signed_in(make_editor("ada"))


@pytest.fixture
def bob(db) -> Client:
    return signed_in(make_editor("bob"))


def form_of(record) -> str:
    return address(type(record), "change", record.pk)


def history_of(client: Client, record) -> BeautifulSoup:
    return read(client, address(type(record), "history", record.pk))


def changes(row: Tag) -> list[list[str]]:
    return [[cell.text for cell in line.find_all(["th", "td"])] for line in row.select(".desk-differences tbody tr")]


def versions(page: BeautifulSoup) -> list[tuple[str, str, str, list[list[str]]]]:
    """Who, what, note and changes of each version, the newest first."""
    found = []
    for row in page.select("#change-history > tbody > tr"):
        _when, who, what, note, _changes = row.find_all("td", recursive=False)
        found.append((who.text, what.text, note.text, changes(row)))
    return found


def test_a_history_tells_each_step_of_a_record_with_its_lists_its_notes_and_who_took_it(ada, bob):
    statement = make_statement(make_position().official, id="said", sources=[make_source("a")], state=State.DRAFT)
    statement = written(statement, by=None)
    make_source("b")
    path = form_of(statement)
    send(ada, path, summary="Another summary.", sources=["b", "a"], _submit="")
    send_back = f"/admin/send-back/?record=statements/{statement.pk}"
    bob.post(send_back, {"answer": "Which of the two?"})
    send(ada, path, sources=["b"], internal_note="B it is.", _submit="")
    publish = f"/admin/publish/?record=statements/{statement.pk}"
    assert bob.post(publish, {**filled(read(bob, publish)), "public_note": "A statement."}).status_code == 302
    withdraw = f"/admin/withdraw/?record=statements/{statement.pk}"
    assert bob.post(withdraw, {"reason": "Forged."}).status_code == 302
    a, b = "The Gazette: A report (a)", "The Gazette: A report (b)"
    assert versions(history_of(ada, statement)) == [
        ("bob", "Withdrawn", "Forged.", []),
        ("bob", "Published", "A statement.", []),
        ("ada", "Handed in", "", []),
        ("ada", "Changed", "", [["Sources", f"{b}\n{a}", b]]),
        ("ada", "Changed", "", [["Internal note", "–", "B it is."]]),
        ("bob", "Given back", "Which of the two?", []),
        ("ada", "Handed in", "", []),
        ("ada", "Changed", "", [["Summary", "What was said.", "Another summary."], ["Sources", a, f"{b}\n{a}"]]),
        ("Nobody at the desk", "Made", "", []),
    ]


def test_a_history_tells_what_became_of_each_proposal(ada, bob):
    source = make_source("a")
    path, decide = form_of(source), "/admin/decide/?record=sources/a"
    send(ada, path, title="First", public_note="One.")
    bob.post(decide, {"decline": "", "answer": "No."})
    send(ada, path, title="Second", public_note="Two.")
    bob.post(decide, {**filled(read(bob, decide)), "accept": ""})
    send(ada, path, title="Third", public_note="Three.")
    ada.post(decide, {"take_back": ""})
    send(bob, path, title="Fourth", public_note="Four.")
    page = history_of(ada, source)
    rows = page.select("#proposals > tbody > tr")
    told = [
        (who.text, note.text, outcome.get_text(" ", strip=True).split(",")[0].split(" Decide")[0], changes(row))
        for row in rows
        for _when, who, note, outcome, _changes in [row.find_all("td", recursive=False)]
    ]
    assert told == [
        ("bob", "Four.", "Open", [["Title", "Second", "Fourth"]]),
        ("ada", "Three.", "Taken back", [["Title", "Second", "Third"]]),
        ("ada", "Two.", "Accepted", [["Title", "A report", "Second"]]),
        ("ada", "One.", "Declined", [["Title", "A report", "First"]]),
    ]
    assert [link["href"] for link in page.select("#proposals a")] == ["/admin/decide/?record=sources%2Fa"]
    # Its version is its author's; who accepted it stands with the proposal.
    assert versions(page)[0] == ("ada", "Changed", "Two.", [["Title", "A report", "Second"]])


def test_an_internal_note_leaves_the_lists_of_its_version_as_they_are(ada):
    statement = make_statement(id="said", sources=[make_source("a")], state=State.DRAFT)
    send(ada, form_of(statement), internal_note="Ask them.")
    page = history_of(ada, statement)
    assert versions(page)[0] == ("ada", "Changed", "", [["Internal note", "–", "Ask them."]])
    send(ada, form_of(statement), summary="Another summary.")
    back = history_of(ada, statement).select(".way-back")[0]["href"]
    assert filled(read(ada, back))["sources"] == ["a"]


def test_versions_that_a_load_made_have_the_lists_of_its_edition(ada, tmp_path):
    dataset = Dataset()
    load(dataset.write(tmp_path / "package"), note="First.")
    for sources in ("gazette-1;gazette-2", "gazette-1"):
        dataset.change("statements", SAID, sources=sources)
        load(dataset.write(tmp_path / "package"), note=f"Now {sources}.")
    statement = Statement.objects.get()
    first, second = "The Gazette: First report (gazette-1)", "The Gazette: Minister on television (gazette-2)"
    page = history_of(ada, statement)
    assert versions(page) == [
        ("Nobody at the desk", "Changed", "", [["Sources", f"{first}\n{second}", first]]),
        ("Nobody at the desk", "Changed", "", [["Sources", second, f"{first}\n{second}"]]),
        ("Nobody at the desk", "Made", "", []),
    ]
    lists = [filled(read(ada, link["href"]))["sources"] for link in page.select(".way-back")]
    assert lists == [["gazette-1", "gazette-2"], ["gazette-2"]]


def test_the_way_back_of_what_is_public_is_a_proposal_with_a_note(ada, bob):
    source = make_source("a", title="As it was")
    with publication.act() as act:
        source.title = "Worse"
        act.publish(source)
    (back,) = [link["href"] for link in history_of(ada, source).select(".way-back")]
    assert filled(read(ada, back))["title"] == "As it was"
    status, page = send(ada, back, public_note=" ")
    assert (status, errors(page)) == (200, ["Say in a public note what changed and why."])
    # A fault does not forget which version it was.
    assert filled(page)["title"] == "As it was"
    assert send(ada, back, public_note="Back to the first title.")[0] == 302
    assert fresh(source).title == "Worse"
    proposal = Proposal.objects.get()
    assert (proposal.row["title"], proposal.note) == ("As it was", "Back to the first title.")
    decide = "/admin/decide/?record=sources/a"
    assert bob.post(decide, {**filled(read(bob, decide)), "accept": ""}).status_code == 302
    assert fresh(source).title == "As it was"
    assert versions(history_of(ada, source))[0] == (
        "ada",
        "Changed",
        "Back to the first title.",
        [["Title", "Worse", "As it was"]],
    )


def test_the_way_back_of_a_draft_brings_its_lists_in_their_order(ada):
    make_source("a"), make_source("b")
    statement = make_statement(id="said", sources=[], state=State.DRAFT)
    for sources in (["b", "a"], ["a"]):
        send(ada, form_of(statement), sources=sources)
    back = history_of(ada, statement).select(".way-back")[0]["href"]
    assert filled(read(ada, back))["sources"] == ["b", "a"]
    assert send(ada, back)[0] == 302
    assert [link.source_id for link in statement.citations.all()] == ["b", "a"]


def test_a_way_back_to_a_record_that_is_gone_leaves_it_out(ada):
    gone = make_source("gone", state=State.DRAFT)
    statement = make_statement(id="said", sources=[gone, make_source("a")], state=State.DRAFT)
    send(ada, form_of(statement), sources=["a"])
    gone.delete()
    page = history_of(ada, statement)
    assert versions(page)[0][3] == [["Sources", "gone\nThe Gazette: A report (a)", "The Gazette: A report (a)"]]
    back = page.select(".way-back")[0]["href"]
    assert send(ada, back)[0] == 302
    assert [link.source_id for link in statement.citations.all()] == ["a"]


@pytest.mark.parametrize("number", ["of another", "0", "-1", "x", "9" * 40, "", "١", "²"])
def test_no_version_but_one_of_this_record_is_shown_or_saved(ada, number):
    source, other = make_source("a", title="This one", state=State.DRAFT), make_source("b", title="The other")
    version = other.history.first().pk if number == "of another" else number
    if number == "١":
        version = "٩٩٩٩"
    path = f"{form_of(source)}?version={version}"
    assert filled(read(ada, path))["title"] == "This one"
    before = everything()
    send(ada, path)
    assert everything() == before


def test_a_version_of_a_status_change_leaves_those_beside_it_alone(one_person, ada):
    """The page of an agreement goes back alone: its steps have histories of their own."""
    agreement = make_agreement(title="As it was")
    change = make_status_change(agreement, note="As it was.")
    send(ada, form_of(agreement), title="Worse", **{"status_changes-0-note": "Better."})
    back = history_of(ada, agreement).select(".way-back")[-1]["href"]
    assert send(ada, back)[0] == 302
    assert (fresh(agreement).title, StatusChange.objects.get(pk=change.pk).note) == ("As it was", "Better.")


def test_a_long_history_has_pages_that_join(ada):
    source = make_source("a", state=State.DRAFT)
    for number in range(1, 31):
        source.title = f"Title {number}"
        source.save()
    first = history_of(ada, source)
    second = read(ada, address(type(source), "history", "a") + "?p=2")
    assert [row.th.text for row in first.select("#change-history > tbody > tr")] == [str(n) for n in range(31, 6, -1)]
    assert changes(first.select("#change-history > tbody > tr")[-1]) == [["Title", "Title 5", "Title 6"]]
    assert [row.th.text for row in second.select("#change-history > tbody > tr")] == [str(n) for n in range(6, 0, -1)]
    assert changes(second.select("#change-history > tbody > tr")[0]) == [["Title", "Title 4", "Title 5"]]


def test_a_history_of_other_sources_and_officials_costs_the_same_queries_however_long_it_is(ada):
    statement = make_statement(make_official("o-0"), id="said", state=State.DRAFT)
    for number in range(1, 10):
        make_source(f"s-{number}"), make_official(f"o-{number}")
    read(ada, form_of(statement))
    counts = []
    for numbers in (range(1, 4), range(4, 10)):
        for number in numbers:
            send(ada, form_of(statement), sources=[f"s-{number}"], official=f"o-{number}")
        with CaptureQueriesContext(connection) as queries:
            history_of(ada, statement)
        counts.append(len(queries))
    assert counts[0] == counts[1]
    with publication.act() as act:
        act.publish_all([fresh(statement)])
    counts = []
    for numbers in (range(1, 4), range(4, 8)):
        for number in numbers:
            Proposal.objects.update(state=ProposalState.DECLINED, decided_at=statement.created_at)
            send(ada, form_of(statement), sources=[f"s-{number}"], official=f"o-{number}")
        with CaptureQueriesContext(connection) as queries:
            history_of(ada, statement)
        counts.append(len(queries))
    assert counts[0] == counts[1]
