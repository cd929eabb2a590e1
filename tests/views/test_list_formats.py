"""For any filter, the rows of a list are the same records in the same order, on its page and in every format."""

from __future__ import annotations

import os
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agreements import publication
from agreements.filters import AgreementFilter, ChoicesFilter, ListFilter
from agreements.models import Agreement, Official, Statement
from agreements.views.files import LISTS
from tests.views.list_readers import READERS

pytestmark = pytest.mark.django_db
EXAMPLES = 100 if os.environ.get("TEST_LONG") == "1" else 5

WORDS = ["rwanda", "asylum", "the", "minister of", "é", "no such word", "%"]
PERIODS = ["2018", "2024-06", "2025", "2025-05-04", "2025-07", "2026"]
MOMENTS = ["", "", "", "edition=1", "edition=1&as_of=2025-06-01"]
COUNTRIES = ("country", "sender", "receiver")


def editions_in_a_row() -> None:
    """A few acts of publishing more, so that the edition log has something to filter."""
    for name in ("Corrected once.", "Corrected twice."):
        with publication.act(note=name) as act:
            official = Official.objects.published().order_by("pk")[3]
            official.name += " the Younger"
            act.publish(official)
            agreement = Agreement.objects.published().order_by("pk")[5]
            agreement.summary += " And so on."
            act.publish(agreement)
    with publication.act(note="Taken out.") as act:
        act.withdraw([Statement.objects.published().order_by("pk").first()], reason="Recorded twice.")


def possible(filterset: ListFilter) -> dict[str, list[str]]:
    """Values for each parameter of a list that may find something."""
    parties = AgreementFilter.records().values_list("sender", "receiver")
    countries = sorted({party for pair in parties for party in pair})
    values = {"q": WORDS, "from": PERIODS, "to": PERIODS, "changed": ["1", "30", "36500"]}
    for name, each in filterset.filters.items():
        if isinstance(each, ChoicesFilter):
            choices = [str(value) for value, _label in filterset.form.fields[name].choices]
            values[name] = countries if name in COUNTRIES else choices
    return {name: values[name] for name in filterset.filters if name in values}


def drawn(data: st.DataObject, filterset: ListFilter) -> str:
    """The end of an address: up to three parameters with up to three values, an order, a state of the record."""
    values = possible(filterset)
    names = data.draw(st.lists(st.sampled_from(sorted(values)), unique=True, max_size=3), label="parameters")
    parameters = []
    for name in names:
        several = isinstance(filterset.filters[name], ChoicesFilter)
        chosen = st.lists(st.sampled_from(values[name]), min_size=1, max_size=3 if several else 1, unique=True)
        parameters += [(name, value) for value in data.draw(chosen, label=name)]
    given_period = dict(parameters)
    if given_period.get("from", "") > given_period.get("to", "9"):
        parameters = [pair for pair in parameters if pair[0] != "to"]
    orders = ["", *filterset.filters["sort"].orders]
    if sort := data.draw(st.sampled_from(orders), label="sort"):
        parameters.append(("sort", sort))
    moment = data.draw(st.sampled_from(MOMENTS), label="moment")
    return "&".join(part for part in (urlencode(parameters), moment) if part)


@pytest.mark.parametrize("name", LISTS)
def test_every_format_has_the_rows_of_the_page(name, shipped):
    if name == "changes":
        editions_in_a_row()
    page, _table = LISTS[name]
    empty = page.filterset_class(QueryDict(""), queryset=page.filterset_class.records())
    found = set()

    @settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.too_slow])
    @given(st.data())
    def holds(data):
        query = drawn(data, empty)
        rows = {kind: read(shipped, name, query) for kind, read in READERS.items()}
        assert rows == dict.fromkeys(READERS, rows["page"]), query
        found.add(len(rows["page"]))

    holds()
    assert len(found) > 1, "every filter found as much: nothing was tested"


def test_a_file_has_every_row_whatever_page_is_asked_for(shipped):
    whole = READERS["page"](shipped, "agreements", "")
    assert len(whole) > 50
    for kind in ("csv", "xlsx"):
        assert READERS[kind](shipped, "agreements", "page=2") == whole
