"""Accounts of the desk: who may make and change them, what ends a session, who reads the log of sign-ins."""

import pytest
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_otp.plugins.otp_totp.models import TOTPDevice

from agreements.roles import ROLES, role_of
from tests.admin.desk import address, against_the_policy, errors, filled, read, send
from tests.admin.test_signing_in import said
from tests.factories import make_editor

PASSWORD = "correct horse battery"
LOGS = [AccessAttempt, AccessFailureLog, AccessLog]
every_log = pytest.mark.parametrize("log", LOGS, ids=lambda model: model.__name__)


@pytest.fixture
def grace(db: None) -> User:
    return make_editor("grace", role="administrator", password=PASSWORD)


@pytest.fixture
def office(client: Client, grace: User) -> Client:
    """A browser in which the administrator `grace` is signed in."""
    client.force_login(grace)
    return client


@pytest.fixture
def ada(db: None) -> User:
    return make_editor("ada", password=PASSWORD)


@pytest.fixture
def adas(ada: User) -> Client:
    """A browser in which the editor `ada` is signed in."""
    client = Client()
    client.force_login(ada)
    return client


def change(user: User) -> str:
    return address(User, "change", user.pk)


def password_of(user: User) -> str:
    return f"/admin/auth/user/{user.pk}/password/"


def second_factor_of(user: User) -> str:
    return f"/admin/auth/user/{user.pk}/second-factor/"


def is_signed_in(client: Client) -> bool:
    return client.get("/admin/").status_code == 200


# --- Who looks after accounts ---------------------------------------------------------------------
def test_an_administrator_sees_each_account_with_its_role_and_second_factor(office, ada):
    TOTPDevice.objects.create(user=ada, name="desk")
    rows = read(office, address(User, "changelist")).select("#result_list tbody tr")
    shown = [
        (
            row.select_one(".field-username a").text,
            row.select_one(".field-role").text.strip(),
            row.select_one(".field-second_factor").text.split(" on ")[0],
        )
        for row in rows
    ]
    assert shown == [("ada", "Editor", "Set up"), ("grace", "Administrator", "Not set up")]


def test_the_list_takes_as_many_queries_for_many_accounts_as_for_few(office):
    counts = []
    for names in (["ada"], [f"ada-{number}" for number in range(12)]):
        for name in names:
            make_editor(name)
        with CaptureQueriesContext(connection) as queries:
            read(office, address(User, "changelist"))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_list_can_be_narrowed_to_a_role(office, ada):
    for role, names in {"editor": ["ada"], "administrator": ["grace"], "contributor": []}.items():
        rows = read(office, address(User, "changelist"), role=role).select("#result_list .field-username a")
        assert [row.text for row in rows] == names


@pytest.mark.parametrize("role", ["contributor", "editor"])
def test_others_neither_see_nor_change_an_account(client, grace, role):
    user = make_editor("bob", role=role)
    client.force_login(user)
    for path in (address(User, "changelist"), address(User, "add"), change(grace), password_of(grace)):
        assert client.get(path).status_code == 403, path
    for path in (address(User, "add"), change(user), change(grace), password_of(grace), second_factor_of(grace)):
        assert client.post(path, {"username": "mallory", "role": "administrator"}).status_code == 403, path
    assert role_of(User.objects.get(username="bob")) == role


def test_neither_groups_nor_devices_have_pages():
    assert not {Group, TOTPDevice} & set(admin.site._registry)


@pytest.mark.parametrize("role", ROLES)
def test_an_account_is_made_with_a_name_a_role_and_a_password(office, role):
    page = read(office, address(User, "add"))
    assert against_the_policy(page) == []
    assert [field["value"] for field in page.select("[name=role]")] == ROLES
    values = {"username": "bob", "role": role, "password1": PASSWORD, "password2": PASSWORD}
    assert send(office, address(User, "add"), **values)[0] == 302
    bob = User.objects.get(username="bob")
    assert (bob.is_staff, bob.is_superuser, role_of(bob)) == (True, False, role)
    assert bob.check_password(PASSWORD)


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"role": "chief"}, "Select a valid choice. chief is not one of the available choices."),
        ({"role": ""}, "This field is required."),
        ({"username": "Grace"}, "A user with that username already exists."),
        ({"password2": "another one"}, "The two password fields didn’t match."),
        (
            {"password1": "short", "password2": "short"},
            "This password is too short. It must contain at least 12 characters.",
        ),
    ],
)
def test_a_faulty_account_is_refused_in_words(office, values, why):
    given = {"username": "bob", "role": "editor", "password1": PASSWORD, "password2": PASSWORD}
    status, page = send(office, address(User, "add"), **{**given, **values})
    assert (status, errors(page)) == (200, [why])
    assert User.objects.count() == 1


