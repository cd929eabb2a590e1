"""The way into the desk: a password, a one-time code, a lock-out; and what was typed outlives a sign-in."""

import datetime as dt
import json
import re
import time
from base64 import b32decode

import pytest
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from bs4 import BeautifulSoup
from django.contrib import admin
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core import signing
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from agreements.admin import lockout, typed
from agreements.admin.base import RecordAdmin
from agreements.models import Agreement, Edition, Source
from tests.admin.desk import RECORDS, address, against_the_policy, errors, filled, read
from tests.factories import make_agreement, make_editor, make_source
from tests.test_frame import run_python

PASSWORD = "correct horse battery"
LOGIN, SECOND = "/admin/login/", "/admin/second-factor/"


@pytest.fixture
def ada(db: None) -> User:
    return make_editor("ada", password=PASSWORD)


@pytest.fixture
def strict(settings) -> None:
    settings.REQUIRE_TOTP = True


@pytest.fixture
def locks(settings) -> None:
    """The lock-out is on, as it is for visitors."""
    settings.AXES_ENABLED = True


@pytest.fixture
def browser() -> Client:
    """A browser that is held to its tokens."""
    return Client(enforce_csrf_checks=True)


def page_of(response) -> BeautifulSoup:
    return BeautifulSoup(response.text, "html.parser")


def fill(client: Client, response, form: str = "form[method=post]", **values: str):
    """Sends a form of the page that was answered, to where the form says, with all its hidden fields."""
    form = page_of(response).select_one(form)
    fields = {each["name"]: each.get("value", "") for each in form.select("input[name]") if each["type"] != "submit"}
    return client.post(form.get("action") or response.request["PATH_INFO"], {**fields, **values})


def sign_in(client: Client, name: str = "ada", password: str = PASSWORD, to: str = LOGIN):
    return fill(client, client.get(to), "#login-form", username=name, password=password)


def device_of(user: User, **values: object) -> TOTPDevice:
    return TOTPDevice.objects.create(user=user, name="desk", **values)


def code_of(device: TOTPDevice) -> str:
    return f"{totp(device.bin_key):06d}"


def wrong_code_of(device: TOTPDevice) -> str:
    near = {totp(device.bin_key, drift=drift) for drift in range(-3, 4)}
    return next(f"{number:06d}" for number in range(10) if number not in near)


def said(page: BeautifulSoup) -> list[str]:
    return [item.text.strip() for item in page.select(".messagelist li")]


# --- The password ---------------------------------------------------------------------------------
def test_a_visitor_is_led_to_a_page_with_a_heading_and_back_to_what_was_asked_for(browser, ada):
    asked = browser.get("/admin/agreements/source/?q=gazette")
    assert asked.status_code == 302
    page = page_of(browser.get(asked["Location"]))
    assert [heading.text for heading in page.select("h1")] == ["Log in"]
    assert against_the_policy(page) == []
    answer = sign_in(browser, to=asked["Location"])
    assert (answer.status_code, answer["Location"]) == (302, "/admin/agreements/source/?q=gazette")
    assert browser.get(answer["Location"]).status_code == 200


@pytest.mark.parametrize(
    "elsewhere", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", "", "\\\\elsewhere"]
)
def test_signing_in_leads_nowhere_but_into_this_site(browser, ada, elsewhere):
    path = reverse("admin:login", query={"next": elsewhere})
    assert sign_in(browser, to=path)["Location"] == "/admin/"


def test_a_wrong_password_is_said_and_lets_nobody_in(browser, ada):
    answer = sign_in(browser, password="wrong")
    assert answer.status_code == 200
    assert len(page_of(answer).select(".errornote")) == 1
    assert browser.get("/admin/").status_code == 302


@pytest.mark.parametrize("values", [{"is_active": False}, {"is_staff": False}])
def test_who_is_inactive_or_not_of_the_desk_is_not_let_in(browser, ada, values):
    User.objects.update(**values)
    assert sign_in(browser).status_code == 200
    assert browser.get("/admin/").status_code == 302


