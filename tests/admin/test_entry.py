"""Fast entry: a statement with what is new in it in one form, what is known recognised, what is shared carried over."""

import datetime as dt
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.management import call_command
from django.urls import reverse

from agreements.admin.entry import NEAR_DAYS, Said, near
from agreements.models import Agreement, Edition, Official, Position, Proposal, Record, Source, Statement, StatusChange
from agreements.vocabulary import Precision, State
from agreements.words import shared
from tests.admin.desk import EDITED, address, against_the_policy, errors, filled, read, send
from tests.database import written_once
from tests.factories import (
    make_agreement,
    make_official,
    make_position,
    make_source,
    make_statement,
    make_status_change,
)

ADD = address(Statement, "add")
STORY = "https://kigali.example/story"
SAID = {
    "agreements": ["us-rw-2025"],
    "official": "olivier-nduhungirehe",
    "date": "2025-05-04",
    "stance": "confirms",
    "quote": "We are in discussions with the United States",
    "summary": "Nduhungirehe confirmed the talks.",
}
NEW_SOURCE = {
    "source-url": STORY,
    "source-title": "Rwanda in talks",
    "source-publisher": "The Kigali Gazette",
    "source-published": "2025-05-05",
    "source-kind": "news",
    "source-language": "en",
}
NEW_OFFICIAL = {"official": "", "official-name": "Kristrún Frostadóttir", "official-country": "RWA"}
NEW_POSITION = {"position-title": "Prime minister", "position-started": "2024-12"}


@written_once(autouse=True)
def _known() -> None:
    make_agreement()
    make_position(make_official("olivier-nduhungirehe"))


@pytest.fixture
def contributor(client, db):
    call_command("create_editor", "cleo", "--role", "contributor")
    client.force_login(User.objects.get(username="cleo"))
    return client


def stored() -> dict[str, int]:
    return {model.__name__: model.history.count() for model in EDITED} | {"Edition": Edition.objects.count()}


def refused(desk, path: str = ADD, **values: object):
    """The page with which the desk turns a form down; nothing was stored."""
    before = stored()
    status, page = send(desk, path, **values)
    assert status == 200, "the desk took it"
    assert stored() == before
    return page


def saved(desk, path: str = ADD, **values: object) -> None:
    status, page = send(desk, path, **values)
    assert (status, errors(page)) == (302, [])


def last(model: type[Record]) -> Record:
    return model.objects.order_by("-created_at").first()


# --- A new source, official and position in the same form -----------------------------------------


def test_a_statement_with_a_new_source_is_two_drafts_of_its_author(desk, chief):
    known = make_source()
    saved(desk, **SAID, **NEW_SOURCE, sources=[known.pk])
    source, statement = last(Source), Statement.objects.get()
    assert (source.pk, source.title, source.publisher, source.published) == (
        "kigaligazette-20250505",
        "Rwanda in talks",
        "The Kigali Gazette",
        dt.date(2025, 5, 5),
    )
    assert [link.source_id for link in statement.citations.all()] == [known.pk, source.pk]
    assert {(each.state, each.author) for each in (source, statement)} == {(State.DRAFT, chief)}
    assert source.history.get().history_user == chief
    assert statement.pk == "olivier-nduhungirehe-2025-05-04"


def test_a_new_official_with_a_position_is_made_with_the_statement(desk, chief):
    saved(desk, **{**SAID, **NEW_OFFICIAL, **NEW_POSITION})
    statement, official, position = last(Statement), last(Official), last(Position)
    assert (official.pk, official.name, official.kind, official.country_id, official.speaks_for) == (
        "kristrun-frostadottir",
        "Kristrún Frostadóttir",
        "person",
        "RWA",
        "government",
    )
    assert (position.pk, position.official, position.title, position.started) == (
        "kristrun-frostadottir-1",
        official,
        "Prime minister",
        "2024-12",
    )
    assert (statement.pk, statement.official) == ("kristrun-frostadottir-2025-05-04", official)
    assert {(each.state, each.author) for each in (official, position)} == {(State.DRAFT, chief)}


def test_a_new_position_is_that_of_the_official_who_was_chosen(desk):
    saved(desk, **SAID, **NEW_POSITION)
    assert (last(Position).pk, last(Position).official_id) == ("olivier-nduhungirehe-2", "olivier-nduhungirehe")


