"""A count of what the reader does, so that a test can hold its growth to the length of the text."""

from __future__ import annotations


class Steps:
    """How many marks, words and places were looked at so far."""

    def __init__(self) -> None:
        self.count = 0

    def add(self, number: int = 1) -> None:
        self.count += number
