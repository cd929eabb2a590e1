"""The home of the desk and its lists of work: who sees what waits, and what can be done about it there."""

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from agreements import publication
from agreements.dataset.rows import row_of
from agreements.models import Agreement, Edition, LinkCheck, Position, Proposal, Source, Statement
from agreements.vocabulary import LinkState, ProposalState, Stance, State, Status
from tests.admin.desk import RECORDS, address, against_the_policy, filled, read, send
from tests.database import written_once
from tests.factories import (
    make_agreement,
    make_country,
    make_official,
    make_position,
    make_source,
    make_statement,
    make_status_change,
    together,
)

pytestmark = pytest.mark.django_db

NAMES = ("review", "mine", "contradictions", "untied", "unchecked", "dead-links", "unarchived")
NOW = dt.datetime(2026, 2, 1, 12, tzinfo=dt.UTC)
HOME = "/admin/"

every_list = pytest.mark.parametrize("name", NAMES)


def person(name: str, *extra: str, only: tuple[str, ...] = ("view", "add", "change")) -> User:
    """Somebody at the desk who may do to records what `only` says, and has the permissions `extra`."""
    user = User.objects.create_user(name, password="a long enough password", is_staff=True)
    codenames = [f"{act}_{model._meta.model_name}" for model in RECORDS for act in only]
    user.user_permissions.set(Permission.objects.filter(codename__in=[*codenames, *extra]))
    return user


@pytest.fixture
def ada():
    """A contributor."""
    return person("ada")


@pytest.fixture
def eve():
    """An editor."""
    return person("eve", "publish_edition")


@pytest.fixture
def zoe():
    """Another editor."""
    return person("zoe", "publish_edition")


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def work(name: str) -> str:
    return reverse("admin:desk_work", args=[name])


def rows(page, within: str = "#content-main") -> list[str]:
    """The keys of the rows, without those that stand under another."""
    return [row["data-key"] for row in page.select(f"{within} .work-row")]


def row_for(page, key: str):
    return page.select_one(f'[data-key="{key}"]')


def steps(row) -> dict[str, str]:
    return {link.text: link["href"] for link in row.select(".work-steps a")}


def ticks(page) -> list[str]:
    return [box["value"] for box in page.select('.work-row input[type="checkbox"]')]


def counts(page) -> dict[str, int]:
    return {item.a["href"]: int(item.strong.text) for item in page.select(".desk-counts li")}


def by(user: User, record):
    """The record as written by this user."""
    type(record).objects.filter(pk=record.pk).update(author=user)
    record.refresh_from_db()
    return record


def submitted(user: User, record):
    publication.submit([by(user, record)], by=user)
    record.refresh_from_db()
    return record


def propose(user: User, record, **changes: str) -> Proposal:
    with publication.at_desk(by=user, note="Corrected.") as act:
        act.keep(record, row_of(record) | changes)
    return publication.open_proposal(record)


def a_draft(id: str = "", **values):
    return make_statement(id=id, state=State.DRAFT, **values)


# --- What waits for my review ---------------------------------------------------------------------


def test_what_others_handed_in_waits_the_longest_wait_first(ada, eve):
    for id in ("first", "second", "third"):
        submitted(ada, a_draft(id))
    a_draft("not-handed-in")
    page = read(browser(eve), work("review"))
    assert rows(page) == ["statements/first", "statements/second", "statements/third"]
    row = row_for(page, "statements/first")
    assert row.select_one(".badge").text == "In review"
    assert "What was said." in row.select_one(".work-said").text
    assert row.select_one(".work-facts").text.startswith("by ada")
    assert row.select_one(".work-title a")["href"] == address(Statement, "change", "first")
    assert steps(row) == {
        "Publish…": reverse("admin:desk_publish", query={"record": "statements/first"}),
        "Preview": reverse("preview", query={"record": "statements/first"}),
        "Send back…": reverse("admin:desk_send_back", query={"record": "statements/first"}),
    }


def test_a_note_that_is_made_meanwhile_does_not_move_a_record_to_the_end(ada, eve):
    first = submitted(ada, a_draft("first"))
    submitted(ada, a_draft("second"))
    with publication.at_desk(by=eve) as act:
        act.keep(first, row_of(first), internal_note="Looked at.")
    assert rows(read(browser(eve), work("review"))) == ["statements/first", "statements/second"]