def test_a_role_is_changed_and_nothing_is_given_by_hand(office, ada):
    page = read(office, change(ada))
    assert against_the_policy(page) == []
    assert set(filled(page)) == {"csrfmiddlewaretoken", "username", "role", "email", "is_active"}
    by_hand = {"is_superuser": "on", "is_staff": "", "user_permissions": "1", "groups": "1", "password": "x"}
    assert send(office, change(ada), role="contributor", email="ada@tracker.example", **by_hand)[0] == 302
    before = ada.password
    ada = User.objects.get(pk=ada.pk)
    assert (ada.is_staff, ada.is_superuser, ada.email, ada.password) == (True, False, "ada@tracker.example", before)
    assert [group.name for group in ada.groups.all()] == ["contributor"]
    assert not ada.user_permissions.exists()


def test_the_form_shows_the_role_that_the_account_has(office, ada):
    assert [field["value"] for field in read(office, change(ada)).select("[name=role][checked]")] == ["editor"]


def test_nobody_deletes_an_account(office, desk, ada):
    for client in (office, desk):
        assert client.post(address(User, "delete", ada.pk), {"post": "yes"}).status_code == 403
        assert not read(client, change(ada)).select(".deletelink")
        assert not read(client, address(User, "changelist")).select('option[value="delete_selected"]')
    assert User.objects.filter(pk=ada.pk).exists()


@pytest.mark.parametrize("values", [{"role": "contributor"}, {"is_active": ""}])
def test_nobody_demotes_or_deactivates_himself(office, grace, values):
    page = read(office, change(grace))
    assert {field["name"] for field in page.select("[disabled]")} == {"role", "is_active"}
    form = {**filled(page), "username": "grace", "role": "administrator", "is_active": "on", **values}
    assert office.post(change(grace), form).status_code == 302
    grace = User.objects.get(pk=grace.pk)
    assert (role_of(grace), grace.is_active) == ("administrator", True)


def test_a_superuser_is_changed_by_a_superuser_only(grace, chief):
    client = Client()
    client.force_login(grace)
    page = read(client, change(chief))
    assert not page.select("#user_form input:not([type=hidden])")
    assert page.select_one(".field-role .readonly").text == "Superuser"
    assert client.get(password_of(chief)).status_code == 403
    for path in (change(chief), password_of(chief), second_factor_of(chief)):
        assert (
            client.post(path, {"username": "mallory", "password1": PASSWORD, "password2": PASSWORD}).status_code == 403
        )
    other = User.objects.create_superuser("other")
    client.force_login(other)
    assert send(client, change(chief), email="chief@tracker.example")[0] == 302
    chief = User.objects.get(pk=chief.pk)
    assert (chief.username, chief.email, chief.is_superuser) == ("chief", "chief@tracker.example", True)


# --- What ends a session --------------------------------------------------------------------------
def test_a_deactivated_account_is_signed_out_for_good(office, ada, adas):
    assert is_signed_in(adas)
    assert send(office, change(ada), is_active="")[0] == 302
    form = {**filled(read(office, change(ada))), "is_active": "on"}
    assert office.post(change(ada), form).status_code == 302
    assert User.objects.get(pk=ada.pk).is_active
    assert not is_signed_in(adas)
    assert is_signed_in(office)


def test_an_account_that_is_only_changed_stays_signed_in(office, ada, adas):
    send(office, change(ada), email="ada@tracker.example")
    assert is_signed_in(adas)


def test_an_administrator_sets_a_password_which_signs_the_account_out(office, ada, adas):
    new = "another correct horse"
    page = read(office, password_of(ada))
    assert against_the_policy(page) == []
    assert set(filled(page)) == {"csrfmiddlewaretoken", "username", "password1", "password2"}
    status, _page = send(office, password_of(ada), password1=new, password2=new)
    assert status == 302
    assert User.objects.get(pk=ada.pk).check_password(new)
    assert not is_signed_in(adas)


