"""What officials and organisations said."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agreements.models.agreements import DATE_HELP, Agreement, StatusChange
from agreements.models.evidence import LANGUAGE, Citation
from agreements.models.fields import TermField, one_of
from agreements.models.people import Official
from agreements.models.record import Ordered, Record
from agreements.querysets import DatedQuerySet
from agreements.vocabulary import Precision, Stance


class Statement(Record):
    """What an official or an organisation said about one or more agreements, on a date, with a stance."""

    official = models.ForeignKey(Official, models.PROTECT, related_name="statements", verbose_name=_("official"))
    agreements = models.ManyToManyField(
        Agreement, through="StatementAgreement", related_name="statements", verbose_name=_("agreements")
    )
    status_change = models.ForeignKey(
        StatusChange,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="statements",
        verbose_name=_("status change"),
        help_text=_("The status change that the statement made or confirmed, if any."),
    )
    date = models.DateField(_("date"), help_text=DATE_HELP)
    precision = TermField(Precision, _("precision"), default=Precision.DAY)
    stance = TermField(Stance, _("stance"))
    quote = models.TextField(_("quotation"), blank=True, help_text=_("Words as printed in a source, at most 40."))
    language = models.CharField(
        _("language"), max_length=2, blank=True, validators=[LANGUAGE], help_text=_("Of the quotation as printed.")
    )
    summary = models.TextField(_("summary"), help_text=_("What was said, in our own words."))
    venue = models.CharField(_("venue"), max_length=300, blank=True, help_text=_("Where it was said."))

    objects = DatedQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        ordering = ["date", "id"]
        constraints = [*Record.Meta.constraints, one_of("precision", Precision), one_of("stance", Stance)]
        indexes = [models.Index(fields=["date"], condition=Q(state="published"), name="statement_published_date")]

    def __str__(self) -> str:
        return self.pk

    def get_absolute_url(self) -> str:
        return reverse("statement", args=[self.pk])


class StatementAgreement(Ordered):
    """That a statement is about an agreement."""

    statement = models.ForeignKey(Statement, models.CASCADE, related_name="agreement_links")
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="statement_links")

    class Meta(Ordered.Meta):
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        constraints = [models.UniqueConstraint(fields=["statement", "agreement"], name="statementagreement_once")]

    def __str__(self) -> str:
        return self.agreement_id


class StatementSource(Citation):
    record = models.ForeignKey(Statement, models.CASCADE, related_name="citations")
