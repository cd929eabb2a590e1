"""The steps of a record on its way to the public: who is shown which, what each page does, what the server refuses."""

import datetime as dt
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup, Tag
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agreements import editions, publication
from agreements.models import Agreement, Edition, Proposal, Record, Source, StatusChange
from agreements.vocabulary import ProposalState, State
from tests.admin.desk import address, errors, filled, make_reader, read, send, signed_in
from tests.database import everything, fresh, key, places_of
from tests.factories import (
    make_agreement,
    make_country,
    make_editor,
    make_official,
    make_position,
    make_source,
    make_statement,
    make_status_change,
    written,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(db):
    return make_editor("ada")


@pytest.fixture
def bob(db):
    return make_editor("bob")


@pytest.fixture
def carol(db):
    return make_editor("carol", "contributor")


def page_of(step: str, *records: Record) -> str:
    """The address of a step: the pages of the workflow, and the preview."""
    name = step if step == "preview" else f"admin:desk_{step}"
    return reverse(name, query={"record": [key(record) for record in records]})


def form_of(record: Record) -> str:
    return address(type(record), "change", record.pk)


def post(client: Client, path: str, **values: object) -> tuple[int, BeautifulSoup]:
    """Opens a page, changes the fields that are named, sends its form: the status of the answer and its page."""
    response = client.post(path, {**filled(read(client, path)), **values})
    return response.status_code, BeautifulSoup(response.text, "html.parser")


def said(client: Client) -> list[str]:
    """The messages that the next page will show."""
    return [str(message) for message in get_messages(client.get("/admin/").wsgi_request)]


def reasons(page: BeautifulSoup) -> dict[str, str]:
    """Why a page of the workflow refuses, each with the address it links to."""
    return {item.get_text(strip=True): item.a["href"] if item.a else "" for item in page.select("#reasons li")}


def differences(part: Tag) -> list[list[str]]:
    return [[cell.text for cell in row.find_all(["th", "td"])] for row in part.select(".desk-differences tbody tr")]


def proposed(record: Record, *, by, note: str = "The title was wrong.", **cells: str) -> Proposal:
    """A change of a published record that waits for a second person, sent by its form."""
    assert send(signed_in(by), form_of(record), public_note=note, **cells)[0] == 302
    return publication.open_proposal(record)


# --- The buttons that fit the state, the role and the author ---------------------------------------

STATES = [State.DRAFT, State.IN_REVIEW, State.PUBLISHED, State.WITHDRAWN]


def steps_of(page: BeautifulSoup) -> set[str]:
    """The steps that a change page offers, its buttons among them."""
    links = {
        name.removeprefix("step-")
        for link in page.select(".object-tools a")
        for name in link.get("class", [])
        if name.startswith("step-")
    }
    buttons = {button["name"] for button in page.select(".submit-row input[type=submit]")}
    # That a source leads to a new statement is tested with the entry of statements.
    return (
        (links - {"add-statement"})
        | (buttons & {"_save", "_submit", "_publish", "_preview"})
        | {"delete" for _ in page.select(".deletelink")}
    )


def expected_steps(state: State, role: str, author: str, *, rule: bool) -> tuple[set[str], bool]:
    """Which steps are offered for a record of his own, another's or nobody's; whether it says why not to publish."""
    editor, own, unpublished = role == "editor", author == "own", state in (State.DRAFT, State.IN_REVIEW)
    steps = set()
    if editor or state == State.PUBLISHED or (unpublished and author != "another"):
        steps |= {"_save", "_preview"}
        steps |= {"delete"} if unpublished else set()
    if state == State.DRAFT and author != "another":
        steps |= {"_submit"}
    if state != State.WITHDRAWN:
        steps |= {"preview"}
    if state == State.IN_REVIEW and (editor or own):
        steps |= {"send_back"}
    if not editor:
        return steps, False
    if state == State.PUBLISHED:
        return steps | {"withdraw"}, False
    forbidden = (rule and own) or (state == State.DRAFT and author == "another")
    return steps | (set() if rule else {"_publish"}) | (set() if forbidden else {"publish"}), forbidden


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("role", ["contributor", "editor"])
@pytest.mark.parametrize("rule", [True, False])
def test_a_change_page_offers_what_its_reader_may_do_and_says_why_not(settings, state, role, rule):
    settings.TWO_PERSON_RULE = rule
    user = make_editor("user", role)
    client = signed_in(user)
    authors = {"own": user, "another": make_editor("other"), "nobody": None}
    for author, account in authors.items():
        page = read(client, form_of(written(make_source(state=state), by=account)))
        reason = page.select_one("#why-not-publish")
        assert (steps_of(page), reason is not None) == expected_steps(state, role, author, rule=rule), author
        # The author, and whether it is published, is shown beside.
        assert page.select_one(".field-state_badge .badge").text == state.label
    if reason:
        assert reason.text


def test_an_add_page_offers_to_hand_in_and_to_publish_where_one_person_may(settings, ada, carol):
    for rule, user, offered in ((True, ada, False), (False, ada, True), (False, carol, False)):
        settings.TWO_PERSON_RULE = rule
        steps = steps_of(read(signed_in(user), address(Source, "add")))
        assert steps == {"_save", "_submit", "_preview"} | ({"_publish"} if offered else set())


def test_every_step_that_is_offered_leads_to_a_page(ada, carol):
    chief = make_editor("chief", "administrator")
    drafts = [written(make_source(state=state), by=carol) for state in STATES]
    proposed(drafts[2], by=carol, title="Another title")
    for user in (carol, ada, chief):
        for record in drafts:
            for link in read(signed_in(user), form_of(record)).select(".object-tools a[class^=step-]"):
                read(signed_in(user), link["href"])


def test_who_may_only_look_is_shown_the_record_with_its_lists_and_no_step_but_the_preview(ada):
    client = signed_in(make_reader())
    statement = make_statement(id="said", sources=[make_source("b", title="Beta"), make_source("a", title="Alpha")])
    page = read(client, form_of(statement))
    assert steps_of(page) == {"preview"}
    assert [link.text for link in page.select(".field-sources .readonly a")] == [
        "The Gazette: Beta",
        "The Gazette: Alpha",
    ]
    assert "us-rw-2025" in page.select_one(".field-agreements .readonly").text
    for record in (make_status_change(), Agreement.objects.get(), make_official("minister")):
        assert steps_of(read(client, form_of(record))) == {"preview"}


# --- What is forbidden is refused by the server -----------------------------------------------------


class World:
    """Records of others in every state, and what an editor would send to move them."""

    def __init__(self) -> None:
        self.author, editor = make_editor("author", "contributor"), make_editor("editor")
        chief = make_editor("chief", "administrator")
        self.editor, self.chief = signed_in(editor), signed_in(chief)
        self.draft = written(make_source("draft", state=State.DRAFT), by=self.author)
        self.review = written(make_source("review", state=State.DRAFT), by=self.author, submitted=True)
        self.public = make_source("public")
        self.changed = make_source("changed")
        self.withdrawn = make_source("withdrawn", state=State.WITHDRAWN)
        self.proposal = proposed(self.changed, by=self.author, title="Proposed")

    def posts(self) -> dict[str, tuple[str, Callable[[], dict], str]]:
        """By name: an address, what gives the data that are posted there, and the role that it takes."""
        old = self.public.history.last()

        def delete() -> dict:
            return {"post": "yes"}

        listed = {"_selected_action": [self.draft.pk, self.review.pk]}
        change_list = address(Source, "changelist")
        return {
            "publish": (page_of("publish", self.review), self.as_sent(page_of("publish", self.review)), "editor"),
            "publish again": (
                page_of("publish", self.withdrawn),
                self.as_sent(page_of("publish", self.withdrawn)),
                "editor",
            ),
            "withdraw": (page_of("withdraw", self.public), lambda: {"reason": "Forged."}, "editor"),
            "accept": (
                page_of("decide", self.changed),
                self.as_sent(page_of("decide", self.changed), accept=""),
                "editor",
            ),
            "decline": (page_of("decide", self.changed), lambda: {"decline": "", "answer": "No."}, "editor"),
            "take back": (page_of("decide", self.changed), lambda: {"take_back": ""}, "editor"),
            "send back": (page_of("send_back", self.review), lambda: {"answer": "No."}, "editor"),
            "redact": (
                page_of("redact", self.public),
                lambda: {"column": "title", "words": "A report", "sure": "on"},
                "administrator",
            ),
            "change a draft": (form_of(self.draft), self.as_sent(form_of(self.draft), title="Mine"), "editor"),
            "hand in by its form": (
                form_of(self.review),
                self.as_sent(form_of(self.review), title="Mine", _submit=""),
                "editor",
            ),
            "change what is withdrawn": (
                form_of(self.withdrawn),
                self.as_sent(form_of(self.withdrawn), title="Mine"),
                "editor",
            ),
            "delete a draft": (address(Source, "delete", self.draft.pk), delete, "editor"),
            "delete what is public": (address(Source, "delete", self.public.pk), delete, "nobody"),
            "delete what is withdrawn": (address(Source, "delete", self.withdrawn.pk), delete, "nobody"),
            "delete from a list": (change_list, lambda: {"action": "delete_selected", **listed, **delete()}, "nobody"),
            "hand in from a list": (change_list, lambda: {"action": "hand_in", **listed}, "nobody"),
            "go back to an old version of a draft": (
                f"{form_of(self.draft)}?version={self.draft.history.last().pk}",
                self.as_sent(form_of(self.draft), title="Mine"),
                "editor",
            ),
            "propose": (form_of(self.public), self.as_sent(form_of(self.public), title="Mine"), "contributor"),
            "propose to go back": (
                f"{form_of(self.public)}?version={old.pk}",
                self.as_sent(form_of(self.public), title="Mine"),
                "contributor",
            ),
            "add": (
                address(Source, "add"),
                lambda: {"id": "new", "title": "T", "language": "en", "publisher": "P", "kind": "news"},
                "contributor",
            ),
        }

    def as_sent(self, path: str, **values: object) -> Callable[[], dict]:
        return lambda: {**filled(read(self.editor, path)), "public_note": "Because.", **values}

    def gets(self) -> dict[str, tuple[str, str]]:
        """By name: an address that only some may look at, and the role that it takes."""
        return {
            "publish": (page_of("publish", self.review), "editor"),
            "withdraw": (page_of("withdraw", self.public), "editor"),
            "send back": (page_of("send_back", self.review), "editor"),
            "redact": (page_of("redact", self.public), "administrator"),
            "decide": (page_of("decide", self.changed), "reader"),
            "preview": (page_of("preview", self.draft), "reader"),
            "chart of a preview": (f"{page_of('preview', self.draft)}&page=/chart.json", "reader"),
            "change": (form_of(self.draft), "reader"),
            "history": (address(Source, "history", self.draft.pk), "reader"),
            "list": (address(Source, "changelist"), "reader"),
            "add": (address(Source, "add"), "contributor"),
            "delete": (address(Source, "delete", self.draft.pk), "editor"),
        }


RANKS = ["anonymous", "guest", "reader", "contributor", "editor", "administrator", "nobody"]


@pytest.mark.parametrize("role", RANKS[:-1])
def test_each_role_is_refused_by_the_server_what_is_not_its_own_to_do(role):
    world = World()
    client = {
        "anonymous": Client,
        "guest": lambda: signed_in(make_reader("guest", may="")),
        "reader": lambda: signed_in(make_reader()),
        "contributor": lambda: signed_in(make_editor("dan", "contributor")),
        "editor": lambda: world.editor,
        "administrator": lambda: world.chief,
    }[role]()
    for name, (path, data, needed) in world.posts().items():
        if RANKS.index(role) < RANKS.index(needed):
            sent, before = data(), everything()
            answer = client.post(path, sent)
            assert everything() == before, name
            if role != "anonymous" and path != address(Source, "changelist"):
                assert answer.status_code == 403, name
    for name, (path, needed) in world.gets().items():
        status = client.get(path).status_code
        allowed = RANKS.index(role) >= RANKS.index(needed)
        assert status == (200 if allowed else 302 if role == "anonymous" else 403), name


@pytest.mark.parametrize(
    "name",
    [
        "publish",
        "publish again",
        "withdraw",
        "accept",
        "decline",
        "take back",
        "send back",
        "redact",
        "change a draft",
        "hand in by its form",
        "change what is withdrawn",
        "delete a draft",
        "go back to an old version of a draft",
        "propose",
        "propose to go back",
        "add",
    ],
)
def test_the_same_is_done_for_who_may(name):
    """Else the refusals above might be those of a faulty form."""
    world = World()
    path, data, needed = world.posts()[name]
    sent, before = data(), everything()
    client = world.chief if needed == "administrator" else world.editor
    assert client.post(path, sent).status_code == 302
    assert everything() != before


def test_who_is_not_signed_in_is_asked_to_sign_in(client):
    world = World()
    for path, _role in world.gets().values():
        answer = client.get(path)
        assert (answer.status_code, urlsplit(answer["Location"]).path) == (302, reverse("admin:login"))


@pytest.mark.parametrize("step", ["publish", "withdraw", "send_back", "decide", "redact", "preview"])
def test_a_step_of_no_record_is_not_found(step):
    client = signed_in(make_editor("chief", "administrator"))
    path = page_of(step)
    for query in (
        "",
        "?record=",
        "?record=sources/none",
        "?record=sheep/none",
        "?record=sources",
        "?record=sources/a%00b",
    ):
        assert client.get(path + query).status_code == 404, query


# --- Publish ----------------------------------------------------------------------------------------


def test_the_publish_page_gives_every_reason_each_with_a_link_to_its_field(ada):
    client, day = signed_in(ada), timezone.now().date() + dt.timedelta(days=9)
    make_status_change()
    change = make_status_change(make_agreement(receiver="UGA"))
    official = make_official("minister", country=make_country("NRU", state=State.WITHDRAWN), state=State.DRAFT)
    drafts = [
        official,
        make_position(make_official(), started="2025", ended="2024", state=State.DRAFT),
        make_agreement(receiver="NRU", state=State.DRAFT),
        make_status_change(step=3, date=dt.date(2024, 1, 1), state=State.DRAFT),
        make_statement(
            official,
            id="said",
            status_change=change,
            agreements=[Agreement.objects.get(pk="us-rw-2025")],
            date=day,
            quote="word " * 41,
            sources=[],
            state=State.DRAFT,
        ),
    ]
    page = read(client, page_of("publish", *drafts))
    found = reasons(page)
    fields = {urlsplit(link).fragment for link in found.values()}
    assert fields == {
        *("id_country", "id_receiver", "id_ended", "id_sources", "id_quote", "id_date", "id_status_change"),
        *("positions-group", "status_changes-group"),
    }
    for reason, link in found.items():
        assert read(client, link).find(id=urlsplit(link).fragment), reason
    before = everything()
    status, page = post(client, page_of("publish", *drafts))
    assert (status, reasons(page)) == (400, found)
    assert everything() == before


def test_a_reason_about_an_id_leads_to_the_page_of_the_record(ada):
    agreement = make_agreement("us-rw-2025", receiver="UGA", state=State.DRAFT)
    page = read(signed_in(ada), page_of("publish", agreement))
    assert list(reasons(page).values()) == [form_of(agreement)]


@pytest.fixture
def statement(carol):
    """What a contributor handed in: a statement with a new source and a new official."""
    official = make_official("minister", name="Olivier Nduhungirehe", country="RWA", state=State.DRAFT)
    parts = [official, make_position(official, id="office", state=State.DRAFT)]
    parts += [make_source("gazette", state=State.DRAFT)]
    statement = make_statement(official, id="said", sources=[parts[-1]], state=State.DRAFT)
    for part in parts:
        written(part, by=carol)
    return written(statement, by=carol, submitted=True)


def test_what_goes_with_a_record_is_ticked_and_becomes_public_with_it_in_one_edition(ada, carol, statement, client):
    desk, made = signed_in(ada), Edition.objects.count()
    page = read(desk, page_of("publish", statement))
    assert not reasons(page)
    ticked = {box["value"]: box.has_attr("checked") for box in page.select("input[name=with]")}
    assert ticked == dict.fromkeys(["sources/gazette", "officials/minister", "positions/office"], True)
    first = page.select_one("section.desk-record")
    assert first.a["href"] == form_of(statement)
    assert ["Summary", "What was said."] in differences(first)
    assert client.get(statement.get_absolute_url()).status_code == 404
    assert post(desk, page_of("publish", statement))[0] == 302
    (edition,) = Edition.objects.filter(number__gt=made)
    assert edition.note == "Added: 1 statement."
    assert said(desk)[-1] == f"4 records are public now, in edition {edition.number}."
    assert client.get(statement.get_absolute_url()).status_code == 200
    log = client.get(f"/changes/{edition.number}/").content.decode()
    shown = BeautifulSoup(log, "html.parser")
    assert statement.get_absolute_url() in {link["href"] for link in shown.find_all("a", href=True)}
    assert not [name for name in (ada.username, carol.username) if name in log]


def test_what_is_not_ticked_stays_behind_and_the_page_says_what_is_missing(ada, statement):
    before = everything()
    status, page = post(signed_in(ada), page_of("publish", statement), **{"with": ["officials/minister"]})
    assert (status, everything()) == (400, before)
    ticked = [box["value"] for box in page.select("input[name=with][checked]")]
    assert ticked == ["officials/minister"]
    assert set(reasons(page)) == {
        "officials/minister has no published position.",
        "statements/said refers to sources/gazette, which is not public",
    }


def test_what_this_editor_may_not_publish_is_offered_unticked_with_the_reason(ada, statement):
    written(Source.objects.get(pk="gazette"), by=ada)
    page = read(signed_in(ada), page_of("publish", statement))
    (box,) = [box for box in page.select("input[name=with]") if not box.has_attr("checked")]
    assert box["value"] == "sources/gazette"
    assert box.find_parent("section").select_one(".desk-note").text == (
        "You wrote sources/gazette: another editor than its author publishes it."
    )
    assert set(reasons(page)) == {"statements/said refers to sources/gazette, which is not public"}


def test_only_what_was_offered_can_be_published_along(ada, statement):
    other = make_source("other", state=State.DRAFT)
    offered = ["sources/gazette", "officials/minister", "positions/office"]
    assert post(signed_in(ada), page_of("publish", statement), **{"with": [*offered, "sources/other"]})[0] == 302
    assert fresh(other).state == State.DRAFT


@pytest.mark.parametrize("which", ["said", "gazette"])
def test_what_was_changed_after_the_page_was_opened_is_not_published_unread(ada, carol, statement, which):
    desk, path = signed_in(ada), page_of("publish", statement)
    data = filled(read(desk, path))
    record = statement if which == "said" else Source.objects.get(pk="gazette")
    column = "summary" if which == "said" else "title"
    assert send(signed_in(carol), form_of(record), **{column: "Slipped in."})[0] == 302
    before = everything()
    answer = desk.post(path, {**data, "public_note": "Typed with care."})
    page = BeautifulSoup(answer.text, "html.parser")
    assert (answer.status_code, everything()) == (400, before)
    assert list(reasons(page)) == ["This was changed since you opened the page: please look through it again."]
    assert "Slipped in." in page.text
    assert filled(page)["public_note"] == "Typed with care."
    assert desk.post(path, filled(page)).status_code == 302
    assert Edition.objects.order_by("number").last().note == "Typed with care."


def test_what_another_published_meanwhile_is_not_published_twice(ada, bob, statement):
    path = page_of("publish", statement)
    data = filled(read(signed_in(ada), path))
    post(signed_in(bob), path)
    made = Edition.objects.count()
    desk = signed_in(ada)
    assert desk.post(path, data).status_code == 302
    assert said(desk)[-1] == "The public sees no difference: no edition was made."
    assert Edition.objects.count() == made
    assert "All of this is published already." in read(desk, path).text


def test_many_are_published_from_a_list_through_a_page_that_shows_them(ada, carol):
    desk, made = signed_in(ada), Edition.objects.count()
    drafts = [written(make_source(f"s-{n}", state=State.DRAFT), by=carol, submitted=True) for n in range(3)]
    public, unfinished = make_source("public"), written(make_source("unfinished", state=State.DRAFT), by=carol)
    chosen = [each.pk for each in (*drafts, public)]
    answer = desk.post(address(Source, "changelist"), {"action": "publish", "_selected_action": chosen})
    page = read(desk, answer["Location"])
    assert {section.a["href"] for section in page.select("section.desk-record")} == {form_of(each) for each in drafts}
    assert post(desk, answer["Location"], public_note="Three more.")[0] == 302
    (edition,) = Edition.objects.filter(number__gt=made + 1)
    assert (edition.note, edition.revisions.count()) == ("Three more.", 3)
    assert fresh(unfinished).state == State.DRAFT
    # One that may not be published holds up the others, and says so.
    more = written(make_source("more", state=State.DRAFT), by=carol, submitted=True)
    page = read(desk, page_of("publish", more, unfinished))
    assert list(reasons(page)) == ["sources/unfinished is a draft that its author has not submitted yet."]
    assert post(desk, page_of("publish", more, unfinished))[0] == 400
    assert fresh(more).state == State.IN_REVIEW


def test_publishing_from_a_list_what_is_public_already_says_so(ada):
    desk, public = signed_in(ada), make_source("public")
    answer = desk.post(address(Source, "changelist"), {"action": "publish", "_selected_action": [public.pk]})
    assert answer["Location"] == address(Source, "changelist")
    assert said(desk) == ["All of these are published already."]


def test_an_author_hands_in_his_own_drafts_from_a_list_and_no_others(carol):
    desk = signed_in(carol)
    own = written(make_source("own", state=State.DRAFT), by=carol)
    other = written(make_source("other", state=State.DRAFT), by=make_editor("dan", "contributor"))
    data = {"action": "hand_in", "_selected_action": [own.pk, other.pk]}
    desk.post(address(Source, "changelist"), data)
    assert [fresh(each).state for each in (own, other)] == [State.IN_REVIEW, State.DRAFT]
    assert said(desk) == ["Handed in for review: The Gazette: A report."]
    desk.post(address(Source, "changelist"), data)
    assert said(desk) == ["None of these is a draft of yours that could be handed in."]


def test_a_form_is_saved_and_handed_in_with_its_rows_and_drafts(carol):
    desk = signed_in(carol)
    make_country("USA"), make_country("RWA")
    gazette = written(make_source("gazette", state=State.DRAFT), by=carol)
    values = {
        "id": "us-rw-2025",
        "sender": "USA",
        "receiver": "RWA",
        "title": "United States–Rwanda",
        "kind": "third-country-removal",
        "instrument": "undisclosed",
        "summary": "Talks on taking people removed.",
        "text_public": "no",
        "last_checked": "2025-12-01",
        "status_changes-0-step": "1",
        "status_changes-0-date": "2025-05-04",
        "status_changes-0-status": "talks",
        "status_changes-0-note": "Talks confirmed.",
        "sources": ["gazette"],
        "_submit": "",
    }
    status, page = send(desk, address(Agreement, "add"), **values)
    assert (status, errors(page)) == (302, [])
    records = [Agreement.objects.get(), StatusChange.objects.get(), fresh(gazette)]
    assert [(each.state, each.author) for each in records] == [(State.IN_REVIEW, carol)] * 3


def test_a_form_is_saved_and_leads_on_to_the_page_that_publishes_it(one_person, ada):
    desk = signed_in(ada)
    values = {"id": "new", "title": "New", "language": "en", "publisher": "The Gazette", "kind": "news", "_publish": ""}
    answer = desk.post(address(Source, "add"), {**filled(read(desk, address(Source, "add"))), **values})
    source = Source.objects.get(pk="new")
    assert (source.state, answer["Location"]) == (State.DRAFT, page_of("publish", source))
    assert post(desk, answer["Location"])[0] == 302
    assert fresh(source).state == State.PUBLISHED


# --- Withdraw and send back -------------------------------------------------------------------------


def test_a_withdrawal_asks_for_a_reason_and_the_address_gives_it(ada, client):
    desk, source = signed_in(ada), make_source("forged")
    path = page_of("withdraw", source)
    for reason in ("", " \r\n "):
        status, page = post(desk, path, reason=reason)
        assert (status, list(reasons(page))) == (400, ["Say why: the record's address will give this reason."])
        assert fresh(source).state == State.PUBLISHED
    assert post(desk, path, reason=" It was forged.\r\nSee the court's ruling. ")[0] == 302
    source = fresh(source)
    edition = Edition.objects.order_by("number").last()
    assert (source.state, source.withdrawal_reason) == (State.WITHDRAWN, "It was forged.\nSee the court's ruling.")
    assert (edition.note, source.history.first().history_user) == (source.withdrawal_reason, ada)
    gone = client.get(source.get_absolute_url())
    assert gone.status_code == 410
    assert "It was forged." in gone.content.decode()
    assert "Nothing of this is public." in read(desk, path).text
    assert desk.post(path, {"reason": "Again."}).status_code == 400
    assert fresh(source).withdrawal_reason == source.withdrawal_reason


def test_what_public_records_rest_on_is_not_withdrawn_and_the_page_links_to_them(ada):
    desk, source = signed_in(ada), make_source("cited")
    statement = make_statement(id="said", sources=[source])
    expected = {
        "statements/said is public and refers to sources/cited, which is withdrawn": f"{form_of(statement)}#id_sources"
    }
    assert reasons(read(desk, page_of("withdraw", source))) == expected
    status, page = post(desk, page_of("withdraw", source), reason="Forged.")
    assert (status, reasons(page), filled(page)["reason"]) == (400, expected, "Forged.")
    assert post(desk, page_of("withdraw", source, statement), reason="Forged.")[0] == 302


def test_an_answer_to_a_draft_that_is_sent_back_is_seen_by_its_author_until_he_changes_it(ada, carol):
    source = written(make_source(state=State.DRAFT), by=carol, submitted=True)
    assert post(signed_in(ada), page_of("send_back", source), answer="Which page of the Gazette?")[0] == 302
    desk = signed_in(carol)
    page = read(desk, form_of(source))
    assert page.select_one(".field-state_badge .badge").text == "Draft"
    assert page.select_one("#answer").get_text(" ", strip=True) == "Sent back by ada: Which page of the Gazette?"
    send(desk, form_of(source), title="A report, page 3")
    assert not read(desk, form_of(source)).select("#answer")
    assert "Nothing of this is in review." in read(signed_in(ada), page_of("send_back", source)).text


# --- Corrections ------------------------------------------------------------------------------------


@pytest.mark.parametrize("rule", [True, False])
@pytest.mark.parametrize("note", ["", " \r\n"])
def test_a_correction_asks_for_a_public_note_and_keeps_what_was_typed(settings, ada, rule, note):
    settings.TWO_PERSON_RULE = rule
    source = make_source("a")
    desk, before = signed_in(ada), everything()
    status, page = send(desk, form_of(source), title="Typed with care", public_note=note)
    assert status == 200
    assert page.select_one(".field-public_note .errorlist").text == "Say in a public note what changed and why."
    assert filled(page)["title"] == "Typed with care"
    assert everything() == before
    # Nothing was saved, so nothing says that it was.
    assert not page.select(".messagelist .success")


def test_a_save_of_what_is_public_says_before_and_after_that_it_is_a_proposal(ada, carol, client):
    source = make_source("a")
    for user in (ada, carol):
        desk = signed_in(user)
        assert "kept as a proposal" in read(desk, form_of(source)).select_one(".submit-row").text
        assert send(desk, form_of(source), title=f"Title of {user}", public_note="The title was wrong.")[0] == 302
        assert said(desk) == ["The change is kept as a proposal: it becomes public when another editor accepts it."]
    assert "A report" in client.get("/sources/a/").content.decode()
    page = read(signed_in(ada), form_of(source))
    assert page.select_one("#proposal strong").text.startswith("A change by carol waits")
    assert differences(page.select_one("#proposal")) == [["Title", "A report", "Title of carol"]]
    assert (filled(page)["title"], filled(page)["public_note"]) == ("Title of carol", "The title was wrong.")


def test_where_one_person_may_a_save_says_nothing_of_proposals(one_person, ada, client):
    source, desk = make_source("a"), signed_in(ada)
    assert "proposal" not in read(desk, form_of(source)).select_one(".submit-row").text
    assert send(desk, form_of(source), title="Another title", public_note="Was\r\nwrong. ")[0] == 302
    assert "was changed successfully" in said(desk)[0]
    assert Edition.objects.order_by("number").last().note == "Was\nwrong."
    assert "Another title" in client.get("/sources/a/").content.decode()


def test_the_page_of_a_proposal_shows_it_beside_the_public_record_and_accepts_it(ada, bob, client):
    source = make_source("a")
    made = Edition.objects.count()
    proposed(source, by=ada, note="The title was wrong.", title="Another title")
    path = page_of("decide", source)
    own = read(signed_in(ada), path)
    assert list(reasons(own)) == ["You proposed the change to sources/a: another editor than its author accepts it."]
    assert {button["name"] for button in own.select("input[type=submit]")} == {"decline", "take_back"}
    page = read(signed_in(bob), path)
    assert {button["name"] for button in page.select("input[type=submit]")} == {"accept", "decline", "take_back"}
    assert differences(page) == [["Title", "A report", "Another title"]]
    assert page.select_one("#note").text == "The title was wrong."
    assert signed_in(ada).post(path, {**filled(page), "accept": ""}).status_code == 400
    assert Edition.objects.count() == made
    desk = signed_in(bob)
    assert post(desk, path, accept="")[0] == 302
    assert said(desk)[-1] == f"1 record is public now, in edition {made + 1}."
    log = client.get(f"/changes/{made + 1}/").content.decode()
    assert "The title was wrong." in log
    assert not [name for name in ("ada", "bob") if name in BeautifulSoup(log, "html.parser").text.split()]
    assert "Another title" in client.get("/sources/a/").content.decode()
    assert desk.get(path)["Location"] == form_of(source)
    assert said(desk) == ["No change of this record is waiting for a decision."]


def test_when_it_was_proposed_is_shown_and_stays_shown_once_it_is_decided(ada, bob):
    source = make_source("a")
    proposal = proposed(source, by=ada, title="Another title")
    then = timezone.now() - dt.timedelta(days=3)
    Proposal.objects.filter(pk=proposal.pk).update(updated_at=then)
    shown = read(signed_in(bob), page_of("decide", source)).select_one("h2 + p").text
    assert f"{then.day} " in shown
    post(signed_in(bob), page_of("decide", source), accept="")
    assert Proposal.objects.get().updated_at == then


def test_a_proposal_that_was_changed_after_the_page_was_opened_is_not_accepted_unread(ada, bob):
    source = make_source("a")
    proposed(source, by=ada, title="Another title")
    desk, path = signed_in(bob), page_of("decide", source)
    data = {**filled(read(desk, path)), "accept": ""}
    proposed(source, by=ada, title="Slipped in")
    before = everything()
    answer = desk.post(path, data)
    page = BeautifulSoup(answer.text, "html.parser")
    assert (answer.status_code, everything()) == (400, before)
    assert list(reasons(page)) == ["This was changed since you opened the page: please look through it again."]
    assert differences(page) == [["Title", "A report", "Slipped in"]]


def test_declining_needs_an_answer_and_its_author_finds_it(ada, carol):
    source = make_source("a")
    proposal = proposed(source, by=carol, title="Another title")
    desk, path = signed_in(ada), page_of("decide", source)
    status, page = post(desk, path, decline="", answer=" ")
    assert (status, list(reasons(page))) == (400, ["Say why: its author will read it."])
    assert post(desk, path, decline="", answer="Not in the source.")[0] == 302
    proposal.refresh_from_db()
    assert (proposal.state, proposal.answer) == (ProposalState.DECLINED, "Not in the source.")
    history = read(signed_in(carol), address(Source, "history", "a"))
    outcome = history.select("#proposals > tbody > tr > td")[3].get_text(" ", strip=True)
    assert outcome.startswith("Declined, ada,")
    assert outcome.endswith("Not in the source.")


def test_its_author_takes_a_proposal_back(carol):
    source = make_source("a")
    proposal = proposed(source, by=carol, title="Another title")
    desk, path = signed_in(carol), page_of("decide", source)
    assert {button["name"] for button in read(desk, path).select("input[type=submit]")} == {"take_back"}
    assert post(desk, path, take_back="")[0] == 302
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.TAKEN_BACK


def test_a_proposal_is_accepted_with_the_draft_that_it_refers_to(ada, bob):
    draft = written(make_source("draft", state=State.DRAFT), by=ada, submitted=True)
    statement = make_statement(id="said", sources=[make_source("old")])
    proposed(statement, by=ada, sources=["old", "draft"])
    page = read(signed_in(bob), page_of("decide", statement))
    assert page.select_one("section.desk-record").a["href"] == form_of(draft)
    assert post(signed_in(bob), page_of("decide", statement), accept="")[0] == 302
    assert fresh(draft).state == State.PUBLISHED
    edition = Edition.objects.order_by("number").last()
    assert {str(each.kind) for each in edition.revisions.all()} == {"added", "changed"}


def test_a_contributor_who_types_into_a_row_of_another_is_told_and_loses_nothing(carol):
    """An agreement's page shows the steps of others too."""
    agreement = make_agreement()
    make_status_change(agreement)
    written(make_status_change(agreement, state=State.DRAFT), by=make_editor("dan", "contributor"))
    before = everything()
    typed = {"summary": "Typed with care.", "status_changes-1-note": "And this.", "public_note": "Why."}
    status, page = send(signed_in(carol), form_of(agreement), **typed)
    assert (status, errors(page)) == (200, ["status_changes/us-rw-2025-2 is not yours to change."])
    assert {name: filled(page)[name] for name in typed} == typed
    assert everything() == before


# --- Redact -----------------------------------------------------------------------------------------

WORDS = "Jeanne Mukandutiye"


def test_an_administrator_redacts_words_in_every_edition_and_their_files(client):
    desk = signed_in(make_editor("chief", "administrator"))
    statement = make_statement(id="said", summary=f"{WORDS} was moved.")
    past = f"{statement.get_absolute_url()}?edition={Edition.objects.count()}"
    make_source("later")
    assert WORDS in client.get(past).content.decode()
    assert list(editions.folder().glob("*.sqlite3"))
    path = page_of("redact", statement)
    status, _page = post(desk, path, column="summary", words=WORDS, sure="on")
    assert status == 302
    assert said(desk)[-1] == "Redacted, in 1 places of past editions."
    assert places_of(WORDS) == set()
    assert not list(editions.folder().glob("*.sqlite3"))
    assert WORDS not in client.get(past).content.decode()


@pytest.mark.parametrize(
    ("values", "said_of_it"),
    [
        ({"column": "summary", "words": "Sheep", "sure": "on"}, "statements/said holds no such words in summary."),
        ({"column": "summary", "words": WORDS}, "This field is required."),
        (
            {"column": "wool", "words": WORDS, "sure": "on"},
            "Select a valid choice. wool is not one of the available choices.",
        ),
        (
            {"column": "stance", "words": "c", "sure": "on"},
            "Select a valid choice. stance is not one of the available choices.",
        ),
    ],
)
def test_a_redaction_that_cannot_be_is_refused_in_words(values, said_of_it):
    desk = signed_in(make_editor("chief", "administrator"))
    statement = make_statement(id="said", summary=f"{WORDS} was moved.")
    before = everything()
    status, page = post(desk, page_of("redact", statement), **values)
    assert (status, errors(page)) == (200, [said_of_it])
    assert everything() == before


def test_an_editor_is_not_offered_a_redaction(ada):
    assert "redact" not in steps_of(read(signed_in(ada), form_of(make_source())))
    chief = signed_in(make_editor("chief", "administrator"))
    assert "redact" in steps_of(read(chief, form_of(make_source())))
    assert "redact" not in steps_of(read(chief, form_of(make_source(state=State.DRAFT))))
