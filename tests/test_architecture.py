"""The laws of the house: who may import whom, who may set a state, what the public may never read."""

import ast
import datetime as dt
import io
import re
import zipfile
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import models
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from agreements import publication
from agreements.api.tables import SERVED
from agreements.dataset.rows import MODELS
from agreements.dataset.schema import DESCRIPTOR_FILE, TABLES
from agreements.models import Agreement, Country, Edition, Official, Record, Source, Statement
from agreements.views import crawlers
from agreements.views.links import FACTS
from agreements.vocabulary import State, Status
from tests import factories
from tests.database import written_once

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "agreements"

WORDS = {"vocabulary"}
MIDDLE = WORDS | {"querysets", "models"}
MAY_IMPORT = {
    "vocabulary": set(),
    "history": WORDS | {"history"},
    "article": WORDS | {"words", "article"},
    "known": MIDDLE | {"article"},
    "charts": WORDS | {"history", "charts"},
    "querysets": WORDS,
    "models": WORDS | {"querysets", "models"},
    "dataset.rows": MIDDLE | {"dataset.schema"},
    "dataset.schema": set(),
    "dataset.read": {"dataset.rows", "dataset.schema"},
    "dataset.check": MIDDLE | {"dataset.rows", "dataset.schema", "dataset.read"},
    "search": MIDDLE | {"words", "search"},
    "publication": MIDDLE
    | {"dataset.rows", "dataset.schema", "dataset.read", "dataset.check", "search", "publication"},
    "dataset": MIDDLE | {"dataset.rows", "dataset.schema", "dataset.read", "dataset.check", "publication", "dataset"},
    "editions": MIDDLE | {"dataset.rows", "dataset.schema", "dataset", "publication", "search"},
    "cite": set(),
    "web": set(),
    "link_checks": MIDDLE | {"web"},
    "filters": MIDDLE | {"history", "charts", "words"},
    "exports": MIDDLE | {"history", "cite", "dataset.rows", "dataset.schema", "exports"},
    "refusals": set(),
    "api": MIDDLE | {"charts", "cite", "dataset.rows", "dataset.schema", "filters", "exports", "refusals", "api"},
    "roles": WORDS | {"models"},
    "templatetags": WORDS | {"history", "charts"},
    "views": MIDDLE
    | {
        "history",
        "cite",
        "charts",
        "filters",
        "templatetags",
        "publication",
        "dataset",
        "editions",
        "search",
        "exports",
        "refusals",
        "api",
        "views",
    },
    "admin": MIDDLE
    | {
        "history",
        "publication",
        "dataset.rows",
        "dataset.schema",
        "editions",
        "link_checks",
        "words",
        "roles",
        "article",
        "known",
        "admin",
    },
    "words": set(),
    "management": MIDDLE
    | {"publication", "dataset", "editions", "link_checks", "roles", "article", "known", "management"},
    "sqlite": set(),
    "apps": {"sqlite", "search"},
}
"""What each room may import of ours. Imports run one way; nothing but the addresses imports views."""

NO_ORM = ("charts", "history", "article", "cite", "vocabulary", "web")


def room_of(module: str) -> str:
    """`agreements.dataset.rows` is in the room dataset.rows, `agreements.views.base` in the room views."""
    parts = module.split(".")[1:]
    two = ".".join(parts[:2])
    return two if two in MAY_IMPORT else (parts[0] if parts else "")


def source_files() -> list[Path]:
    return [
        path for path in sorted(PACKAGE.rglob("*.py")) if "migrations" not in path.parts and path.read_text().strip()
    ]


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imports_of(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            # What is imported may be a module or a name in one; the longer name tells the room either way.
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


@pytest.mark.parametrize("path", source_files(), ids=module_of)
def test_imports_run_one_way(path):
    room = room_of(module_of(path))
    imported = {room_of(name) for name in imports_of(path) if name.startswith("agreements.")}
    allowed = MAY_IMPORT[room]
    assert {other for other in imported if other not in allowed and other.split(".")[0] not in allowed} <= {room}


def test_every_room_that_the_law_names_is_there():
    assert set(MAY_IMPORT) == {room_of(module_of(path)) for path in source_files()}


@pytest.mark.parametrize("path", [path for path in source_files() if room_of(module_of(path)) in NO_ORM], ids=module_of)
def test_pure_rooms_import_no_orm_and_see_no_request(path):
    forbidden = ("django.db", "django.http", "django.contrib", "django.apps", "django.conf", "agreements.models")
    assert not [name for name in imports_of(path) if name.startswith(forbidden)]


def assignments_of_state(path: Path) -> list[int]:
    """Lines that set an attribute, a keyword or an update named as a publication field."""
    names = {"state", "published_at", "withdrawn_at", "withdrawal_reason"}
    lines = []
    for node in ast.walk(ast.parse(path.read_text())):
        targets = []
        if isinstance(node, ast.Assign):
            targets = node.targets
        elif isinstance(node, ast.AnnAssign | ast.AugAssign):
            targets = [node.target]
        if any(isinstance(target, ast.Attribute) and target.attr in names for target in targets):
            lines.append(node.lineno)
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in {"update", "create", "update_or_create", "get_or_create"}
            and any(keyword.arg in names for keyword in node.keywords)
        ):
            lines.append(node.lineno)
    return lines


