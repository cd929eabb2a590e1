"""What holds of every table at the desk."""

import os

import pytest
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteMixin
from django.contrib.auth.models import Permission
from django.db import connection
from django.db.models import ForeignKey, ManyToManyField
from django.test.utils import CaptureQueriesContext

from agreements import publication
from agreements.dataset.rows import LISTS, TABLE_OF
from agreements.dataset.schema import TABLES as DATASET
from agreements.models import Agreement, Country, Edition, Position, Source, Statement, StatusChange, Transfer
from agreements.vocabulary import State
from tests import factories
from tests.admin.desk import EDITED, RECORDS, TABLES, address, against_the_policy, errors, filled, read, send

pytestmark = pytest.mark.usefixtures("one_person")

# A sample that has each kind of column and of list; `make test-long` takes every table.
SAMPLE = EDITED if os.environ.get("TEST_LONG") == "1" else [Agreement, Country, Source, Statement, Transfer]

every_table = pytest.mark.parametrize("model", [*SAMPLE, Edition], ids=lambda model: model.__name__)
every_record = pytest.mark.parametrize("model", SAMPLE, ids=lambda model: model.__name__)


def test_every_record_of_the_dataset_has_its_desk():
    assert set(RECORDS) <= set(TABLES)
    assert len(RECORDS) == 11


@every_table
def test_the_list_shows_the_record_and_where_it_stands(desk, one_of, model):
    record = one_of(model)
    page = read(desk, address(model, "changelist"))
    rows = page.select("#result_list tbody tr")
    assert address(model, "change", record.pk) in [row.a["href"] for row in rows if row.a]
    if model is not Edition:
        assert {badge.text for badge in page.select("#result_list .badge-published")} == {"Published"}


@every_record
def test_a_search_finds_a_record_by_its_id_and_nothing_by_nonsense(desk, one_of, model):
    record = one_of(model)
    found = read(desk, address(model, "changelist"), q=record.pk)
    assert [row.a["href"].split("?")[0] for row in found.select("#result_list tbody tr")] == [
        address(model, "change", record.pk)
    ]
    assert not read(desk, address(model, "changelist"), q="no such thing").select("#result_list tbody tr")


@every_record
def test_the_add_page_asks_for_every_word_of_the_record_and_for_no_state(desk, one_of, model):
    one_of(model)
    fields = {field["name"] for field in read(desk, address(model, "add")).select("#content-main form [name]")}
    wanted = {field.name for field in model._meta.fields if field.editable}
    wanted |= set(DATASET[TABLE_OF[model]].column_names)
    assert wanted <= fields
    assert not fields & {"state", "published_at", "withdrawn_at", "withdrawal_reason", "loaded_row"}


@every_record
def test_the_change_page_shows_the_id_the_state_and_the_times_as_they_are(desk, one_of, model):
    record = one_of(model)
    page = read(desk, address(model, "change", record.pk))
    assert page.select_one(".field-id .readonly").text == record.pk
    assert page.select_one(".field-state_badge .badge").text == "Published"
    assert page.select_one(".field-published_at .readonly").text.strip() not in ("", "-")
    assert "id" not in filled(page)


@every_record
def test_saving_a_change_page_as_it_stands_is_accepted(desk, one_of, model):
    record = one_of(model)
    status, page = send(desk, address(model, "change", record.pk), internal_note="Looked at again.")
    assert (status, errors(page)) == (302, [])
    assert model.objects.get(pk=record.pk).internal_note == "Looked at again."


@every_record
def test_the_history_names_who_changed_what_from_which_version_to_which(desk, one_of, model, chief):
    record = one_of(model)
    send(desk, address(model, "change", record.pk), internal_note="Looked at again.")
    newest, first = read(desk, address(model, "history", record.pk)).select("#change-history > tbody > tr")[:2]
    assert record.history.count() == 2
    number, _when, who, what, _note, _changes = [
        cell.get_text(" ", strip=True) for cell in newest.find_all(["th", "td"], recursive=False)
    ]
    assert (number, who, what) == ("2", chief.username, "Changed")
    change = [cell.text for cell in newest.select(".desk-differences tbody tr > *")]
    assert change == ["Internal note", "–", "Looked at again."]
    assert first.select_one("th").text == "1"
    assert not newest.select(".way-back")
    assert first.select_one(".way-back")["href"].startswith(address(model, "change", record.pk))