def test_without_the_rule_a_password_is_enough_whatever_devices_there_are(browser, ada):
    device_of(ada)
    assert sign_in(browser)["Location"] == "/admin/"
    assert browser.get("/admin/").status_code == 200
    assert browser.get(f"{SECOND}?next=/admin/agreements/")["Location"] == "/admin/agreements/"


def test_a_sign_in_lasts_twelve_hours_and_nothing_prolongs_it(browser, ada):
    sign_in(browser)
    session = browser.session
    session["something"] = "stored later"
    session.save()
    kept = Session.objects.get(pk=session.session_key)
    assert abs(kept.expire_date - timezone.now() - dt.timedelta(hours=12)) < dt.timedelta(minutes=1)
    assert isinstance(session["_session_expiry"], str), "a moment, and not a time from the last change on"
    assert 0 <= 12 * 60 * 60 - browser.cookies["sessionid"]["max-age"] < 60


def test_a_page_of_the_desk_is_never_kept(browser, ada):
    for path in (LOGIN, "/admin/"):
        assert "no-store" in browser.get(path, follow=True)["Cache-Control"]


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("ada-lovelace", "too similar"),
        ("short", "too short"),
        ("startfinding", "too common"),
        ("918273645546372819", "entirely numeric"),
    ],
)
def test_a_weak_password_is_refused(client, ada, password, why):
    User.objects.update(username="ada-lovelace")
    client.force_login(ada)
    form = {"old_password": PASSWORD, "new_password1": password, "new_password2": password}
    answer = client.post("/admin/password_change/", form)
    assert why in " ".join(errors(page_of(answer)))


# --- The second factor ----------------------------------------------------------------------------
@pytest.mark.usefixtures("strict")
def test_who_has_a_device_gives_its_code_and_arrives_where_he_wanted(browser, ada):
    device = device_of(ada)
    first = sign_in(browser, to=f"{LOGIN}?next=/admin/agreements/source/")
    second = browser.get(first["Location"])
    assert second["Location"] == reverse("admin:second_factor", query={"next": "/admin/agreements/source/"})
    asked = browser.get(second["Location"])
    page = page_of(asked)
    assert [heading.text for heading in page.select("h1")] == ["Second factor"]
    assert against_the_policy(page) == []
    assert not page.select("svg.qr, #secret")
    answer = fill(browser, asked, "#code-form", code=code_of(device))
    assert (answer.status_code, answer["Location"]) == (302, "/admin/agreements/source/")
    assert browser.get(answer["Location"]).status_code == 200
    assert browser.get(LOGIN)["Location"] == "/admin/"


@pytest.mark.usefixtures("strict")
@pytest.mark.parametrize(
    "path", ["/admin/", "/admin/agreements/source/add/", "/admin/password_change/", "/admin/none/"]
)
def test_a_password_alone_opens_no_page_of_the_desk(browser, ada, path):
    device_of(ada)
    sign_in(browser)
    assert browser.get(path)["Location"] == reverse("admin:second_factor", query={"next": path})


@pytest.mark.usefixtures("strict")
def test_a_password_alone_does_nothing_at_the_desk(client, ada):
    source = make_source()
    client.force_login(ada)
    answer = client.post("/admin/agreements/source/", {"action": "x", "_selected_action": source.pk})
    assert answer["Location"] == reverse("admin:second_factor", query={"next": "/admin/agreements/source/"})
    assert said(read(client, answer["Location"])) == ["Your sign-in had ended: nothing was done."]


@pytest.mark.usefixtures("strict")
def test_the_second_factor_is_asked_of_nobody_without_a_password(browser, db):
    assert browser.get(f"{SECOND}?next=/admin/x/")["Location"] == reverse("admin:login", query={"next": "/admin/x/"})


@pytest.mark.usefixtures("strict")
def test_who_is_halfway_in_may_leave(browser, ada):
    device_of(ada)
    sign_in(browser)
    page = browser.get(SECOND)
    assert fill(browser, page, "#leave-form").status_code == 200
    assert "_auth_user_id" not in browser.session


