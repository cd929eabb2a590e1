"""Negotiations of which one party confirms what the other denies."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from django.db.models import Prefetch
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements import history
from agreements.admin.base import as_known
from agreements.admin.workflow import change_address, key_of
from agreements.admin.worklists.base import Row, Worklist, first_words, said_by
from agreements.models import Agreement, Statement, StatementAgreement, StatusChange
from agreements.vocabulary import Confirmation, Side, Stance, State


@dataclass(frozen=True)
class Found:
    """A contradiction between the parties of an agreement."""

    agreement: Agreement
    contradiction: history.Contradiction


class Contradictions(Worklist):
    """Negotiations of which one party confirms what the other denies."""

    name = "contradictions"
    title = gettext_lazy("Parties that contradict each other")
    about = gettext_lazy(
        "One government confirms what the other denies, and neither took it back. Look for a newer "
        "statement, see that each is tied to the step that it is about, and that the note of the step says so."
    )
    nothing = gettext_lazy("No two parties contradict each other.")
    needs = "agreements.view_statement"

    @cached_property
    def found(self) -> list[Found]:
        # Without a denial there is no contradiction, and denials are few: the rest is left in the database.
        denials = StatementAgreement.objects.filter(
            statement__state=State.PUBLISHED, statement__stance=Stance.DENIES, agreement__state=State.PUBLISHED
        )
        links = (
            StatementAgreement.objects.filter(
                agreement__in=denials.values("agreement"),
                statement__state=State.PUBLISHED,
                statement__official__state=State.PUBLISHED,
            )
            .select_related(
                "agreement__sender", "agreement__receiver", "statement__official", "statement__status_change"
            )
            .prefetch_related(Prefetch("agreement__status_changes", StatusChange.objects.published()))
            .order_by("agreement", "statement")
        )
        found = [
            Found(agreement, each)
            for agreement, own in groupby(links, key=lambda link: link.agreement)
            for each in history.contradictions(
                [link.statement for link in own],
                agreement.status_changes.all(),
                sender=agreement.sender_id,
                receiver=agreement.receiver_id,
                doubtful=True,
            )
            if not each.within_one_side
        ]
        return sorted(found, key=lambda each: each.contradiction.latest, reverse=True)

    def rows(self, some):
        return [self._row(each) for each in some]

    @staticmethod
    def _row(each: Found) -> Row:
        agreement, change = each.agreement, each.contradiction.change
        words = {
            each.contradiction.confirming_side: (Confirmation.CONFIRMS, each.contradiction.confirming),
            each.contradiction.denying_side: (Confirmation.DENIES, each.contradiction.denying),
        }
        said = [
            format_html(
                _("{party} {confirms} ({statement}): {words}"),
                party=party.name,
                confirms=words[side][0].label,
                statement=link_to(words[side][1]),
                words=first_words(words[side][1]),
            )
            for side, party in ((Side.SENDER, agreement.sender), (Side.RECEIVER, agreement.receiver))
        ]
        if change:
            date = as_known(change.date, change.precision)
            fact = _("%(status)s, %(date)s") % {"status": change.get_status_display(), "date": date}
        else:
            fact = _("not tied to the same status change")
        changes = dict.fromkeys(
            words[side][1].status_change for side in (Side.SENDER, Side.RECEIVER) if words[side][1].status_change
        )
        return Row(
            key=key_of(change or agreement),
            title=agreement.title,
            address=change_address("agreements", agreement.pk),
            facts=(fact,),
            said=format_html("{}<br>{}", *said),
            steps=(
                *((_("Status change"), change_address("status_changes", step.pk)) for step in changes),
                (_("Public page"), (change or agreement).get_absolute_url()),
            ),
        )


def link_to(statement: Statement) -> str:
    return format_html('<a href="{}">{}</a>', change_address("statements", statement.pk), said_by(statement))
