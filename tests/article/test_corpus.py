"""What is found in the annotated articles of tests/articles/."""

import datetime as dt

from agreements.article import read
from agreements.article.source import article_of
from tests.articles.scoring import Article, report, score


def proposals(article: Article):
    """What is proposed for an annotated article, as for an editor who gives its day."""
    text, source = article_of(article.text)
    day = article.gold.get("published")
    return read(text, published=dt.date.fromisoformat(day) if day else None, source=source).statements


def test_quotations_and_speakers_of_the_annotated_articles_are_right():
    shares, comparisons = score(proposals)
    assert shares.f1 >= 0.97, report(comparisons)
    assert shares.speakers >= 0.95, report(comparisons)