@pytest.mark.usefixtures("strict")
@pytest.mark.parametrize("elsewhere", ["https://elsewhere.example/", "//elsewhere.example/", ""])
def test_a_code_leads_nowhere_but_into_this_site(browser, ada, elsewhere):
    device = device_of(ada)
    sign_in(browser)
    asked = browser.get(reverse("admin:second_factor", query={"next": elsewhere}))
    assert fill(browser, asked, "#code-form", code=code_of(device))["Location"] == "/admin/"


@pytest.mark.usefixtures("strict")
def test_wrong_codes_make_one_wait_and_the_page_says_how_long(browser, ada):
    device = device_of(ada, throttling_failure_count=4, throttling_failure_timestamp=timezone.now() - dt.timedelta(60))
    sign_in(browser)
    answer = fill(browser, browser.get(SECOND), "#code-form", code=wrong_code_of(device))
    assert errors(page_of(answer)) == ["This code is not right, or was used already. Please type the next one."]
    answer = fill(browser, answer, "#code-form", code=code_of(device))
    assert re.fullmatch(r"Too many wrong codes. Please wait 1[56] seconds\.", errors(page_of(answer))[0])
    device.refresh_from_db()
    assert device.throttling_failure_count == 5
    assert browser.get("/admin/").status_code == 302


@pytest.mark.usefixtures("strict")
def test_a_code_opens_the_desk_once(browser, ada):
    device = device_of(ada)
    code = code_of(device)
    sign_in(browser)
    fill(browser, browser.get(SECOND), "#code-form", code=code)
    thief = Client()
    sign_in(thief)
    fill(thief, thief.get(SECOND), "#code-form", code=code)
    assert thief.get("/admin/").status_code == 302


@pytest.mark.usefixtures("strict")
def test_a_code_of_somebody_else_is_of_no_use(browser, ada):
    device_of(ada)
    other = device_of(make_editor("bob"))
    sign_in(browser)
    fill(browser, browser.get(SECOND), "#code-form", code=code_of(other))
    assert browser.get("/admin/").status_code == 302


@pytest.mark.usefixtures("strict")
def test_who_has_no_device_sets_one_up_by_picture_or_by_key(browser, ada):
    sign_in(browser)
    asked = browser.get(SECOND)
    page = page_of(asked)
    assert page.select_one("h1").text == "Set up your second factor"
    assert against_the_policy(page) == []
    assert page.select_one("svg.qr title").text == "QR code of the secret"
    device = TOTPDevice.objects.get()
    assert b32decode(page.select_one("#secret").text.replace(" ", "")) == device.bin_key
    assert (device.confirmed, device.user) == (False, ada)
    again = browser.get(SECOND)
    assert page_of(again).select_one("#secret").text == page.select_one("#secret").text
    code = code_of(device)
    answer = fill(browser, again, "#code-form", code=f"{code[:3]} {code[3:]}")
    assert answer["Location"] == "/admin/"
    assert browser.get("/admin/").status_code == 200
    device.refresh_from_db()
    assert device.confirmed


@pytest.mark.usefixtures("strict")
def test_a_device_that_was_never_confirmed_opens_nothing(browser, ada):
    sign_in(browser)
    asked = browser.get(SECOND)
    device = TOTPDevice.objects.get()
    answer = fill(browser, asked, "#code-form", code=wrong_code_of(device))
    assert errors(page_of(answer)) == ["This code is not right, or was used already. Please type the next one."]
    assert not TOTPDevice.objects.get().confirmed
    assert browser.get("/admin/").status_code == 302


@pytest.mark.usefixtures("strict")
def test_a_key_that_was_shown_in_another_session_is_never_set_up(browser, ada):
    spy = Client()
    sign_in(spy)
    spy.get(SECOND)
    seen = TOTPDevice.objects.get().key
    sign_in(browser)
    asked = browser.get(SECOND)
    device = TOTPDevice.objects.get()
    assert device.key != seen
    fill(browser, asked, "#code-form", code=code_of(device))
    assert page_of(spy.get(SECOND)).select_one("h1").text == "Second factor", "a second device cannot be set up"


