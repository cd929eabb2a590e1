"""The tables of the API: by what each is narrowed, and a record as the row that a program is given."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet

from agreements.dataset.rows import LISTS, MODELS, Value
from agreements.dataset.schema import TABLES
from agreements.exports.tables import EXPORTS, Table
from agreements.filters import (
    AgreementFilter,
    AnyCountryFilter,
    AssessmentFilter,
    EditionFilter,
    ListFilter,
    OfficialFilter,
    PaymentFilter,
    PositionFilter,
    ProceedingFilter,
    SourceFilter,
    StatementFilter,
    StatusChangeFilter,
    TransferFilter,
)
from agreements.models import Edition

_NUMBER = re.compile(r"[1-9][0-9]{0,8}")

Row = dict[str, Value | list["Row"]]


@dataclass(frozen=True)
class Served:
    """One table as the API serves it."""

    table: Table
    filters: type[ListFilter]
    title: str
    description: str

    @property
    def name(self) -> str:
        """Its name in an address."""
        return self.table.name.replace("_", "-")

    @property
    def model(self) -> type[Model]:
        return MODELS.get(self.table.name, Edition)

    @property
    def cites(self) -> bool:
        """Whether its records rest on sources."""
        return any(column.name == "sources" for column in LISTS.get(self.table.name, ()))

    def records(self) -> QuerySet:
        """Its public records, with all that their rows need, in a number of queries that does not grow with them."""
        records = self.filters.every()
        return self.table.prepare(records.with_sources() if self.cites else records)

    def record(self, id: str) -> Any | None:
        """One of them."""
        # PostgreSQL cannot even be asked for a NUL, nor for a number that is none of its own.
        if "\0" in id or (self.model is Edition and not _NUMBER.fullmatch(id)):
            return None
        return self.records().filter(pk=id).first()

    def row(self, record: Any, *, day: dt.date) -> Row:
        """What a program is told of one of these records; `cited_sources` are the rows of its `sources`, in order."""
        values = self.table.values(record, day=day)
        if not self.cites:
            return values
        sources = EXPORTS["sources"]
        return values | {"cited_sources": [sources.own_values(each.source) for each in record.citations.all()]}


_FILTERS: Mapping[str, type[ListFilter]] = {
    "countries": AnyCountryFilter,
    "agreements": AgreementFilter,
    "status_changes": StatusChangeFilter,
    "payments": PaymentFilter,
    "transfers": TransferFilter,
    "proceedings": ProceedingFilter,
    "assessments": AssessmentFilter,
    "officials": OfficialFilter,
    "positions": PositionFilter,
    "statements": StatementFilter,
    "sources": SourceFilter,
}

SERVED: dict[str, Served] = {
    served.name: served
    for served in (
        *(Served(EXPORTS[name], _FILTERS[name], each.title, each.description) for name, each in TABLES.items()),
        Served(
            EXPORTS["editions"],
            EditionFilter,
            "Editions",
            "Each act of publishing makes a numbered edition of the whole record: what it added, changed and withdrew.",
        ),
    )
}
"""The tables by their name in an address, in the dataset's order, the edition log last."""
