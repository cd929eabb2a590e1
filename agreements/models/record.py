"""What every public record has: a public id, a state, times, an editors' history."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from agreements.models.fields import PUBLIC_ID, PublicIdField, TermField, check, one_of
from agreements.querysets import RecordQuerySet
from agreements.vocabulary import State


class Version(models.Model):
    """What a version in the editors' history keeps besides the columns.

    `lists` are the record's lists by column, as they stand in its dataset row; None where a load made the version: the
    edition of that load has them.
    """

    lists = models.JSONField(null=True, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.pk)


class Record(models.Model):
    """One row of one table of the dataset, with what only the editors know of it.

    `author` is who last changed what it says at the desk, None where no one did.

    `loaded_row` is the last row that a load of a dataset gave the record: column to cell, `{}` where a load withdrew
    it, None where it was made at the desk.
    """

    id = PublicIdField(
        _("public id"), primary_key=True, validators=[PUBLIC_ID], help_text=_("Never changes once it is published.")
    )
    state = TermField(State, _("state"), default=State.DRAFT, editable=False)
    published_at = models.DateTimeField(_("published at"), null=True, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, editable=False)
    withdrawal_reason = models.TextField(_("reason of the withdrawal"), blank=True, editable=False)
    created_at = models.DateTimeField(_("added to the database at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("last saved at"), auto_now=True)
    internal_note = models.TextField(
        _("internal note"), blank=True, help_text=_("For editors only; never leaves the desk.")
    )
    loaded_row = models.JSONField(null=True, editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        # The file of an edition has this table and no accounts.
        db_constraint=False,
        verbose_name=_("author"),
        help_text=_("Who last changed what the record says."),
    )

    objects = RecordQuerySet.as_manager()
    history = HistoricalRecords(inherit=True, excluded_fields=["loaded_row"], bases=[Version])

    class Meta:
        abstract = True
        ordering = ["id"]
        constraints = [
            one_of("state", State),
            check(
                "published_has_time",
                ~Q(state=State.PUBLISHED) | Q(published_at__isnull=False),
                _("A published record has a time of publication."),
            ),
            check(
                "withdrawn_has_time",
                ~Q(state=State.WITHDRAWN) | Q(withdrawn_at__isnull=False),
                _("A withdrawn record has a time of withdrawal."),
            ),
        ]


class Ordered(models.Model):
    """A row of a join table: lists keep their order, so each has a position, from 0."""

    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        abstract = True
        ordering = ["position", "pk"]
