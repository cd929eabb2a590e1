"""A calendar file (RFC 5545): dated facts as events of whole days, none of them more exact than its date is known."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from icalendar import Calendar, vText
from icalendar import Event as Component
from icalendar.enums import TRANSP

MEDIA_TYPE = "text/calendar"
_NOT_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Event:
    """One fact: its days from `first` to `last`, both included; `changed` is when the public last saw it change."""

    uid: str
    first: dt.date
    last: dt.date
    summary: str
    description: str
    address: str
    categories: tuple[str, ...]
    changed: dt.datetime


def written(
    events: Iterable[Event], *, name: str, description: str, address: str, uid: str, changed: dt.datetime
) -> bytes:
    """The file, the same bytes for the same events, in the order given."""
    calendar = Calendar.new(
        prodid="-//Third Country Tracker//Calendar//EN",
        name=name,
        description=description,
        url=address,
        source=address,
        uid=uid,
        last_modified=changed.astimezone(dt.UTC),
        refresh_interval=dt.timedelta(hours=6),
        subcomponents=[_component(event) for event in events],
    )
    # RFC 7986 wants their type named. What most programs read in place of it is text like any other.
    for name_of, kind in (("REFRESH-INTERVAL", "DURATION"), ("SOURCE", "URI")):
        calendar[name_of].params["VALUE"] = kind
    calendar["X-WR-CALNAME"], calendar["X-WR-CALDESC"] = vText(name), vText(description)
    return calendar.to_ical()


def _plain(text: str) -> str:
    """Without the control characters that the format cannot hold."""
    return _NOT_TEXT.sub("\ufffd", text)


def _component(event: Event) -> Component:
    changed = event.changed.astimezone(dt.UTC)
    return Component.new(
        uid=event.uid,
        start=event.first,
        end=event.last + DAY,
        summary=_plain(event.summary),
        description=_plain(event.description),
        url=event.address,
        categories=event.categories,
        stamp=changed,
        last_modified=changed,
        # It is there to be seen, and takes up nobody's day.
        transparency=TRANSP.TRANSPARENT,
    )
