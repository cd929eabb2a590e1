"""A folder with a dataset in, its rows as text out, each with the line where it stands; nothing is believed yet."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from agreements.dataset import schema
from agreements.dataset.rows import Row

LONGEST_CELL = 1_000_000
Progress = Callable[[str, int, int], None]
"""Told the stage, how much of it is done, and how much there is."""


def silently(stage: str, done: int, total: int) -> None:
    """A Progress that says nothing."""


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One thing that is wrong with a dataset: where, what stands there, and what was expected.

    `line` is the physical line on which the row starts, None where a file as a whole is meant. For a record that is
    not in the package `file` is "desk:" with the record's table and id, and `line` is None.
    """

    file: str
    line: int | None = None
    column: str = ""
    value: str = ""
    expected: str

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        what = f"{self.column}: " if self.column else ""
        found = f"found {_shown(self.value)}, " if self.value or self.column else ""
        return f"{place}: {what}{found}expected {self.expected}"


@dataclass(frozen=True)
class Line:
    """One row: the file and physical line where it starts, and its cells as far as they are known.

    That of a record that is not in the package has "desk:" with its table and id for a file, and no number.
    """

    file: str
    number: int | None
    cells: Row

    @property
    def place(self) -> str:
        """Where it stands, as seen from its own file."""
        return self.file if self.number is None else f"line {self.number}"

    def fault(self, column: str, expected: str, value: str | None = None) -> Fault:
        """A fault of this row; `value` is that of the cell unless given."""
        value = self.cells.get(column, "") if value is None else value
        return Fault(file=self.file, line=self.number, column=column, value=value, expected=expected)


@dataclass
class Package:
    """What was read: the descriptor's text and each table's lines.

    Of the tables in `incomplete` some rows could not be told apart: an id that is not among their lines may be there
    all the same.
    """

    descriptor: str = ""
    lines: dict[str, list[Line]] = field(default_factory=lambda: {table: [] for table in schema.TABLES})
    incomplete: set[str] = field(default_factory=set)
    faults: list[Fault] = field(default_factory=list)


def read(directory: Path, *, progress: Progress = silently) -> Package:
    """The package in a folder, with all that is wrong in how its files are written; other files are ignored."""
    package = Package()
    if not directory.is_dir():
        package.faults.append(Fault(file=str(directory), expected="a folder with a dataset's files"))
        package.incomplete |= set(schema.TABLES)
        return package
    package.descriptor = _read_descriptor(directory / schema.DESCRIPTOR_FILE, package.faults)
    for done, table in enumerate(schema.TABLES.values(), start=1):
        _read_table(directory / table.file, table, package)
        progress("Reading tables", done, len(schema.TABLES))
    return package


