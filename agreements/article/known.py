"""What the tracker knows already, as far as reading an article needs it: plain values, wherever they came from."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field


@dataclass(frozen=True)
class KnownCountry:
    """`id` is the alpha-3 code, `names` whatever it is called besides what the gazetteer lists."""

    id: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class KnownOfficial:
    """Who spoke before: `kind` is one of OfficialKind, `country` an alpha-3 code or empty, `offices` titles."""

    id: str
    name: str
    kind: str = "person"
    country: str = ""
    offices: tuple[str, ...] = ()


@dataclass(frozen=True)
class KnownChange:
    """A status change on record, with the first day of its period."""

    id: str
    status: str
    date: dt.date
    precision: str = "day"


@dataclass(frozen=True)
class KnownAgreement:
    """`sender` and `receiver` are alpha-3 codes; `changes` in the order of their steps."""

    id: str
    sender: str
    receiver: str
    title: str = ""
    instrument: str = ""
    changes: tuple[KnownChange, ...] = ()

    @property
    def year(self) -> int:
        """The year in its id, 0 where there is none."""
        return next((int(part) for part in self.id.split("-") if len(part) == 4 and part.isdecimal()), 0)


@dataclass(frozen=True)
class KnownStatement:
    """A statement on record: `official` is the id of who spoke."""

    id: str
    official: str
    quote: str


@dataclass(frozen=True)
class Known:
    """All of it; empty where the tracker knows nothing yet."""

    countries: tuple[KnownCountry, ...] = field(default=())
    officials: tuple[KnownOfficial, ...] = field(default=())
    agreements: tuple[KnownAgreement, ...] = field(default=())
    statements: tuple[KnownStatement, ...] = field(default=())