def test_only_publication_sets_a_publication_state():
    setting = {module_of(path) for path in source_files() if assignments_of_state(path)}
    assert {room_of(module) for module in setting} == {"publication"}


def makes_editions(path: Path) -> list[int]:
    """Lines that make an Edition or a Revision, in memory or in the database."""
    lines = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            if re.fullmatch(
                r"(Edition|Revision)(\.objects\.(create|bulk_create|get_or_create|update_or_create))?", called
            ):
                lines.append(node.lineno)
    return lines


def test_only_publication_makes_an_edition():
    making = {module_of(path) for path in source_files() if makes_editions(path)}
    assert {room_of(module) for module in making} == {"publication"}


# --- What the public may never read ---------------------------------------------------------------

MARKER = "marmalade"

MAKERS = {
    "Agreement": factories.make_agreement,
    "Assessment": factories.make_assessment,
    "Country": factories.make_country,
    "Official": factories.make_official,
    "Payment": factories.make_payment,
    "Position": factories.make_position,
    "Proceeding": factories.make_proceeding,
    "Source": factories.make_source,
    "Statement": factories.make_statement,
    "StatusChange": factories.make_status_change,
    "Transfer": factories.make_transfer,
}


def texts_of(name: str) -> list[str]:
    """The names of a table's fields of free text, which the public would read once the record is published."""
    other = {"internal_note", "withdrawal_reason", "url", "url_key", "archive_url"}
    return [
        field.name
        for field in apps.get_model("agreements", name)._meta.fields
        if isinstance(field, models.TextField | models.CharField)
        and not (field.choices or field.primary_key or field.name in other)
        and (field.max_length or 99) > 20
    ]


def public_addresses() -> list[str]:
    """Every public address that there is for the records in the database, drafts' included."""
    values = {
        "agreement": ("id", Agreement),
        "agreement-chart": ("id", Agreement),
        "agreement-xlsx": ("id", Agreement),
        "agreement-svg": ("id", Agreement),
        "agreement-share": ("id", Agreement),
        "embed-agreement": ("id", Agreement),
        "country": ("slug", Country),
        "country-chart": ("slug", Country),
        "official": ("id", Official),
        "statement": ("id", Statement),
        "embed-statement": ("id", Statement),
        "source": ("id", Source),
        "agreement-feed": ("id", Agreement),
        "country-feed": ("slug", Country),
        "official-feed": ("id", Official),
    }
    found = []
    for pattern in public_patterns():
        if pattern.name in values:
            name, model = values[pattern.name]
            found += [reverse(pattern.name, args=[value]) for value in model.objects.values_list(name, flat=True)]
        elif pattern.name in ("fact", "embed-fact"):
            found += [
                reverse(pattern.name, args=[table.replace("_", "-"), id])
                for table in FACTS
                for id in MODELS[table].objects.values_list("pk", flat=True)
            ]
        elif pattern.name == "oembed":
            named = [record.get_absolute_url() for model in (Agreement, Statement) for record in model.objects.all()]
            found += ["/oembed", *(f"/oembed?url={settings.SITE_URL}{address}" for address in named)]
        elif pattern.name == "sitemap-part":
            found += [reverse(pattern.name, args=[section, 1]) for section in ("pages", *crawlers.SECTIONS)]
        elif pattern.name == "transition-feed":
            found += [reverse(pattern.name, args=[status]) for status in Status]
        elif pattern.name == "edition-file":
            names = [DESCRIPTOR_FILE, *(table.file for table in TABLES.values())]
            found += [
                reverse(pattern.name, args=[number, name])
                for number in Edition.objects.values_list("number", flat=True)
                for name in names
            ]
        elif "number" in pattern.pattern.converters:
            found += [
                reverse(pattern.name, args=[number]) for number in Edition.objects.values_list("number", flat=True)
            ]
        else:
            found.append(reverse(pattern.name))
    compared = "/compare/?a=us-rw-2025&a=us-rw-2008"
    followed = [f"/feeds/denials.atom?official={id}" for id in Official.objects.values_list("pk", flat=True)]
    return [
        *found,
        *api_addresses(),
        *followed,
        compared,
        "/agreements/?status=x",
        "/statements/?official=x",
        "/no/such/page/",
    ]


def api_addresses() -> list[str]:
    found = [reverse("api:index"), reverse("api-openapi"), "/api/v1/nothing", "/api/v1/statements?official=x"]
    for name, served in SERVED.items():
        found.append(reverse(f"api:{name}"))
        ids = served.model.objects.values_list("pk", flat=True)
        found += [reverse(f"api:{name}-record", args=[id]) for id in ids]
    return found


