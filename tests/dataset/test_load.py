"""What a load does to a database that is empty, that an earlier load filled, and that editors worked in since."""

import datetime as dt
import json

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from agreements import publication
from agreements.dataset.dump import dump
from agreements.dataset.load import Refused, is_empty, load
from agreements.dataset.rows import MODELS, row_of
from agreements.models import (
    Agreement,
    Assessment,
    Country,
    Edition,
    Official,
    Payment,
    Revision,
    Source,
    Statement,
    StatusChange,
)
from agreements.vocabulary import State
from tests.factories import make_assessment, make_source, make_statement, make_status_change

pytestmark = pytest.mark.django_db

SAID = "olivier-nduhungirehe-2025-05-04"
FOUND = "rwa-unhcr-2025"


def counts(report):
    return report.added, report.changed, report.withdrawn, report.unchanged


def conflicts(report):
    return [(conflict.table, conflict.id, conflict.reason) for conflict in report.conflicts]


def refused(folder, **options):
    """The faults of a load that is refused, as plain tuples."""
    with pytest.raises(Refused) as caught:
        load(folder, **options)
    return [(fault.file, fault.line, fault.column, fault.value, fault.expected) for fault in caught.value.faults]


def at_the_desk(record, **values):
    """An editor's correction."""
    with publication.act() as act:
        for name, value in values.items():
            setattr(record, name, value)
        act.publish(record)


def withdraw_at_the_desk(record):
    with publication.act() as act:
        act.withdraw([record], reason="Made in error.")


def everything():
    """All rows of all tables, histories and editions included."""
    models = [*MODELS.values(), *(model.history.model for model in MODELS.values()), Edition, Revision]
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models}


# --- Into an empty database -----------------------------------------------------------------------


def test_every_row_becomes_a_published_record_with_its_lists_in_order(dataset, folder):
    dataset.change("agreements", "us-rw-2025", sources="gazette-2;gazette-1")
    moment = dt.datetime(2025, 12, 1, 12, tzinfo=dt.UTC)
    report = load(dataset.write(folder), at=moment)
    assert counts(report) == (15, 0, 0, 0)
    agreement = Agreement.objects.get()
    assert (agreement.state, agreement.published_at) == (State.PUBLISHED, moment)
    assert [link.source_id for link in agreement.citations.all()] == ["gazette-2", "gazette-1"]
    for table, model in MODELS.items():
        assert {record.pk: row_of(record) for record in model.objects.all()} == {
            row["id"]: row for row in dataset.rows[table]
        }
        assert all(record.loaded_row == row_of(record) for record in model.objects.all())
        assert model.history.count() == model.objects.count()


def test_the_addresses_of_sources_are_compared_from_the_first_load_on(dataset, folder):
    load(dataset.write(folder))
    assert Source.objects.get(pk="gazette-1").url_key == "gazette.example/1"


def test_a_load_keeps_its_note_and_the_descriptor_byte_for_byte(dataset, folder):
    dataset.descriptor = dataset.descriptor.replace('"2026.11.23"', '"2027.01.01"') + "\n\n"
    load(dataset.write(folder), note="First edition")
    kept = Edition.objects.get()
    assert (kept.note, kept.descriptor) == ("First edition", dataset.descriptor)
    assert dump()["datapackage.json"] == (folder / "datapackage.json").read_bytes()


def test_a_load_has_postgresql_count_what_it_plans_queries_for_and_one_that_changes_nothing_does_not(dataset, folder):
    dataset.write(folder)
    counted = []
    for _time in (1, 2):
        with CaptureQueriesContext(connection) as asked:
            load(folder)
        counted.append({query["sql"] for query in asked if query["sql"].startswith("ANALYZE")})
    assert (f'ANALYZE "{Statement._meta.db_table}"' in counted[0]) == (connection.vendor == "postgresql")
    assert counted[1] == set()


