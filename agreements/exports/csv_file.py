"""A list as CSV: text for spreadsheets and programs, made piece by piece so that its length costs no memory."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from agreements.dataset.rows import Value, cell_of
from agreements.dataset.schema import Column
from agreements.exports.tables import Values

BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
"""Without it Excel takes UTF-8 for the letters of its own country."""
LINE_END = "\r\n"
"""That of text/csv (RFC 4180); within a cell lines end in LF."""
RUN = frozenset("=+-@\t\r")
"""A cell of text that begins so is a formula to a spreadsheet, which would run it."""
ROWS = 500
"""How many rows a piece has."""


def pieces(columns: Sequence[Column], rows: Iterable[Values]) -> Iterator[bytes]:
    """The file in UTF-8, its header first, from the values of its rows by column."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator=LINE_END)
    text.write(BYTE_ORDER_MARK)
    writer.writerow([column.name for column in columns])
    left = iter(rows)
    while some := list(islice(left, ROWS)):
        # Most cells are text, and there may be twenty million: no function is called for what can stand as it is.
        writer.writerows(
            [
                value if type(value) is str and value[:1] not in RUN else _cell(value, column)
                for column, value in zip(columns, row.values(), strict=True)
            ]
            for row in some
        )
        yield text.getvalue().encode()
        text.seek(0)
        text.truncate()
    if text.tell():
        yield text.getvalue().encode()


def _cell(value: Value, column: Column) -> str:
    if isinstance(value, str):
        return harmless(value)
    if isinstance(value, tuple):
        return harmless(";".join(value))
    return cell_of(value, column)


def harmless(text: str) -> str:
    """The text as it can be opened in a spreadsheet: what would be run as a formula stands behind an apostrophe."""
    return f"'{text}" if text[:1] in RUN else text
