"""The shipped dataset, for tests that only read."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client

from agreements.dataset.load import load

DATA = Path(__file__).resolve().parents[2] / "data"


@pytest.fixture(scope="module")
def shipped(django_db_setup: None, django_db_blocker) -> Iterator[Client]:
    """A reader before the shipped data, loaded once for the module and rolled back after it.

    A test of such a module asks for nothing else of the database: `db` closes the connection that holds the data.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        load(DATA)
        yield Client()
        transaction.set_rollback(True)