def test_a_faulty_package_loads_nothing(dataset, folder):
    dataset.change("sources", "gazette-2", kind="rumour")
    assert [fault[:4] for fault in refused(dataset.write(folder))] == [("sources.csv", 3, "kind", "rumour")]
    assert is_empty()
    assert not Edition.objects.exists()


def test_each_load_makes_one_edition_of_all_that_it_did(dataset, folder):
    load(dataset.write(folder))
    dataset.drop("assessments", FOUND)
    dataset.change("payments", "us-rw-2025-payment-1", note="Corrected.")
    dataset.add("sources", like="gazette-2", id="gazette-3", url="")
    moment = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    load(dataset.write(folder), note="Second", at=moment)
    first, second = Edition.objects.order_by("number")
    assert (first.number, first.descriptor, first.revisions.count()) == (1, dataset.descriptor, 15)
    assert (second.number, second.note, second.made_at, second.descriptor) == (2, "Second", moment, "")
    assert set(second.revisions.values_list("kind", "table", "record", "reason")) == {
        ("withdrawn", "assessments", FOUND, "Second"),
        ("changed", "payments", "us-rw-2025-payment-1", ""),
        ("added", "sources", "gazette-3", ""),
    }


def test_a_source_that_nothing_cites_is_loaded_with_a_warning(dataset, folder):
    dataset.add("sources", like="gazette-2", id="gazette-3", url="")
    report = load(dataset.write(folder))
    assert [warning.value for warning in report.warnings] == ["gazette-3"]
    assert Source.objects.filter(pk="gazette-3").exists()


def test_a_database_with_a_single_draft_is_not_empty():
    assert is_empty()
    make_source(state=State.DRAFT)
    assert not is_empty()


def test_progress_is_told_of_every_table(dataset, folder):
    told = []
    load(dataset.write(folder), progress=lambda *step: told.append(step))
    stages = ["Reading tables", "Checking tables", "Comparing tables", "Writing tables"]
    assert told == [(stage, done, 11) for stage in stages for done in range(1, 12)]


# --- Over an earlier load -------------------------------------------------------------------------


def test_the_same_package_again_writes_nothing_at_all(dataset, folder):
    load(dataset.write(folder))
    before = everything()
    with CaptureQueriesContext(connection) as queries:
        report = load(folder, note="Again")
    assert counts(report) == (0, 0, 0, 15)
    assert everything() == before
    assert not [query for query in queries if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]


def test_another_descriptor_with_the_same_rows_is_kept_as_an_edition(dataset, folder):
    load(dataset.write(folder))
    dataset.descriptor = dataset.descriptor.replace('"2026.11.23"', '"2027.01.01"')
    assert counts(load(dataset.write(folder), note="New words")) == (0, 0, 0, 15)
    edition = Edition.objects.get(number=2)
    assert (edition.note, edition.descriptor, edition.revisions.count()) == ("New words", dataset.descriptor, 0)
    load(folder)
    assert Edition.objects.count() == 2
    assert json.loads(dump()["datapackage.json"])["version"] == "2027.01.01"


def test_a_row_that_differs_is_corrected_with_its_list_and_its_history(dataset, folder):
    load(dataset.write(folder), at=dt.datetime(2025, 12, 1, tzinfo=dt.UTC))
    dataset.change("agreements", "us-rw-2025", cap="", sources="gazette-2", summary="What became of it.")
    assert counts(load(dataset.write(folder))) == (0, 1, 0, 14)
    agreement = Agreement.objects.get()
    assert (agreement.cap, agreement.summary) == (None, "What became of it.")
    assert agreement.published_at == dt.datetime(2025, 12, 1, tzinfo=dt.UTC)
    assert [(link.source_id, link.position) for link in agreement.citations.all()] == [("gazette-2", 0)]
    assert agreement.loaded_row == dataset.row("agreements", "us-rw-2025")
    assert [entry.history_type for entry in agreement.history.all()] == ["~", "+"]