def test_a_record_that_was_given_back_waits_from_its_second_handing_in_on(ada, eve):
    first = submitted(ada, a_draft("first"))
    submitted(ada, a_draft("second"))
    publication.send_back([first], by=eve, answer="Which paper?")
    first.refresh_from_db()
    submitted(ada, first)
    assert rows(read(browser(eve), work("review"))) == ["statements/second", "statements/first"]


@pytest.mark.parametrize("rule", [True, False])
def test_ones_own_waits_for_oneself_only_where_one_person_is_enough(settings, eve, rule):
    settings.TWO_PERSON_RULE = rule
    submitted(eve, a_draft("own"))
    assert rows(read(browser(eve), work("review"))) == ([] if rule else ["statements/own"])


def test_what_a_record_needs_stands_under_it_and_is_not_ticked_by_itself(ada, eve):
    official = by(ada, make_official("speaker", state=State.DRAFT))
    by(ada, make_position(official, state=State.DRAFT))
    source = by(ada, make_source("article", state=State.DRAFT))
    submitted(ada, a_draft("said", official=official, sources=[source]))
    submitted(ada, a_draft("again", official=official))
    assert Position.objects.get().state == State.IN_REVIEW
    page = read(browser(eve), work("review"))
    assert rows(page) == ["statements/said", "statements/again"]
    under = [row["data-key"] for row in page.select(".work-under li")]
    assert under == [row["data-key"] for row in row_for(page, "statements/said").select("li")]
    assert under == ["positions/speaker-1", "officials/speaker", "sources/article"]
    assert ticks(page) == ["statements/said", "statements/again"]
    assert counts(read(browser(eve), HOME))[work("review")] == 2


def test_an_agreement_leads_its_steps_although_each_needs_the_other(ada, eve):
    agreement = by(ada, make_agreement(state=State.DRAFT))
    for _step in range(2):
        submitted(ada, make_status_change(agreement, state=State.DRAFT))
    page = read(browser(eve), work("review"))
    assert rows(page) == ["agreements/us-rw-2025"]
    assert len(page.select(".work-under li")) == 2


def test_a_proposed_change_waits_for_a_decision_of_another(ada, eve, zoe):
    propose(ada, make_source("one"), title="A better title")
    propose(eve, make_source("two"), title="Another title")
    page = read(browser(eve), work("review"))
    assert rows(page) == ["sources/one"]
    row = row_for(page, "sources/one")
    assert (row.select_one(".badge").text, row.select_one(".work-said").text) == ("Proposed change", "Corrected.")
    assert row.select_one(".work-facts span:last-child").text == "Title"
    assert steps(row)["Decide…"] == reverse("admin:desk_decide", query={"record": "sources/one"})
    assert not ticks(page)
    assert rows(read(browser(zoe), work("review"))) == ["sources/one", "sources/two"]


def test_a_draft_that_a_proposal_needs_stands_under_it(ada, eve):
    statement = make_statement()
    submitted(ada, make_source("newer", state=State.DRAFT))
    propose(ada, statement, sources=";".join([*(link.source_id for link in statement.citations.all()), "newer"]))
    page = read(browser(eve), work("review"))
    assert rows(page) == [f"statements/{statement.pk}"]
    assert [row["data-key"] for row in page.select(".work-under li")] == ["sources/newer"]


def test_ticked_records_lead_to_the_page_that_publishes_them(ada, eve):
    for id in ("first", "second", "third"):
        submitted(ada, a_draft(id))
    chosen = ["statements/first", "statements/third"]
    response = browser(eve).post(work("review"), {"record": chosen})
    assert response.headers["Location"] == reverse("admin:desk_publish", query={"record": chosen})
    assert len(read(browser(eve), response.headers["Location"]).select(".desk-record")) == 2


def test_a_button_without_a_tick_says_so(ada, eve):
    submitted(ada, a_draft())
    response = browser(eve).post(work("review"), {}, follow=True)
    assert response.redirect_chain == [(work("review"), 302)]
    assert "Nothing is ticked" in response.content.decode()


# --- What is mine ---------------------------------------------------------------------------------


