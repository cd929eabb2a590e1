"""What follows from a record and stands beside its own columns."""

import datetime as dt

import pytest

from agreements.exports.tables import EXPORTS
from agreements.filters import AgreementFilter
from tests import factories

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 1, 1)
MAY = dt.date(2025, 5, 1)


def rows_of_agreements() -> list[dict]:
    table = EXPORTS["agreements"]
    return [table.values(record, day=DAY) for record in table.prepare(AgreementFilter.records())]


def test_an_agreement_tells_where_it_stands_and_how_many_were_moved():
    agreement = factories.make_agreement()
    factories.make_status_change(
        agreement=agreement, step=1, status="reported", date=dt.date(2025, 5, 1), precision="month"
    )
    factories.make_status_change(agreement=agreement, step=2, status="operating", date=dt.date(2025, 8, 1))
    factories.make_transfer(agreement=agreement, people_low=8, people_high=12)
    factories.make_transfer(agreement=agreement, people_low=None, people_high=None)
    [row] = rows_of_agreements()
    assert (row["status"], row["since"], row["since_precision"]) == ("operating", dt.date(2025, 8, 1), "day")
    assert (row["first_report"], row["first_report_precision"]) == (dt.date(2025, 5, 1), "month")
    assert (row["groups_moved"], row["groups_without_count"]) == (2, 1)
    assert (row["moved_low"], row["moved_high"], row["total_low"]) == (8, 12, None)
    assert row["address"] == "http://testserver/agreements/us-rw-2025/"


def test_of_groups_that_nobody_counted_no_number_is_given():
    factories.make_transfer(people_low=None, people_high=None)
    [row] = rows_of_agreements()
    assert (row["moved_low"], row["moved_high"], row["groups_moved"]) == (None, None, 1)
