"""What a list of work is, and the words that its rows share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from agreements.admin.base import as_known
from agreements.admin.workflow import key_of
from agreements.models import Record, Statement

FIRST_WORDS = 24


@dataclass(frozen=True)
class Row:
    """One thing that waits. `key` is what a tick stands for; `under` are rows that go with it."""

    key: str
    title: str
    address: str
    kind: str = ""
    badge: tuple[str, object] | None = None
    facts: tuple[str, ...] = ()
    said: str = ""
    answer: str = ""
    steps: tuple[tuple[object, str], ...] = ()
    tick: bool = False
    under: tuple[Row, ...] = ()


class Worklist:
    """A list of work: what it is, who sees it, what can be done with its rows.

    Counting what it found, and fetching rows, each cost a number of queries that does not grow with the records.
    """

    name: str
    title: object
    about: object
    nothing: object
    """What is said where nothing waits."""
    needs = ""
    """The permission without which nobody sees it; empty where everybody at the desk does."""
    button: object = ""
    """What is done with the rows that are ticked."""
    one_click = False
    """Whether the button stands beside each row too."""

    def __init__(self, user: AbstractBaseUser, asked: Mapping[str, str]) -> None:
        self.user, self.asked = user, asked

    @classmethod
    def is_for(cls, user: AbstractBaseUser) -> bool:
        return not cls.needs or user.has_perm(cls.needs)

    @property
    def may_act(self) -> bool:
        """Whether this user may press the button."""
        return bool(self.button)

    @property
    def wrong(self) -> str:
        """What is wrong with what was asked for; empty where nothing is."""
        return ""

    @cached_property
    def found(self) -> Sequence | QuerySet:
        """What waits, the most pressing first."""
        raise NotImplementedError

    @cached_property
    def count(self) -> int:
        return self.found.count() if isinstance(self.found, QuerySet) else len(self.found)

    @property
    def address(self) -> str:
        return reverse("admin:desk_work", args=[self.name])

    @property
    def elsewhere(self) -> list[tuple[object, str]]:
        """The tables of the desk that answer the same question with a filter: name and address."""
        return []

    def rows(self, some: Iterable) -> list[Row]:
        """The rows of a piece of what was found."""
        raise NotImplementedError

    def act(self, request: HttpRequest, keys: list[str]) -> HttpResponse | None:
        """Does what the button says to the records of these keys; None where the list is what to look at next."""
        raise NotImplementedError


# --- Words ---


def first_words(record: Record) -> str:
    """The beginning of what a record says; empty where its name says it all."""
    texts = (getattr(record, name, "") for name in ("summary", "note"))
    return Truncator(next(filter(None, texts), "")).words(FIRST_WORDS)


def said_by(statement: Statement) -> str:
    date = as_known(statement.date, statement.precision)
    return _("%(official)s, %(date)s") % {"official": statement.official.name, "date": date}


def moment(time: dt.datetime) -> str:
    return date_format(timezone.localtime(time), "DATETIME_FORMAT")


def step(name: str, record: Record) -> str:
    """The page of a step of the workflow."""
    return reverse(f"admin:desk_{name}", query={"record": key_of(record)})


def changelist(model: type[Record], **filters: str) -> str:
    return reverse(f"admin:agreements_{model._meta.model_name}_changelist", query=filters)
