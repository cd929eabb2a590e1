"""What the tracker knows, as the reader of articles needs it: everything that is not withdrawn, drafts included.

Drafts too, so that an official or an agreement which an editor has just entered is found. What is read with it is for
the desk and the operator alone.
"""

from __future__ import annotations

from agreements.article import (
    Known,
    KnownAgreement,
    KnownChange,
    KnownCountry,
    KnownOfficial,
    KnownStatement,
)
from agreements.models import Agreement, Country, Official, Position, Statement, StatusChange
from agreements.vocabulary import State


def known() -> Known:
    """All that is on record, in six queries whatever its size."""
    offices: dict[str, list[str]] = {}
    for official, title, body in _kept(Position).values_list("official_id", "title", "body").order_by("id"):
        offices.setdefault(official, []).append(f"{title}, {body}" if body else title)
    changes: dict[str, list[KnownChange]] = {}
    for change in _kept(StatusChange).order_by("agreement_id", "step", "id"):
        changes.setdefault(change.agreement_id, []).append(
            KnownChange(change.id, change.status, change.date, change.precision)
        )
    return Known(
        countries=tuple(KnownCountry(id, (name,)) for id, name in _kept(Country).values_list("id", "name")),
        officials=tuple(
            KnownOfficial(id, name, kind, country or "", tuple(offices.get(id, ())))
            for id, name, kind, country in _kept(Official).values_list("id", "name", "kind", "country_id")
        ),
        agreements=tuple(
            KnownAgreement(
                each.id,
                each.sender_id,
                each.receiver_id,
                each.title,
                each.instrument,
                tuple(changes.get(each.id, ())),
            )
            for each in _kept(Agreement)
        ),
        statements=tuple(
            KnownStatement(id, official, quote)
            for id, official, quote in _kept(Statement).exclude(quote="").values_list("id", "official_id", "quote")
        ),
    )


def _kept(model):
    return model.objects.exclude(state=State.WITHDRAWN).order_by("id")