@pytest.mark.usefixtures("strict", "locks")
def test_the_code_gives_the_session_a_new_key_and_the_log_still_tells_when_it_ended(browser, ada):
    device = device_of(ada)
    sign_in(browser)
    before = browser.session.session_key
    fill(browser, browser.get(SECOND), "#code-form", code=code_of(device))
    assert browser.session.session_key != before
    assert not Session.objects.filter(pk=before).exists()
    fill(browser, browser.get("/admin/"), "#logout-form")
    assert AccessLog.objects.get().logout_time is not None


@pytest.mark.usefixtures("strict")
def test_a_session_is_verified_no_more_once_the_device_is_gone(browser, ada):
    device = device_of(ada)
    sign_in(browser)
    fill(browser, browser.get(SECOND), "#code-form", code=code_of(device))
    assert browser.get("/admin/").status_code == 200
    TOTPDevice.objects.all().delete()
    device_of(ada)
    assert browser.get("/admin/")["Location"].startswith(SECOND)


# --- What was typed -------------------------------------------------------------------------------
def typed_form(client: Client, path: str, **values: str) -> dict[str, str]:
    """The fields of a form as they were when the page was opened, with what was typed since."""
    return {**filled(read(client, path)), **values}


def expire(client: Client) -> None:
    Session.objects.all().delete()
    del client.cookies["sessionid"]


@pytest.fixture
def form(browser: Client, ada: User) -> tuple[str, dict[str, str]]:
    """The page of a source, and what was typed there before the sign-in ended."""
    source = make_source(title="As it was")
    sign_in(browser)
    path = f"{address(Source, 'change', source.pk)}?_changelist_filters=q%3Dx"
    fields = typed_form(browser, path, title='A "better" <title>', internal_note="Typed with care.\nIn two lines.")
    expire(browser)
    return path, fields


def assert_filled_and_not_saved(response, fields: dict[str, str]) -> None:
    assert response.status_code == 200
    page = page_of(response)
    assert errors(page) == ["Nothing is saved yet: this is what you had typed. Please check it and save again."]
    kept = filled(page)
    assert {name: kept[name] for name in ("title", "internal_note")} == {
        name: fields[name] for name in ("title", "internal_note")
    }
    assert "_refill" not in kept
    assert Source.objects.get().title == "As it was"
    assert Source.history.count() == 1
    assert Edition.objects.count() == 1


@pytest.mark.usefixtures("one_person")
def test_what_was_typed_comes_back_after_signing_in_and_is_saved_by_the_next_click(browser, form):
    path, fields = form
    asked = browser.post(path, fields)
    assert asked.status_code == 200
    assert page_of(asked).select_one("h1").text == "Log in"
    assert len(page_of(asked).select(".carried")) == 1
    assert "no-store" in asked["Cache-Control"]
    token = browser.cookies["csrftoken"].value
    answer = fill(browser, asked, "#login-form", username="ada", password=PASSWORD)
    assert browser.cookies["csrftoken"].value != token
    assert answer.request["PATH_INFO"] + "?" + answer.request["QUERY_STRING"] == path
    assert_filled_and_not_saved(answer, fields)
    assert browser.post(path, filled(page_of(answer)) | {"public_note": "Corrected."}).status_code == 302
    assert Source.objects.get().title == fields["title"]


def test_what_was_typed_outlives_a_wrong_password_and_a_page_loaded_twice(browser, form):
    path, fields = form
    asked = fill(browser, browser.post(path, fields), "#login-form", username="ada", password="wrong")
    assert_filled_and_not_saved(fill(browser, asked, "#login-form", username="ada", password=PASSWORD), fields)
    carried = page_of(asked).select_one("[name=_carried]")["value"]
    again = {"_carried": carried, "csrfmiddlewaretoken": browser.cookies["csrftoken"].value}
    assert_filled_and_not_saved(browser.post(path, again), fields)


