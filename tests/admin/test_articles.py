"""From an article to drafts: what is found is shown, what is chosen becomes drafts in review, and nothing by halves."""

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile

from agreements.admin import articles
from agreements.article.source import LONGEST
from agreements.models import Edition, Official, Source, Statement
from agreements.publication import too_long
from agreements.vocabulary import State
from tests.admin.desk import EDITED, errors, filled, make_reader, read, signed_in
from tests.factories import make_agreement, make_official, make_position, make_source, make_statement

PAGE = "/admin/article/"
STORY = "https://gazette.example/talks"
ARTICLE = """Rwanda in talks over deportees

KIGALI, May 6 – “We are in discussions with the United States,” Foreign Minister Olivier Nduhungirehe told Rwanda TV on Sunday.

“Nothing has been agreed with anybody so far,” said Ève Ndoli, a spokeswoman for the Rwandan government, on Monday.

Ndoli added: “We will say so once there is something to say.”
"""  # noqa: E501
TALKS = "We are in discussions with the United States"
NOTHING = "Nothing has been agreed with anybody so far"
LATER = "We will say so once there is something to say."


@pytest.fixture(autouse=True)
def _known(db: None) -> None:
    make_agreement()
    make_position(make_official("olivier-nduhungirehe", name="Olivier Nduhungirehe"))


def page_of(answer) -> BeautifulSoup:
    return BeautifulSoup(answer.content, "html.parser")


def pasted(client, text: str = ARTICLE, *, status: int = 200, **values: object) -> BeautifulSoup:
    """The page that shows what was found in an article."""
    answer = client.post(PAGE, {"article": text, "url": STORY, "published": "2025-05-06", "_read": "", **values})
    assert answer.status_code == status
    return page_of(answer)


def make(client, page: BeautifulSoup, **values: object) -> tuple[int, BeautifulSoup]:
    """Completes the source, changes the fields that are named (None takes a tick away), and asks for drafts."""
    data = filled(page)
    if "source-title" in data:
        data |= {"source-publisher": "The Gazette", "source-kind": "news", "source-language": "en"}
    data |= {"_make": "1", **values}
    answer = client.post(PAGE, {name: value for name, value in data.items() if value is not None})
    return answer.status_code, page_of(answer)


def of(quote: str, page: BeautifulSoup) -> str:
    """The prefix of the fields of the proposal with this quotation."""
    [name] = [name for name, value in filled(page).items() if value == quote and name.endswith("-quote")]
    return name.removesuffix("-quote")


def values_of(quote: str, page: BeautifulSoup) -> dict[str, object]:
    prefix = f"{of(quote, page)}-"
    return {name.removeprefix(prefix): value for name, value in filled(page).items() if name.startswith(prefix)}


def stored() -> dict[str, int]:
    return {model.__name__: model.history.count() for model in EDITED} | {"Edition": Edition.objects.count()}


# --- What is found --------------------------------------------------------------------------------


def test_the_article_is_shown_whole_with_each_proposal_marked_where_it_stands(desk):
    page = pasted(desk)
    marks = page.select(".article-text mark[id]")
    assert [mark.get_text(" ", strip=True).split(" ", 1)[1] for mark in marks] == [
        f"“{TALKS},”",
        f"“{NOTHING},”",
        f"“{LATER}”",
    ]
    for mark in marks:
        proposal = page.select_one(mark.a["href"])
        assert proposal.select_one("h3 a")["href"] == f"#{mark['id']}"
        mark.a.decompose()
    paragraphs = [" ".join(each.get_text().split()) for each in page.select(".article-text p")]
    assert paragraphs == [" ".join(line.split()) for line in ARTICLE.splitlines() if line]


def test_nothing_is_stored_by_reading(desk):
    before = stored()
    pasted(desk)
    assert stored() == before


def test_what_is_known_is_filled_in_and_what_lacks_nothing_is_ticked(desk):
    page = pasted(desk)
    values = values_of(TALKS, page)
    assert (values["official"], values["agreements"]) == ("olivier-nduhungirehe", ["us-rw-2025"])
    assert (values["date"], values["precision"], values["stance"]) == ("2025-05-04", "day", "confirms")
    assert (values["language"], values["chosen"]) == ("en", "on")
    assert values["summary"]
    source = filled(page)
    assert (source["source-url"], source["source-title"]) == (STORY, "Rwanda in talks over deportees")
    assert source["source-published"] == "06/05/2025"


def test_who_is_not_known_is_offered_as_a_new_official_with_an_office(desk):
    values = values_of(NOTHING, pasted(desk))
    assert (values["official"], values["official-name"]) == ("", "Ève Ndoli")
    assert (values["official-kind"], values["official-country"]) == ("person", "RWA")
    assert "spokeswoman" in values["position-title"]


def test_what_lacks_something_is_not_ticked_and_says_so(desk):
    page = pasted(desk, ARTICLE.replace(" on Sunday", ""))
    assert values_of(TALKS, page)["date"] == ""
    proposal = page.select_one(f"#{of(TALKS, page)}")
    assert "incomplete" in proposal.summary.text
    assert not proposal.select_one("[name$=-chosen]").has_attr("checked")