def test_parts_in_which_nothing_is_filled_in_make_nothing(desk):
    page = read(desk, ADD)
    assert [part.select_one("summary").text.strip() for part in page.select(".part details:not([open])")] == [
        "New source",
        "New official",
        "New position",
    ]
    saved(desk, **SAID)
    assert (Source.objects.exclude(state=State.PUBLISHED).count(), Official.objects.count()) == (0, 1)
    assert Position.objects.count() == 1


def test_what_is_new_is_handed_in_with_the_statement(contributor):
    saved(contributor, **{**SAID, **NEW_SOURCE, **NEW_OFFICIAL, **NEW_POSITION}, _submit="1")
    assert {last(model).state for model in (Statement, Source, Official, Position)} == {State.IN_REVIEW}


def test_a_second_position_of_a_public_official_is_handed_in_with_the_statement_too(desk):
    saved(desk, **SAID, **NEW_POSITION, _submit="1")
    assert (last(Position).state, last(Statement).state) == (State.IN_REVIEW, State.IN_REVIEW)


@pytest.mark.usefixtures("one_person")
def test_a_second_position_of_a_public_official_comes_to_the_page_that_publishes(desk):
    data = {**filled(read(desk, ADD)), **SAID, **NEW_POSITION, "_publish": "1"}
    asked = parse_qs(urlsplit(desk.post(ADD, data).url).query)["record"]
    assert asked == ["statements/olivier-nduhungirehe-2025-05-04", "positions/olivier-nduhungirehe-2"]


@pytest.mark.parametrize(
    ("values", "part", "said"),
    [
        ({"source-url": STORY}, "source", ["title", "publisher", "kind", "language"]),
        ({"source-title": "A report"}, "source", ["publisher", "kind", "language"]),
        ({**NEW_SOURCE, "source-url": "gazette"}, "source", ["url"]),
        ({**NEW_SOURCE, "source-url": "http://[gazette"}, "source", ["url"]),
        ({**NEW_SOURCE, "source-language": "English"}, "source", ["language"]),
        ({**NEW_SOURCE, "source-published": "yesterday"}, "source", ["published"]),
        ({"official": "", "official-kind": "office"}, "official", ["name"]),
        ({**NEW_OFFICIAL, "official-kind": ""}, "official", ["kind"]),
        ({**NEW_OFFICIAL, "official-name": "محمد"}, "official", ["name"]),
        ({**NEW_OFFICIAL, "official-name": "OLIVIER NDÜHUNGIREHE"}, "official", ["name"]),
        ({"position-body": "Ministry"}, "position", ["title"]),
        ({**NEW_POSITION, "position-ended": "2024-11"}, "position", ["ended"]),
        ({**NEW_POSITION, "position-started": "December"}, "position", ["started"]),
    ],
)
def test_a_part_that_is_half_filled_in_stays_open_with_its_errors_and_nothing_is_saved(desk, values, part, said):
    page = refused(desk, **{**SAID, **values})
    wrong = [row.select_one("[name]")["name"] for row in page.select(".form-row.errors")]
    assert wrong == [f"{part}-{name}" for name in said]
    title = page.select_one(f"#{part}-0-0-heading")
    assert not title.find_parent("details"), "the part is closed"
    assert len(page.select(".part details")) == 2
    assert f"{title.text}: nothing is saved before this is complete." in errors(page)
    assert {name: filled(page)[name] for name in values} == values
    assert against_the_policy(page) == []


def test_an_official_is_either_chosen_or_new(desk):
    page = refused(desk, **{**SAID, **NEW_OFFICIAL, "official": SAID["official"]})
    assert errors(page) == ["Choose an official here or make a new one below, not both."]
    assert errors(refused(desk, **{**SAID, "official": ""})) == ["This field is required."]


def test_an_official_who_is_known_by_name_is_not_made_again(desk):
    page = refused(desk, **{**SAID, **NEW_OFFICIAL, "official-name": "Olivier Nduhungirehe"})
    assert errors(page)[1:] == [
        "olivier-nduhungirehe is known by this name: choose it above. A namesake is added on a page of its own."
    ]