@pytest.mark.usefixtures("strict")
def test_what_was_typed_comes_through_the_second_factor(browser, ada):
    device = device_of(ada)
    source = make_source(title="As it was")
    path = address(Source, "change", source.pk)
    sign_in(browser)
    fill(browser, browser.get(SECOND), "#code-form", code=code_of(device))
    fields = typed_form(browser, path, title="Better", internal_note="Typed with care.")
    expire(browser)
    TOTPDevice.objects.update(last_t=-1)
    second = fill(browser, browser.post(path, fields), "#login-form", username="ada", password=PASSWORD)
    assert page_of(second).select_one("h1").text == "Second factor"
    wrong = fill(browser, second, "#code-form", code=wrong_code_of(device))
    TOTPDevice.objects.update(throttling_failure_count=0)
    assert_filled_and_not_saved(fill(browser, wrong, "#code-form", code=code_of(device)), fields)


def test_the_rows_of_lists_in_a_form_come_back_too(browser, ada):
    agreement, source = make_agreement(), make_source()
    sign_in(browser)
    path = address(Agreement, "change", agreement.pk)
    rows = {
        "sources": [source.pk],
        "status_changes-TOTAL_FORMS": "1",
        "status_changes-0-step": "1",
        "status_changes-0-note": "Begun.",
    }
    fields = typed_form(browser, path, **rows)
    expire(browser)
    answer = fill(browser, browser.post(path, fields), "#login-form", username="ada", password=PASSWORD)
    kept = filled(page_of(answer))
    assert {name: kept[name] for name in rows} == rows
    assert not agreement.status_changes.exists()


def test_a_record_that_was_about_to_be_added_comes_back_too(browser, ada):
    sign_in(browser)
    path = address(Source, "add")
    fields = typed_form(browser, path, title="New", id="new", _addanother="1")
    expire(browser)
    answer = fill(browser, browser.post(path, fields), "#login-form", username="ada", password=PASSWORD)
    assert filled(page_of(answer))["title"] == "New"
    assert not Source.objects.exists()


def test_every_form_of_a_record_knows_how_to_show_itself_filled():
    assert all(isinstance(admin.site._registry[model], RecordAdmin) for model in RECORDS)


@pytest.mark.parametrize(
    "path",
    [
        "/admin/auth/user/add/",
        "/admin/password_change/",
        "/admin/agreements/source/",
        "/admin/agreements/source/x/delete/",
    ],
)
def test_of_other_forms_nothing_is_carried_and_nothing_is_done(client, ada, path):
    answer = client.post(path, {"username": "eve", "password1": "a secret", "post": "yes"})
    assert answer["Location"] == reverse("admin:login", query={"next": path})
    page = client.get(answer["Location"])
    assert said(page_of(page)) == ["Your sign-in had ended: nothing was done."]
    assert "a secret" not in page.content.decode()


def test_a_form_of_a_length_beyond_all_bounds_is_not_carried(browser, form, monkeypatch):
    monkeypatch.setattr(typed, "MOST", 100)
    path, fields = form
    assert browser.post(path, fields)["Location"].startswith(LOGIN)


def test_what_is_not_ours_too_old_or_of_another_form_is_not_brought_back(client, ada, form, monkeypatch):
    path, fields = form
    carried = page_of(client.post(path, fields)).select_one("[name=_carried]")["value"]
    other = address(Source, "add")
    client.force_login(ada)
    for where, what in [(path, "made up"), (other, carried), (path, signing.dumps({}))]:
        answer = client.post(where, {"_carried": what, "title": "Eve's"})
        assert answer["Location"] == where
        assert "What you had typed could not be brought back." in said(read(client, where))
    later = time.time() + 12 * 60 * 60 + 1
    monkeypatch.setattr(signing.time, "time", lambda: later)
    assert client.post(path, {"_carried": carried})["Location"] == path
    assert Source.objects.get().title == "As it was"