def test_what_is_mine_is_mine_alone_and_what_came_back_stands_first(ada, eve):
    by(ada, a_draft("plain"))
    back = submitted(ada, a_draft("back"))
    publication.send_back([back], by=eve, answer="Which paper?")
    submitted(ada, a_draft("waiting"))
    by(eve, a_draft("of-another"))
    propose(ada, make_source("changed"), title="A better title")
    declined = propose(ada, make_source("declined"), title="A worse title")
    publication.decline(declined, by=eve, answer="It is its own title.")
    page = read(browser(ada), work("mine"))
    assert rows(page) == [
        "sources/declined",
        "statements/back",
        "statements/plain",
        "statements/waiting",
        "sources/changed",
    ]
    assert row_for(page, "sources/declined").select_one(".work-answer").text == "eve: It is its own title."
    assert row_for(page, "statements/back").select_one(".work-answer").text == "Sent back by eve: Which paper?"
    assert ticks(page) == ["statements/back", "statements/plain"]
    assert set(steps(row_for(page, "statements/plain"))) == {"Continue", "Preview"}
    take_back = reverse("admin:desk_send_back", query={"record": "statements/waiting"})
    assert steps(row_for(page, "statements/waiting"))["Take back"] == take_back
    decide = reverse("admin:desk_decide", query={"record": "sources/changed"})
    assert steps(row_for(page, "sources/changed"))["Look or take back"] == decide


def test_a_draft_that_was_gone_on_with_has_no_answer_any_more(ada, eve):
    back = submitted(ada, a_draft("back"))
    publication.send_back([back], by=eve, answer="Which paper?")
    with publication.at_desk(by=ada) as act:
        act.keep(back, row_of(back) | {"summary": "Said to the Gazette."})
    assert not read(browser(ada), work("mine")).select(".work-answer")


def test_a_declined_proposal_is_forgotten_after_some_weeks_or_when_there_is_a_new_one(ada, eve):
    for id in ("old", "again", "new"):
        publication.decline(propose(ada, make_source(id), title="Another title"), by=eve, answer="No.")
    Proposal.objects.filter(record="old").update(decided_at=timezone.now() - dt.timedelta(days=31))
    propose(ada, Source.objects.get(pk="again"), title="Yet another")
    page = read(browser(ada), work("mine"))
    assert rows(page) == ["sources/new", "sources/again"]
    assert [badge.text for badge in page.select(".badge")] == ["Declined", "Proposed change"]


def test_ticked_drafts_are_handed_in_with_what_they_need(ada, eve):
    source = by(ada, make_source("article", state=State.DRAFT))
    by(ada, a_draft("first", sources=[source]))
    by(ada, a_draft("second"))
    response = browser(ada).post(work("mine"), {"record": ["statements/first"]}, follow=True)
    assert "Handed in for review" in response.content.decode()
    states = dict(Statement.objects.values_list("pk", "state"))
    assert states == {"first": State.IN_REVIEW, "second": State.DRAFT}
    assert Source.objects.get(pk="article").state == State.IN_REVIEW


@pytest.mark.parametrize("role", ["ada", "eve"])
def test_nobody_hands_in_what_another_wrote_from_his_own_list(request, zoe, role):
    by(zoe, a_draft("hers"))
    user = request.getfixturevalue(role)
    assert browser(user).post(work("mine"), {"record": ["statements/hers"]}).status_code == 403
    assert Statement.objects.get().state == State.DRAFT


def test_who_may_only_look_hands_nothing_in():
    reader = person("reader", only=("view",))
    by(reader, a_draft("own"))
    assert not ticks(read(browser(reader), work("mine")))
    assert browser(reader).post(work("mine"), {"record": ["statements/own"]}).status_code == 403
    assert Statement.objects.get().state == State.DRAFT


def test_a_record_that_is_not_there_is_not_found(ada):
    assert browser(ada).post(work("mine"), {"record": ["statements/gone"]}).status_code == 404


# --- What the record lacks ------------------------------------------------------------------------


def test_published_sources_with_an_address_and_no_archived_copy_are_listed(eve):
    make_source("bare", published=dt.date(2025, 5, 5))
    make_source("older", published=None)
    make_source("kept", archive_url="https://archive.example/1")
    make_source("on-paper", url="")
    make_source("unseen", state=State.DRAFT)
    kept = Source.objects.get(pk="kept")
    make_statement(sources=[Source.objects.get(pk="bare")], agreements=[make_agreement(sources=[kept])])
    page = read(browser(eve), work("unarchived"))
    assert rows(page) == ["sources/bare", "sources/older"]
    row = row_for(page, "sources/bare")
    assert [fact.text for fact in row.select(".work-facts span")] == [
        "The Gazette",
        "5 May 2025",
        "1 published record rests on it",
    ]
    assert steps(row)["Add the copy…"] == f"{address(Source, 'change', 'bare')}#id_archive_url"
    assert row.select_one(".work-said a")["href"] == "https://gazette.example/bare"
    assert not page.select("[type=submit][name=record], .submit-row")
    table = read(browser(eve), page.select_one(".work-elsewhere a")["href"])
    assert len(table.select("#result_list tbody tr")) == 3  # one without an address besides


