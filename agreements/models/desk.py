"""What only the desk knows: changes to published records that wait for a second person, and what links answered."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agreements.models.evidence import Source
from agreements.models.fields import PublicIdField, TermField, check, one_of
from agreements.vocabulary import LinkState, ProposalState


class Proposal(models.Model):
    """A change to a published record: the dataset row that it would have, and the one that it had then.

    A record has at most one open proposal.
    """

    table = models.CharField(_("table"), max_length=40)
    record = PublicIdField(_("record"))
    row = models.JSONField(_("proposed row"))
    before = models.JSONField(_("public row that it changes"))
    note = models.TextField(_("public note"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="proposals", verbose_name=_("author")
    )
    created_at = models.DateTimeField(_("first proposed at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("last changed at"), auto_now=True)
    state = TermField(ProposalState, _("state"), default=ProposalState.OPEN)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)
    answer = models.TextField(_("answer to the author"), blank=True)

    class Meta:
        verbose_name = _("proposed change")
        verbose_name_plural = _("proposed changes")
        ordering = ["-updated_at", "-pk"]
        constraints = [
            one_of("state", ProposalState),
            models.UniqueConstraint(
                fields=["table", "record"], condition=Q(state=ProposalState.OPEN), name="proposal_one_open"
            ),
            check(
                "decided_has_time",
                Q(state=ProposalState.OPEN) | Q(decided_at__isnull=False),
                _("A decision has a time."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.table}/{self.record}"


class LinkCheck(models.Model):
    """What the address of a source answered when it was last asked.

    `url` is the address that was asked, so that a check of an address that was corrected since counts no more.
    `location` is where a moved document is; `failing_since` is the first of the failures without a break, if the last
    was one.
    """

    source = models.OneToOneField(Source, models.CASCADE, related_name="link_check", verbose_name=_("source"))
    url = models.TextField(_("address asked"))
    state = TermField(LinkState, _("state"))
    status = models.PositiveSmallIntegerField(_("HTTP status"), null=True)
    location = models.TextField(_("new address"), blank=True)
    detail = models.TextField(_("detail"), blank=True)
    checked_at = models.DateTimeField(_("checked at"))
    failing_since = models.DateTimeField(_("failing since"), null=True)

    class Meta:
        verbose_name = _("link check")
        verbose_name_plural = _("link checks")
        ordering = ["source"]
        constraints = [one_of("state", LinkState)]

    def __str__(self) -> str:
        return self.source_id