def test_what_is_wrong_with_the_statement_keeps_every_word_of_the_parts(desk):
    page = refused(desk, **{**SAID, **NEW_SOURCE, **NEW_OFFICIAL, **NEW_POSITION, "summary": ""})
    assert errors(page) == ["This field is required."]
    kept = filled(page)
    for name, value in {**NEW_SOURCE, **NEW_OFFICIAL, **NEW_POSITION}.items():
        assert kept[name] == value


@pytest.mark.parametrize(
    ("publisher", "published", "made"),
    [
        ("The Kigali Gazette", "2025-05-05", "kigaligazette-20250505"),
        ("Reuters (via MTV Lebanon)", "", "reuters-undated"),
        ("Ministère de l’Intérieur", "2025-05-05", "ministeredelinterieur-20250505"),
        ("Immigration Policy Tracking Project", "", "immigrationpolicy-undated"),
        ("لوموند", "2025-05-05", "kigali-20250505"),
    ],
)
def test_a_source_is_named_after_publisher_and_date(desk, publisher, published, made):
    values = {"source-publisher": publisher, "source-published": published}
    saved(desk, **{**SAID, **NEW_SOURCE, **values})
    assert last(Source).pk == made


def test_a_second_source_of_the_publisher_that_day_has_a_number(desk):
    make_source("kigaligazette-20250505")
    saved(desk, **SAID, **NEW_SOURCE)
    assert last(Source).pk == "kigaligazette-20250505-2"


@pytest.mark.usefixtures("one_person")
def test_sources_and_officials_are_named_by_themselves_on_their_own_pages_too(desk):
    source = {name.removeprefix("source-"): value for name, value in NEW_SOURCE.items()}
    saved(desk, address(Source, "add"), **source)
    saved(desk, address(Official, "add"), name="Olivier Nduhungirehe", kind="person", speaks_for="government")
    assert (last(Source).pk, last(Official).pk) == ("kigaligazette-20250505", "olivier-nduhungirehe-2")


@pytest.mark.usefixtures("one_person")
def test_a_public_statement_takes_its_new_source_along_into_the_same_edition(desk):
    statement = make_statement(Official.objects.get())
    editions = Edition.objects.count()
    saved(desk, address(Statement, "change", statement.pk), **NEW_SOURCE)
    assert last(Source).state == State.PUBLISHED
    assert [link.source_id for link in statement.citations.all()][1:] == ["kigaligazette-20250505"]
    assert Edition.objects.count() == editions + 1


@pytest.mark.usefixtures("one_person")
def test_an_act_that_is_refused_makes_no_source_either(desk):
    statement = make_statement(Official.objects.get())
    page = refused(desk, address(Statement, "change", statement.pk), **NEW_SOURCE, public_note=" ")
    assert "Say in a public note what changed and why." in errors(page)
    assert filled(page)["source-title"] == NEW_SOURCE["source-title"]


def test_a_proposal_for_a_public_statement_refers_to_the_draft_of_its_new_source(desk):
    statement = make_statement(Official.objects.get())
    saved(desk, address(Statement, "change", statement.pk), **NEW_SOURCE)
    assert Proposal.objects.get().row["sources"].split(";")[1:] == ["kigaligazette-20250505"]
    assert last(Source).state == State.DRAFT
    assert statement.citations.count() == 1


def test_a_stored_statement_keeps_its_official_and_may_get_a_source_or_a_position(desk):
    statement = make_statement(Official.objects.get(), state=State.DRAFT)
    page = read(desk, address(Statement, "change", statement.pk))
    assert [part.text.strip() for part in page.select(".part summary")] == ["New source", "New position"]


def test_who_may_add_no_sources_is_offered_none_and_can_send_none(client):
    reader = User.objects.create_user("reader", is_staff=True)
    models = ("statement", "official", "agreement")
    reader.user_permissions.set(
        Permission.objects.filter(codename__in=[f"{act}_{m}" for act in ("view", "add") for m in models])
    )
    client.force_login(reader)
    assert [part.text.strip() for part in read(client, ADD).select(".part summary")] == ["New official"]
    saved(client, **SAID, **NEW_SOURCE)
    assert not Source.objects.filter(title=NEW_SOURCE["source-title"])