def test_untied_statements_are_listed_those_that_confirm_or_deny_first(eve):
    make_statement(id="tied", status_change=make_status_change())
    for day, stance in enumerate(Stance, start=1):
        make_statement(id=f"untied-{stance}", stance=stance, date=dt.date(2025, 5, day))
    page = read(browser(eve), work("untied"))
    assert rows(page) == [
        f"statements/untied-{stance}"
        for stance in ("conditions", "denies", "supports", "confirms", "criticises", "declines-comment", "opposes")
    ]
    row = row_for(page, "statements/untied-denies")
    assert row.select_one(".work-kind").text == "Denies"
    assert row.select_one(".work-title a").text == "Olivier Nduhungirehe, 3 May 2025"
    assert steps(row)["Tie it…"] == f"{address(Statement, 'change', 'untied-denies')}#id_status_change"
    table = read(browser(eve), page.select_one(".work-elsewhere a")["href"])
    assert len(table.select("#result_list tbody tr")) == len(Stance)


def ago(days: int) -> dt.date:
    return timezone.now().date() - dt.timedelta(days=days)


@written_once
def checked() -> None:
    """Three published agreements, checked 200, 100 and 5 days ago, and a draft."""
    make_agreement(receiver="RWA", last_checked=ago(200))
    make_agreement(receiver="UGA", last_checked=ago(100))
    make_agreement(receiver="ESW", last_checked=ago(5))
    make_agreement(receiver="SLV", last_checked=ago(300), state=State.DRAFT)


def test_agreements_that_were_not_checked_for_some_days_are_listed_the_longest_first(eve, checked):
    agreements = ["agreements/us-rw-2025", "agreements/us-ug-2025", "agreements/us-sz-2025"]
    for days, shown in {"": 2, "90": 2, "100": 1, "99": 2, "0": 3, "5": 2, "4": 3, "36500": 0}.items():
        query = {"days": days} if days else {}
        page = read(browser(eve), work("unchecked"), **query)
        assert rows(page) == agreements[:shown]
        assert filled(page)["days"] == days or "90"
    page = read(browser(eve), work("unchecked"))
    facts = row_for(page, "agreements/us-rw-2025").select(".work-facts span")
    assert facts[1].text == "200 days ago"
    table = read(browser(eve), page.select_one(".work-elsewhere a")["href"])
    assert len(table.select("#result_list tbody tr")) == 2


@pytest.mark.parametrize("days", ["", "-1", "many", "1.5", "36501", "99999999999", "²", "٣"])
def test_a_number_of_days_that_is_none_is_answered_in_words(eve, checked, days):
    client = browser(eve)
    for response in (
        client.get(work("unchecked"), {"days": days}),
        client.post(f"{work('unchecked')}?days={days}", {"record": ["agreements/us-rw-2025"]}),
    ):
        assert response.status_code == 400
        assert f"“days” is “{days}”: expected a whole number from 0 to 36500." in response.content.decode()
    assert not Proposal.objects.exists()


def test_a_click_on_one_row_marks_it_as_checked_today_in_one_edition(settings, eve, checked):
    settings.TWO_PERSON_RULE = False
    made = Edition.objects.count()
    path = f"{work('unchecked')}?days=30"
    page = read(browser(eve), path)
    button = row_for(page, "agreements/us-ug-2025").select_one("button")
    assert (button.text, button["name"]) == ("Checked today", "only")
    response = browser(eve).post(path, {"only": button["value"], "record": ["agreements/us-rw-2025"]}, follow=True)
    assert response.redirect_chain == [(path, 302)]
    assert "1 agreement was checked today." in response.content.decode()
    dates = dict(Agreement.objects.published().values_list("pk", "last_checked"))
    assert dates == {"us-ug-2025": ago(0), "us-rw-2025": ago(200), "us-sz-2025": ago(5)}
    assert Edition.objects.count() == made + 1
    edition = Edition.objects.order_by("number").last()
    assert edition.note == "Checked against the sources; nothing new."
    assert [revision.record for revision in edition.revisions.all()] == ["us-ug-2025"]


