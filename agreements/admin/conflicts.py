"""Two at one record: who saved it last, and what becomes of rows that are typed into and no longer there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.http import QueryDict

from agreements.dataset.rows import TABLE_OF
from agreements.models import Proposal, Record


@dataclass(frozen=True)
class Saved:
    """When a record, or the change proposed for it, was last saved, and by whom; None is no one at the desk."""

    when: dt.datetime
    who: User | None


def last_save(records: Iterable[Record]) -> Saved:
    """The newest of all saves of some records and of proposals for them."""
    found = []
    for record in records:
        version = record.history.select_related("history_user").first()
        found.append(Saved(version.history_date, version.history_user))
        for proposal in Proposal.objects.filter(table=TABLE_OF[type(record)], record=record.pk).select_related(
            "author", "decided_by"
        ):
            found.append(Saved(proposal.updated_at, proposal.author))
            if proposal.decided_at:
                found.append(Saved(proposal.decided_at, proposal.decided_by))
    return max(found, key=lambda saved: saved.when)


def revived(post: QueryDict, prefix: str, there: set[str]) -> QueryDict:
    """What was posted, with those rows of a formset as new ones whose records are not `there` any more."""
    total = int(post[f"{prefix}-TOTAL_FORMS"])
    rows = []
    for number in range(total):
        start = f"{prefix}-{number}-"
        rows.append({name.removeprefix(start): post.getlist(name) for name in post if name.startswith(start)})
    gone = [row for row in rows if row.get("id", [""]) != [""] and row["id"][0] not in there]
    if not gone:
        return post
    # Django takes the first rows for the old ones.
    kept = [row for row in rows if row not in gone]
    answer = post.copy()
    for number, row in enumerate([*kept, *(row | {"id": [""]} for row in gone)]):
        for name, values in row.items():
            answer.setlist(f"{prefix}-{number}-{name}", values)
    old = sum(row.get("id", [""]) != [""] for row in kept)
    answer[f"{prefix}-INITIAL_FORMS"] = str(old)
    return answer
