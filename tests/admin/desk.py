"""How a test reads and fills the desk's pages."""

from bs4 import BeautifulSoup, Tag
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from agreements.models import Edition, Record

TABLES = sorted(
    (model for model in admin.site._registry if model._meta.app_label == "agreements"), key=lambda model: model.__name__
)
RECORDS = [model for model in apps.get_app_config("agreements").get_models() if issubclass(model, Record)]
EDITED = [model for model in TABLES if model is not Edition]


def make_reader(name: str = "rhea", *, may: str = "view") -> User:
    """Somebody of the staff without a role, who may only look at records; with `may=""` not even that."""
    user = User.objects.create_user(name, is_staff=True)
    names = [f"{may}_{model._meta.model_name}" for model in RECORDS]
    user.user_permissions.set(Permission.objects.filter(content_type__app_label="agreements", codename__in=names))
    return user


def signed_in(user: User) -> Client:
    """A browser in which the user is signed in."""
    client = Client()
    client.force_login(user)
    return client


def address(model: type, page: str, *args: object) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def read(client: Client, path: str, **query: object) -> BeautifulSoup:
    response = client.get(path, query)
    assert response.status_code == 200, f"{path} answered {response.status_code}"
    return BeautifulSoup(response.text, "html.parser")


def filled(page: BeautifulSoup) -> dict[str, str | list[str]]:
    """What a browser would send if the page's form were sent as it is."""
    data = {}
    for field in page.select("#content-main form [name]"):
        if field.get("type") in ("submit", "button") or "__prefix__" in field["name"]:
            continue
        if field.name == "select" and field.has_attr("multiple"):
            data[field["name"]] = [option["value"] for option in field.select("option[selected]")]
        elif field.name == "select":
            chosen = field.select_one("option[selected]") or field.select_one("option")
            data[field["name"]] = chosen.get("value", "") if chosen else ""
        elif field.name == "textarea":
            data[field["name"]] = field.text.removeprefix("\n")
        elif field.get("type") == "checkbox":
            if field.has_attr("checked") and field.has_attr("value"):
                data.setdefault(field["name"], []).append(field["value"])
            elif field.has_attr("checked"):
                data[field["name"]] = "on"
        else:
            data[field["name"]] = field.get("value", "")
    return data


def send(client: Client, path: str, **values: object) -> tuple[int, BeautifulSoup]:
    """Opens a form, changes the fields that are named, sends it: the status of the answer and its page.

    Where a public note is asked for and none is given, it is "Corrected."
    """
    data = filled(read(client, path))
    if data.get("public_note") == "":
        data["public_note"] = "Corrected."
    response = client.post(path, {**data, **values})
    return response.status_code, BeautifulSoup(response.text, "html.parser")


def errors(page: BeautifulSoup) -> list[str]:
    return [item.get_text(strip=True) for item in page.select(".errorlist:not(.nonform) li, .errorlist.nonform li")]


def against_the_policy(page: BeautifulSoup) -> list[Tag]:
    """What `script-src 'self'; style-src 'self'` would refuse to run or to paint."""
    scripts = [tag for tag in page.find_all("script") if not tag.get("src") and tag.get("type") != "application/json"]
    handlers = page.find_all(lambda tag: any(name.startswith("on") for name in tag.attrs))
    return [*scripts, *handlers, *page.find_all("style"), *page.find_all(style=True)]
