"""What the public record lacks: archived copies, ties, checks, addresses that work; as lists and as filters."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.contrib import admin, messages
from django.db.models import Case, Count, Expression, F, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from agreements import link_checks, publication
from agreements.admin.base import as_known
from agreements.admin.workflow import change_address, key_of
from agreements.admin.worklists.base import Row, Worklist, changelist, first_words, said_by, step
from agreements.dataset.rows import row_of, with_lists
from agreements.models import Agreement, Citation, LinkCheck, Proposal, Source, Statement
from agreements.vocabulary import LinkState, ProposalState, Stance, State

UNCHECKED_DAYS = 90


class Unarchived(Worklist):
    """Sources that are lost when their site goes."""

    name = "unarchived"
    title = gettext_lazy("Sources without an archived copy")
    about = gettext_lazy(
        "If the site takes the document down, what rests on it can no longer be checked. Find a copy or have one made, "
        "then write its address into the source."
    )
    nothing = gettext_lazy("Every published source with an address has an archived copy.")
    needs = "agreements.view_source"

    @cached_property
    def found(self):
        sources = Source.objects.published().exclude(url="").filter(archive_url="")
        return sources.annotate(resting=resting(OuterRef("pk"))).order_by(F("published").desc(nulls_last=True), "pk")

    @property
    def elsewhere(self):
        filters = {"state__exact": State.PUBLISHED, "archive_url__isempty": "1"}
        return [(_("Sources, filtered"), changelist(Source, **filters))]

    def rows(self, some):
        return [
            Row(
                key=key_of(source),
                title=source.title,
                address=change_address("sources", source.pk),
                facts=(
                    source.publisher,
                    as_known(source.published, None) or _("undated"),
                    resting_words(source.resting),
                ),
                said=outside(source.url),
                steps=(
                    (_("Add the copy…"), change_address("sources", source.pk, "archive_url")),
                    (_("Look for a copy"), f"https://web.archive.org/web/*/{source.url}"),
                ),
            )
            for source in some
        ]


class Untied(Worklist):
    """Statements that no status change counts as a confirmation or a denial of it."""

    name = "untied"
    title = gettext_lazy("Statements not tied to a status change")
    about = gettext_lazy(
        "Only a tied statement counts when a page says who confirms where a negotiation stands. First those that "
        "confirm or deny something; a statement that is about no step may stay as it is."
    )
    nothing = gettext_lazy("Every published statement is tied to a status change.")
    needs = "agreements.view_statement"

    @cached_property
    def found(self):
        telling = [stance for stance in Stance if stance.says_it_is_so is not None]
        return (
            Statement.objects.published()
            .filter(status_change=None)
            .select_related("official")
            .prefetch_related("agreement_links__agreement")
            .order_by(Case(When(stance__in=telling, then=0), default=1), "-date", "pk")
        )

    @property
    def elsewhere(self):
        return [(_("Statements, filtered"), changelist(Statement, state__exact=State.PUBLISHED, tied="no"))]

    def rows(self, some):
        return [
            Row(
                key=key_of(statement),
                title=said_by(statement),
                address=change_address("statements", statement.pk),
                kind=str(Stance(statement.stance).label),
                facts=tuple(link.agreement.title for link in statement.agreement_links.all()),
                said=first_words(statement),
                steps=(
                    (_("Tie it…"), change_address("statements", statement.pk, "status_change")),
                    (_("Public page"), statement.get_absolute_url()),
                ),
            )
            for statement in some
        ]


class Unchecked(Worklist):
    """Agreements that nobody held against their sources for some time."""

    name = "unchecked"
    title = gettext_lazy("Agreements not checked lately")
    nothing = gettext_lazy("Every published agreement was checked in that time.")
    needs = "agreements.view_agreement"
    button = gettext_lazy("Checked today")
    one_click = True
    most_days = 36500

    @property
    def may_act(self):
        return self.user.has_perm("agreements.change_agreement")

    @property
    def about(self):
        about = _(
            "Look through the news and the sources of each. Where there is something new, enter it; where there is "
            "not, say that it was checked today."
        )
        if publication.applies_at_once(self.user):
            return about
        return about + " " + _("The new date becomes public when another editor accepts it.")

    @property
    def days(self) -> str:
        return self.asked.get("days", str(UNCHECKED_DAYS))

    @property
    def wrong(self):
        if self.days.isascii() and self.days.isdecimal() and len(self.days) <= 5 and int(self.days) <= self.most_days:
            return ""
        return _("“days” is “%(days)s”: expected a whole number from 0 to %(most)d.") % {
            "days": self.days,
            "most": self.most_days,
        }

    @cached_property
    def found(self):
        return unchecked_for(Agreement.objects.published(), int(self.days)).order_by("last_checked", "pk")

    @property
    def elsewhere(self):
        filters = {"state__exact": State.PUBLISHED, "unchecked": str(UNCHECKED_DAYS)}
        return [(_("Agreements, filtered"), changelist(Agreement, **filters))]

    def rows(self, some):
        agreements = list(some)
        changing = with_open_proposal(agreement.pk for agreement in agreements)
        today = timezone.now().date()
        return [
            Row(
                key=key_of(agreement),
                title=agreement.title,
                address=change_address("agreements", agreement.pk),
                facts=(
                    _("last checked %(date)s") % {"date": as_known(agreement.last_checked, None)},
                    days_ago((today - agreement.last_checked).days),
                ),
                said=_("A change of it is proposed and waits for a decision.") if agreement.pk in changing else "",
                steps=(
                    *([(_("Look at the proposal"), step("decide", agreement))] if agreement.pk in changing else []),
                    (_("Public page"), agreement.get_absolute_url()),
                ),
                tick=self.may_act and agreement.pk not in changing,
            )
            for agreement in agreements
        ]

    def act(self, request, keys):
        ids = [id for table, _slash, id in (key.partition("/") for key in keys) if table == "agreements"]
        note = _("Checked against the sources; nothing new.")
        with publication.at_desk(by=self.user, note=note) as act:
            # What somebody else proposes is neither overwritten nor made public by a click on something else.
            changing = with_open_proposal(ids)
            for agreement in with_lists(Agreement.objects.published().filter(pk__in=set(ids) - changing)):
                row = row_of(agreement) | {"last_checked": act.at.date().isoformat()}
                act.keep(agreement, row, internal_note=agreement.internal_note)
        if changing:
            text = _("Not marked, since a change of it is proposed and waits for a decision: %(agreements)s.")
            messages.warning(request, text % {"agreements": ", ".join(sorted(changing))})
        if act.changed:
            text = ngettext(
                "%(count)d agreement was checked today.", "%(count)d agreements were checked today.", len(act.changed)
            )
            messages.success(request, text % {"count": len(act.changed)})
        if act.proposed:
            text = ngettext(
                "The new date of %(count)d agreement is kept as a proposal: it becomes public when another editor"
                " accepts it.",
                "The new dates of %(count)d agreements are kept as proposals: they become public when another editor"
                " accepts them.",
                len(act.proposed),
            )
            messages.info(request, text % {"count": len(act.proposed)})


class DeadLinks(Worklist):
    """Sources whose address no longer leads to the document."""

    name = "dead-links"
    title = gettext_lazy("Dead and moved links")
    about = gettext_lazy(
        "What the last check of the addresses found: the document is gone, or is at another address for good. Write "
        "the address of an archived copy, or the new address, into the source."
    )
    nothing = gettext_lazy("The last check found no dead and no moved link.")
    needs = "agreements.view_source"

    @cached_property
    def found(self):
        pressing = Case(
            When(state=LinkState.DEAD, source__archive_url="", then=0),
            When(state=LinkState.MOVED, then=1),
            default=2,
        )
        found = link_checks.dead() | link_checks.moved()
        return found.annotate(resting=resting(OuterRef("source"))).order_by(
            pressing, "failing_since", "checked_at", "source"
        )

    @property
    def elsewhere(self):
        return [
            (_("Dead, filtered"), changelist(Source, link=LinkState.DEAD)),
            (_("Moved, filtered"), changelist(Source, link=LinkState.MOVED)),
        ]

    def rows(self, some):
        return [self._row(check, check.source) for check in some]

    @staticmethod
    def _row(check: LinkCheck, source: Source) -> Row:
        if check.state == LinkState.MOVED:
            since = _("moved, seen %(date)s") % {"date": day_of(check.checked_at)}
            said = format_html("{} → {}", outside(check.url), outside(check.location))
            form = f"{change_address('sources', source.pk)}?moved=1#id_url"
            steps = [(_("Take over the new address…"), form)]
        else:
            since = _("dead since %(date)s") % {"date": day_of(check.failing_since)}
            said = format_html("{} {}", outside(check.url), check.detail)
            steps = [
                (_("Add the copy…"), change_address("sources", source.pk, "archive_url")),
                (_("Look for a copy"), f"https://web.archive.org/web/*/{check.url}"),
            ]
        if source.archive_url:
            steps = [*steps[:1], (_("Archived copy"), source.archive_url)]
        return Row(
            key=key_of(source),
            title=source.title,
            address=change_address("sources", source.pk),
            kind=str(LinkState(check.state).label),
            facts=(
                source.publisher,
                since,
                resting_words(check.resting),
                *([_("has an archived copy")] if source.archive_url else []),
            ),
            said=said,
            steps=tuple(steps),
        )


# --- The same questions as filters of the tables ---


class TiedFilter(admin.SimpleListFilter):
    """Whether a statement is tied to a status change."""

    title = gettext_lazy("status change")
    parameter_name = "tied"

    def lookups(self, request, model_admin):
        return [("yes", _("Tied to one")), ("no", _("Not tied"))]

    def queryset(self, request, queryset):
        untied = {"yes": False, "no": True}.get(self.value())
        return queryset if untied is None else queryset.filter(status_change__isnull=untied)


class UncheckedFilter(admin.SimpleListFilter):
    """Agreements that were not checked for so many days."""

    title = gettext_lazy("last checked")
    parameter_name = "unchecked"

    def lookups(self, request, model_admin):
        return [(days, _("Not for %(days)s days") % {"days": days}) for days in ("30", str(UNCHECKED_DAYS), "180")]

    def queryset(self, request, queryset):
        known = [days for days, _label in self.lookup_choices]
        return unchecked_for(queryset, int(self.value())) if self.value() in known else queryset


class LinkFilter(admin.SimpleListFilter):
    """Sources whose address is dead or moved."""

    title = gettext_lazy("link")
    parameter_name = "link"
    standing = {LinkState.DEAD: link_checks.dead, LinkState.MOVED: link_checks.moved}

    def lookups(self, request, model_admin):
        return [(state.value, state.label) for state in self.standing]

    def queryset(self, request, queryset):
        found = self.standing.get(self.value())
        return queryset.filter(pk__in=found().order_by().values("source")) if found else queryset


# --- Asked ---


def with_open_proposal(agreements: Iterable[str]) -> set[str]:
    """Those of the agreements of which a change waits for a decision."""
    waiting = Proposal.objects.filter(table="agreements", record__in=list(agreements), state=ProposalState.OPEN)
    return set(waiting.values_list("record", flat=True))


def unchecked_for(agreements: QuerySet[Agreement], days: int) -> QuerySet[Agreement]:
    """Those that were last checked more than so many days ago."""
    return agreements.filter(last_checked__lt=timezone.now().date() - dt.timedelta(days=days))


def resting(source: OuterRef) -> Expression:
    """How many published records rest on a source."""
    total: Any = Value(0)
    for table in (table for table in Citation.__subclasses__() if not table._meta.abstract):
        own = table.objects.filter(source=source, record__state=State.PUBLISHED).order_by()
        total = total + Coalesce(Subquery(own.values("source").annotate(n=Count("pk")).values("n")), 0)
    return total


def day_of(time: dt.datetime) -> str:
    return as_known(timezone.localtime(time).date(), None)


def days_ago(days: int) -> str:
    return ngettext("%(days)d day ago", "%(days)d days ago", days) % {"days": days}


def resting_words(count: int) -> str:
    return ngettext("%(count)d published record rests on it", "%(count)d published records rest on it", count) % {
        "count": count
    }


def outside(url: str) -> str:
    """A link to another site, which is not told where the desk is."""
    return format_html('<a href="{}" rel="noreferrer">{}</a>', url, Truncator(url).chars(90))
