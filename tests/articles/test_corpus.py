"""The annotated texts are sound: what is annotated stands in the text, by the rules that the README gives."""

import csv
import datetime as dt
import html
import json
import re

import pytest

from agreements.vocabulary import Precision, Stance
from tests.articles import scoring

ROOT = scoring.HERE.parent.parent
ARTICLES = scoring.corpus()
STATEMENT = {"quote", "speaker", "role", "date", "precision", "date_words", "stance", "agreements"}

each = pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.slug)


def read(article) -> str:
    """The words of a text, without tags where it is a page."""
    plain = html.unescape(re.sub(r"<[^>]+>", " ", article.text)) if article.suffix == ".html" else article.text
    return re.sub(r"\s+", " ", plain)


def words(text: str) -> list[str]:
    return re.findall(r"\w+", scoring.folded(text))


def column(table: str, name: str) -> set[str]:
    with (ROOT / "data" / f"{table}.csv").open(encoding="utf-8") as file:
        return {row[name] for row in csv.DictReader(file)}


def runs(quote: list[str], text: list[str], start: int) -> tuple[int, list[int]]:
    """Where the words of a quotation begin at or after `start`, and the lengths of the runs that they stand in.

    Fails where they do not stand there in order. The first run is the longest that can be had, so are the others.
    """
    first, lengths, at = None, [], start
    while quote:
        best, place = 0, at
        for here in range(at, len(text)):
            n = 0
            while n < len(quote) and here + n < len(text) and text[here + n] == quote[n]:
                n += 1
            if n > best:
                best, place = n, here
            if n == len(quote):
                break
        assert best, f"not in the text from there on: {' '.join(quote)}"
        first = place if first is None else first
        lengths.append(best)
        quote, at = quote[best:], place + best
    return first, lengths


def test_there_are_texts_enough_in_styles_enough():
    assert len(ARTICLES) >= 25
    assert len({article.gold["style"] for article in ARTICLES}) >= 12
    assert sum(article.suffix == ".html" for article in ARTICLES) >= 3
    assert len(list(scoring.HERE.glob("*.json"))) == len(ARTICLES)
    numbers = [int(article.slug[:2]) for article in ARTICLES]
    assert numbers == list(range(1, len(numbers) + 1))


@each
def test_an_article_is_as_long_as_news_are(article):
    assert 250 <= len(read(article).split()) <= 900


@each
def test_annotations_are_well_formed(article):
    gold = article.gold
    assert set(gold) == {"style", "published", "parties", "statements", "indirect", "optional"} | (
        {"source"} if article.suffix == ".html" else set()
    )
    published = dt.date.fromisoformat(gold["published"])
    countries, agreements = column("countries", "id"), column("agreements", "id")
    assert set(gold["parties"]) == {"sender", "receiver"}
    assert {party for party in gold["parties"].values() if party} <= countries
    for statement in gold["statements"]:
        assert set(statement) == STATEMENT
        assert (statement["date"] is None) == (statement["precision"] is None) == (statement["date_words"] is None)
        if statement["date"]:
            date = dt.date.fromisoformat(statement["date"])
            assert date <= published
            assert statement["precision"] in list(Precision)
            assert statement["precision"] != "month" or date.day == 1
        assert statement["stance"] is None or statement["stance"] in list(Stance)
        assert set(statement["agreements"]) <= agreements
    if "source" in gold:
        assert set(gold["source"]) == {"title", "publisher", "published", "url"}


@each
def test_every_quotation_stands_in_the_text_in_order_and_is_long_enough(article):
    text = words(read(article))
    before = 0
    for statement in article.gold["statements"]:
        quote = words(statement["quote"])
        assert len(statement["quote"].split()) >= 4
        assert not statement["quote"].endswith(",")
        before, lengths = runs(quote, text, before)
        assert len(lengths) <= 4, f"in too many pieces: {statement['quote']}"
        before += 1


@each
def test_speakers_roles_and_words_of_dates_stand_in_the_text(article):
    text = read(article)
    for statement in article.gold["statements"]:
        names = [statement["speaker"]] if isinstance(statement["speaker"], str) else statement["speaker"]
        assert any(name.casefold() in text.casefold() for name in names), names
        assert all(name.strip() for name in names)
        for words_of_text in (statement["role"], statement["date_words"]):
            assert words_of_text is None or words_of_text in text
    for statement in [*article.gold["indirect"]]:
        assert statement["words"] in text
    for statement in article.gold["optional"]:
        runs(words(statement["quote"]), words(text), 0)


@each
def test_a_proposal_of_just_the_annotations_is_perfect(article):
    first = [
        statement
        | {"speaker": statement["speaker"] if isinstance(statement["speaker"], str) else statement["speaker"][-1]}
        for statement in article.gold["statements"]
    ]
    sums = scoring.totals([scoring.compare(article.gold, first)])
    assert (sums.f1, sums.speakers, sums.stance, sums.dates) == (1, 1, 1, 1)


def test_the_talks_of_may_2025_are_quoted_as_the_dataset_has_them():
    talks = next(article for article in ARTICLES if article.slug == "01-rwanda-talks-may-2025")
    with (ROOT / "data" / "statements.csv").open(encoding="utf-8") as file:
        known = {row["quote"]: row for row in csv.DictReader(file) if "us-rw-2025" in row["agreements"].split(";")}
    assert len(talks.gold["statements"]) == 7
    for statement in talks.gold["statements"]:
        row = known[statement["quote"]]
        assert statement["stance"] == row["stance"]
        assert statement["date"] in (None, row["date"])


def test_annotations_are_written_in_one_way():
    for article in ARTICLES:
        text = (scoring.HERE / f"{article.slug}.json").read_text("utf-8")
        assert text == json.dumps(article.gold, ensure_ascii=False, indent=2) + "\n"