# --- What is proposed -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("publisher", "url"),
    [
        ("Kigali gazette ", ""),
        ("The Other Paper", "https://www.paper.example/another"),
        ("", "http://paper.example/"),
    ],
)
def test_kind_and_language_are_those_of_the_latest_source_of_publisher_or_site(desk, publisher, url):
    common = {"publisher": "Kigali Gazette"}
    make_source(url="https://paper.example/1", **common, published=dt.date(2025, 1, 1), kind="ngo", language="en")
    make_source(url="https://paper.example/2", **common, published=dt.date(2025, 2, 1), kind="court", language="rw")
    make_source(url="https://paper.example/3", **common, published=None, kind="ngo", language="en")
    answer = desk.get(reverse("admin:agreements_statement_propose"), {"publisher": publisher, "url": url})
    assert answer.json() == {"kind": "court", "language": "rw"}
    values = {"source-publisher": publisher or "Somebody", "source-url": url, "source-kind": "", "source-language": ""}
    saved(desk, **{**SAID, **NEW_SOURCE, **values})
    assert (last(Source).kind, last(Source).language) == ("court", "rw")


def test_nothing_is_proposed_for_an_unknown_publisher_and_what_is_chosen_stays(desk):
    make_source(publisher="Kigali Gazette", kind="court", language="rw", state=State.WITHDRAWN)
    answer = desk.get(reverse("admin:agreements_statement_propose"), {"publisher": "Kigali Gazette", "url": "x"})
    assert answer.json() == {}
    make_source(publisher="The Kigali Gazette", kind="court", language="rw")
    saved(desk, **SAID, **NEW_SOURCE)
    assert (last(Source).kind, last(Source).language) == ("news", "en")


@pytest.mark.parametrize(
    ("values", "language"),
    [
        ({"source-language": "rw"}, "rw"),
        ({"source-language": "rw", "language": "fr"}, "fr"),
        ({"source-language": "rw", "quote": ""}, ""),
    ],
)
def test_the_language_of_a_quotation_is_that_of_its_source_unless_it_is_given(desk, values, language):
    saved(desk, **{**SAID, **NEW_SOURCE, **values})
    assert last(Statement).language == language


def test_the_language_of_a_quotation_is_that_of_the_source_chosen(desk):
    saved(desk, **SAID, sources=[make_source(language="rw").pk, make_source(language="en").pk])
    assert last(Statement).language == "rw"


def test_a_day_by_a_person_for_a_government_is_what_the_form_begins_with(desk):
    begins = filled(read(desk, ADD))
    assert (begins["precision"], begins["official-kind"], begins["official-speaks_for"]) == (
        "day",
        "person",
        "government",
    )
    assert begins["source-published"] == ""


def test_publishers_that_are_known_complete_what_is_typed(desk):
    for publisher in ("Le Monde", "Le Monde", "BBC"):
        make_source(publisher=publisher)
    page = read(desk, ADD)
    known = page.select_one("#" + page.select_one("[name=source-publisher]")["list"])
    assert [option["value"] for option in known.select("option")] == ["BBC", "Le Monde", "The Gazette"]


# --- A source that is known -----------------------------------------------------------------------

SPELLINGS = [STORY, "http://www.kigali.example/story/?utm_source=feed#top", " https://WWW.kigali.example/story "]


@pytest.mark.parametrize("url", SPELLINGS)
def test_a_source_that_is_known_is_chosen_in_place_of_a_double(desk, url):
    known, other = make_source("gazette-story", url=STORY), make_source()
    page = refused(desk, **{**SAID, **NEW_SOURCE, "source-url": url}, sources=[other.pk])
    assert [option["value"] for option in page.select("#id_sources option[selected]")] == [other.pk, known.pk]
    assert not any(value for name, value in filled(page).items() if name.startswith("source-"))
    assert page.select_one(".field-sources .errorlist").text.strip() == (
        "This is known: A report (The Gazette, 5 May 2025)."
        " It is chosen here now, in place of a new source. Nothing is saved yet."
    )
    assert desk.post(ADD, filled(page)).status_code == 302
    assert [link.source for link in Statement.objects.get().citations.all()] == [other, known]


