"""How to follow what a page shows: the feeds and the calendar that the page names in its head and to its reader."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from agreements.exports.atom import MEDIA_TYPE
from agreements.models import Agreement, Country, Official, Record

CALENDAR = "text/calendar"


@dataclass(frozen=True)
class Followed:
    """One address to follow: its words on the page, its title in the head, what it is."""

    words: str
    title: str
    address: str
    type: str = MEDIA_TYPE


def of_record(record: Record) -> list[Followed]:
    """What a record's page offers; nothing where the record stands on other pages too."""
    match record:
        case Agreement():
            return [
                _feed(record, "agreement-feed", record.pk, _("What changes on this page")),
                _calendar(record, agreement=record.pk),
            ]
        case Country():
            steps = f"{reverse('transitions-feed')}?{urlencode({'country': record.pk})}"
            return [
                _feed(record, "country-feed", record.slug, _("What changes about it and its agreements")),
                Followed(_("Each new status of its agreements"), _("%(of)s: each new status") % {"of": record}, steps),
                _calendar(record, country=record.pk),
            ]
        case Official():
            denials = f"{reverse('denials-feed')}?{urlencode({'official': record.pk})}"
            return [
                _feed(record, "official-feed", record.pk, _("What changes on this page")),
                Followed(
                    _("Denials by the same ministry"), _("%(of)s: denials by the ministry") % {"of": record}, denials
                ),
            ]
    return []


def of_list(name: str, title: str, query: str) -> list[Followed]:
    """What a list offers: itself, as it is filtered and sorted; agreements also what happens under them."""
    if name not in LISTS:
        return []
    found = [Followed(_("This list as a feed"), title, _with(reverse(f"{name}-feed"), query))]
    if name == "agreements":
        shown = _with(reverse("calendar"), query)
        found.append(
            Followed(_("What happened, as a calendar"), _("%(of)s: calendar") % {"of": title}, shown, CALENDAR)
        )
    if name == "changes":
        found.append(
            Followed(_("Record by record"), _("Everything that changes"), _with(reverse("everything-feed"), query))
        )
        found.append(Followed(_("Corrections alone"), _("Corrections"), reverse("corrections-feed")))
    return found


LISTS = ("agreements", "statements", "officials", "countries", "changes")
"""The lists that are feeds, by the name of their address."""


def _with(address: str, query: str) -> str:
    return f"{address}?{query}" if query else address


def _feed(record: Record, name: str, key: str, words: str) -> Followed:
    return Followed(words, _("%(of)s: what changes") % {"of": record}, reverse(name, args=[key]))


def _calendar(record: Record, **asked: Any) -> Followed:
    address = f"{reverse('calendar')}?{urlencode(asked)}"
    return Followed(_("What happened, as a calendar"), _("%(of)s: calendar") % {"of": record}, address, CALENDAR)
