"""An act of publishing: what it does to records, what it remembers, and that it happens whole or not at all."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agreements import publication
from agreements.models import Assessment, Source
from agreements.vocabulary import State
from tests.factories import make_assessment, make_source

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2025, 12, 1, 12, tzinfo=dt.UTC)
LATER = NOON + dt.timedelta(days=1)


def times(record):
    record.refresh_from_db()
    return record.state, record.published_at, record.withdrawn_at, record.withdrawal_reason


def test_a_draft_that_is_published_was_added():
    draft = make_source(state=State.DRAFT)
    with publication.act(at=NOON) as act:
        act.publish(draft)
    assert (act.added, act.changed, act.withdrawn) == ([draft], [], [])
    assert times(draft) == (State.PUBLISHED, NOON, None, "")


def test_a_new_record_may_be_published_at_once():
    source = Source(id="new", title="New", language="en", publisher="The Gazette", kind="news")
    with publication.act(at=NOON) as act:
        act.publish(source)
    assert act.added == [source]
    assert times(source) == (State.PUBLISHED, NOON, None, "")


def test_a_published_record_that_is_published_again_was_changed_and_keeps_its_first_time():
    source = make_source(state=State.DRAFT)
    with publication.act(at=NOON) as act:
        act.publish(source)
    source.title = "Corrected"
    with publication.act(at=LATER) as act:
        act.publish(source)
    assert (act.added, act.changed) == ([], [source])
    assert times(source) == (State.PUBLISHED, NOON, None, "")
    assert Source.objects.get(pk=source.pk).title == "Corrected"


def test_a_withdrawal_says_when_and_why_and_coming_back_forgets_it():
    source = make_source()
    first = source.published_at
    with publication.act(at=NOON) as act:
        act.withdraw([source], reason="Forged.")
    assert (act.added, act.changed, act.withdrawn) == ([], [], [source])
    assert times(source) == (State.WITHDRAWN, first, NOON, "Forged.")
    with publication.act(at=LATER) as act:
        act.publish(source)
    assert act.added == [source]
    assert times(source) == (State.PUBLISHED, first, None, "")


def test_a_withdrawal_without_a_reason_is_refused():
    with pytest.raises(ValueError, match="reason"), publication.act() as act:
        act.withdraw([make_source()], reason=" ")


@pytest.mark.parametrize("state", [State.DRAFT, State.IN_REVIEW, State.WITHDRAWN])
def test_what_is_not_published_cannot_be_withdrawn(state):
    source = make_source(state=state)
    before = times(source)
    with publication.act() as act:
        act.withdraw([source], reason="Forged.")
    assert act.is_empty
    assert times(source) == before


def test_publishing_many_leaves_alone_what_is_published_already():
    drafts, published = [make_source(state=State.DRAFT), make_assessment(state=State.IN_REVIEW)], make_source()
    with publication.act(at=NOON) as act:
        act.publish_all([*drafts, published])
    assert (act.added, act.changed) == (drafts, [])
    assert [times(draft)[:2] for draft in drafts] == [(State.PUBLISHED, NOON)] * 2


def test_bulk_acts_keep_a_history_and_take_as_many_queries_for_many_records_as_for_few():
    def queries_for(number):
        records = [make_source(state=State.DRAFT) for _ in range(number)]
        with CaptureQueriesContext(connection) as queries, publication.act() as act:
            act.publish_all(records)
            act.withdraw(records, reason="Forged.")
        assert all(
            [entry.state for entry in record.history.all()] == [State.WITHDRAWN, State.PUBLISHED, State.DRAFT]
            for record in records
        )
        return len(queries)

    assert queries_for(2) == queries_for(20)


def test_an_act_that_does_nothing_is_empty_and_one_that_does_is_not():
    with publication.act() as act:
        act.publish_all([make_source()])
    assert act.is_empty
    with publication.act() as act:
        act.publish(make_source(state=State.DRAFT))
    assert not act.is_empty


def test_an_act_that_fails_leaves_no_trace():
    draft = make_assessment(state=State.DRAFT)
    entries = Assessment.history.count()

    def publish_and_fail():
        with publication.act() as act:
            act.publish(draft)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        publish_and_fail()
    assert times(draft)[0] == State.DRAFT
    assert Assessment.history.count() == entries


def test_marking_alone_writes_nothing():
    source = make_source(state=State.DRAFT)
    with CaptureQueriesContext(connection) as queries, publication.act(at=NOON) as act:
        started = len(queries)
        act.mark_published(source)
        act.mark_withdrawn(source, reason="Forged.")
        assert len(queries) == started
    assert (act.added, act.withdrawn) == ([source], [source])
    assert (source.state, source.published_at, source.withdrawn_at) == (State.WITHDRAWN, NOON, NOON)
