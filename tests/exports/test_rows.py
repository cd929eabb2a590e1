"""Rows that are read a few at a time are those that fetched records would give."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agreements.dataset.rows import MODELS
from agreements.exports import rows
from agreements.exports.rows import rows_of
from agreements.exports.tables import EXPORTS
from agreements.filters import StatementFilter
from agreements.models import Source, Statement
from tests.exports.test_tables import LISTED

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 1, 1)


@pytest.mark.parametrize("name", EXPORTS)
def test_rows_are_the_values_of_the_records_in_the_order_of_the_query(name, shipped, monkeypatch):
    monkeypatch.setattr(rows, "BATCH", 30)
    table = EXPORTS[name]
    records = LISTED[name].records() if name in LISTED else MODELS[name].objects.published()
    ordered = records.order_by("-pk")
    assert list(rows_of(table, ordered, day=DAY)) == [
        table.values(record, day=DAY) for record in table.prepare(ordered)
    ]


def test_what_a_page_fetches_besides_the_records_is_not_asked_for(shipped):
    records = StatementFilter.records().order_by("pk").select_related("official__country").with_sources()
    with CaptureQueriesContext(connection) as queries:
        found = list(rows_of(EXPORTS["statements"], records, day=DAY))
    assert len(found) == Statement.objects.published().count()
    assert len(queries) == 5
    assert not [query["sql"] for query in queries if "agreements_country" in query["sql"]]


@pytest.mark.parametrize("name", ["agreements", "statements", "officials"])
def test_the_number_of_queries_grows_with_the_batches_and_not_with_the_rows(name, shipped, monkeypatch):
    records, asked = LISTED[name].records().order_by("pk"), []
    for most in (10, 80):
        monkeypatch.setattr(rows, "BATCH", most)
        with CaptureQueriesContext(connection) as queries:
            list(rows_of(EXPORTS[name], records[:most], day=DAY))
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_an_id_is_looked_for_among_thousands_in_one_parameter(shipped):
    ids = [*Source.objects.values_list("pk", flat=True), *(f"none-{n}" for n in range(5000)), "';--", 'a"b']
    assert Source.objects.filter(pk__among=ids).count() == Source.objects.count()
    assert Source.objects.filter(pk__among=[]).count() == 0
    assert Statement.objects.filter(official__id__among=["paul-kagame"]).exists()
