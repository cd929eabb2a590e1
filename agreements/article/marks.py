"""Quotation marks: where quoted words begin and end, whatever the marks of the newsroom.

Marks of one family close each other, since newsrooms mix them: a quotation opened by “ may be closed by ". Whether a
mark opens or closes is read from what stands beside it, before its own shape is asked. A single mark counts as a mark
only where it cannot be an apostrophe.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from agreements.article.lists import listed
from agreements.article.paragraphs import Paragraph
from agreements.article.steps import Steps


class Family(Enum):
    DOUBLE = "double"
    SINGLE = "single"
    ANGLE = "angle"


class Way(Enum):
    """What a mark may do where it stands."""

    OPENS = "opens"
    CLOSES = "closes"
    EITHER = "either"
    MAYBE_CLOSES = "maybe closes"  # a closing mark, or the apostrophe of "the ministers' talks"


@dataclass(frozen=True)
class Mark:
    start: int
    end: int
    family: Family
    way: Way


@dataclass(frozen=True)
class Span:
    """Words between two marks of one paragraph; without the marks they are `text[inner_start:inner_end]`.

    `closed` is false where the paragraph ended before a closing mark came; `continues` is true where the words go on
    from the span before, in the paragraph before.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    family: Family
    closed: bool = True
    continues: bool = False


_MARK = re.compile(
    r"''|``|‘‘|’’|‚‚|,,(?=\w)"  # doubled single marks, and doubled commas as low marks
    r"|[\"“”„‟″＂]"
    r"|[«»]|<<(?=\w)|>>"
    r"|['‘’‚‛`‹›]"
)
_OPENING_SHAPE = listed("“ „ ‟ `` ‘‘ ‚‚ ,, « << ‘ ‚ ‛ ` ‹")
_CLOSING_SHAPE = listed("” ’’ » >> ’ ›")
_LOW = frozenset("„‚")
_SINGLES = frozenset("'‘’‚‛`")
_BEFORE_OPENING = frozenset("([{<-–—―/:;=>*_|…«“„\"'‘")
_BEFORE_CLOSING = frozenset(".,!?…;:)]}—–-%")
_ELIDED = re.compile(r"(?:tis|twas|twere|twill|til|till|em|cause|cos|bout|round|n|nuff|kay)\b|\d\ds?\b", re.IGNORECASE)


def _marks(text: str, paragraph: Paragraph, steps: Steps) -> list[Mark]:
    """Every mark of a paragraph with what it may do there."""
    found = []
    for match in _MARK.finditer(text, paragraph.start, paragraph.end):
        steps.add()
        sign, start, end = match[0], match.start(), match.end()
        before = text[start - 1] if start > paragraph.start else ""
        after = text[end] if end < paragraph.end else ""
        if sign in _SINGLES:
            way = _way_of_single(text, sign, before, after, end)
            if way:
                found.append(Mark(start, end, Family.SINGLE, way))
        else:
            family = Family.ANGLE if sign in ("«", "»", "<<", ">>", "‹", "›") else Family.DOUBLE
            found.append(Mark(start, end, family, _way(sign, before, after)))
    return found


def _way(sign: str, before: str, after: str) -> Way:
    """Read from both sides; where these leave it open the shape decides, and a straight mark may do either."""
    if sign in _LOW or sign in (",,", "‚‚"):
        return Way.OPENS
    free_before = not before or before.isspace() or before in _BEFORE_OPENING
    free_after = not after or after.isspace()
    if free_after and not free_before:
        return Way.CLOSES
    if free_before and not free_after and (after.isalnum() or after in "$£€#@["):
        return Way.CLOSES if sign in _CLOSING_SHAPE and before in _BEFORE_CLOSING else Way.OPENS
    if not free_before and not before.isalnum() and after.isalnum() and sign not in _CLOSING_SHAPE | _OPENING_SHAPE:
        return Way.EITHER
    if sign in _OPENING_SHAPE:
        return Way.OPENS
    if sign in _CLOSING_SHAPE:
        return Way.CLOSES
    if before.isalnum() and not after.isalnum():
        return Way.CLOSES
    return Way.EITHER


def _way_of_single(text: str, sign: str, before: str, after: str, end: int) -> Way | None:
    """None where the sign is an apostrophe."""
    if before.isalnum() and after.isalnum():
        return None
    if sign in _LOW:
        return Way.OPENS
    opens = (not before or before.isspace() or before in _BEFORE_OPENING or before in "”»") and bool(after)
    if opens and not after.isspace() and (after.isalnum() or after in '"“«…$£€#@[('):
        if sign != "‘" and _ELIDED.match(text, end):
            return None
        return Way.OPENS if sign != "’" or not before or before.isspace() else Way.CLOSES
    if sign in "‘‛`" and sign != "'":
        # The opening shape at the end of German and Czech quotations: ‚so‘.
        return Way.CLOSES if before and not before.isspace() else None
    if not before or before.isspace():
        return None
    if before in "sS" and after in ".,!?" and text[end + 1 : end + 2] in ("'", "’") and after:
        return Way.MAYBE_CLOSES
    if before in "sSzZxX" and after.isspace():
        follows = text[end : end + 2].strip()
        return Way.MAYBE_CLOSES if follows[:1].isalnum() else Way.CLOSES
    return Way.CLOSES


