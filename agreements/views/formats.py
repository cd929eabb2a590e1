"""In which formats a list can be taken away, and the address of each: that of the list with another ending."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Format:
    """One format of a list: its name, its media type, the address of the list in it."""

    label: str
    type: str
    address: str


FORMATS = (
    ("CSV", "text/csv", ".csv"),
    ("XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx"),
)


def formats_of(path: str, query: str) -> list[Format]:
    """The list at a path in every format, filtered and sorted as `query` says."""
    end = f"?{query}" if query else ""
    return [Format(label, kind, f"{path.rstrip('/')}{ending}{end}") for label, kind, ending in FORMATS]
