"""The calendar: what happened under agreements, each fact an event of whole days."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from agreements.charts.scale import date_words
from agreements.cite import SITE
from agreements.dataset.rows import TABLE_OF
from agreements.exports import ics
from agreements.exports.ics import Event
from agreements.filters import EventFilter, faults
from agreements.history import Period
from agreements.models import (
    Agreement,
    Payment,
    Proceeding,
    ProceedingAgreement,
    Record,
    Source,
    StatusChange,
    Transfer,
)
from agreements.querysets import in_period
from agreements.templatetags.tracker import money_words, people_range
from agreements.views.base import bad_request, today
from agreements.views.feeds.base import BEGINNING, absolute, id_of, parties, sources_of, times_of
from agreements.views.feeds.events import steps_with_before
from agreements.views.moments import Asked
from agreements.views.timeline import permanent_address
from agreements.vocabulary import Counting, Outcome, Precision, Stage, Status

MOST = 2000
"""Events in one file. A calendar has no second page: of more than these, the latest are there."""


def calendar(request: HttpRequest) -> HttpResponse:
    """Status changes, groups moved, payments, filings and rulings; what narrows the list of agreements narrows it."""
    filterset = EventFilter(request.GET, queryset=EventFilter.records(), day=today(request))
    if not filterset.is_valid():
        return bad_request(request, faults(filterset))
    asked = request.asked
    found = sorted(_events(filterset, asked), key=lambda event: (event.first, event.last, event.uid))
    shown = found[-MOST:]
    phrases, narrowed = ", ".join(filterset.phrases()), f"?{filterset.query}" if filterset.query else ""
    content = ics.written(
        shown,
        name=f"{SITE}: {phrases}" if phrases else SITE,
        description=_about(whole=len(shown) == len(found)),
        address=absolute(f"{request.path}{narrowed}", asked),
        uid=id_of(f"calendar{narrowed}"),
        changed=max((event.changed for event in shown), default=asked.moment.made_at if asked.moment else BEGINNING),
    )
    return HttpResponse(content, content_type=f"{ics.MEDIA_TYPE}; charset=utf-8")


def _about(*, whole: bool) -> str:
    said = _(
        "What happened under agreements that send people to a third country. Where only the month or the year of "
        "something is known, it spans all of it, and says so; what has no date is left out, and so are running totals "
        "of people moved. Data: CC BY 4.0."
    )
    return said if whole else f"{said} {_('Earlier events are left out: ask for a country or an agreement.')}"


def _events(filterset: EventFilter, asked: Asked) -> Iterator[Event]:
    yield from _dated(steps_with_before(), filterset, asked)
    yield from _dated(Transfer.objects.published().filter(counting=Counting.SINGLE), filterset, asked)
    yield from _dated(Payment.objects.published().filter(date__isnull=False), filterset, asked)
    yield from _in_court("filed", filterset, asked)
    yield from _in_court("decided", filterset, asked)


def _dated(records: QuerySet, filterset: EventFilter, asked: Asked) -> Iterator[Event]:
    """The latest of the records that the filters leave, as events."""
    left = records.filter(in_period(*filterset.period), agreement__in=filterset.agreements)
    left = left.select_related("agreement__sender", "agreement__receiver").with_sources()
    found = list(left.order_by("-date", "-pk")[:MOST])
    times = times_of(found)
    for record in found:
        about = [record.agreement]
        what, words = _what(record)
        yield _event(record, Period.of(record), about, what, words, record.note, times[record.pk].updated, asked)


def _what(record: Any) -> tuple[str, str]:
    """What happened: a word to sort by, and words to read."""
    match record:
        case StatusChange():
            words = Status(record.status).in_sentence
            return _("Status"), _("%(status)s, as before") % {
                "status": words
            } if record.before == record.status else words
        case Transfer():
            people = people_range(record.people_low, record.people_high)
            return _("People moved"), _("people moved: %(people)s") % {"people": people}
        case Payment():
            return _("Money"), f"{money_words(record.amount, record.currency)} {Stage(record.stage).in_sentence}"
    raise TypeError(f"{record!r} is no event")


def _in_court(column: str, filterset: EventFilter, asked: Asked) -> Iterator[Event]:
    """Cases on the day on which they were filed or decided: one event a case, under how many agreements it may be."""
    first, last = filterset.period
    bounds = {f"{column}__isnull": False} | ({f"{column}__gte": first} if first else {})
    bounds |= {f"{column}__lte": last} if last else {}
    links = ProceedingAgreement.objects.filter(agreement__in=filterset.agreements)
    public = Agreement.objects.published().select_related("sender", "receiver").order_by("pk")
    left = Proceeding.objects.published().filter(Q(**bounds), pk__in=links.values("proceeding"))
    left = left.with_sources().prefetch_related(Prefetch("agreements", public))
    found = list(left.order_by(f"-{column}", "-pk")[:MOST])
    times = times_of(found)
    for case in found:
        day = getattr(case, column)
        happened = _("filed") if column == "filed" else _("ruling: %(outcome)s") % {"outcome": _outcome(case)}
        yield _event(
            case,
            Period(day, day, Precision.DAY),
            list(case.agreements.all()),
            _("Court"),
            f"{case.name}, {happened}",
            f"{case.court}. {case.summary}",
            times[case.pk].updated,
            asked,
            part=f"-{column}",
        )


def _outcome(case: Proceeding) -> str:
    return Outcome(case.outcome).in_sentence


def _event(
    record: Record,
    period: Period,
    about: list[Agreement],
    what: str,
    words: str,
    note: str,
    changed: Any,
    asked: Asked,
    *,
    part: str = "",
) -> Event:
    """One event; its words begin with the period where that is more than a day, then say between whom."""
    known = date_words(period.first, period.precision)
    vague = "" if period.exact else _("%(period)s, day not known") % {"period": known}
    address = absolute(permanent_address(record), asked)
    table = TABLE_OF[type(record)].replace("_", "-")
    told = [
        note,
        "\n".join(agreement.title for agreement in about),
        "\n".join(_source(source) for source in sources_of(record)),
        address,
    ]
    return Event(
        uid=f"{table}-{record.pk}{part}@{settings.FEED_AUTHORITY}",
        first=period.first,
        last=period.last,
        summary=": ".join(filter(None, [vague, parties(about[0]) if len(about) == 1 else "", words])),
        description="\n\n".join(filter(None, told)),
        address=address,
        categories=(what, *dict.fromkeys(parties(agreement) for agreement in about)),
        changed=changed,
    )


def _source(source: Source) -> str:
    dated = f", {date_words(source.published)}" if source.published else ""
    address = source.url or source.archive_url
    return _("Source: %(source)s") % {"source": f"{source.publisher}: {source.title}{dated} {address}".strip()}