@pytest.mark.parametrize("role", ["ada", "eve"])
def test_where_it_takes_two_the_new_dates_of_ticked_rows_are_proposals_and_the_message_says_so(request, checked, role):
    user = request.getfixturevalue(role)
    made = Edition.objects.count()
    chosen = ["agreements/us-rw-2025", "agreements/us-ug-2025", "agreements/us-sv-2025"]
    page = read(browser(user), work("unchecked"))
    assert "The new date becomes public when another editor accepts it." in page.select_one(".work-about").text
    assert ticks(page) == chosen[:2]
    response = browser(user).post(work("unchecked"), {"record": chosen}, follow=True)
    assert "The new dates of 2 agreements are kept as proposals" in response.content.decode()
    proposals = {proposal.record: proposal for proposal in Proposal.objects.all()}
    assert set(proposals) == {"us-rw-2025", "us-ug-2025"}
    for proposal in proposals.values():
        assert (publication.changed_columns(proposal), proposal.author) == (["last_checked"], user)
        assert proposal.row["last_checked"] == ago(0).isoformat()
    assert Edition.objects.count() == made
    page = read(browser(user), work("unchecked"))
    assert (rows(page), ticks(page)) == (chosen[:2], [])


@pytest.mark.parametrize("rule", [True, False])
def test_what_another_proposes_is_neither_overwritten_nor_accepted_by_the_way(settings, ada, eve, checked, rule):
    proposal = propose(ada, Agreement.objects.get(pk="us-rw-2025"), title="A better title")
    settings.TWO_PERSON_RULE = rule
    response = browser(eve).post(work("unchecked"), {"only": "agreements/us-rw-2025"}, follow=True)
    assert "Not marked, since a change of it is proposed" in response.content.decode()
    kept = Proposal.objects.get()
    assert (kept.row, kept.author, kept.state) == (proposal.row, ada, ProposalState.OPEN)
    assert Agreement.objects.get(pk="us-rw-2025").last_checked == ago(200)


def test_a_check_that_would_publish_what_is_unsourced_is_refused_with_the_reason(eve):
    make_agreement(sources=[], last_checked=ago(200))
    response = browser(eve).post(work("unchecked"), {"record": ["agreements/us-rw-2025"]})
    assert response.status_code == 400
    text = response.content.decode()
    assert BeautifulSoup(text, "html.parser").select_one('[name="record"][checked]')["value"] == "agreements/us-rw-2025"
    assert "agreements/us-rw-2025 cites no source." in text
    assert f"{address(Agreement, 'change', 'us-rw-2025')}#id_sources" in text
    assert not Proposal.objects.exists()


def test_who_may_not_change_agreements_sees_the_list_and_no_button(checked):
    reader = person("reader", only=("view",))
    page = read(browser(reader), work("unchecked"))
    assert rows(page) == ["agreements/us-rw-2025", "agreements/us-ug-2025"]
    assert not page.select('.work-row [type="checkbox"], .work-row button, .submit-row')
    assert browser(reader).post(work("unchecked"), {"only": "agreements/us-rw-2025"}).status_code == 403
    assert Agreement.objects.get(pk="us-rw-2025").last_checked == ago(200)


def make_check(source, state, *, location="", since=NOW):
    return LinkCheck.objects.create(
        source=source,
        url=source.url,
        state=state,
        location=location,
        detail="The document is gone (404 Not Found)." if state == LinkState.DEAD else "",
        checked_at=NOW,
        failing_since=since if state == LinkState.DEAD else None,
    )


def test_dead_and_moved_links_are_listed_with_what_rests_on_them(eve):
    make_check(make_source("rescued", archive_url="https://archive.example/1"), LinkState.DEAD)
    make_check(make_source("moved"), LinkState.MOVED, location="https://gazette.example/new-home")
    make_check(make_source("gone"), LinkState.DEAD)
    make_check(make_source("long-gone"), LinkState.DEAD, since=NOW - dt.timedelta(days=40))
    make_check(make_source("fine"), LinkState.WORKS)
    gone = Source.objects.get(pk="gone")
    make_statement(sources=[gone])
    make_status_change(sources=[gone])
    a_draft(sources=[gone])
    page = read(browser(eve), work("dead-links"))
    assert rows(page) == ["sources/long-gone", "sources/gone", "sources/moved", "sources/rescued"]
    facts = [fact.text for fact in row_for(page, "sources/gone").select(".work-facts span")]
    assert facts == ["The Gazette", "dead since 1 Feb 2026", "2 published records rest on it"]
    assert row_for(page, "sources/rescued").select(".work-facts span")[-1].text == "has an archived copy"
    assert row_for(page, "sources/gone").select_one(".work-said").text.endswith("The document is gone (404 Not Found).")
    table = [read(browser(eve), link["href"]) for link in page.select(".work-elsewhere a")]
    assert [len(each.select("#result_list tbody tr")) for each in table] == [3, 1]