def test_what_is_carried_is_shown_to_who_may_see_the_form_only(client, form):
    path, fields = form
    carried = page_of(client.post(path, fields)).select_one("[name=_carried]")["value"]
    bob = make_editor("bob", role="contributor")
    bob.groups.clear()
    client.force_login(bob)
    assert client.post(path, {"_carried": carried}).status_code == 403


# --- A token that has grown old -------------------------------------------------------------------
def test_a_form_with_an_old_token_saves_nothing_and_offers_the_way_back(browser, ada):
    source = make_source(title="As it was")
    path = address(Source, "change", source.pk)
    sign_in(browser)
    fields = typed_form(browser, path, title='"><script>', internal_note="Typed with care.")
    fields["csrfmiddlewaretoken"] = "x" * 64
    refused = browser.post(path, fields)
    page = page_of(refused)
    assert refused.status_code == 403
    assert [heading.text for heading in page.select("h1")] == ["Nothing was saved"]
    assert against_the_policy(page) == []
    kept = {field["name"]: field.get("value", "") for field in page.select("#content-main input[type=hidden]")}
    assert kept.pop("csrfmiddlewaretoken") != fields.pop("csrfmiddlewaretoken")
    assert kept == {**fields, "_refill": "1"}
    assert Source.history.count() == 1
    answer = fill(browser, refused, "#content-main form")
    assert_filled_and_not_saved(answer, fields)


@pytest.mark.parametrize("path", ["/admin/login/", "/admin/agreements/source/", "/admin/password_change/"])
def test_elsewhere_at_the_desk_an_old_token_is_said_and_no_word_comes_back(browser, ada, path):
    refused = browser.post(path, {"username": "ada", "password": PASSWORD, "csrfmiddlewaretoken": "x" * 64})
    page = page_of(refused)
    assert refused.status_code == 403
    assert page.select_one("h1").text == "Nothing was saved"
    assert not page.select("#content-main form")
    assert PASSWORD not in refused.content.decode()


def test_outside_of_the_desk_an_old_token_is_said_in_the_sites_own_way(db):
    request = RequestFactory().post("/somewhere/")
    request.resolver_match = None
    refused = typed.csrf_failure(request)
    assert refused.status_code == 403
    assert page_of(refused).select_one("main h1").text == "Nothing was done"


# --- The lock-out ---------------------------------------------------------------------------------
def fail(client: Client, times: int, name: str = "ada", **extra: str) -> list[int]:
    form = {"username": name, "password": "wrong"}
    return [client.post(LOGIN, form, **extra).status_code for _ in range(times)]


@pytest.mark.usefixtures("locks")
def test_five_failures_lock_a_name_out_at_an_address_and_the_page_says_for_how_long(client, ada):
    assert fail(client, 5) == [200, 200, 200, 200, 429]
    answer = client.post(LOGIN, {"username": "ada", "password": PASSWORD})
    page = page_of(answer)
    assert answer.status_code == 429
    assert answer["Retry-After"] == "900"
    assert [heading.text for heading in page.select("h1")] == ["Too many failures"]
    assert "For 15 minutes" in page.select_one("#content-main p").text
    assert against_the_policy(page) == []


@pytest.mark.usefixtures("locks")
def test_neither_another_name_nor_the_same_one_elsewhere_is_locked_out(client, ada):
    make_editor("bob", password=PASSWORD)
    fail(client, 5)
    assert client.post(LOGIN, {"username": "bob", "password": PASSWORD}).status_code == 302
    elsewhere = Client(REMOTE_ADDR="10.0.0.9")
    assert elsewhere.post(LOGIN, {"username": "ada", "password": PASSWORD}).status_code == 302


@pytest.mark.usefixtures("locks")
def test_an_address_that_tries_many_names_is_locked_out_as_a_whole(client, ada):
    names = [f"guess-{number}" for number in range(20)]
    assert [fail(client, 1, name)[0] for name in names] == [200] * 19 + [429]
    assert client.post(LOGIN, {"username": "ada", "password": PASSWORD}).status_code == 429


