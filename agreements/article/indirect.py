"""Statements in the reporter's own words: "the minister said that talks were at an early stage". Never a quotation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from agreements.article import nouns, verbs
from agreements.article.attribution import _according, _end_of_tail, _has_content
from agreements.article.clauses import Clause
from agreements.article.lines import Line
from agreements.article.mentions import Mention, What
from agreements.article.rules import Rule


@dataclass(frozen=True)
class Report:
    """Tokens `first` to `last` of a sentence that reports what its subjects said."""

    first: int
    last: int
    subjects: tuple[Mention, ...]
    lemma: str
    verb: int
    clause_first: int
    rule: Rule


def reported(line: Line, clauses: list[Clause], taken: set[int]) -> Iterator[Report]:
    """The first report of each sentence whose words are not quoted already."""
    seen: set[int] = set(taken)
    for clause in clauses:
        line.steps.add()
        begin = line.begins[clause.verb]
        if begin in seen or clause.subject is None or (clause.quoted and clause.inverted):
            continue
        if clause.subject.what is What.OTHER or (clause.lemma not in verbs.INDIRECT and clause.lemma != "decline"):
            continue
        if not _reports(line, clause):
            continue
        seen.add(begin)
        yield Report(
            begin,
            line.ends[clause.verb],
            (clause.subject, *clause.others),
            clause.lemma,
            clause.verb,
            clause.first,
            Rule.REPORTED,
        )
    for at, token in enumerate(line.tokens):
        begin = line.begins[at]
        if begin in seen:
            continue
        if token.low in ("declined", "refused", "declines", "refuses") and _no_comment(line, at):
            subject = line.ending.get(at) or line.subject_of_sentence(at)
            if subject is not None and subject.first < at and subject.what not in (What.OTHER, What.DOCUMENT):
                seen.add(begin)
                yield Report(begin, line.ends[at], (subject,), "decline", at, subject.first, Rule.DECLINED)
        elif token.low == "according":
            found = _according(line, at)
            if found is not None and found[0].what in (What.PERSON, What.ROLE, What.BODY):
                seen.add(begin)
                yield Report(begin, line.ends[at], (found[0],), "say", at, at, Rule.REPORTED_ACCORDING)


def _no_comment(line: Line, at: int) -> bool:
    return any(
        line.is_(place, "comment", "say", "discuss", "confirm", "answer", "elaborate", "respond", "give")
        for place in range(at + 1, min(at + 5, len(line.tokens)))
    )


def _reports(line: Line, clause: Clause) -> bool:
    """Whether a clause goes on with what was said."""
    end = min(_end_of_tail(line, clause.verb + 1), line.ends[clause.verb])
    start = max(clause.last, clause.verb + 1)
    if clause.inverted:
        return False
    if end - start < 3:
        # ", he said." at the end of a sentence: what stands before it is reported.
        begin = line.begins[clause.verb]
        return (
            clause.first - begin >= 5
            and line.is_(clause.first - 1, ",")
            and end >= line.ends[clause.verb] - 1
            and (clause.lemma in ("say", "add", "tell", "argue", "explain", "insist", "note", "write", "claim", "warn"))
        )
    if any(line.is_(place, "that") for place in range(start, min(start + 14, end))):
        return True
    if clause.lemma in verbs.CLAUSE_ONLY:
        return clause.lemma == "tell" and _has_content(line, clause)
    if clause.form == verbs.PARTICIPLE and clause.lemma not in ("say", "add", "tell", "insist", "warn", "argue"):
        return False
    if clause.lemma in ("say", "add", "insist", "argue", "warn", "explain", "stress", "note"):
        return _has_content(line, clause) or clause.lemma in ("warn", "stress")
    return line.tokens[start].low not in nouns.PREPOSITIONS or clause.lemma in (
        "appeal",
        "warn",
        "promise",
        "vow",
        "refuse",
    )