def test_the_form_of_a_source_that_moved_opens_with_the_new_address_and_proposes_it(eve):
    make_check(make_source("moved"), LinkState.MOVED, location="https://gazette.example/new-home")
    make_check(make_source("gone"), LinkState.DEAD)
    client = browser(eve)
    link = steps(row_for(read(client, work("dead-links")), "sources/moved"))["Take over the new address…"]
    assert filled(read(client, link))["url"] == "https://gazette.example/new-home"
    assert send(client, link)[0] == 302
    proposal = Proposal.objects.get()
    assert (proposal.record, publication.changed_columns(proposal)) == ("moved", ["url"])
    assert filled(read(client, f"{address(Source, 'change', 'gone')}?moved=1"))["url"] == "https://gazette.example/gone"


def test_taking_over_a_new_address_goes_on_from_what_is_proposed_already(ada, eve):
    make_check(make_source("moved"), LinkState.MOVED, location="https://gazette.example/new-home")
    propose(ada, Source.objects.get(), title="A better title")
    values = filled(read(browser(eve), f"{address(Source, 'change', 'moved')}?moved=1"))
    assert (values["title"], values["url"]) == ("A better title", "https://gazette.example/new-home")


# --- Who contradicts whom -------------------------------------------------------------------------


@pytest.fixture
def parties():
    """A spokesman of either side of us-rw-2025."""
    return make_official("rubio", name="Marco Rubio", country="USA"), make_official("nduhungirehe")


def say(official, stance, day=1, **values):
    return make_statement(official, stance=stance, date=dt.date(2025, 6, day), **values)


@pytest.mark.parametrize("stance", ["confirms", "supports", "conditions"])
def test_a_status_change_that_one_party_confirms_and_the_other_denies_is_listed(eve, parties, stance):
    us, rwanda = parties
    change = make_status_change(status=Status.SIGNED, date=dt.date(2025, 6, 1))
    yes = say(us, stance, status_change=change, id="yes")
    no = say(rwanda, "denies", 3, status_change=change, id="no", summary="There is no such agreement.")
    page = read(browser(eve), work("contradictions"))
    assert rows(page) == [f"status_changes/{change.pk}"]
    row = row_for(page, f"status_changes/{change.pk}")
    said = row.select_one(".work-said")
    assert [line.strip() for line in said.get_text("\n").split("\n") if line.strip()] == [
        "United States confirms (",
        "Marco Rubio, 1 Jun 2025",
        "): What was said.",
        "Rwanda denies (",
        "Olivier Nduhungirehe, 3 Jun 2025",
        "): There is no such agreement.",
    ]
    assert [link["href"] for link in said.select("a")] == [address(Statement, "change", each.pk) for each in (yes, no)]
    assert row.select_one(".work-facts").text == "Signed, 1 Jun 2025"
    assert steps(row)["Status change"] == address(type(change), "change", change.pk)


def test_the_latest_word_of_each_party_counts(eve, parties):
    us, rwanda = parties
    change = make_status_change()
    say(us, "confirms", 1, status_change=change)
    say(rwanda, "denies", 2, status_change=change)
    client = browser(eve)
    assert len(rows(read(client, work("contradictions")))) == 1
    say(rwanda, "declines-comment", 3, status_change=change)
    assert len(rows(read(client, work("contradictions")))) == 1
    say(rwanda, "confirms", 4, status_change=change)
    assert rows(read(client, work("contradictions"))) == []


def test_only_the_governments_of_the_two_parties_contradict_each_other(eve, parties):
    us, rwanda = parties
    change = make_status_change()
    say(us, "confirms", status_change=change)
    for values in ({"speaks_for": "opposition"}, {"speaks_for": "judiciary"}, {"country": "UGA"}):
        say(make_official(**values), "denies", 2, status_change=change)
    say(rwanda, "opposes", 3, status_change=change)
    say(rwanda, "denies", 4, status_change=change, state=State.DRAFT)
    assert rows(read(browser(eve), work("contradictions"))) == []


