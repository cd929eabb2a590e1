"""An article's paragraphs: a line break ends one, blank lines or not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_LINE = re.compile(r"[^\r\n\x0b\x0c\x85\u2028\u2029]+")


@dataclass(frozen=True)
class Paragraph:
    """A line that is not blank: where it starts and ends in the article, without white space around it."""

    start: int
    end: int


def paragraphs(text: str) -> Iterator[Paragraph]:
    """The paragraphs of a text in their order."""
    for line in _LINE.finditer(text):
        words = line[0].strip()
        if words:
            start = line.start() + len(line[0]) - len(line[0].lstrip())
            yield Paragraph(start, start + len(words))
