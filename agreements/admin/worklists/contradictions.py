"""Negotiations of which one party confirms what the other denies."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements import history
from agreements.admin.base import as_known
from agreements.admin.workflow import change_address, key_of
from agreements.admin.worklists.base import Row, Worklist, first_words, said_by
from agreements.models import Agreement, Statement, StatementAgreement
from agreements.vocabulary import Confirmation, Side, Stance, State


@dataclass(frozen=True)
class Contradiction:
    """One party confirms what the other denies: of a status change, or of the agreement where `change` is None."""

    agreement: Agreement
    change: Any | None
    words: tuple[history.Word, history.Word]

    @property
    def latest(self) -> dt.date:
        return max(word.statement.date for word in self.words)


class Contradictions(Worklist):
    """Negotiations of which one party confirms what the other denies."""

    name = "contradictions"
    title = gettext_lazy("Parties that contradict each other")
    about = gettext_lazy(
        "The latest word of one government confirms what the latest word of the other denies. Look for a newer "
        "statement, see that each is tied to the step that it is about, and that the note of the step says so."
    )
    nothing = gettext_lazy("No two parties contradict each other.")
    needs = "agreements.view_statement"

    @cached_property
    def found(self) -> list[Contradiction]:
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
            .order_by("agreement", "statement")
        )
        found = [
            each
            for agreement, own in groupby(links, key=lambda link: link.agreement)
            for each in self._of(agreement, [link.statement for link in own])
        ]
        return sorted(found, key=lambda each: each.latest, reverse=True)

    @staticmethod
    def _of(agreement: Agreement, statements: list[Statement]) -> list[Contradiction]:
        tied: dict[Any, list[Statement]] = defaultdict(list)
        for statement in statements:
            change = statement.status_change
            # A statement on several agreements confirms only the change that it is tied to.
            if change is None or change.agreement_id == agreement.pk:
                tied[change].append(statement)
        changes = sorted((change for change in tied if change), key=lambda change: change.step)
        found = [
            Contradiction(agreement, change, words)
            for change in changes
            if (words := _contradiction(agreement, tied[change]))
        ]
        words = None if found else _contradiction(agreement, [each for some in tied.values() for each in some])
        # Two words on two different steps are no contradiction: things moved on between them.
        if words and any(word.statement.status_change_id is None for word in words):
            found = [Contradiction(agreement, None, words)]
        return found

    def rows(self, some):
        return [self._row(each) for each in some]

    @staticmethod
    def _row(each: Contradiction) -> Row:
        agreement, change = each.agreement, each.change
        names = {Side.SENDER: agreement.sender.name, Side.RECEIVER: agreement.receiver.name}
        said = [
            format_html(
                _("{party} {confirms} ({statement}): {words}"),
                party=names[word.side],
                confirms=word.confirmation.label,
                statement=link_to(word.statement),
                words=first_words(word.statement),
            )
            for word in each.words
        ]
        if change:
            date = as_known(change.date, change.precision)
            fact = _("%(status)s, %(date)s") % {"status": change.get_status_display(), "date": date}
        else:
            fact = _("not tied to the same status change")
        changes = dict.fromkeys(word.statement.status_change for word in each.words if word.statement.status_change)
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


def _contradiction(agreement: Agreement, statements: list[Statement]) -> tuple[history.Word, history.Word] | None:
    """The word that confirms and the one that denies, the sender's first; None where the parties do not do so."""
    words = history.confirmation(statements, sender=agreement.sender_id, receiver=agreement.receiver_id)
    pair = words[Side.SENDER], words[Side.RECEIVER]
    return pair if {word.confirmation for word in pair} == {Confirmation.CONFIRMS, Confirmation.DENIES} else None