def test_words_on_two_steps_are_no_contradiction_and_an_untied_word_may_be_one(eve, parties):
    us, rwanda = parties
    first, second = make_status_change(), make_status_change()
    say(rwanda, "denies", 1, status_change=first)
    say(us, "confirms", 2, status_change=second)
    client = browser(eve)
    assert rows(read(client, work("contradictions"))) == []
    say(rwanda, "denies", 3, id="untied", agreements=[first.agreement])
    page = read(client, work("contradictions"))
    assert rows(page) == ["agreements/us-rw-2025"]
    assert "not tied" in page.select_one(".work-facts").text
    assert steps(page)["Status change"] == address(type(second), "change", second.pk)


def test_a_statement_on_several_agreements_confirms_only_the_change_that_it_is_tied_to(eve, parties):
    us, _rwanda = parties
    rwandan = make_agreement()
    ugandan = make_agreement(receiver="UGA")
    say(us, "confirms", status_change=make_status_change(rwandan), agreements=[rwandan, ugandan])
    say(make_official("kutesa", country="UGA"), "denies", 2, agreements=[ugandan])
    assert rows(read(browser(eve), work("contradictions"))) == []
    say(us, "confirms", 3, agreements=[rwandan, ugandan])
    assert rows(read(browser(eve), work("contradictions"))) == ["agreements/us-ug-2025"]


# --- The home -------------------------------------------------------------------------------------


def test_the_home_counts_every_list_and_each_count_is_a_link(ada, eve):
    submitted(ada, a_draft("handed-in"))
    by(eve, a_draft("own"))
    make_statement(sources=[make_source()])
    page = read(browser(eve), HOME)
    shown = counts(page)
    assert list(shown) == [work(name) for name in NAMES]
    assert shown[work("review")] == shown[work("mine")] == shown[work("untied")] == 1
    for path, count in shown.items():
        assert len(rows(read(browser(eve), path))) == count
    assert page.select_one("h1").text == "The desk"


def test_the_first_five_of_what_waits_and_of_what_is_mine_are_right_there(ada, eve):
    for number in range(6):
        submitted(ada, a_draft(f"waiting-{number}"))
        by(eve, a_draft(f"own-{number}"))
    page = read(browser(eve), HOME)
    assert rows(page, "#first-review") == [f"statements/waiting-{number}" for number in range(5)]
    assert rows(page, "#first-mine") == [f"statements/own-{number}" for number in (5, 4, 3, 2, 1)]
    assert page.select_one("#first-review .desk-more a")["href"] == work("review")
    assert not page.select("#content-main form")


def test_a_statement_is_one_click_away_and_every_table_is_still_there(eve):
    page = read(browser(eve), HOME)
    first = page.select_one("#content-main a")
    assert (first.text, first["href"]) == ("Add a statement", address(Statement, "add"))
    tables = {link["href"] for link in page.select(".app-agreements th a")}
    assert {address(model, "changelist") for model in RECORDS} <= tables


def test_what_one_did_last_is_at_the_end(one_person, eve):
    source = make_source("article")
    client = browser(eve)
    assert "Nothing yet." in read(client, HOME).select_one("#recent-actions-module").text
    send(client, address(Source, "change", source.pk), title="A better title")
    [link] = read(client, HOME).select("#recent-actions-module a")
    assert link["href"] == address(Source, "change", "article")


def test_a_contributor_sees_what_he_can_act_on(ada):
    page = read(browser(ada), HOME)
    assert list(counts(page)) == [work(name) for name in NAMES if name != "review"]
    assert [section["id"] for section in page.select(".desk-columns .module[id^=first]")] == ["first-mine"]


def test_who_has_no_permission_sees_his_own_list_alone():
    nobody = person("nobody", only=())
    page = read(browser(nobody), HOME)
    assert list(counts(page)) == [work("mine")]
    assert not page.select(".desk-add")
    for name in NAMES:
        assert browser(nobody).get(work(name)).status_code == (200 if name == "mine" else 403)


@every_list
def test_an_empty_list_says_so_kindly(eve, name):
    page = read(browser(eve), work(name))
    assert rows(page) == []
    assert page.select_one(".work-nothing").text.endswith(".")
    assert page.select_one(".work-about").text


