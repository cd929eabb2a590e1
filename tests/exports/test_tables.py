"""What a row of each table says when it is taken away."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agreements.dataset.rows import MODELS, row_of
from agreements.dataset.schema import TABLES
from agreements.exports.tables import EXPORTS
from agreements.filters import AgreementFilter, CountryFilter, EditionFilter, OfficialFilter, StatementFilter

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 1, 1)
LISTED = {
    "agreements": AgreementFilter,
    "statements": StatementFilter,
    "officials": OfficialFilter,
    "countries": CountryFilter,
    "editions": EditionFilter,
}


def rows(name: str) -> list[dict]:
    table = EXPORTS[name]
    records = LISTED[name].records() if name in LISTED else MODELS[name].objects.published()
    return [table.values(record, day=DAY) for record in table.prepare(records.order_by("pk"))]


@pytest.mark.parametrize("name", MODELS)
def test_the_datasets_columns_come_first_with_its_names_and_in_its_order(name):
    names = [column.name for column in EXPORTS[name].columns]
    own = TABLES[name].column_names
    assert names[: len(own)] == own
    assert names[0] == "id"
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("name", EXPORTS)
def test_a_row_has_a_value_for_each_column_and_no_other(name, shipped):
    found = rows(name)
    columns = {column.name: column for column in EXPORTS[name].columns}
    kinds = {"string": str, "integer": int, "number": float, "boolean": bool, "date": dt.date}
    assert found
    for row in found:
        assert list(row) == list(columns)
        for column, value in row.items():
            if columns[column].is_list:
                assert isinstance(value, tuple), column
            else:
                assert value is None or type(value) is kinds[columns[column].type], column
            if columns[column].enum and value:
                assert value in columns[column].enum, column


@pytest.mark.parametrize("name", MODELS)
def test_its_own_columns_say_what_the_dataset_says(name, shipped):
    records = {record.pk: record for record in MODELS[name].objects.published()}
    for row in rows(name):
        cells = row_of(records[row["id"]])
        for column in TABLES[name].columns:
            value = row[column.name]
            assert cells[column.name] == (";".join(value) if column.is_list else as_cell(value)), column.name


def as_cell(value) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case float():
            whole, _point, decimals = repr(value).partition(".")
            return f"{whole}.{decimals:0<2}"
        case _:
            return str(value)


@pytest.mark.parametrize("name", EXPORTS)
def test_the_number_of_queries_does_not_grow_with_the_rows(name, shipped):
    table = EXPORTS[name]
    records = LISTED[name].records() if name in LISTED else MODELS[name].objects.published()
    asked = []
    for most in (1, 1000):
        with CaptureQueriesContext(connection) as queries:
            found = [table.values(record, day=DAY) for record in table.prepare(records.order_by("pk"))[:most]]
        asked.append(len(queries))
    assert len(found) > 1 or name == "editions"
    assert asked[0] == asked[1]