def public_patterns() -> list[URLPattern]:
    public = next(
        each
        for each in get_resolver().url_patterns
        if isinstance(each, URLResolver) and each.urlconf_name.__name__ == "agreements.views.urls"
    )
    return [each for each in public.url_patterns if isinstance(each, URLPattern)]


@written_once
def hidden_words() -> None:
    """Published records that carry internal notes, among drafts, records in review and editors full of the marker."""
    change = factories.make_status_change()
    official = factories.make_official()
    factories.make_position(official)
    factories.make_statement(official, status_change=change)
    factories.make_transfer(nationalities=["UGA"])
    factories.make_payment()
    factories.make_proceeding()
    factories.make_assessment()
    editor = get_user_model().objects.create_user(f"{MARKER}-editor", f"{MARKER}@example.org", first_name=MARKER)
    for model in Record.__subclasses__():
        for record in model.objects.all():
            record.internal_note = MARKER
            record._history_user = editor
            record._change_reason = MARKER
            record.save()
    agreement = Agreement.objects.get(pk="us-rw-2025")
    transfer = agreement.transfers.published().get()
    statement = Statement.objects.filter(official=official).get()
    for position, state in enumerate((State.DRAFT, State.IN_REVIEW), start=8):
        unseen = {
            name: make(state=state, id=f"hidden-{name.lower()}-{state}", **dict.fromkeys(texts_of(name), MARKER))
            for name, make in MAKERS.items()
            if name not in ("Agreement", "Country")
        }
        country = factories.make_country(
            {State.DRAFT: "VNM", State.IN_REVIEW: "NRU"}[state],
            state=state,
            slug=f"hidden-{state}",
            name=f"{MARKER} {state}",
            subregion=MARKER,
        )
        other = factories.make_agreement(
            f"us-rw-200{position}", state=state, **dict.fromkeys(texts_of("Agreement"), f"{MARKER} {state}")
        )
        # What is published may come to refer to what is not: the reference must not show it.
        factories.make_statement(unseen["Official"], id=f"said-by-{state}", agreements=[agreement])
        agreement.citations.create(source=unseen["Source"], position=position)
        transfer.nationality_links.create(country=country, position=position)
        statement.agreement_links.create(agreement=other, position=position)


@cache
def answers() -> dict[str, tuple[bytes, HttpResponse]]:
    """What every public address answers, asked once for all tests that look: its content, and the rest of it."""
    client = Client()
    return {address: (answer.getvalue(), answer) for address in public_addresses() for answer in [client.get(address)]}


def test_drafts_notes_and_editors_reach_no_public_answer(hidden_words):
    assert len(answers()) > 30
    assert not {address for address, (content, _answer) in answers().items() if MARKER.encode() in unpacked(content)}


def unpacked(content: bytes) -> bytes:
    """An answer as it can be searched: a workbook is a compressed archive."""
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


@pytest.mark.parametrize("address", ["/agreements/", "/statements/", "/officials/", "/countries/"])
def test_a_search_finds_no_draft(client, hidden_words, address):
    assert "data-id" in client.get(address).content.decode()
    assert "data-id" not in client.get(address, {"q": MARKER}).content.decode()


def test_a_draft_has_no_page(client, hidden_words):
    for model in (Agreement, Official, Statement, Source, Country):
        for record in model.objects.exclude(state=State.PUBLISHED):
            assert client.get(record.get_absolute_url()).status_code == 404, record


def test_every_public_address_answers_to_get_alone_and_sets_no_cookie(hidden_words):
    for address, (content, answer) in answers().items():
        assert content, address
        assert not answer.cookies, address
        assert "Cookie" not in answer.get("Vary", ""), address


# --- Docs held to the code ------------------------------------------------------------------------


def docs() -> str:
    return "\n".join(path.read_text() for path in sorted((ROOT / "docs").rglob("*.md")))


def test_every_public_address_is_in_the_docs():
    text = docs()
    shown = {"/" + re.sub(r"<\w+:(\w+)>", r"<\1>", str(pattern.pattern)) for pattern in public_patterns()}
    assert not {address for address in shown if f"`{address}`" not in text}


def test_every_command_is_in_the_docs():
    text = docs()
    commands = {path.stem for path in (PACKAGE / "management/commands").glob("[a-z]*.py")}
    assert commands
    assert not {command for command in commands if f"`{command}" not in text and f"manage.py {command}" not in text}


def test_a_withdrawal_says_when_and_why(client, db):
    agreement = factories.make_agreement()
    with publication.act(note="", at=dt.datetime(2026, 2, 3, tzinfo=dt.UTC)) as act:
        act.withdraw([agreement], reason="It was recorded twice.")
    answer = client.get(agreement.get_absolute_url())
    assert answer.status_code == 410
    assert "3 February 2026" in answer.content.decode()
    assert "It was recorded twice." in answer.content.decode()