@every_record
def test_the_form_opens_with_an_older_version(desk, one_of, model):
    record = one_of(model)
    column = next(
        column for column in ("note", "summary", "title", "name") if column in DATASET[TABLE_OF[model]].column_names
    )
    before = getattr(record, column)
    send(desk, address(model, "change", record.pk), **{column: "Another text"})
    assert getattr(model.objects.get(pk=record.pk), column) == "Another text"
    link = read(desk, address(model, "history", record.pk)).select(".way-back")[-1]["href"]
    page = read(desk, link)
    assert filled(page)[column] == before
    assert page.select_one(".field-state_badge .badge").text == "Published"
    assert against_the_policy(page) == []
    assert send(desk, link)[0] == 302
    assert getattr(model.objects.get(pk=record.pk), column) == before
    assert [version.history_change_reason for version in record.history.all()][:2] == ["Corrected.", "Corrected."]


@every_record
@pytest.mark.parametrize("state", [State.PUBLISHED, State.WITHDRAWN])
def test_what_was_public_cannot_be_deleted(desk, one_of, model, state):
    record = one_of(model, state=state)
    assert desk.post(address(model, "delete", record.pk), {"post": "yes"}).status_code == 403
    assert not read(desk, address(model, "change", record.pk)).select(".deletelink")
    assert model.objects.filter(pk=record.pk).exists()


@every_record
def test_a_draft_can_be_discarded_from_its_own_page_alone(desk, one_of, model):
    record = one_of(model, state=State.DRAFT)
    desk.post(
        address(model, "changelist"),
        {"action": "delete_selected", "_selected_action": record.pk, "post": "yes"},
    )
    assert model.objects.filter(pk=record.pk).exists()
    assert not read(desk, address(model, "changelist")).select('option[value="delete_selected"]')
    assert read(desk, address(model, "change", record.pk)).select(".deletelink")
    assert desk.post(address(model, "delete", record.pk), {"post": "yes"}).status_code == 302
    assert not model.objects.filter(pk=record.pk).exists()


@every_record
@pytest.mark.parametrize("state", [State.DRAFT, State.PUBLISHED, State.WITHDRAWN])
def test_no_form_moves_a_state_or_its_times(desk, one_of, model, state):
    record = one_of(model, state=state)
    before = model.objects.values(
        "state", "published_at", "withdrawn_at", "withdrawal_reason", "created_at", "loaded_row"
    )
    was = before.get(pk=record.pk)
    status, _page = send(
        desk,
        address(model, "change", record.pk),
        state="in-review",
        published_at_0="2001-01-01",
        published_at_1="00:00",
        published_at="2001-01-01",
        withdrawn_at="2001-01-01",
        withdrawal_reason="Because.",
        loaded_row="{}",
        created_at="2001-01-01",
    )
    assert status == 302
    assert before.get(pk=record.pk) == was


@every_record
def test_going_back_to_an_old_version_does_not_move_the_state(desk, one_of, model):
    record = one_of(model, state=State.DRAFT)
    draft = record.history.first()
    with publication.act() as act:
        act.publish_all([record])
    status, _page = send(desk, f"{address(model, 'change', record.pk)}?version={draft.pk}", internal_note="Back.")
    assert status == 302
    kept = model.objects.get(pk=record.pk)
    assert (kept.state, kept.published_at) == (State.PUBLISHED, record.published_at)
    assert kept.history.first().state == State.PUBLISHED


@every_record
def test_who_may_only_look_sees_the_history_and_no_way_back(client, one_of, model, django_user_model):
    record = one_of(model)
    reader = django_user_model.objects.create_user("reader", password="a long enough password", is_staff=True)
    reader.user_permissions.set(Permission.objects.filter(codename=f"view_{model._meta.model_name}"))
    record.internal_note = "Another version"
    record.save()
    client.force_login(reader)
    page = read(client, address(model, "history", record.pk))
    assert len(page.select("#change-history > tbody > tr")) == 2
    assert not page.select(".way-back")
    version = f"{address(model, 'change', record.pk)}?version={record.history.last().pk}"
    assert client.post(version, {}).status_code == 403
    assert record.history.count() == 2


@pytest.mark.django_db
@every_record
def test_every_reference_is_found_by_autocomplete(rf, chief, model):
    request = rf.get("/")
    request.user = chief
    desk = admin.site._registry[model]
    forms = [(model, desk.get_form(request))]
    for inline in desk.get_inline_instances(request):
        formset = inline.get_formset(request)
        forms.append((inline.model, formset.form))
        parents = {formset.fk.name}
        missing = {
            field.name
            for field in inline.model._meta.fields
            if isinstance(field, ForeignKey)
            and field.editable
            and field.name not in parents | set(formset.form.base_fields)
        }
        assert not missing, f"{inline.model.__name__} cannot be filled in"
    for table, form in forms:
        for field in table._meta.get_fields():
            if isinstance(field, ForeignKey | ManyToManyField) and field.name in form.base_fields:
                widget = form.base_fields[field.name].widget
                assert isinstance(getattr(widget, "widget", widget), AutocompleteMixin), (
                    f"{table.__name__}.{field.name}"
                )


