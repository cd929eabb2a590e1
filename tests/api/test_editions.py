"""Every answer of the API as it was given at any edition."""

from __future__ import annotations

import datetime as dt
import json
import re

import pytest
from django.test import Client

from agreements import publication
from agreements.api.tables import SERVED
from agreements.dataset.load import load
from agreements.models import Official
from agreements.views import moments
from tests.views.test_editions import DAYS, ids_ever, versions, with_edition

pytestmark = pytest.mark.django_db


def addresses() -> list[str]:
    """Each list, and each record that any edition held."""
    ever = ids_ever() | {"editions": {"1", "2", "3"}}
    records = (
        f"/api/v1/{name}/{id}" for name, served in SERVED.items() for id in sorted(ever.get(served.table.name, ()))
    )
    filtered = ["agreements?country=USA&sort=sender&per_page=1", "statements?q=rwanda", "countries?party=any"]
    return ["/api/v1/", *(f"/api/v1/{end}" for end in [*SERVED, *filtered]), *records]


def answer_of(client: Client, address: str) -> tuple[int, str]:
    """Status and content, once the edition is taken from its addresses."""
    answer = client.get(address)
    content = json.dumps(json.loads(answer.content), ensure_ascii=False)
    return answer.status_code, re.sub(r"[?&]edition=[0-9]+", "", content)


@pytest.fixture
def given(client, tmp_path, monkeypatch) -> dict[int, dict[str, tuple[int, str]]]:
    """What every address answered on the day of each edition; it is forty days after the last."""
    answers = {}
    for number, (dataset, at) in enumerate(zip(versions(), DAYS, strict=True), start=1):
        dataset.write(tmp_path / str(number))
        load(tmp_path / str(number), note=f"Version {number}", at=at)
        monkeypatch.setattr(moments.timezone, "now", lambda at=at: at)
        answers[number] = {address: answer_of(client, address) for address in addresses()}
    monkeypatch.setattr(moments.timezone, "now", lambda: DAYS[-1] + dt.timedelta(days=40))
    return answers


def test_every_answer_comes_again_whatever_was_corrected_and_withdrawn_since(client, given):
    with publication.act(note="Corrected again.", at=DAYS[-1] + dt.timedelta(days=1)) as act:
        official = Official.objects.get()
        official.name = "Somebody else"
        act.publish(official)
    assert {status for answers in given.values() for status, _content in answers.values()} == {200, 404, 410}
    for number, answers in given.items():
        assert len(answers) > 25
        for address, answer in answers.items():
            assert answer_of(client, with_edition(address, number)) == answer, f"{address} at edition {number}"
