"""What waits for a second person, and what is one's own and not public yet."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements import publication
from agreements.admin.base import handed_in, preview_of
from agreements.admin.forms import label_of
from agreements.admin.workflow import change_address, key_of, record_of
from agreements.admin.worklists.base import Row, Worklist, first_words, moment, step
from agreements.dataset.rows import MODELS, TABLE_OF, with_lists
from agreements.models import Proposal, Record
from agreements.vocabulary import ProposalState, State

LATELY = dt.timedelta(days=30)
"""How long a proposal that was declined stays on its author's list."""

NOBODY = gettext_lazy("nobody at the desk")


class Review(Worklist):
    """Records in review and proposed changes, those that go together under one of them."""

    name = "review"
    title = gettext_lazy("Waits for my review")
    about = gettext_lazy(
        "Handed in by others, the longest wait first. Look at a record, then publish it or send it back; decide on a "
        "proposed change. What a record needs is offered with it when it is published."
    )
    nothing = gettext_lazy("Nothing waits for your review.")
    button = gettext_lazy("Publish…")

    @classmethod
    def is_for(cls, user) -> bool:
        return publication.may_publish(user)

    @cached_property
    def found(self) -> list[tuple[Record | Proposal, list[Record]]]:
        """What leads, and the records in review that go with it and with nothing before."""
        records = {
            (TABLE_OF[type(record)], record.pk): record
            for record in in_every_table(state=State.IN_REVIEW)
            if not publication.objections_to(self.user, record)
        }
        proposals = {
            (proposal.table, proposal.record): proposal
            for proposal in proposals_with_records(state=ProposalState.OPEN)
            if not publication.objections_to_change(self.user, proposal)
        }
        led_to = publication.companions_of_each(records.values(), proposals.values())
        since = {key: record.since for key, record in records.items()}
        since |= {key: proposal.updated_at for key, proposal in proposals.items()}
        tables = list(MODELS)

        def place(key: tuple[str, str]) -> tuple[int, str]:
            return tables.index(key[0]), key[1]

        def goes_under(key: tuple[str, str], lead: tuple[str, str]) -> bool:
            # Where each needs the other, as an agreement and its steps do, the one that others refer to leads.
            return key in led_to[lead] and not (lead in led_to[key] and place(key) < place(lead))

        in_order = sorted(since, key=lambda key: (since[key], place(key)))
        leads = [key for key in in_order if not any(goes_under(key, other) for other in in_order)]
        left = set(records) - set(leads)
        groups = []
        for lead in leads:
            own = sorted(left & led_to[lead], key=place, reverse=True)
            left -= set(own)
            groups.append((records.get(lead) or proposals[lead], [records[key] for key in own]))
        return groups

    def rows(self, some) -> list[Row]:
        # What goes with another is one line that leads to its form, where all can be done that is done to it alone.
        return [self._row(lead, tuple(record_row(record) for record in under)) for lead, under in some]

    @staticmethod
    def _row(lead: Record | Proposal, under: tuple[Row, ...]) -> Row:
        proposed = isinstance(lead, Proposal)
        facts = (
            _("by %(who)s") % {"who": lead.author or NOBODY},
            _("since %(when)s") % {"when": moment(lead.updated_at if proposed else lead.since)},
        )
        if proposed:
            steps = ((_("Decide…"), step("decide", lead.changes)), (_("Preview"), preview_of(lead.changes)))
            return proposed_row(lead, facts=facts, steps=steps, under=under)
        return record_row(
            lead,
            facts=facts,
            steps=(
                (_("Publish…"), step("publish", lead)),
                (_("Preview"), preview_of(lead)),
                (_("Send back…"), step("send_back", lead)),
            ),
            tick=True,
            under=under,
        )

    def act(self, request, keys):
        """Leads to the page that shows what becomes public."""
        return HttpResponseRedirect(reverse("admin:desk_publish", query={"record": keys}))


