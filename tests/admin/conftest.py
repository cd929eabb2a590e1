"""An administrator at the desk, and one record of every table."""

from collections.abc import Callable
from functools import cache, partial

import pytest
from django.contrib.auth.models import User
from django.test import Client

from agreements import publication
from agreements.models import Edition
from agreements.vocabulary import State
from tests import factories
from tests.admin.desk import RECORDS
from tests.database import fresh, once


@pytest.fixture
def chief(db: None) -> User:
    return User.objects.create_superuser("chief", password="a long enough password")


@pytest.fixture
def desk(client: Client, chief: User) -> Client:
    """A browser in which the administrator `chief` is signed in."""
    client.force_login(chief)
    return client


@pytest.fixture
def one_person(settings) -> None:
    """A desk where a change is public on saving, for tests that are not about who may."""
    settings.TWO_PERSON_RULE = False


@pytest.fixture
def one_of(db: None) -> Callable:
    """Makes a record of the table that is named, by its factory; there is none yet."""
    return lambda model, state=State.PUBLISHED: fresh(once(maker(model, state)))


@cache
def maker(model: type, state: State) -> Callable:
    if model is Edition:
        return make_first_edition
    assert model in RECORDS
    return partial(getattr(factories, f"make_{snake(model.__name__)}"), state=state)


def make_first_edition() -> Edition:
    with publication.act(note="First load") as act:
        act.publish(factories.make_source(state=State.DRAFT))
    return act.edition


def snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name).lstrip("_")