def _read_text(path: Path, faults: list[Fault]) -> str | None:
    """The text of a file, where it cannot be decoded with U+FFFD; None where there is nothing to go on."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        faults.append(Fault(file=path.name, expected="this file, which every dataset has"))
        return None
    except OSError as error:
        faults.append(Fault(file=path.name, value=error.strerror or "", expected="a file that can be read"))
        return None
    if not data:
        faults.append(Fault(file=path.name, expected="a file that is not empty"))
        return None
    if data.startswith(b"\xef\xbb\xbf"):
        faults.append(Fault(file=path.name, line=1, value="\ufeff", expected="UTF-8 without a byte order mark"))
        data = data[3:]
    try:
        return data.decode()
    except UnicodeDecodeError:
        for number, line in enumerate(data.split(b"\n"), start=1):
            try:
                line.decode()
            except UnicodeDecodeError as error:
                wrong = "".join(f"\\x{byte:02x}" for byte in line[error.start : error.end])
                faults.append(Fault(file=path.name, line=number, value=wrong, expected="text in UTF-8"))
        return data.decode(errors="replace")


def _read_table(path: Path, table: schema.Table, package: Package) -> None:
    text = _read_text(path, package.faults)
    if text is None:
        package.incomplete.add(table.name)
        return
    if "\r\n" in text:
        first = text.count("\n", 0, text.index("\r\n")) + 1
        package.faults.append(Fault(file=table.file, line=first, value="\r\n", expected="lines that end in LF alone"))
        text = text.replace("\r\n", "\n")
    rows = _rows(text, table, package)
    _number, header = next(rows, (1, []))
    known = _check_header(header, table, package.faults)
    if not known or "id" not in header:
        package.incomplete.add(table.name)
    for number, cells in rows:
        if len(cells) == len(header):
            found = dict(zip(header, cells, strict=True)) if known else {}
        else:
            package.faults.append(
                Fault(
                    file=table.file,
                    line=number,
                    value=",".join(cells),
                    expected=f"{len(header)} cells as in the header, not {len(cells)}",
                )
            )
            # The first cell still names the row, so that what refers to it is not called broken as well.
            found = {"id": cells[0]} if cells and header[:1] == ["id"] else {}
        package.lines[table.name].append(
            Line(table.file, number, {name: found[name] for name in table.column_names if name in found})
        )


def _rows(text: str, table: schema.Table, package: Package) -> Iterator[tuple[int, list[str]]]:
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline="\n"), strict=True)
    while True:
        start = reader.line_num + 1
        try:
            yield start, next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            package.incomplete.add(table.name)
            package.faults.append(
                Fault(
                    file=table.file,
                    line=start,
                    value=text.split("\n")[start - 1],
                    expected=f"a row of well-formed CSV ({error})",
                )
            )


def _check_header(header: list[str], table: schema.Table, faults: list[Fault]) -> bool:
    """Whether each cell can be told its column; each column that is missing, extra or out of place is a fault."""

    def fault(column: str, value: str, expected: str) -> None:
        faults.append(Fault(file=table.file, line=1, column=column, value=value, expected=expected))

    wanted = table.column_names
    for name in wanted:
        if name not in header:
            fault(name, "", f"a column named {name}")
    for name in dict.fromkeys(header):
        if name not in wanted:
            fault(name, name, f"only the columns {', '.join(wanted)}")
        elif header.count(name) > 1:
            fault(name, name, "each column once")
    if sorted(header) == sorted(wanted) and header != wanted:
        name, expected = next(pair for pair in zip(header, wanted, strict=True) if pair[0] != pair[1])
        fault(name, name, f"the column {expected} in its place: the order is {', '.join(wanted)}")
    return len(set(header)) == len(header)


def _read_descriptor(path: Path, faults: list[Fault]) -> str:
    text = _read_text(path, faults)
    if text is None:
        return ""
    try:
        descriptor = json.loads(text)
    except json.JSONDecodeError as error:
        faults.append(Fault(file=path.name, line=error.lineno, expected=f"well-formed JSON ({error.msg})"))
    except (ValueError, RecursionError) as error:
        faults.append(Fault(file=path.name, expected=f"JSON that can be read ({error})"))
    else:
        faults += (
            Fault(file=path.name, column=place, value=value, expected=expected)
            for place, value, expected in _differences(descriptor)
        )
    return text


def _differences(descriptor: Any) -> Iterator[tuple[str, str, str]]:
    """Where a descriptor describes other tables or columns than ours: place, value, what was expected."""
    resources = descriptor.get("resources") if isinstance(descriptor, dict) else None
    if not isinstance(resources, list) or not all(isinstance(resource, dict) for resource in resources):
        yield "resources", _json(resources), "a JSON object with a list of the tables under resources"
        return
    names = [str(resource.get("name")) for resource in resources]
    theirs = dict(zip(names, resources, strict=True))
    for name in theirs:
        if name not in schema.TABLES:
            yield name, name, f"only the tables {', '.join(schema.TABLES)}"
        elif names.count(name) > 1:
            yield name, name, "each table once"
    for own in schema.DESCRIPTOR["resources"]:
        name = own["name"]
        if name not in theirs:
            yield name, "", f"a table named {name}"
            continue
        for key in ("path", "encoding", "dialect"):
            if theirs[name].get(key, own[key]) != own[key]:
                yield f"{name}.{key}", _json(theirs[name].get(key)), _json(own[key])
        yield from _schema_differences(name, theirs[name].get("schema"), own["schema"])


def _schema_differences(table: str, theirs: Any, own: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    fields = theirs.get("fields") if isinstance(theirs, dict) else None
    if not isinstance(fields, list) or not all(isinstance(item, dict) for item in fields):
        yield f"{table}.schema", _json(theirs), "a schema with a list of the columns under fields"
        return
    names, wanted = [item.get("name") for item in fields], [item["name"] for item in own["fields"]]
    if names != wanted:
        yield f"{table}.schema.fields", ", ".join(map(str, names)), f"the columns {', '.join(wanted)}"
    else:
        for found, field_ in zip(fields, own["fields"], strict=True):
            for key in sorted((found.keys() | field_.keys()) - {"description", "title"}):
                if found.get(key) != field_.get(key):
                    yield f"{table}.{field_['name']}.{key}", _json(found.get(key)), _json(field_.get(key))
    for key in ("primaryKey", "foreignKeys", "missingValues"):
        if theirs.get(key) != own.get(key):
            yield f"{table}.schema.{key}", _json(theirs.get(key)), _json(own.get(key))


def _json(value: Any) -> str:
    return "nothing" if value is None else json.dumps(value, ensure_ascii=False)


def _shown(value: str) -> str:
    """A value for a line of a terminal: control characters spelled out, a long text cut in the middle."""
    shown = repr(value) if value else "nothing"
    return shown if len(shown) <= 120 else f"{shown[:80]} … {shown[-30:]}"