def test_a_list_in_another_order_is_a_change(dataset, folder):
    load(dataset.write(folder))
    dataset.change("transfers", "us-rw-2025-transfer-1", nationalities="RWA;USA")
    assert counts(load(dataset.write(folder))) == (0, 1, 0, 14)
    assert b",RWA;USA," in dump()["transfers.csv"]


def test_a_correction_moves_the_time_of_the_last_save(dataset, folder):
    load(dataset.write(folder))
    before = Assessment.objects.get().updated_at
    dataset.change("assessments", FOUND, summary="More was found.")
    load(dataset.write(folder))
    assert Assessment.objects.get().updated_at > before


def test_an_internal_note_survives_a_correction(dataset, folder):
    load(dataset.write(folder))
    Assessment.objects.update(internal_note="Ask them.")
    dataset.change("assessments", FOUND, summary="More was found.")
    assert counts(load(dataset.write(folder)))[1] == 1
    assert Assessment.objects.get().internal_note == "Ask them."


def test_a_row_that_is_gone_is_withdrawn_with_the_note_for_a_reason(dataset, folder):
    load(dataset.write(folder))
    moment = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    report = load(dataset.drop("assessments", FOUND).write(folder), note="Out of scope", at=moment)
    assert counts(report) == (0, 0, 1, 14)
    record = Assessment.objects.get()
    assert (record.state, record.withdrawn_at, record.withdrawal_reason) == (State.WITHDRAWN, moment, "Out of scope")
    assert record.loaded_row == {}
    assert record.history.first().state == State.WITHDRAWN
    assert counts(load(folder)) == (0, 0, 0, 14)


