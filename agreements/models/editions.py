"""Editions of the public record: what each act of publishing added, changed and withdrew, row by row."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agreements.models.fields import PublicIdField, TermField, check, one_of
from agreements.vocabulary import ActKind, ChangeKind


class Edition(models.Model):
    """The numbered state of the published record, from 1 without gaps; each act of publishing makes the next one.

    `digest` is that of all that the edition and those before it hold: two editions with one digest are the same.
    `descriptor` is the `datapackage.json` that came with it, empty where that of the edition before still stands.
    """

    number = models.PositiveIntegerField(_("number"), primary_key=True)
    made_at = models.DateTimeField(_("made at"))
    kind = TermField(ActKind, _("kind"), default=ActKind.PUBLICATION)
    note = models.TextField(_("public note"), blank=True)
    descriptor = models.TextField(_("data package descriptor"), blank=True)
    digest = models.CharField(_("digest"), max_length=64)

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["number"]
        permissions = [
            ("publish_edition", _("Can publish, correct and withdraw records")),
            ("redact_edition", _("Can redact words in every edition")),
        ]
        constraints = [
            one_of("kind", ActKind),
            check("number_from_one", Q(number__gte=1), _("Editions are counted from 1.")),
        ]

    def __str__(self) -> str:
        return str(_("Edition %(number)s") % {"number": self.number})

    def get_absolute_url(self) -> str:
        return reverse("edition", args=[self.number])


class Revision(models.Model):
    """A record's dataset row as an edition made it: just what the public may know, or None where it was withdrawn."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="revisions")
    table = models.CharField(_("table"), max_length=40)
    record = PublicIdField(_("record"))
    kind = TermField(ChangeKind, _("kind of change"))
    row = models.JSONField(_("row"), null=True)
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["edition", "table", "record"]
        constraints = [
            one_of("kind", ChangeKind),
            models.UniqueConstraint(fields=["table", "record", "edition"], name="revision_once"),
            check(
                "row_unless_withdrawn",
                Q(kind=ChangeKind.WITHDRAWN, row__isnull=True) | ~Q(kind=ChangeKind.WITHDRAWN) & Q(row__isnull=False),
                _("A revision has a row unless it withdraws the record."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id}: {self.table}/{self.record}"


def withdrawal_of(table: str, id: str) -> Revision | None:
    """The revision by which a record was withdrawn, with its edition; None where it is public or never was."""
    last = Revision.objects.filter(table=table, record=id).select_related("edition").order_by("-edition").first()
    return last if last is not None and last.kind == ChangeKind.WITHDRAWN else None


class RevisionSubject(models.Model):
    """What a revision is about, such as `agreement:us-rw-2025` or `country:RWA`: the index of the edition log."""

    revision = models.ForeignKey(Revision, models.CASCADE, related_name="subjects")
    subject = PublicIdField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject", "revision"], name="revisionsubject_once")]

    def __str__(self) -> str:
        return self.subject