@pytest.mark.parametrize(
    ("state", "standing"),
    [
        (State.PUBLISHED, ""),
        (State.DRAFT, " It is a draft."),
        (State.IN_REVIEW, " It waits for review."),
        (
            State.WITHDRAWN,
            " It was withdrawn and has to be published again before anything can rest on it: Made in error.",
        ),
    ],
)
def test_an_address_is_recognised_wherever_its_source_stands(desk, state, standing):
    source = make_source("gazette-story", url=STORY, published=None, state=state)
    said = f"This is known: A report (The Gazette, undated).{standing}"
    for url in SPELLINGS:
        answer = desk.get(reverse("admin:agreements_statement_recognise_source"), {"url": url})
        assert answer.json() == {"known": {"id": "gazette-story", "text": str(source), "says": said}}
    page = refused(desk, **SAID, **NEW_SOURCE)
    assert page.select_one(".field-sources .errorlist").text.strip().startswith(said)
    assert [option["value"] for option in page.select("#id_sources option[selected]")] == ["gazette-story"]


def test_of_two_sources_with_an_address_the_one_that_is_not_withdrawn_is_recognised(desk):
    make_source("a", url=STORY, state=State.WITHDRAWN)
    make_source("b", url=STORY)
    answer = desk.get(reverse("admin:agreements_statement_recognise_source"), {"url": STORY})
    assert answer.json()["known"]["id"] == "b"


@pytest.mark.parametrize("url", ["", "gazette", "http://[", "https://gazette.example/another", "javascript:alert(1)"])
def test_nothing_is_recognised_where_nothing_is_known(desk, url):
    make_source("no-address", url="")
    make_source("gazette-story", url=STORY)
    assert desk.get(reverse("admin:agreements_statement_recognise_source"), {"url": url}).json() == {"known": None}


@pytest.mark.parametrize("name", ["recognise_source", "propose"])
def test_only_who_may_see_sources_is_told_of_them(client, name):
    asked = reverse(f"admin:agreements_statement_{name}")
    make_source("secret-draft", url=STORY, state=State.DRAFT)
    assert client.get(asked, {"url": STORY}).status_code == 302
    client.force_login(User.objects.create_user("reader", is_staff=True))
    assert client.get(asked, {"url": STORY}).status_code == 403


def test_an_address_that_is_none_is_an_error_of_the_source_form(desk):
    page = refused(
        desk, address(Source, "add"), url="http://[gazette", title="t", publisher="p", kind="news", language="en"
    )
    assert errors(page) == ["Expected an address that begins with https:// or http://."]


# --- A statement that may be known ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "share"),
    [
        ("We are in discussions", "WE ÄRE, in discussions!", 1),
        ("in discussions", "We are in discussions with the United States", 1),
        ("one two three four", "one two five six", 0.5),
        ("one one one two", "one", 1),
        ("one", "two", 0),
        ("", "two", 0),
        ("", "", 0),
        ("—", "—", 0),
    ],
)
def test_texts_share_words_whatever_their_accents_and_case(one, other, share):
    assert shared(one, other) == shared(other, one) == share


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (("2025-05-10", "day", "a b c d e", ""), ("2025-05-13", "day", "a b c x y", ""), True),
        (("2025-05-10", "day", "a b c d e", ""), ("2025-05-13", "day", "a b x y z", ""), False),
        (("2025-05-10", "day", "a b c d e", ""), ("2025-05-14", "day", "a b c d e", ""), False),
        (("2025-05-10", "day", "", "a b c"), ("2025-05-10", "day", "x y z", "a b c"), True),
        (("2025-05-10", "day", "a b c", ""), ("2025-05-10", "day", "", "a b c"), False),
        (("2025-05-10", "day", "", ""), ("2025-05-10", "day", "", ""), False),
        (("2025-05-01", "month", "a b c", ""), ("2025-05-28", "day", "a b c", ""), True),
        (("2025-05-01", "month", "a b c", ""), ("2025-06-04", "day", "a b c", ""), False),
        (("2025-01-01", "year", "a b c", ""), ("2025-11-01", "month", "a b c", ""), True),
    ],
)
def test_statements_are_near_by_days_and_by_words(one, other, expected):
    first, second = (
        Said.of(dt.date.fromisoformat(date), precision, quote, summary)
        for date, precision, quote, summary in (one, other)
    )
    assert near(first, second) is near(second, first) is expected