class Mine(Worklist):
    """What this user wrote and is not public yet, and what was answered."""

    name = "mine"
    title = gettext_lazy("My drafts and proposals")
    about = gettext_lazy(
        "What you wrote and the public does not see yet: first what came back to you with an answer, then drafts to go "
        "on with or hand in, then what waits for an editor."
    )
    nothing = gettext_lazy("You have no draft and no proposal.")
    button = gettext_lazy("Hand in")

    @cached_property
    def found(self) -> list[Record | Proposal]:
        records = in_every_table(author=self.user, state__in=[State.DRAFT, State.IN_REVIEW])
        records.sort(key=lambda record: record.updated_at, reverse=True)
        drafts = [record for record in records if record.state == State.DRAFT]
        in_review = [record for record in records if record.state == State.IN_REVIEW]
        own = proposals_with_records(author=self.user, state__in=[ProposalState.OPEN, ProposalState.DECLINED])
        waiting = [proposal for proposal in own if proposal.state == ProposalState.OPEN]
        again = {str(proposal) for proposal in waiting}
        lately = timezone.now() - LATELY
        declined = [
            proposal
            for proposal in own
            if proposal.state == ProposalState.DECLINED and proposal.decided_at >= lately and str(proposal) not in again
        ]
        answered = [record for record in drafts if record.answer]
        return [*declined, *answered, *(record for record in drafts if not record.answer), *in_review, *waiting]

    def rows(self, some) -> list[Row]:
        return [self._of_proposal(each) if isinstance(each, Proposal) else self._of_record(each) for each in some]

    def _of_record(self, record: Record) -> Row:
        draft, answer = record.state == State.DRAFT, ""
        if draft:
            when = _("last saved %(when)s") % {"when": moment(record.updated_at)}
            own = _("Continue"), change_address(TABLE_OF[type(record)], record.pk)
        else:
            when = _("handed in %(when)s") % {"when": moment(record.since)}
            own = _("Take back"), step("send_back", record)
        if draft and record.answer:
            answer = _("Sent back by %(who)s: %(answer)s")
            answer %= {"who": record.answered_by or NOBODY, "answer": record.answer}
        return record_row(
            record,
            facts=(when,),
            answer=answer,
            steps=(own, (_("Preview"), preview_of(record))),
            tick=draft and may_write(self.user, record),
        )

    def _of_proposal(self, proposal: Proposal) -> Row:
        record = proposal.changes
        if proposal.state == ProposalState.OPEN:
            return proposed_row(
                proposal,
                facts=(_("proposed %(when)s") % {"when": moment(proposal.updated_at)},),
                steps=((_("Look or take back"), step("decide", record)), (_("Preview"), preview_of(record))),
            )
        return proposed_row(
            proposal,
            facts=(_("declined %(when)s") % {"when": moment(proposal.decided_at)},),
            answer=_("%(who)s: %(answer)s") % {"who": proposal.decided_by or NOBODY, "answer": proposal.answer},
            steps=((_("History"), reverse(f"admin:agreements_{record._meta.model_name}_history", args=[record.pk])),),
        )

    def act(self, request, keys):
        records = [record_of(key) for key in keys]
        for record in records:
            if record.author_id != self.user.pk or not may_write(self.user, record):
                raise PermissionDenied
        submitted = publication.submit(records, by=self.user)
        messages.add_message(request, messages.SUCCESS if submitted else messages.WARNING, handed_in(submitted))


def in_every_table(**conditions: object) -> list[Record]:
    """The records of all tables that meet the conditions, with their lists.

    Each has `since`, when it came into the state that it is in, and of a draft the `answer` with which it was sent
    back, and `answered_by`.
    """
    found: list[Record] = []
    for model in MODELS.values():
        versions = model.history.model.objects.order_by("-history_date", "-history_id")
        newest = versions.filter(id=OuterRef("pk"))
        before = versions.filter(id=OuterRef("id")).exclude(state=OuterRef("state")).values("history_id")[:1]
        unbroken = newest.filter(history_id__gt=Coalesce(Subquery(before), 0)).reverse()
        found += (
            with_lists(model.objects.filter(**conditions))
            .select_related("author")
            .annotate(
                since=Coalesce(Subquery(unbroken.values("history_date")[:1]), "updated_at"),
                answer=Subquery(newest.values("history_change_reason")[:1]),
                answered_by=Subquery(newest.values("history_user__username")[:1]),
            )
        )
    return found


def proposals_with_records(**conditions: object) -> list[Proposal]:
    """Proposed changes, the oldest first; `changes` is the record that each would change."""
    proposals = list(
        Proposal.objects.filter(**conditions).select_related("author", "decided_by").order_by("updated_at", "pk")
    )
    ids = defaultdict(list)
    for proposal in proposals:
        ids[proposal.table].append(proposal.record)
    records = {table: MODELS[table].objects.in_bulk(ids[table]) for table in ids}
    for proposal in proposals:
        proposal.changes = records[proposal.table][proposal.record]
    return proposals


def may_write(user: AbstractBaseUser, record: Record) -> bool:
    return user.has_perm(f"agreements.change_{record._meta.model_name}") and publication.may_change(user, record)


def record_row(record: Record, **values: Any) -> Row:
    """The row of a record that is not public, with its state."""
    state = State(record.state)
    return Row(
        key=key_of(record),
        title=str(record),
        address=change_address(TABLE_OF[type(record)], record.pk),
        kind=capfirst(str(record._meta.verbose_name)),
        badge=(state.value, state.label),
        said=first_words(record),
        **values,
    )


def proposed_row(proposal: Proposal, *, facts: tuple[str, ...], **values: Any) -> Row:
    """The row of a change to a published record: which fields, and why."""
    columns = ", ".join(label_of(proposal.table, column) for column in publication.changed_columns(proposal))
    waits = proposal.state == ProposalState.OPEN
    return Row(
        key=str(proposal),
        title=str(proposal.changes),
        address=change_address(proposal.table, proposal.record),
        kind=capfirst(str(proposal.changes._meta.verbose_name)),
        badge=(proposal.state, _("Proposed change") if waits else ProposalState(proposal.state).label),
        facts=(*facts, columns),
        said=proposal.note,
        **values,
    )