def spans_of(text: str, lines: list[Paragraph], steps: Steps) -> list[list[Span]]:
    """The quoted words of each paragraph, in its order; marks within quoted words are part of the words."""
    marks = [_marks(text, line, steps) for line in lines]
    found: list[list[Span]] = []
    open_before: Family | None = None
    for number, line in enumerate(lines):
        following = marks[number + 1] if number + 1 < len(lines) else []
        next_start = lines[number + 1].start if number + 1 < len(lines) else -1
        spans = _spans_of_line(text, line, marks[number], open_before, _reopened(following, next_start), steps)
        last = spans[-1] if spans else None
        open_before = last.family if last is not None and not last.closed else None
        found.append(spans)
    return found


def _reopened(marks: list[Mark], start: int) -> Family | None:
    """The family of the mark with which a paragraph begins, if it does."""
    return marks[0].family if marks and marks[0].start == start else None


def _spans_of_line(
    text: str, line: Paragraph, marks: list[Mark], open_before: Family | None, reopened: Family | None, steps: Steps
) -> list[Span]:
    spans: list[Span] = []
    at = 0
    if open_before is not None:
        first = next((mark for mark in marks if mark.family is open_before), None)
        steps.add(len(marks))
        if first is not None and first.start == line.start:
            at = marks.index(first) + 1
            spans.append(_span_from(text, line, marks, at, first, open_before, reopened, steps, continues=True))
        elif first is not None and first.way is Way.CLOSES:
            # Never reopened, but closed here: the words ran on.
            spans.append(Span(line.start, first.end, line.start, first.start, open_before, closed=True, continues=True))
        if spans:
            while at < len(marks) and marks[at].start < spans[-1].end:
                at += 1
    while at < len(marks):
        steps.add()
        mark = marks[at]
        at += 1
        if mark.way not in (Way.OPENS, Way.EITHER):
            if not (mark.family is Family.ANGLE and _is_turned(text, mark, line)):
                continue
        elif mark.way is Way.EITHER and mark.end >= line.end:
            continue
        span = _span_from(text, line, marks, at, mark, mark.family, reopened, steps)
        if span is None:
            continue
        spans.append(span)
        while at < len(marks) and marks[at].start < span.end:
            at += 1
    return spans


def _is_turned(text: str, mark: Mark, line: Paragraph) -> bool:
    """Whether a » opens, as in Danish and German print: »so«."""
    before = text[mark.start - 1] if mark.start > line.start else " "
    after = text[mark.end] if mark.end < line.end else " "
    return before.isspace() and after.isalnum()


def _span_from(
    text: str,
    line: Paragraph,
    marks: list[Mark],
    at: int,
    opening: Mark,
    family: Family,
    reopened: Family | None,
    steps: Steps,
    *,
    continues: bool = False,
) -> Span | None:
    """The span that `opening` begins; None where a single mark turns out to be an apostrophe."""
    if family is Family.SINGLE:
        closing = _closing_single(marks, at, steps)
        if (
            closing is not None
            and closing.way is Way.MAYBE_CLOSES
            and reopened is family
            and opening.start == line.start
        ):
            closing = None
    else:
        closing = _closing(text, line, marks, at, family, opening, reopened is family, steps)
    if closing is not None:
        return Span(opening.start, closing.end, opening.end, closing.start, family, closed=True, continues=continues)
    goes_on = reopened is family
    if (
        family is Family.SINGLE
        and not continues
        and not (goes_on and (opening.start == line.start or _after_colon(text, opening, line)))
    ):
        return None
    return Span(opening.start, line.end, opening.end, line.end, family, closed=False, continues=continues)


def _after_colon(text: str, mark: Mark, line: Paragraph) -> bool:
    return text[line.start : mark.start].rstrip()[-1:] in (":", ",")


def _closing_single(marks: list[Mark], at: int, steps: Steps) -> Mark | None:
    """The first sure closing mark before another quotation in single marks opens, else the first likely one."""
    likely = None
    depth = 0
    for mark in marks[at:]:
        steps.add()
        if mark.family is Family.DOUBLE:
            depth += {Way.OPENS: 1, Way.CLOSES: -1, Way.EITHER: 1 - 2 * (depth > 0)}.get(mark.way, 0)
            depth = max(depth, 0)
        if mark.family is not Family.SINGLE or depth:
            continue
        if mark.way is Way.OPENS:
            break
        if mark.way is Way.CLOSES:
            return mark
        likely = likely or mark
    return likely


def _closing(
    text: str, line: Paragraph, marks: list[Mark], at: int, family: Family, opening: Mark, reopened: bool, steps: Steps
) -> Mark | None:
    """The mark that closes the outer quotation; one that opens inside it begins a nested one.

    Where the count never comes out even, a mark was forgotten: then the first that may close does.
    """
    depth, first, turned = 1, None, text[opening.start : opening.end] in ("»", ">>", "›")
    for mark in marks[at:]:
        steps.add()
        if mark.family is not family:
            continue
        opens, closes = mark.way is Way.OPENS, mark.way is Way.CLOSES
        if turned or mark.way is Way.EITHER:
            opens, closes = False, True
        if opens and text[opening.start] in "„‚" and text[mark.start] == "“" and depth == 1:
            before = text[mark.start - 1]
            opens, closes = before.isspace(), not before.isspace()
        if closes:
            first = first or mark
            depth -= 1
            if depth == 0:
                return mark
        elif opens:
            depth += 1
    if first is None or (reopened and depth == 1):
        return None
    return first
