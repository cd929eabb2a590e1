"""What a reading of an article gives: its source, its parties, and the statements that it proposes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from agreements.article.parties import Parties
from agreements.article.rules import Rule


@dataclass(frozen=True)
class ArticleSource:
    """What an article says of itself; each part empty (the date None) where it does not."""

    title: str = ""
    publisher: str = ""
    published: dt.date | None = None
    url: str = ""
    language: str = ""


@dataclass(frozen=True)
class Proposal:
    """A statement as the article gives it, for an editor to confirm.

    `quote` is verbatim, `start` and `end` its place in the text, from the first mark to the last. An indirect one has
    no quote and its words in `summary`. `official` is the id of the official on record who is meant, `recorded` that of
    a statement on record with the same words. `kind` is the speaker's OfficialKind, `country` the alpha-3 code of the
    one country that the text ties the speaker to. What is not known is empty, a date None.
    """

    speaker: str
    role: str
    quote: str
    indirect: bool
    summary: str
    date: dt.date | None
    precision: str
    date_words: str
    stance: str
    agreements: tuple[str, ...]
    status_change: str
    language: str
    countries: tuple[str, ...]
    confidence: float
    rule: Rule
    start: int
    end: int
    official: str = ""
    recorded: str = ""
    kind: str = ""
    country: str = ""


@dataclass(frozen=True)
class Reading:
    """What was read from an article; `steps` is what it took, for the test of its growth."""

    source: ArticleSource
    parties: Parties
    statements: tuple[Proposal, ...]
    steps: int = 0