def test_what_is_on_record_already_is_shown_as_such_and_made_only_as_another_statement(desk):
    official = Official.objects.get(pk="olivier-nduhungirehe")
    said = make_statement(official, quote=TALKS, date=dt.date(2025, 5, 4))
    page = pasted(desk)
    [proposal] = page.select(".proposal.on-record")
    assert proposal["id"] == of(TALKS, page)
    assert proposal.select_one(f'a[href="/admin/agreements/statement/{said.pk}/change/"]')
    assert not proposal.select_one("[name$=-chosen]").has_attr("checked")
    tick = {f"{proposal['id']}-chosen": "on"}
    status, page = make(desk, page, **tick)
    assert (status, Statement.objects.count()) == (400, 1)
    assert "may be recorded already" in page.select_one(f"#{proposal['id']}").text
    status, _page = make(desk, page, **tick, **{f"{proposal['id']}-is_another": "on"})
    assert (status, Statement.objects.count()) == (302, 2)


def test_a_source_that_is_known_by_its_address_is_used(desk):
    known = make_source(url=STORY)
    page = pasted(desk, url=f"{STORY}/?utm_source=x")
    assert "This is known" in page.text
    assert make(desk, page)[0] == 302
    assert [link.source_id for link in Statement.objects.get().citations.all()] == [known.pk]


def test_a_text_in_which_nobody_speaks_has_no_proposals(desk):
    page = pasted(desk, "The plane landed at noon.\nIt left again at one.")
    assert page.select(".proposal") == []
    assert "No statement was found" in page.text


def test_a_long_article_is_gone_through_page_by_page(desk, monkeypatch):
    monkeypatch.setattr(articles, "AT_ONCE", 2)
    first = pasted(desk)
    assert len(first.select(".proposal")) == 2
    following = first.select_one("button[name=_read]")["value"]
    second = page_of(desk.post(PAGE, {**filled(first), "_read": following}))
    assert [each["id"] for each in second.select(".proposal")] == ["p3"]
    back = second.select_one("button[name=_read]")["value"]
    assert page_of(desk.post(PAGE, {**filled(second), "_read": back})).select_one(".proposal")["id"] == "p1"


# --- What can be read -----------------------------------------------------------------------------

SAVED = f"""<!doctype html><html lang="en"><head><title>Talks – Gazette</title>
<meta property="og:title" content="Rwanda in talks"><meta property="og:site_name" content="The Gazette">
<meta property="article:published_time" content="2025-05-06T08:00:00Z"></head>
<body><nav><a href="/">Home</a></nav><article><h1>Rwanda in talks</h1>
{"".join(f"<p>{line}</p>" for line in ARTICLE.splitlines()[2:] if line)}</article></body></html>"""


@pytest.mark.parametrize("as_file", [True, False], ids=["as a file", "pasted"])
def test_a_saved_page_tells_its_source(desk, as_file):
    file = {"file": SimpleUploadedFile("talks.html", SAVED.encode()), "article": ""} if as_file else {}
    page = pasted(desk, SAVED, published="", **file)
    values = filled(page)
    assert (values["source-title"], values["source-publisher"]) == ("Rwanda in talks", "The Gazette")
    assert (values["source-published"], values["source-language"]) == ("06/05/2025", "en")
    assert values_of(TALKS, page)["date"] == "2025-05-04"
    assert "<p>" not in page.select_one(".article-text").text


@pytest.mark.parametrize(
    ("given", "answer"),
    [
        ({"text": ""}, "Paste an article or choose a file"),
        ({"text": " \n "}, "Paste an article or choose a file"),
        ({"text": "x" * (LONGEST + 1)}, "an article may have 200 kB"),
        ({"text": "%PDF-1.7\n\x01\x02"}, "It is not text"),
        ({"text": "", "file": SimpleUploadedFile("a.png", b"\x89PNG\r\n\x1a\n\x00\x00")}, "It is not text"),
        ({"text": "", "file": SimpleUploadedFile("a.txt", b"x" * (LONGEST + 1))}, "an article may have 200 kB"),
        ({"published": "soon"}, "Enter a valid date"),
        ({"url": "gazette"}, "Expected an address that begins with https:// or http://."),
    ],
    ids=["nothing", "blanks", "too long", "not text", "a picture", "too long a file", "no date", "no address"],
)
def test_what_cannot_be_read_gets_a_clear_answer_and_keeps_what_was_typed(desk, given, answer):
    given = {"text": ARTICLE, **given}
    page = pasted(desk, given.pop("text"), status=400, **given)
    assert answer in " ".join(errors(page))
    if "published" in given or "url" in given:
        assert page.select_one("[name=article]").text.strip() == ARTICLE.strip()


# --- Drafts ---------------------------------------------------------------------------------------


