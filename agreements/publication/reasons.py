"""Why an act is refused: sentences that know the record and the column they are about."""

from __future__ import annotations


class Reason(str):
    """A sentence for people; `table`, `id` and `column` say what it is about, as far as it is about one thing."""

    __slots__ = ("column", "id", "table")

    def __new__(cls, text: object, *, table: str = "", id: str = "", column: str = "") -> Reason:
        self = super().__new__(cls, text)
        self.table, self.id, self.column = table, id, column
        return self


class Inconsistent(Exception):
    """The act would leave the public record wrong or was not its author's to do, and was undone; `reasons` says why."""

    def __init__(self, reasons: list[Reason]) -> None:
        super().__init__("; ".join(reasons))
        self.reasons = reasons