def test_a_withdrawal_without_a_note_still_says_why(dataset, folder):
    load(dataset.write(folder))
    load(dataset.drop("assessments", FOUND).write(folder), at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    assert Assessment.objects.get().withdrawal_reason == "Not in the dataset that was loaded on 2026-01-01."


def test_a_withdrawn_row_that_comes_back_is_published_again(dataset, folder):
    complete = dataset.copy()
    first = dt.datetime(2025, 12, 1, tzinfo=dt.UTC)
    load(dataset.write(folder), at=first)
    load(dataset.drop("assessments", FOUND).write(folder))
    assert counts(load(complete.write(folder))) == (1, 0, 0, 14)
    record = Assessment.objects.get()
    assert (record.state, record.published_at) == (State.PUBLISHED, first)
    assert (record.withdrawn_at, record.withdrawal_reason) == (None, "")


def test_a_whole_negotiation_can_go_and_come_back(dataset, folder):
    complete = dataset.copy()
    load(dataset.write(folder))
    before = dump()
    for table in dataset.rows:
        if table != "countries":
            dataset.rows[table] = []
    assert counts(load(dataset.write(folder))) == (0, 0, 13, 2)
    assert counts(load(complete.write(folder))) == (13, 0, 0, 2)
    assert dump() == before


def test_two_sources_may_exchange_their_addresses(dataset, folder):
    load(dataset.write(folder))
    dataset.change("sources", "gazette-1", url="https://gazette.example/2")
    dataset.change("sources", "gazette-2", url="https://gazette.example/1")
    assert counts(load(dataset.write(folder))) == (0, 2, 0, 13)
    assert Source.objects.get(pk="gazette-1").url_key == "gazette.example/2"


def test_a_new_source_may_take_the_address_of_one_that_moved_or_went(dataset, folder):
    dataset.add("sources", like="gazette-2", id="gazette-3", url="https://gazette.example/3")
    load(dataset.write(folder))
    dataset.change("sources", "gazette-1", url="https://gazette.example/new")
    dataset.drop("sources", "gazette-3")
    dataset.add("sources", like="gazette-2", id="aaa-1", url="https://gazette.example/1")
    dataset.add("sources", like="gazette-2", id="aaa-3", url="https://gazette.example/3")
    assert counts(load(dataset.write(folder))) == (2, 1, 1, 14)


def test_two_countries_may_exchange_their_codes_and_slugs(dataset, folder):
    load(dataset.write(folder))
    dataset.change("countries", "RWA", alpha2="US", slug="united-states")
    dataset.change("countries", "USA", alpha2="RW", slug="rwanda")
    for table in dataset.rows:
        if table not in ("countries", "sources"):
            dataset.rows[table] = []
    assert counts(load(dataset.write(folder))) == (0, 2, 11, 2)
    assert Country.objects.get(pk="RWA").slug == "united-states"


def test_the_code_of_a_withdrawn_country_stays_taken(dataset, folder):
    dataset.add("countries", like="RWA", id="OLD", alpha2="OL", slug="old", name="Old")
    load(dataset.write(folder))
    dataset.change("countries", "OLD", id="NEW")
    assert refused(dataset.write(folder)) == [
        ("countries.csv", 4, "alpha2", "OL", "a value of its own: desk: countries/OLD has this one"),
        ("countries.csv", 4, "slug", "old", "a value of its own: desk: countries/OLD has this one"),
    ]


@pytest.mark.parametrize("change", ["none", "corrected", "gone", "new"])
def test_the_number_of_queries_does_not_grow_with_the_rows(dataset, folder, change):
    def queries_of_a_load(rows):
        wide = dataset.copy()
        for number in range(rows):
            wide.add("statements", like=SAID, id=f"statement-{number}")
        with transaction.atomic():
            if change != "new":
                load(wide.write(folder))
            if change == "corrected":
                for row in wide.rows["statements"]:
                    row.update(summary="Corrected.", sources="gazette-1")
            if change == "gone":
                wide.rows["statements"] = []
            with CaptureQueriesContext(connection) as queries:
                report = load(wide.write(folder))
            transaction.set_rollback(True)
        assert sum(counts(report)) == 15 + rows
        return len(queries)

    assert queries_of_a_load(2) == queries_of_a_load(30)


# --- Over work at the desk ------------------------------------------------------------------------


@pytest.fixture
def loaded(dataset, folder):
    load(dataset.write(folder))
    return dataset


def test_what_was_changed_at_the_desk_is_left_and_listed_even_where_the_package_did_not_change(loaded, folder):
    at_the_desk(Assessment.objects.get(), summary="Corrected by an editor.", title="Better title")
    report = load(loaded.write(folder))
    assert counts(report) == (0, 0, 0, 14)
    assert conflicts(report) == [
        ("assessments", FOUND, "changed at the desk; the package differs in title, summary"),
    ]
    assert Assessment.objects.get().summary == "Corrected by an editor."


def test_replace_lets_the_package_win(loaded, folder):
    at_the_desk(Assessment.objects.get(), summary="Corrected by an editor.")
    report = load(loaded.write(folder), replace=True)
    assert (counts(report), conflicts(report)) == ((0, 1, 0, 14), [])
    assert Assessment.objects.get().summary == "What was found."


def test_a_correction_that_both_made_is_adopted_and_the_record_follows_the_package_again(loaded, folder):
    at_the_desk(Assessment.objects.get(), summary="Corrected.")
    loaded.change("assessments", FOUND, summary="Corrected.")
    made = Edition.objects.count()
    entries = Assessment.history.count()
    report = load(loaded.write(folder))
    assert (counts(report), conflicts(report)) == ((0, 0, 0, 15), [])
    assert (Edition.objects.count(), Assessment.history.count()) == (made, entries)
    loaded.change("assessments", FOUND, summary="Corrected again.")
    assert counts(load(loaded.write(folder))) == (0, 1, 0, 14)


def test_what_was_withdrawn_at_the_desk_stays_withdrawn(loaded, folder):
    withdraw_at_the_desk(Assessment.objects.get())
    report = load(loaded.write(folder))
    assert conflicts(report) == [("assessments", FOUND, "withdrawn at the desk; the package still has it")]
    assert Assessment.objects.get().state == State.WITHDRAWN


def test_replace_publishes_again_what_was_withdrawn_at_the_desk(loaded, folder):
    withdraw_at_the_desk(Assessment.objects.get())
    assert counts(load(loaded.write(folder), replace=True)) == (1, 0, 0, 14)
    assert Assessment.objects.get().state == State.PUBLISHED


def test_what_both_withdrew_is_settled_without_a_word(loaded, folder):
    withdraw_at_the_desk(Assessment.objects.get())
    report = load(loaded.drop("assessments", FOUND).write(folder))
    assert (counts(report), conflicts(report)) == ((0, 0, 0, 14), [])
    record = Assessment.objects.get()
    assert (record.loaded_row, record.withdrawal_reason) == ({}, "Made in error.")


@pytest.mark.parametrize("state", [State.DRAFT, State.IN_REVIEW])
def test_a_draft_of_the_same_id_is_left_and_stays_a_draft_even_where_it_says_the_same(loaded, folder, state):
    loaded.add("assessments", like=FOUND, id="rwa-2026")
    make_assessment("rwa-2026", title="Observations", summary="What was found.", sources=[], state=state)
    report = load(loaded.write(folder))
    words = {State.DRAFT: "draft", State.IN_REVIEW: "in review"}[state]
    assert conflicts(report) == [("assessments", "rwa-2026", f"{words} at the desk; the package has it published")]
    assert Assessment.objects.get(pk="rwa-2026").state == state


def test_replace_publishes_a_draft_of_the_same_id_as_the_package_has_it(loaded, folder):
    loaded.add("assessments", like=FOUND, id="rwa-2026", summary="The package's words.")
    make_assessment("rwa-2026", state=State.DRAFT)
    assert counts(load(loaded.write(folder), replace=True)) == (1, 0, 0, 15)
    record = Assessment.objects.get(pk="rwa-2026")
    assert (record.state, record.summary) == (State.PUBLISHED, "The package's words.")
    assert [link.source_id for link in record.citations.all()] == ["gazette-1"]


def test_a_record_made_at_the_desk_and_not_in_the_package_is_none_of_the_loads_business(loaded, folder):
    make_assessment("made-here", sources=[Source.objects.first()])
    make_assessment("draft-here", sources=[Source.objects.first()], state=State.DRAFT)
    report = load(loaded.write(folder), replace=True)
    assert (counts(report), conflicts(report)) == ((0, 0, 0, 15), [])
    assert Assessment.objects.get(pk="made-here").state == State.PUBLISHED


def test_a_record_made_at_the_desk_that_the_package_has_differently_is_a_conflict(loaded, folder):
    make_assessment("rwa-2026", summary="An editor's words.", sources=[Source.objects.get(pk="gazette-1")])
    loaded.add("assessments", like=FOUND, id="rwa-2026")
    report = load(loaded.write(folder))
    assert conflicts(report) == [("assessments", "rwa-2026", "made at the desk; the package differs in summary")]
    assert counts(load(folder, replace=True)) == (0, 1, 0, 15)


def test_a_record_made_at_the_desk_that_comes_back_in_the_package_belongs_to_the_package_from_then_on(loaded, folder):
    made = make_assessment("rwa-2026", sources=[Source.objects.get(pk="gazette-1")])
    loaded.rows["assessments"].append(row_of(made))
    assert counts(load(loaded.write(folder))) == (0, 0, 0, 16)
    assert counts(load(loaded.drop("assessments", "rwa-2026").write(folder))) == (0, 0, 1, 15)


def test_what_was_changed_at_the_desk_is_not_withdrawn(loaded, folder):
    at_the_desk(Assessment.objects.get(), summary="Corrected by an editor.")
    report = load(loaded.drop("assessments", FOUND).write(folder))
    assert counts(report) == (0, 0, 0, 14)
    assert conflicts(report) == [("assessments", FOUND, "changed at the desk; the package no longer has it")]
    assert counts(load(folder, replace=True)) == (0, 0, 1, 14)


def test_what_was_published_again_at_the_desk_after_a_load_withdrew_it_stays(loaded, folder):
    load(loaded.drop("assessments", FOUND).write(folder))
    at_the_desk(Assessment.objects.get())
    report = load(loaded.write(folder))
    assert conflicts(report) == [("assessments", FOUND, "changed at the desk; the package no longer has it")]
    assert Assessment.objects.get().state == State.PUBLISHED


def test_nothing_is_withdrawn_that_a_record_of_the_desk_refers_to(loaded, folder):
    make_statement(id="said-here", agreements=[Agreement.objects.get()], sources=[Source.objects.get(pk="gazette-2")])
    for table in loaded.rows:
        loaded.rows[table] = []
    report = load(loaded.write(folder), replace=True)
    statement = "the package no longer has it, but statements/said-here at the desk refers to it"
    agreement = "the package no longer has it, but agreements/us-rw-2025 at the desk refers to it"
    left = {(table, id): reason for table, id, reason in conflicts(report)}
    assert left.pop(("agreements", "us-rw-2025")) == statement
    assert left.pop(("sources", "gazette-2")) in (statement, agreement)
    assert left.pop(("sources", "gazette-1")) == agreement
    assert left.pop(("countries", "USA")) == agreement
    assert set(left) == {("countries", "RWA")}
    assert Agreement.objects.get().state == State.PUBLISHED
    assert Payment.objects.published().count() == StatusChange.objects.published().count() == 0


def test_a_draft_does_not_hold_back_a_withdrawal(loaded, folder):
    make_statement(
        Official.objects.get(), id="draft-here", agreements=[Agreement.objects.get()], sources=[], state=State.DRAFT
    )
    for table in loaded.rows:
        loaded.rows[table] = []
    report = load(loaded.write(folder))
    assert (report.withdrawn, conflicts(report)) == (15, [])
    assert Statement.objects.get(pk="draft-here").state == State.DRAFT


def test_a_step_of_the_desk_and_one_of_the_package_at_the_same_place_refuse_the_load(loaded, folder):
    make_status_change(Agreement.objects.get(), id="desk-3", step=3, sources=[Source.objects.get(pk="gazette-1")])
    loaded.add("status_changes", like="us-rw-2025-2", id="us-rw-2025-3", step="3")
    before = everything()
    assert refused(loaded.write(folder)) == [
        ("desk: status_changes/desk-3", None, "step", "3", "a step of its own: line 4 is step 3 of us-rw-2025")
    ]
    assert everything() == before


def test_a_row_that_rests_on_what_was_withdrawn_at_the_desk_refuses_the_load(loaded, folder):
    loaded.add("sources", like="gazette-2", id="gazette-3", url="")
    load(loaded.write(folder))
    withdraw_at_the_desk(Source.objects.get(pk="gazette-3"))
    loaded.change("assessments", FOUND, sources="gazette-3")
    assert refused(loaded.write(folder)) == [
        ("assessments.csv", 2, "sources", "gazette-3", "a record of sources that would be public after the load")
    ]
    assert Assessment.objects.get().citations.get().source_id == "gazette-1"


@pytest.mark.parametrize("state", [State.PUBLISHED, State.DRAFT])
def test_an_address_that_a_source_of_the_desk_has_refuses_the_load(loaded, folder, state):
    make_source("made-here", url="https://gazette.example/3", state=state)
    loaded.add("sources", like="gazette-2", id="gazette-3", url="http://gazette.example/3/")
    ((_file, _line, column, _value, expected),) = refused(loaded.write(folder))
    assert column == "url"
    assert expected.startswith("an address of its own: ")


def test_an_address_that_a_withdrawn_source_of_the_desk_had_is_free(loaded, folder):
    make_source("made-here", url="https://gazette.example/3", state=State.WITHDRAWN)
    loaded.add("sources", like="gazette-2", id="gazette-3", url="https://gazette.example/3")
    assert load(loaded.write(folder)).added == 1