def test_a_list_that_is_none_is_not_found(eve):
    assert browser(eve).get(work("unheard-of")).status_code == 404


@every_list
def test_who_is_not_signed_in_is_sent_to_sign_in(client, name):
    for response in (client.get(work(name)), client.post(work(name), {"record": "x"})):
        assert response.headers["Location"].startswith(reverse("admin:login"))


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_contributor_has_no_part_in_the_review(ada, eve, method):
    submitted(eve, a_draft("handed-in"))
    response = getattr(browser(ada), method)(work("review"), {"record": "statements/handed-in"})
    assert response.status_code == 403


@pytest.mark.parametrize("name", ["unarchived", "untied", "dead-links", "contradictions"])
def test_a_list_without_a_button_takes_no_post(eve, name):
    assert browser(eve).post(work(name), {"record": "x"}).status_code == 405


def test_a_long_list_has_pages_that_keep_what_was_asked(eve):
    with together():
        for number in range(60):
            code = f"{chr(65 + number // 26)}{chr(65 + number % 26)}Q"
            make_agreement(receiver=make_country(code, slug=f"land-{number}"), last_checked=ago(50))
    client = browser(eve)
    page = read(client, work("unchecked"), days="40")
    assert len(rows(page)) == 50
    [link] = page.select(".work-pages a")
    assert len(rows(read(client, work("unchecked") + link["href"]))) == 10


# --- What holds of all of them --------------------------------------------------------------------


def fill_every_list(author: User, editor: User, number: int) -> None:
    """`number` more rows on every list, each with references of its own, so that a query per row shows."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    start = Agreement.objects.count()
    handed_in, sent_back, public = [], [], []
    with together():
        for i in range(start, start + number):
            code = f"Z{letters[i // 26]}{letters[i % 26]}"
            receiver = make_country(code, alpha2=code[1:], slug=f"land-{code.lower()}")
            agreement = make_agreement(receiver=receiver, last_checked=ago(100))
            change = make_status_change(agreement)
            say(make_official(country="USA"), "confirms", status_change=change)
            say(make_official(country=receiver), "denies", status_change=change)
            say(make_official(country=receiver), "denies", agreements=[agreement])
            make_check(make_source(), LinkState.DEAD)
            make_check(make_source(), LinkState.MOVED, location="https://gazette.example/new-home")
            for user in (author, editor):
                official = by(user, make_official(state=State.DRAFT))
                by(user, make_position(official, state=State.DRAFT))
                source = by(user, make_source(state=State.DRAFT))
                handed_in.append((user, a_draft(official=official, sources=[source], agreements=[agreement])))
                by(user, a_draft(agreements=[agreement]))
                sent_back.append((user, a_draft(agreements=[agreement])))
                public.append((user, make_source(), make_source()))
    for user, draft in handed_in:
        submitted(user, draft)
    for user, draft in sent_back:
        publication.send_back([submitted(user, draft)], by=user, answer="Which paper?")
    for user, first, second in public:
        propose(user, first, title="A better title")
        publication.decline(propose(user, second, title="A worse title"), by=editor, answer="No.")


@pytest.mark.parametrize("name", ["home", *NAMES])
def test_a_page_costs_the_same_queries_however_long_its_lists_are(eve, ada, name):
    path = HOME if name == "home" else work(name)
    client = browser(eve)
    read(client, path)  # fills the cache of content types
    spent, shown = [], []
    for number in (2, 4):
        fill_every_list(ada, eve, number)
        with CaptureQueriesContext(connection) as queries:
            page = read(client, path)
        spent.append(len(queries))
        shown.append(sum(counts(page).values()) if path == HOME else len(rows(page)))
    assert shown[1] > shown[0] > 0
    assert spent[0] == spent[1], f"{spent} queries"


def test_pages_keep_to_the_content_security_policy_and_name_what_they_label(eve, ada):
    fill_every_list(ada, eve, 1)
    for path in (HOME, *map(work, NAMES)):
        page = read(browser(eve), path)
        assert against_the_policy(page) == [], path
        ids = [tag["id"] for tag in page.find_all(id=True)]
        assert len(ids) == len(set(ids)), path
        named = {
            tag[each] for each in ("aria-labelledby", "aria-describedby") for tag in page.find_all(attrs={each: True})
        }
        assert named <= set(ids), path