@every_record
def test_every_list_of_a_record_is_filled_in_by_autocomplete(desk, model):
    page = read(desk, address(model, "add"))
    for column in LISTS[TABLE_OF[model]]:
        assert page.select_one(f"select[multiple].admin-autocomplete[name={column.name}]")


@every_table
def test_pages_keep_to_the_content_security_policy(desk, one_of, model):
    record = one_of(model)
    paths = [address(model, "changelist"), address(model, "change", record.pk)]
    if model is not Edition:
        paths += [address(model, "add"), address(model, "history", record.pk)]
    for path in paths:
        response = desk.get(path)
        assert "script-src 'self'" in response.headers["Content-Security-Policy"]
        assert "style-src 'self'" in response.headers["Content-Security-Policy"]
        assert against_the_policy(read(desk, path)) == [], path


def test_the_first_page_names_the_desk(desk):
    page = read(desk, "/admin/")
    assert page.select_one("#site-name").text.strip() == "Third Country Tracker: the editors’ desk"
    assert against_the_policy(page) == []
    assert [link["href"] for link in page.select('link[rel="stylesheet"]') if "css/admin" in link["href"]]


def rows_of(model: type, number: int) -> None:
    """`number` more records, each with references of its own, so that a query per row shows."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    start = factories.Country.objects.count()
    for i in range(start, start + number):
        code = f"Z{letters[i // 26]}{letters[i % 26]}"
        receiver = factories.make_country(code, alpha2=code[1:], slug=f"land-{code.lower()}")
        agreement = factories.make_agreement(receiver=receiver)
        official = factories.make_official(country=receiver)
        make = {
            "Position": lambda o=official: factories.make_position(o),
            "Statement": lambda o=official, a=agreement: factories.make_statement(o, agreements=[a]),
            "StatusChange": lambda a=agreement: factories.make_status_change(a),
            "Transfer": lambda a=agreement: factories.make_transfer(a, nationalities=["VNM"]),
            "Payment": lambda a=agreement: factories.make_payment(a, part_of=factories.make_payment(a)),
            "Proceeding": lambda a=agreement: factories.make_proceeding(agreements=[a]),
            "Assessment": lambda r=receiver: factories.make_assessment(country=r),
        }.get(model.__name__)
        if make:
            make()


@every_record
def test_a_list_costs_the_same_queries_however_long_it_is(desk, model):
    read(desk, address(model, "changelist"))  # fills the cache of content types
    counts = []
    for number in (3, 9):
        with factories.together():
            rows_of(model, number)
        with CaptureQueriesContext(connection) as queries:
            page = read(desk, address(model, "changelist"))
        counts.append(len(queries))
        shown = len(page.select("#result_list tbody tr"))
    assert shown > 9
    assert counts[0] == counts[1], f"{counts} queries"


@pytest.mark.parametrize("model", [Agreement, Statement, Source, StatusChange, Position], ids=lambda m: m.__name__)
def test_a_history_costs_the_same_queries_however_long_it_is(desk, one_of, model):
    record = one_of(model)
    read(desk, address(model, "history", record.pk))  # fills the cache of content types
    counts = []
    for number in (3, 9):
        for i in range(number):
            record.internal_note = f"{number} {i}"
            record.save()
        with CaptureQueriesContext(connection) as queries:
            read(desk, address(model, "history", record.pk))
        counts.append(len(queries))
    assert counts[0] == counts[1], f"{counts} queries"


@every_table
def test_every_filter_of_a_list_leads_somewhere(desk, one_of, model):
    one_of(model)
    page = read(desk, address(model, "changelist"))
    for link in page.select("#changelist-filter-extra-actions a, #changelist-filter a"):
        read(desk, address(model, "changelist") + link["href"])


def test_the_edition_log_can_be_read_and_not_touched(desk, one_of):
    edition = one_of(Edition)
    assert desk.get(address(Edition, "add")).status_code == 403
    assert desk.post(address(Edition, "change", edition.pk), {"note": "x"}).status_code == 403
    assert desk.post(address(Edition, "delete", edition.pk), {"post": "yes"}).status_code == 403
    assert "First load" in read(desk, address(Edition, "change", edition.pk)).text