def chosen(page: BeautifulSoup) -> dict[str, str]:
    """All three statements ticked and complete."""
    ticks = {f"{of(quote, page)}-chosen": "on" for quote in (TALKS, NOTHING, LATER)}
    stances = {f"{of(quote, page)}-stance": "denies" for quote in (NOTHING, LATER)}
    about = {f"{of(quote, page)}-agreements": ["us-rw-2025"] for quote in (NOTHING, LATER)}
    return {**ticks, **stances, **about}


def test_what_is_chosen_becomes_drafts_in_review_with_their_source_and_their_place(desk, chief):
    before = stored()
    page = pasted(desk)
    status, answer = make(desk, page, **chosen(page))
    assert (status, errors(answer)) == (302, [])
    made = {each.quote: each for each in Statement.objects.all()}
    assert {quote: each.pk for quote, each in made.items()} == {
        TALKS: "olivier-nduhungirehe-2025-05-04",
        NOTHING: "eve-ndoli-2025-05-05",
        LATER: "eve-ndoli-2025-05-05-b-1",
    }
    source = Source.objects.get(url=STORY)
    for quote, each in made.items():
        assert (each.state, each.author) == (State.IN_REVIEW, chief)
        assert [link.source_id for link in each.citations.all()] == [source.pk]
        assert [link.agreement_id for link in each.agreement_links.all()] == ["us-rw-2025"]
        start = ARTICLE.index(f"“{quote}")
        assert f"characters {start} to" in each.internal_note
        assert quote in each.internal_note
    assert stored()["Edition"] == before["Edition"]
    waiting = read(desk, "/admin/work/mine/")
    assert "3 drafts wait for review" in waiting.select_one(".messagelist").text


def test_one_who_is_new_is_made_once_however_often_quoted(desk):
    page = pasted(desk)
    assert make(desk, page, **chosen(page))[0] == 302
    ndoli = Official.objects.get(name="Ève Ndoli")
    assert (ndoli.pk, ndoli.country_id, ndoli.statements.count()) == ("eve-ndoli", "RWA", 2)
    [position] = ndoli.positions.all()
    assert {ndoli.state, position.state, Source.objects.get(url=STORY).state} == {State.IN_REVIEW}


def test_nothing_is_made_before_all_that_is_chosen_is_complete_and_nothing_typed_is_lost(desk):
    page = pasted(desk)
    before, number = stored(), of(NOTHING, page)
    wrong = {**chosen(page), f"{number}-stance": "", f"{number}-summary": "In my words."}
    status, page = make(desk, page, **wrong)
    assert (status, stored()) == (400, before)
    assert page.select_one(f"#{number} details").has_attr("open")
    assert page.select_one(f"#{number} .field-stance .errorlist")
    assert values_of(NOTHING, page)["summary"] == "In my words."
    assert values_of(NOTHING, page)["chosen"] == "on"
    assert not page.select_one(f"#{of(TALKS, page)} details").has_attr("open")


def test_an_incomplete_source_stops_all_of_it(desk):
    page = pasted(desk)
    before = stored()
    status, page = make(desk, page, **{"source-publisher": ""})
    assert (status, stored()) == (400, before)
    assert page.select_one(".field-publisher .errorlist")


def test_what_is_not_chosen_is_kept_as_typed_and_not_held_against_it(desk):
    page = pasted(desk)
    number = of(NOTHING, page)
    page = make(desk, page, **{f"{of(TALKS, page)}-chosen": None, f"{number}-date": "soon"})[1]
    assert "Nothing is chosen" in page.select_one("#reasons").text
    assert values_of(NOTHING, page)["date"] == "soon"
    assert page.select("details .errorlist") == []


def test_a_long_quotation_is_kept_whole_in_the_draft_with_a_word_on_its_length(desk):
    words = "We talk and " * 20 + "we listen"
    page = pasted(desk, ARTICLE.replace(TALKS, words))
    assert too_long(words) in page.select_one(f"#{of(words, page)}").text
    values = {"stance": "confirms", "chosen": "on", "agreements": ["us-rw-2025"]}
    status, _page = make(desk, page, **{f"{of(words, page)}-{name}": value for name, value in values.items()})
    assert (status, Statement.objects.get().quote) == (302, words)
    assert too_long(words) in read(desk, "/admin/work/mine/").select_one(".messagelist").text


def test_what_was_typed_before_the_sign_in_ended_is_shown_and_not_made(desk):
    page = pasted(desk)
    before = stored()
    status, page = make(desk, page, **chosen(page), _refill="1")
    assert (status, stored()) == (200, before)
    assert values_of(NOTHING, page)["stance"] == "denies"


def test_who_may_add_no_statement_reads_no_article(client):
    reader = signed_in(make_reader())
    assert reader.get(PAGE).status_code == 403
    assert reader.post(PAGE, {"article": ARTICLE}).status_code == 403
    assert client.get(PAGE).status_code == 302


def test_the_desks_home_leads_to_it(desk):
    assert read(desk, "/admin/").select_one(f'a[href="{PAGE}"]')