@pytest.mark.parametrize(
    "values", [{"usable_password": "false", "unset-password": "1"}, {"password1": "123", "password2": "123"}]
)
def test_a_password_is_neither_taken_away_nor_made_weak(office, ada, values):
    status, page = send(office, password_of(ada), **values)
    assert status == 200
    assert errors(page)
    assert User.objects.get(pk=ada.pk).check_password(PASSWORD)


def test_an_administrator_resets_a_second_factor_which_signs_the_account_out(office, ada, adas):
    for confirmed in (True, False):
        TOTPDevice.objects.create(user=ada, name="desk", confirmed=confirmed)
    form = read(office, change(ada)).select_one(".object-tools form[method=post]")
    assert form["action"] == second_factor_of(ada)
    answer = office.post(form["action"])
    assert answer["Location"] == change(ada)
    assert said(read(office, change(ada))) == ["The second factor of ada is reset: the next sign-in sets up a new one."]
    assert not TOTPDevice.objects.exists()
    assert not is_signed_in(adas)
    assert is_signed_in(office)
    assert LogEntry.objects.get(object_id=str(ada.pk)).get_change_message() == "Reset the second factor."


def test_to_look_at_the_address_of_a_reset_resets_nothing(office, ada):
    TOTPDevice.objects.create(user=ada, name="desk")
    assert office.get(second_factor_of(ada))["Location"] == change(ada)
    assert TOTPDevice.objects.exists()


def test_who_resets_his_own_second_factor_signs_in_anew(office, grace, settings):
    TOTPDevice.objects.create(user=grace, name="desk")
    assert office.post(second_factor_of(grace)).status_code == 302
    assert not is_signed_in(office)
    settings.REQUIRE_TOTP = True
    office.force_login(grace)
    assert read(office, "/admin/second-factor/").select_one("h1").text == "Set up your second factor"


def test_of_an_account_that_there_is_not_nothing_is_reset(office):
    assert office.post("/admin/auth/user/999/second-factor/")["Location"] == "/admin/"


# --- Who signed in --------------------------------------------------------------------------------
@pytest.fixture
def logged(db: None, settings) -> None:
    """A sign-in, a failure, and an attempt that counts towards a lock-out."""
    settings.AXES_ENABLED = True
    make_editor("eve", password=PASSWORD)
    visitor = Client(REMOTE_ADDR="10.0.0.7")
    visitor.post("/admin/login/", {"username": "eve", "password": PASSWORD})
    visitor.post("/admin/login/", {"username": "mallory", "password": "wrong"})
    settings.AXES_ENABLED = False


@every_log
@pytest.mark.usefixtures("logged")
def test_an_administrator_reads_who_signed_in_and_who_failed_and_changes_nothing(office, log):
    entry = log.objects.get()
    page = read(office, address(log, "changelist"))
    cells = [cell.text.strip() for cell in page.select("#result_list tbody tr > *")]
    assert {entry.username, "10.0.0.7"} <= set(cells)
    detail = read(office, address(log, "change", entry.pk))
    assert not detail.select("#content-main form input:not([type=hidden]), #content-main textarea")
    assert against_the_policy(page) + against_the_policy(detail) == []
    assert office.get(address(log, "add")).status_code == 403
    assert office.post(address(log, "change", entry.pk), {"username": "nobody"}).status_code == 403


@every_log
@pytest.mark.usefixtures("logged")
@pytest.mark.parametrize("role", ["contributor", "editor"])
def test_nobody_else_reads_it(client, log, role):
    client.force_login(make_editor("bob", role=role))
    entry = log.objects.get()
    for path in (address(log, "changelist"), address(log, "change", entry.pk)):
        assert client.get(path).status_code == 403
    assert client.post(address(log, "delete", entry.pk), {"post": "yes"}).status_code == 403
    assert log.objects.exists()


@pytest.mark.usefixtures("logged")
def test_an_administrator_ends_a_lock_out_and_deletes_nothing_else(office):
    for log, status in {AccessLog: 403, AccessFailureLog: 403, AccessAttempt: 302}.items():
        assert office.post(address(log, "delete", log.objects.get().pk), {"post": "yes"}).status_code == status
    assert [log.objects.count() for log in LOGS] == [0, 1, 1]
