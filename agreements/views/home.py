"""The state of play: how many agreements stand where, who sends to whom, what is new, secret and contradicted."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from agreements import history
from agreements.charts import figures, people, svg, world
from agreements.charts.world import Party, Route
from agreements.cite import SITE
from agreements.history import Contradiction, Days, Moved, Path, People, Period
from agreements.models import Agreement, Country, Statement, StatusChange, Transfer
from agreements.views import jsonld
from agreements.views.agreements import SECRET
from agreements.views.base import today
from agreements.views.charts import paths_of
from agreements.views.citing import cite
from agreements.views.data import downloads
from agreements.views.describing import Described
from agreements.views.moments import carried
from agreements.views.statements import entry_of, with_agreements
from agreements.views.timeline import Entry, Sources
from agreements.vocabulary import CountedBy, Precision, SpeaksFor, Stance, State, Status

MONTHS = 24
"""How many months the picture of people moved goes back; the table has all."""
TOP = 5
"""How many entries a ranked list of the home page has."""
LAND = "vendor/world_110m.json"


@dataclass(frozen=True)
class Standing:
    """How many agreements stand at a status, and the list of them."""

    status: Status
    count: int
    address: str


@dataclass(frozen=True)
class Side:
    """A country in the table below the map, with its agreements on either side and how many of all operate."""

    country: Country
    sends: int
    receives: int
    operating: int


@dataclass(frozen=True)
class Secret:
    """An agreement that binds by a text which nobody may read, and for how long it has."""

    agreement: Agreement
    path: Path
    since: Period
    days: Days


@dataclass(frozen=True)
class Contradicted:
    """An agreement with its contradictions, newest first."""

    agreement: Agreement
    found: list[Contradiction]

    @property
    def newest(self) -> Contradiction:
        return self.found[0]


class Home(Described, TemplateView):
    template_name = "home.html"
    name = SITE

    def nodes(self, context):
        """The site, the page, and the dataset that both show."""
        yield jsonld.website(settings.SITE_URL)
        yield from super().nodes(context)
        moment = self.request.asked.moment
        if moment is not None:
            yield jsonld.dataset(
                site=settings.SITE_URL,
                edition=moment.number,
                made_at=moment.made_at,
                downloads=downloads(moment.number),
            )

    def get_context_data(self, **kwargs):
        day = today(self.request)
        paths = paths_of(Agreement.objects.published(), day=day)
        sources = Sources()
        return super().get_context_data(**kwargs) | {
            "citations": cite(self.request, str(_("Agreements by status"))),
            "total": len(paths),
            "receivers": Agreement.objects.published().values("receiver").distinct().count(),
            "day": day,
            "countries": sides(paths),
            "newest": [(each, path) for each, path in reversed(paths)][:TOP],
            "contradicted": most_contradicted(paths)[:TOP],
            "sources": sources,
            **_standings(paths),
            **_map(paths),
            **_latest(sources),
            **_over_time([path for _each, path in paths], day),
            **_people_moved(day),
            **_secret(paths, day),
        }


def _standings(paths: list[tuple[Agreement, Path]]) -> dict[str, Any]:
    current = [path.current for _each, path in paths]
    return {
        "operating": current.count(Status.OPERATING),
        "standings": [
            Standing(status, current.count(status), f"{reverse('agreements')}?status={status}") for status in Status
        ],
    }


def _latest(sources: Sources) -> dict[str, Any]:
    changes = (
        StatusChange.objects.published()
        .filter(agreement__state=State.PUBLISHED)
        .select_related("agreement__sender", "agreement__receiver")
        .with_sources()
        .in_date_order()
        .reverse()[:8]
    )
    statements = with_agreements(Statement.objects.published().in_date_order().reverse())[:6]
    return {
        "changes": [
            Entry("status", change.pk, change, change.date, change.precision, sources.of(change)) for change in changes
        ],
        "statements": [entry_of(statement, sources) for statement in statements],
    }


def _over_time(paths: list[Path], day: dt.date) -> dict[str, Any]:
    days = history.month_ends(min((path.first_report.first for path in paths), default=day), day)
    counts = history.statuses_over_time(paths, days=days)
    year_ends = [place for place, each in enumerate(days) if each.month == 12 or each == day]
    return {
        "stack_wide": svg.stack(paths, days=days),
        "stack_narrow": svg.stack(paths, days=days, width=344, narrow=True),
        "stack_legend": [status for status in svg.STACKING if any(counts[status])],
        "chart_address": reverse("home-chart"),
        "table_statuses": list(Status),
        "table": [
            (days[place].year if days[place] != day else day, [counts[status][place] for status in Status])
            for place in reversed(year_ends)
        ],
    }


# --- Who sends to whom ----------------------------------------------------------------------------


def parties_and_routes(paths: Iterable[tuple[Agreement, Path]], *, carry: str = "") -> tuple[list[Party], list[Route]]:
    """The countries of these agreements in order of their names, and who of them sends to whom.

    `carry` is what the countries' addresses carry on.
    """
    countries: dict[str, Country] = {}
    sends, receives = defaultdict(list), defaultdict(list)
    between: dict[tuple[str, str], bool] = defaultdict(bool)
    for agreement, path in paths:
        for country in (agreement.sender, agreement.receiver):
            countries[country.pk] = country
        sends[agreement.sender_id].append(path.current)
        receives[agreement.receiver_id].append(path.current)
        between[agreement.sender_id, agreement.receiver_id] |= path.current is Status.OPERATING
    parties = {
        country.pk: Party(
            country.name,
            country.lat,
            country.lon,
            carried(country.get_absolute_url(), carry) if carry else country.get_absolute_url(),
            tuple(sends[country.pk]),
            tuple(receives[country.pk]),
        )
        for country in sorted(countries.values(), key=lambda country: country.slug)
    }
    routes = [
        Route(parties[sender], parties[receiver], operating)
        for (sender, receiver), operating in sorted(between.items())
    ]
    return list(parties.values()), routes


def sides(paths: Iterable[tuple[Agreement, Path]]) -> list[Side]:
    """The countries of these agreements in the order of their slugs."""
    countries: dict[str, Country] = {}
    found: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for agreement, path in paths:
        for place, country in enumerate((agreement.sender, agreement.receiver)):
            countries[country.pk] = country
            found[country.pk][place] += 1
            found[country.pk][2] += path.current is Status.OPERATING
    return [Side(country, *found[pk]) for pk, country in sorted(countries.items(), key=lambda pair: pair[1].slug)]


def land_address() -> str:
    """The address of the coastlines; empty where they were not fetched, since npm was missing."""
    return static(LAND) if staticfiles_storage.exists(LAND) else ""


def _map(paths: list[tuple[Agreement, Path]]) -> dict[str, Any]:
    parties, routes = parties_and_routes(paths)
    return {
        "map_wide": world.world(parties, routes),
        "map_narrow": world.world(parties, routes, width=344, narrow=True),
        "map_address": reverse("home-map"),
        "land_address": land_address(),
    }


def home_map(request: HttpRequest) -> HttpResponse:
    paths = paths_of(Agreement.objects.published(), day=today(request))
    figure = figures.world(*parties_and_routes(paths, carry=request.asked.carried))
    return HttpResponse(figure, content_type="application/json")


# --- People moved ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class MovedRow:
    """The people moved in a month or a year, and under which agreements."""

    moved: Moved
    agreements: list[Agreement]

    @property
    def counted_by(self) -> str:
        return _counters(self.moved.people)


def _counters(moved: People) -> str:
    """Who counted, in the order of the vocabulary."""
    return ", ".join(each.in_sentence for each in CountedBy if each in moved.counted_by)


def _people_moved(day: dt.date) -> dict[str, Any]:
    transfers = (
        Transfer.objects.published()
        .filter(agreement__state=State.PUBLISHED)
        .select_related("agreement__sender", "agreement__receiver")
    )
    by_month = history.people_by_month(transfers)
    months = people.last_months(day, MONTHS)
    shown = [each for each in by_month.months if each.period.first >= months[0]]
    # Who counted differs from group to group, so that no sum of them all is said.
    together = history.people_moved([row for each in shown for row in each.transfers])
    return {
        "monthly_wide": people.monthly(shown, months=months),
        "monthly_narrow": people.monthly(shown, months=months, width=344, narrow=True),
        "monthly_from": Period(months[0], Precision.MONTH.last_day(months[0]), Precision.MONTH),
        "shown_people": together,
        "shown_counters": _counters(together),
        "moved_in_months": [_moved_row(each) for each in reversed(by_month.months)],
        "moved_in_years": [_moved_row(each) for each in reversed(by_month.years)],
    }


def _moved_row(moved: Moved) -> MovedRow:
    under = {row.agreement_id: row.agreement for row in moved.transfers}
    return MovedRow(moved, list(under.values()))


# --- Secret, contradicted -------------------------------------------------------------------------


def _secret(paths: list[tuple[Agreement, Path]], day: dt.date) -> dict[str, Any]:
    secret = longest_secret(paths, day=day)
    return {
        "secret": secret[:TOP],
        "secret_count": len(secret),
        "secret_address": f"{reverse('agreements')}?{SECRET}",
    }


def longest_secret(paths: Iterable[tuple[Agreement, Path]], *, day: dt.date) -> list[Secret]:
    """The agreements whose text is secret, those that have bound for longest first."""
    now = Period(day, day, Precision.DAY)
    found = [
        Secret(agreement, path, since, since.until(now))
        for agreement, path in paths
        if history.is_secret(path, agreement.text_public) and (since := history.bound_since(path))
    ]
    return sorted(found, key=lambda secret: (secret.since.first, secret.agreement.pk))


def most_contradicted(paths: Iterable[tuple[Agreement, Path]]) -> list[Contradicted]:
    """The agreements of which one government says what another, or another of its own, denies.

    Those with the most contradictions come first, of as many the one with the newest.
    """
    by_id = {agreement.pk: (agreement, path) for agreement, path in paths}
    about: dict[str, list[Statement]] = defaultdict(list)
    for statement in _government_words():
        for link in statement.agreement_links.all():
            about[link.agreement_id].append(statement)
    found = []
    for id, statements in about.items():
        if id in by_id:
            agreement, path = by_id[id]
            contradictions = history.contradictions(
                statements, path.changes, sender=agreement.sender_id, receiver=agreement.receiver_id
            )
            if contradictions:
                found.append(Contradicted(agreement, contradictions))
    return sorted(found, key=lambda each: (-len(each.found), -each.newest.latest.toordinal(), each.agreement.pk))


def _government_words():
    """What governments said on whether something is so, with the agreements that it is about."""
    links = Statement.agreements.through.objects.filter(agreement__state=State.PUBLISHED)
    return (
        Statement.objects.published()
        .filter(
            official__state=State.PUBLISHED,
            official__speaks_for=SpeaksFor.GOVERNMENT,
            stance__in=[stance for stance in Stance if stance.says_it_is_so is not None],
        )
        .select_related("official")
        .prefetch_related(Prefetch("agreement_links", links))
    )