def test_a_likely_double_is_shown_and_saved_once_it_is_said_to_be_another(desk):
    known = make_statement(Official.objects.get(), id="known", date=dt.date(2025, 5, 6), state=State.DRAFT)
    page = refused(desk, **SAID)
    link = page.select_one("#doubles a")
    assert (link.text, link["href"]) == (known.pk, address(Statement, "change", known.pk))
    assert errors(page) == ["This statement may be recorded already. Nothing is saved yet."]
    assert page.select_one("#doubles label").text == "It is another statement"
    assert desk.post(ADD, {**filled(page), "is_another": "on"}).status_code == 302
    assert Statement.objects.count() == 2


@pytest.mark.parametrize(
    "known",
    [
        {"state": State.WITHDRAWN},
        {"date": dt.date(2025, 5, 4) + dt.timedelta(days=NEAR_DAYS + 1)},
        {"quote": "No comment", "summary": "He declined."},
        {"official": None},
    ],
)
def test_what_is_withdrawn_far_off_in_other_words_or_of_another_is_no_double(desk, known):
    official = known.pop("official", Official.objects.get(pk="olivier-nduhungirehe"))
    make_statement(official, **known)
    assert not read(desk, ADD).select("#doubles")
    saved(desk, **SAID)


def test_a_draft_is_compared_again_when_what_tells_it_apart_is_changed(desk):
    official = Official.objects.get()
    make_statement(official, id="known")
    draft = make_statement(official, id="draft", quote="No comment", summary="He declined.", state=State.DRAFT)
    path = address(Statement, "change", draft.pk)
    saved(desk, path, venue="Rwanda TV")
    assert refused(desk, path, quote=SAID["quote"]).select("#doubles")
    saved(desk, path, quote=SAID["quote"], is_another="on")
    saved(desk, path, venue="Radio")


def test_a_public_statement_is_changed_without_that_question(desk):
    official = Official.objects.get()
    make_statement(official, id="known")
    public = make_statement(official, quote="No comment", summary="He declined.")
    saved(desk, address(Statement, "change", public.pk), quote=SAID["quote"])


# --- Carried over ---------------------------------------------------------------------------------


def test_the_form_begins_with_what_its_address_carries(desk):
    make_agreement(receiver="UGA")
    sources = [make_source("b").pk, make_source("a").pk]
    carried = {
        "agreements": ["us-ug-2025", "us-rw-2025"],
        "sources": sources,
        "official": "olivier-nduhungirehe",
        "date": "2025-05-01",
        "precision": "month",
        "language": "rw",
        "venue": "Rwanda TV",
        "source-url": STORY,
    }
    page = read(desk, ADD, **carried)
    begins = filled(page)
    assert {name: begins[name] for name in carried} == carried
    assert not page.select_one("#source-0-0-heading").find_parent("details")
    assert filled(read(desk, ADD, agreements="us-ug-2025,us-rw-2025"))["agreements"] == carried["agreements"]


def test_an_address_that_carries_nonsense_opens_an_empty_form(desk):
    begins = filled(read(desk, ADD, agreements="nowhere", official="nobody", sources="nothing", stance="shouts"))
    assert (begins["agreements"], begins["official"], begins["sources"], begins["stance"]) == ([], "", [], "")


def test_an_agreement_and_a_source_lead_to_a_statement_about_or_from_them(desk):
    source = make_source()
    for record, name, label in (
        (Agreement.objects.get(), "agreements", "Add a statement"),
        (source, "sources", "Add a statement from this source"),
    ):
        link = read(desk, address(type(record), "change", record.pk)).select_one(".step-add-statement")
        assert link.text == label
        assert filled(read(desk, link["href"]))[name] == [record.pk]


def test_a_withdrawn_record_leads_to_no_statement_nor_does_one_for_who_may_only_look(desk, client):
    withdrawn, source = make_source(state=State.WITHDRAWN), make_source()
    assert not read(desk, address(Source, "change", withdrawn.pk)).select(".step-add-statement")
    reader = User.objects.create_user("reader", is_staff=True)
    reader.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    client.force_login(reader)
    assert not read(client, address(Source, "change", source.pk)).select(".step-add-statement")


