"""The shipped dataset, for the module that reads it and changes nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client

from agreements.dataset.load import load

DATA = Path(__file__).resolve().parents[2] / "data"


@pytest.fixture(scope="module")
def shipped(django_db_setup: None, django_db_blocker) -> Iterator[Client]:
    """A reader before the shipped data: loaded once for the whole module, taken back after it.

    Each test of the module runs inside the transaction that holds the data, so no other module ever sees it.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        load(DATA)
        yield Client()
        transaction.set_rollback(True)