@pytest.mark.usefixtures("locks")
def test_a_lock_out_ends_by_itself_though_one_goes_on_trying(client, ada):
    fail(client, 5)
    AccessAttempt.objects.update(attempt_time=timezone.now() - dt.timedelta(minutes=10))
    assert fail(client, 2) == [429, 429]
    AccessAttempt.objects.update(attempt_time=timezone.now() - dt.timedelta(minutes=15, seconds=1))
    assert client.post(LOGIN, {"username": "ada", "password": PASSWORD}).status_code == 302


@pytest.mark.usefixtures("locks")
def test_who_signs_in_is_forgiven_his_own_failures_only(client, ada):
    fail(client, 4)
    fail(client, 4, "bob")
    assert client.post(LOGIN, {"username": "ada", "password": PASSWORD}).status_code == 302
    assert [attempt.username for attempt in AccessAttempt.objects.all()] == ["bob"]
    assert fail(Client(), 4) == [200] * 4


@pytest.mark.usefixtures("locks")
def test_what_was_typed_outlives_a_lock_out(browser, form):
    path, fields = form
    asked = browser.post(path, fields)
    for _attempt in range(5):
        locked = fill(browser, asked, "#login-form", username="ada", password="wrong")
    assert locked.status_code == 429
    AccessAttempt.objects.all().delete()
    asked = fill(browser, locked, "#content-main form")
    assert_filled_and_not_saved(fill(browser, asked, "#login-form", username="ada", password=PASSWORD), fields)


@pytest.mark.usefixtures("locks")
def test_neither_a_password_nor_what_was_typed_is_written_down_with_a_failure(browser, form):
    path, fields = form
    asked = browser.post(path, fields)
    carried = page_of(asked).select_one("[name=_carried]")["value"]
    fill(browser, asked, "#login-form", username="ada", password="a wrong password")
    kept = json.dumps([*AccessAttempt.objects.values(), *AccessFailureLog.objects.values()], default=str)
    assert "a wrong password" not in kept
    assert carried[:100] not in kept


@pytest.mark.parametrize(
    ("behind", "forwarded", "address"),
    [
        (False, "10.1.1.1", "127.0.0.1"),
        (True, "10.1.1.1", "10.1.1.1"),
        (True, "6.6.6.6, 10.1.1.1", "10.1.1.1"),
        (True, "6.6.6.6,2001:db8::1", "2001:db8::1"),
        (True, "10.1.1.1, unknown", "127.0.0.1"),
        (True, "", "127.0.0.1"),
    ],
)
def test_the_address_is_the_one_that_the_last_proxy_saw(settings, behind, forwarded, address):
    settings.BEHIND_PROXY = behind
    request = RequestFactory().get("/", headers={"x-forwarded-for": forwarded})
    assert lockout.client_address(request) == address


def test_a_visitor_without_an_address_has_none():
    assert lockout.client_address(RequestFactory(REMOTE_ADDR="").get("/")) is None


# --- Where the desk is ----------------------------------------------------------------------------
ELSEWHERE = """
import django; django.setup()
from django.conf import settings
from django.core.management import call_command
from django.test import Client
call_command("migrate", verbosity=0)
client = Client(headers={"host": "tracker.example"})
ask = lambda path: client.get(path, secure=True).status_code
print([ask(path) for path in ("/secret/desk/login/", "/secret/desk/", "/admin/", "/admin/login/")])
"""


def test_the_desk_answers_under_its_own_path_only(tmp_path):
    environment = {
        "DJANGO_SETTINGS_MODULE": "tracker.settings",
        "SECRET_KEY": "long, random, and for these tests only: 0123456789",
        "ALLOWED_HOSTS": "tracker.example",
        "DATABASE_URL": f"sqlite:///{tmp_path}/elsewhere.sqlite3",
        "ADMIN_PATH": "/secret/desk/",
    }
    done = run_python("-c", ELSEWHERE, environment=environment)
    assert done.stdout.splitlines()[-1:] == ["[200, 302, 404, 404]"], done.stderr