SHARED = ("agreements", "sources", "date", "precision", "language", "venue")


def test_the_next_statement_from_the_same_source_begins_with_what_they_share(desk):
    values = {"date": dt.date(2025, 5, 1), "precision": Precision.MONTH, "venue": "Rwanda TV", "language": "rw"}
    statement = make_statement(Official.objects.get(), sources=[make_source("b"), make_source("a")], **values)
    link = read(desk, address(Statement, "change", statement.pk)).select_one(".step-add-statement")
    assert link.text == "Add another from the same source"
    begins = filled(read(desk, link["href"]))
    assert {name: begins[name] for name in SHARED} == {
        "agreements": ["us-rw-2025"],
        "sources": ["b", "a"],
        "date": "2025-05-01",
        "precision": "month",
        "language": "rw",
        "venue": "Rwanda TV",
    }
    assert (begins["official"], begins["quote"], begins["summary"], begins["id"]) == ("", "", "", "")


def test_save_and_add_another_carries_the_new_source_on(desk):
    data = {**filled(read(desk, ADD)), **SAID, **NEW_SOURCE, "venue": "Rwanda TV", "_addanother": "1"}
    answer = desk.post(ADD, data)
    page = read(desk, answer.url)
    begins = filled(page)
    assert (begins["sources"], begins["date"], begins["language"]) == (["kigaligazette-20250505"], "2025-05-04", "en")
    assert (begins["agreements"], begins["venue"], begins["official"]) == (["us-rw-2025"], "Rwanda TV", "")
    assert begins["source-url"] == ""
    path = address(Statement, "change", Statement.objects.get().pk)
    again = desk.post(path, {**filled(read(desk, path)), "venue": "Radio", "_addanother": "1"})
    begins = filled(read(desk, again.url))
    assert (begins["sources"], begins["venue"]) == (["kigaligazette-20250505"], "Radio")


# --- The form itself ------------------------------------------------------------------------------


def test_the_fields_come_in_the_order_of_typing_and_the_id_last(desk):
    page = read(desk, ADD)
    names = [field["name"] for field in page.select("#content-main fieldset [name]")]
    assert names == [
        "agreements",
        "official",
        "date",
        "precision",
        "stance",
        "quote",
        "language",
        "summary",
        "venue",
        "status_change",
        "sources",
        *("source-url", "source-title", "source-publisher", "source-published", "source-kind", "source-language"),
        *("source-title_is_description", "source-archive_url"),
        *("official-name", "official-kind", "official-country", "official-speaks_for"),
        *("position-title", "position-body", "position-started", "position-ended"),
        "id",
        "internal_note",
    ]
    assert page.select_one("[name=id]").find_parent("details")


def test_enter_in_a_field_keeps_a_draft_and_does_not_hand_it_in(desk):
    buttons = read(desk, ADD).select("#content-main form :is(button, input)[type=submit]")
    assert [button["name"] for button in buttons[:2]] == ["_continue", "_submit"]


def test_the_steps_offered_are_those_of_the_agreements_that_are_chosen(desk):
    other = make_agreement(receiver="UGA")
    here, there = make_status_change(), make_status_change(other)
    query = {"app_label": "agreements", "model_name": "statement", "field_name": "status_change", "term": ""}

    def offered(**about) -> list[str]:
        return [row["id"] for row in desk.get("/admin/autocomplete/", {**query, **about}).json()["results"]]

    assert offered() == [here.pk, there.pk]
    assert offered(about=[other.pk]) == [there.pk]
    assert offered(about=["us-rw-2025", other.pk]) == [here.pk, there.pk]
    assert read(desk, address(StatusChange, "changelist"), agreement__id="us-rw-2025").select("#result_list tbody tr")


def test_a_contributor_enters_all_of_it(contributor):
    assert Group.objects.get(name="contributor").user_set.get().username == "cleo"
    saved(contributor, **{**SAID, **NEW_SOURCE, **NEW_OFFICIAL, **NEW_POSITION})
    assert {last(model).author.username for model in (Statement, Source, Official, Position)} == {"cleo"}


def test_the_form_keeps_to_the_content_security_policy(desk):
    page = read(desk, ADD)
    assert against_the_policy(page) == []
    assert page.select_one('script[type=module][src*="js/desk"]')
