"""Measures the reading of articles: time by length, and how right it is on the annotated ones."""

import datetime as dt
import time
from pathlib import Path

from agreements.article import Known, read
from agreements.article.source import article_of
from tests.articles.scoring import Article, report, score

LENGTHS = (5_000, 200_000)
ROUNDS = 5


def measure(known: Known) -> None:
    """Prints the best time of each length, then precision, recall, F1 and speakers, each miss before them."""
    folder = Path(__file__).parent.parent / "tests/articles"
    text = "\n".join(path.read_text("utf-8") for path in sorted(folder.glob("*.txt")))
    for length in LENGTHS:
        article = (text * (length // len(text) + 1))[:length]
        seconds = min(_time(article, known) for _round in range(ROUNDS))
        print(f"{f'an article of {length // 1000} kB read':52} {seconds * 1000:8.2f} ms")
    _shares, comparisons = score(lambda article: _proposals(article, known))
    print(report(comparisons))


def _time(text: str, known: Known) -> float:
    began = time.perf_counter()
    read(text, published=dt.date(2025, 5, 6), known=known)
    return time.perf_counter() - began


def _proposals(article: Article, known: Known):
    text, source = article_of(article.text)
    day = article.gold.get("published")
    return read(text, published=dt.date.fromisoformat(day) if day else None, known=known, source=source).statements
