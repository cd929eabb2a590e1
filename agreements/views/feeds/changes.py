"""Feeds of the edition log: what each act of publishing added, changed and withdrew, record by record."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db.models import QuerySet, Value
from django.http import HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements.dataset.rows import TABLE_OF, Row
from agreements.dataset.schema import TABLES
from agreements.exports.atom import Entry, Link
from agreements.filters import ChangeFilter, EditionFilter
from agreements.models import Agreement, Country, Edition, Official, Record, Revision, Source
from agreements.refusals import plain
from agreements.views.base import last_row_of, not_found, withdrawal_of
from agreements.views.feeds.base import AtomFeed, absolute, id_of, source_links, with_query
from agreements.views.links import label_of_row
from agreements.views.log import Change, change_of, with_row_before
from agreements.vocabulary import ActKind, ChangeKind

LONGEST_TITLE = 200
"""Letters of the title of an edition, whose note may be long."""


class ChangesFeed(AtomFeed):
    """Every change of every record, the newest edition first; the parameters of the edition log narrow it."""

    filterset_class = ChangeFilter
    kinds: ClassVar[tuple[ChangeKind, ...]] = tuple(ChangeKind)
    title = gettext_lazy("everything that changes")
    subtitle = gettext_lazy(
        "One item for each record that an edition added, changed or withdrew, field by field, with its sources."
    )

    def page_address(self) -> str:
        return with_query(reverse("changes"), self.query)

    def changes(self) -> QuerySet[Revision]:
        return self.filterset.changes().filter(kind__in=self.kinds)

    def acts(self) -> QuerySet[Edition]:
        """The editions that changed no record, and are an item themselves."""
        return Edition.objects.none() if self.filterset.narrows else Edition.objects.filter(revisions__isnull=True)

    def entries(self, start: int, stop: int) -> list[Entry]:
        records = self.changes().order_by().values_list("edition", "table", "record", "pk")
        acts = self.acts().order_by().values_list("number", Value(""), Value(""), Value(0))
        found = list(records.union(acts, all=True).order_by("-edition", "table", "record")[start:stop])
        chosen = Revision.objects.filter(pk__in=[pk for *_key, pk in found if pk])
        revisions = {each.pk: each for each in with_row_before(chosen).select_related("edition")}
        editions = EditionFilter.records().filter(number__in=[number for number, *_key, pk in found if not pk])
        alone = {each.number: each for each in editions}
        cited = _sources_by_id(revisions.values())
        return [
            self._of_change(change_of(revisions[pk]), cited) if pk else edition_entry(self, alone[number])
            for number, *_key, pk in found
        ]

    def _of_change(self, change: Change, cited: dict[str, Source]) -> Entry:
        revision, asked = change.revision, self.request.asked
        edition, table, kind = revision.edition, revision.table, ChangeKind(revision.kind)
        sources = [cited[id] for id in _cited_ids(revision) if id in cited]
        states = {
            "before": edition.number - 1 if kind != ChangeKind.ADDED else None,
            "after": edition.number if kind != ChangeKind.WITHDRAWN else None,
        }
        return Entry(
            id=id_of(f"editions/{edition.number}/{table}/{revision.record}"),
            title=f"{kind.label}: {change.label} ({change.table})",
            address=absolute(change.address, asked),
            published=edition.made_at,
            updated=edition.made_at,
            content=self.content(
                "change", {"change": change, "kind": kind, "edition": edition, "sources": sources, **states}
            ),
            links=(
                Link("related", absolute(edition.get_absolute_url(), asked), str(edition)),
                *source_links(sources),
            ),
            categories=((str(kind), str(kind.label)), (table.replace("_", "-"), change.table)),
        )


def _cited_ids(revision: Revision) -> list[str]:
    """The sources that a revision's record rests on; a source rests on itself."""
    if revision.table == "sources":
        return [revision.record]
    row: Row = revision.row or revision.before
    return row["sources"].split(";") if "sources" in TABLES[revision.table].column_names and row["sources"] else []


def _sources_by_id(revisions: Iterable[Revision]) -> dict[str, Source]:
    ids = {id for revision in revisions for id in _cited_ids(revision)}
    return Source.objects.published().in_bulk(sorted(ids))


