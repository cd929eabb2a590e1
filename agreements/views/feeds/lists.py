"""The lists as feeds: the same filters, the same records, the same order; an item is a record of the list."""

from __future__ import annotations

from typing import Any, ClassVar

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from agreements.charts.scale import date_words
from agreements.exports.atom import Entry
from agreements.filters import ListFilter
from agreements.models import Country, Official, Record, Statement
from agreements.views.agreements import AgreementList, rows_of
from agreements.views.base import FilteredList, today
from agreements.views.countries import CountryList
from agreements.views.feeds.base import (
    AtomFeed,
    Times,
    absolute,
    id_of,
    parties,
    source_links,
    sources_of,
    times_about,
    times_of,
    with_query,
)
from agreements.views.feeds.changes import edition_entry
from agreements.views.log import EditionLog
from agreements.views.officials import OfficialList
from agreements.views.statements import StatementList
from agreements.views.timeline import office_now, office_of
from agreements.vocabulary import Stance


class ListFeed(AtomFeed):
    """One list of the site as a feed."""

    most = 500
    list_view: ClassVar[type[FilteredList]]
    name: ClassVar[str]

    @cached_property
    def filterset(self) -> ListFilter:
        view = self.list_view()
        return view.filterset_class(self.request.GET, queryset=view.base_queryset(), day=today(self.request))

    @property
    def title(self) -> Any:
        return str(self.list_view.heading)

    @property
    def subtitle(self) -> Any:
        return self.list_view.lede

    def page_address(self) -> str:
        return with_query(reverse(self.name), self.query)

    def records(self, start: int, stop: int) -> list[Any]:
        return list(self.filterset.qs[start:stop])

    def entry(self, record: Record, times: Times, title: str, content: str, **more: Any) -> Entry:
        """An item that is a record: its id is that of the record, wherever it stands and whatever it is called."""
        return Entry(
            id=id_of(f"{self.name}/{record.pk}"),
            title=title,
            address=absolute(record.get_absolute_url(), self.request.asked),
            published=times.published,
            updated=times.updated,
            content=content,
            **more,
        )


class AgreementFeed(ListFeed):
    list_view, name = AgreementList, "agreements"

    def records(self, start: int, stop: int) -> list[Any]:
        return list(self.filterset.qs.with_sources()[start:stop])

    def entries(self, start: int, stop: int) -> list[Entry]:
        records = self.records(start, stop)
        times = times_about(records, "agreement")
        return [self._of(row, times[row.agreement.pk]) for row in rows_of(records, day=today(self.request))]

    def _of(self, row: Any, times: Times) -> Entry:
        agreement, steps = row.agreement, row.path.transitions
        sources = sources_of(agreement)
        stands = row.status.in_sentence if row.status else _("no status on record")
        return self.entry(
            agreement,
            times,
            f"{parties(agreement)}: {stands}",
            self.content(
                "agreement", {"row": row, "before": steps[-2] if len(steps) > 1 else None, "sources": sources}
            ),
            links=source_links(sources),
            categories=((str(row.status), str(row.status.label)),) if row.status else (),
        )


def statement_entry(feed: AtomFeed, statement: Statement, times: Times) -> Entry:
    """What somebody said, as an item, from a statement whose facts and agreements were fetched."""
    about = [link.agreement for link in statement.agreement_links.all()]
    sources = sources_of(statement)
    said = f"{statement.official.name} {Stance(statement.stance).in_sentence}"
    named = ", ".join(parties(agreement) for agreement in about)
    title = [said, f": {named}" if named else "", f", {date_words(statement.date, statement.precision)}"]
    return Entry(
        id=id_of(f"statements/{statement.pk}"),
        title="".join(title),
        address=absolute(statement.get_absolute_url(), feed.request.asked),
        published=times.published,
        updated=times.updated,
        content=feed.content(
            "statement", {"statement": statement, "office": office_of(statement), "about": about, "sources": sources}
        ),
        links=source_links(sources),
        categories=((str(statement.stance), str(Stance(statement.stance).label)),),
    )


class StatementFeed(ListFeed):
    list_view, name = StatementList, "statements"

    def entries(self, start: int, stop: int) -> list[Entry]:
        records = self.records(start, stop)
        times = times_of(records)
        return [statement_entry(self, statement, times[statement.pk]) for statement in records]


class OfficialFeed(ListFeed):
    list_view, name = OfficialList, "officials"

    def entries(self, start: int, stop: int) -> list[Entry]:
        records = self.records(start, stop)
        times = times_about(records, "official")
        return [self._of(official, times[official.pk]) for official in records]

    def _of(self, official: Official, times: Times) -> Entry:
        office = office_now(official, today(self.request))
        title = f"{official.name}, {office.title}" if office else official.name
        return self.entry(official, times, title, self.content("official", {"official": official, "office": office}))


class CountryFeed(ListFeed):
    list_view, name = CountryList, "countries"

    def entries(self, start: int, stop: int) -> list[Entry]:
        records = self.records(start, stop)
        times = times_about(records, "country")
        return [self._of(country, times[country.pk]) for country in records]

    def _of(self, country: Country, times: Times) -> Entry:
        return self.entry(country, times, country.name, self.content("country", {"country": country}))


class EditionFeed(ListFeed):
    list_view, name = EditionLog, "changes"

    def entries(self, start: int, stop: int) -> list[Entry]:
        return [edition_entry(self, edition) for edition in self.records(start, stop)]
