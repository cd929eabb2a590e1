"""A news article's text in, proposals of statements out: pure functions, without a database, a network or a model.

Rules that can be read: `rules.py` lists them in words. The way of a text: paragraphs, marks, tokens, mentions of people
and bodies, clauses of saying, who said which quoted words, when, about which agreement, with what stance.
"""

from agreements.article.known import (
    Known,
    KnownAgreement,
    KnownChange,
    KnownCountry,
    KnownOfficial,
    KnownStatement,
)
from agreements.article.parties import Parties
from agreements.article.proposals import ArticleSource, Proposal, Reading
from agreements.article.reading import read
from agreements.article.rules import Rule

__all__ = [
    "ArticleSource",
    "Known",
    "KnownAgreement",
    "KnownChange",
    "KnownCountry",
    "KnownOfficial",
    "KnownStatement",
    "Parties",
    "Proposal",
    "Reading",
    "Rule",
    "read",
]