def edition_entry(feed: AtomFeed, edition: Edition) -> Entry:
    """An edition as an item: its note, and how many records it added, changed and withdrew."""
    asked = feed.request.asked
    note = f": {edition.note}" if edition.note else ""
    return Entry(
        id=id_of(f"editions/{edition.number}"),
        title=Truncator(f"{edition}{note}").chars(LONGEST_TITLE),
        address=absolute(edition.get_absolute_url(), asked),
        published=edition.made_at,
        updated=edition.made_at,
        content=feed.content(
            "edition", {"edition": edition, "before": edition.number - 1, "kind": ActKind(edition.kind)}
        ),
        categories=((str(edition.kind), str(ActKind(edition.kind).label)),),
    )


class Corrections(ChangesFeed):
    """Public records that were changed or withdrawn, and what was redacted."""

    kinds = (ChangeKind.CHANGED, ChangeKind.WITHDRAWN)
    title = gettext_lazy("corrections")
    subtitle = gettext_lazy(
        "One item for each public record that was changed or withdrawn, with what stood before, what stands now and "
        "the reason given. A change may mend an error or bring the record up to date: the log does not tell the two "
        "apart."
    )

    def page_address(self) -> str:
        return with_query(reverse("changes"), self.query or "&".join(f"kind={kind}" for kind in self.kinds))

    def acts(self) -> QuerySet[Edition]:
        return super().acts().filter(kind=ActKind.REDACTION)


class SubjectFeed(ChangesFeed):
    """What changed about one record: 404 where it was never public, 410 with the reason where it was withdrawn."""

    model: ClassVar[type[Record]]
    kind: ClassVar[str]
    subtitle = gettext_lazy(
        "One item for each record about it that an edition added, changed or withdrew, field by field, with sources."
    )

    @property
    def asked_for(self) -> str:
        return next(iter(self.kwargs.values()))

    @cached_property
    def record(self) -> Record | None:
        return self.model.objects.published().filter(pk=self.asked_for).first()

    def withdrawal(self) -> Revision | None:
        return withdrawal_of(TABLE_OF[self.model], self.asked_for)

    def refusal(self) -> HttpResponse | None:
        if self.record is not None:
            return None
        gone = self.withdrawal()
        return withdrawn(gone) if gone else not_found(self.request, asked=self.asked_for)

    def heading(self) -> str:
        phrases = ", ".join([str(self.record), *self.filterset.phrases()])
        return _("what changes about %(record)s") % {"record": phrases}

    def page_address(self) -> str:
        return self.record.get_absolute_url()

    def place(self) -> str:
        narrowed = super().place().partition("?")[2]
        own = f"{TABLE_OF[self.model]}/{self.record.pk}/changes"
        return f"{own}?{narrowed}" if narrowed else own

    def changes(self) -> QuerySet[Revision]:
        return super().changes().filter(subjects__subject=f"{self.kind}:{self.record.pk}")

    def acts(self) -> QuerySet[Edition]:
        return Edition.objects.none()


def withdrawn(gone: Revision) -> HttpResponse:
    """410, as text: what the record was about, when it was withdrawn, why, and where it still stands."""
    number, day = gone.edition_id, gone.edition.made_at.date()
    told = [
        _("“%(id)s” was withdrawn on %(day)s, in edition %(number)s.")
        % {"id": gone.record, "day": day.isoformat(), "number": number},
        _("It was about: %(label)s") % {"label": label_of_row(gone.table, last_row_of(gone))},
    ]
    if gone.reason:
        told.append(_("Reason: %(reason)s") % {"reason": gone.reason})
    told.append(_("Edition %(number)s shows it as it stood.") % {"number": number - 1})
    return plain(410, told)


class AgreementChanges(SubjectFeed):
    model, kind = Agreement, "agreement"


class OfficialChanges(SubjectFeed):
    model, kind = Official, "official"


class CountryChanges(SubjectFeed):
    model, kind = Country, "country"

    @cached_property
    def record(self) -> Record | None:
        return Country.objects.published().filter(slug=self.asked_for).first()

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        by_code = Country.objects.published().filter(pk=self.asked_for).first()
        if by_code is not None:
            query = request.META.get("QUERY_STRING", "")
            address = reverse("country-feed", args=[by_code.slug])
            return HttpResponsePermanentRedirect(address + (f"?{query}" if query else ""))
        return super().get(request, *args, **kwargs)

    def withdrawal(self) -> Revision | None:
        known = Revision.objects.filter(table="countries", row__slug=self.asked_for).order_by("-edition").first()
        return withdrawal_of("countries", known.record if known else self.asked_for)
