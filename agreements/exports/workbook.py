"""Tables as an Excel workbook: a first sheet that says what it is, then a sheet a table, every value of its type."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from agreements.dataset.schema import Column
from agreements.exports.dictionary import Entry
from agreements.exports.tables import Values

MOST_ROWS = 1_048_575
"""How many rows a sheet of Excel has below its header."""
MOST_LETTERS = 32_767
"""How many letters a cell of Excel has, in UTF-16."""
_MOST_DIGITS = 10**15
"""From here on Excel would round a whole number."""
_FIRST_YEAR = 1900
"""Excel knows no date before it."""


class DoesNotFit(ValueError):
    """Something that no workbook can hold; its text says what."""


@dataclass(frozen=True)
class Sheet:
    """A table in a workbook: its name, what a row of it is, its columns, and the values of its rows by column."""

    name: str
    description: str
    columns: Sequence[Column]
    rows: Iterable[Values]


@dataclass(frozen=True)
class About:
    """What the first sheet says: a title, and what it is in pairs of a label and a text."""

    title: str
    made_at: dt.datetime
    told: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class _Styles:
    title: Format
    label: Format
    head: Format
    date: Format
    wrapped: Format


def write(path: Path, about: About, sheets: Iterable[Sheet]) -> None:
    """Writes a new file in constant memory; the same bytes for the same content. Raises DoesNotFit.

    A date is a date, a number a number, yes or no a boolean; a list is text with “;” between; text is text, whatever it
    looks like. How many rows each sheet has, and what each column means, stands in the first sheet.
    """
    options = {
        "constant_memory": True,
        "tmpdir": str(path.parent),
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with Workbook(str(path), options) as book:
        book.use_zip64()
        created = about.made_at.astimezone(dt.UTC).replace(tzinfo=None)
        book.set_properties({"title": about.title, "created": created})
        styles = _Styles(
            title=book.add_format({"bold": True, "font_size": 14}),
            label=book.add_format({"bold": True}),
            head=book.add_format({"bold": True, "bottom": 1}),
            date=book.add_format({"num_format": "yyyy-mm-dd"}),
            wrapped=book.add_format({"text_wrap": True, "valign": "top"}),
        )
        readme = book.add_worksheet("README")
        written = [(sheet, _fill(book.add_worksheet(sheet.name), sheet, styles)) for sheet in sheets]
        _introduce(readme, about, written, styles)


def _fill(page: Worksheet, sheet: Sheet, styles: _Styles) -> int:
    """Writes a table and gives the number of its rows."""
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, _width(column))
        page.write_string(0, place, column.name, styles.head)
    page.freeze_panes(1, 1)
    line = 0
    for line, values in enumerate(sheet.rows, start=1):
        if line > MOST_ROWS:
            raise DoesNotFit(
                _("A sheet of Excel holds at most %(most)s rows, and %(sheet)s has more.")
                % {"most": f"{MOST_ROWS:,}", "sheet": sheet.name}
            )
        for place, (column, value) in enumerate(zip(sheet.columns, values.values(), strict=True)):
            if not _put(page, line, place, value, styles):
                raise DoesNotFit(
                    _("A cell of Excel holds at most %(most)s letters, and %(column)s of %(id)s in %(sheet)s has more.")
                    % {"most": f"{MOST_LETTERS:,}", "column": column.name, "id": values["id"], "sheet": sheet.name}
                )
    page.autofilter(0, 0, max(line, 1), len(sheet.columns) - 1)
    return line


def _put(page: Worksheet, line: int, place: int, value: Any, styles: _Styles) -> bool:
    """Writes one cell; False where it would not hold all of the value."""
    match value:
        case None | ():
            return True
        case bool():
            return page.write_boolean(line, place, value) == 0
        case int() | float() if abs(value) < _MOST_DIGITS:
            return page.write_number(line, place, value) == 0
        case dt.date() if value.year >= _FIRST_YEAR:
            return page.write_datetime(line, place, value, styles.date) == 0
        case tuple():
            return _put_text(page, line, place, ";".join(value))
        case _:
            return _put_text(page, line, place, str(value))


def _put_text(page: Worksheet, line: int, place: int, text: str, style: Format | None = None) -> bool:
    if text.startswith("<r>") and text.endswith("</r>"):
        # Without a list of shared texts the library takes such a text for mark-up of its own.
        return page.write_rich_string(line, place, text[:1], text[1:2], text[2:]) == 0
    return page.write_string(line, place, text, style) == 0


def _width(column: Column) -> int:
    """Room for what is common in a column, in letters."""
    if column.is_list or column.refers_to or column.name == "id":
        usual = 24
    elif column.type == "string":
        usual = 16 if column.enum else 40
    else:
        usual = 11
    return max(usual, len(column.name) + 4)


def _introduce(page: Worksheet, about: About, written: Sequence[tuple[Sheet, int]], styles: _Styles) -> None:
    page.set_column(0, 0, 18)
    page.set_column(1, 1, 24)
    page.set_column(2, 2, 22)
    page.set_column(3, 3, 100)
    page.write_string(0, 0, about.title, styles.title)
    line = 2
    for label, text in about.told:
        page.write_string(line, 0, label, styles.label)
        _put_text(page, line, 1, text)
        line += 1
    line = _head(page, line + 1, (_("Sheet"), _("Rows"), "", _("What a row is")), styles)
    for sheet, rows in written:
        page.write_string(line, 0, sheet.name)
        page.write_number(line, 1, rows)
        page.write_string(line, 3, str(sheet.description), styles.wrapped)
        line += 1
    line = _head(page, line + 1, (_("Sheet"), _("Column"), _("Holds"), _("What it means")), styles)
    for sheet, _rows in written:
        for column in sheet.columns:
            cells = (sheet.name, column.name, Entry(column, ()).kind)
            for place, text in enumerate(cells):
                page.write_string(line, place, text)
            page.write_string(line, 3, " ".join(str(column.description).split()), styles.wrapped)
            line += 1


def _head(page: Worksheet, line: int, labels: Sequence[str], styles: _Styles) -> int:
    """Writes the head of a list in the first sheet and gives the line below it."""
    for place, label in enumerate(labels):
        page.write_string(line, place, label, styles.head)
    return line + 1
