"""Agreements, the path of each negotiation, people moved and money."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agreements.models.evidence import Citation
from agreements.models.fields import TermField, check, one_of
from agreements.models.places import Country
from agreements.models.record import Ordered, Record
from agreements.querysets import AgreementQuerySet, DatedQuerySet
from agreements.vocabulary import (
    CURRENCIES,
    CountedBy,
    Counting,
    Instrument,
    Kind,
    Precision,
    Stage,
    Status,
    TextPublic,
)


class Agreement(Record):
    """One arrangement, or the attempt at one, between a sender and a receiver; here from the first report on."""

    sender = models.ForeignKey(Country, models.PROTECT, related_name="as_sender", verbose_name=_("sender"))
    receiver = models.ForeignKey(Country, models.PROTECT, related_name="as_receiver", verbose_name=_("receiver"))
    title = models.CharField(_("title"), max_length=300)
    kind = TermField(Kind, _("kind"))
    instrument = TermField(Instrument, _("instrument"))
    summary = models.TextField(_("summary"), help_text=_("What it is and what became of it."))
    people_covered = models.TextField(_("people covered"), blank=True, help_text=_("Whom it covers."))
    cap = models.PositiveIntegerField(
        _("agreed limit"), null=True, blank=True, help_text=_("Number of people the deal names as a limit.")
    )
    text_public = TermField(TextPublic, _("text public"))
    money_note = models.TextField(
        _("note on money"), blank=True, help_text=_("What is known of money that no payment expresses.")
    )
    last_checked = models.DateField(_("last checked"), help_text=_("Day up to which the entry was checked."))

    objects = AgreementQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        constraints = [
            *Record.Meta.constraints,
            one_of("kind", Kind),
            one_of("instrument", Instrument),
            one_of("text_public", TextPublic),
            check("two_parties", ~Q(sender=F("receiver")), _("Sender and receiver are two different parties.")),
            check("cap_not_negative", Q(cap__isnull=True) | Q(cap__gte=0), _("A limit is not negative.")),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("agreement", args=[self.pk])


class AgreementSource(Citation):
    record = models.ForeignKey(Agreement, models.CASCADE, related_name="citations")


DATE_HELP = _("First day of the period where only the month or the year is known.")


class StatusChange(Record):
    """A dated step of a negotiation; the last published one is the current status."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="status_changes", verbose_name=_("agreement"))
    step = models.PositiveSmallIntegerField(
        _("step"), validators=[MinValueValidator(1)], help_text=_("Order within the agreement, from 1 without gaps.")
    )
    date = models.DateField(_("date"), help_text=DATE_HELP)
    precision = TermField(Precision, _("precision"), default=Precision.DAY)
    status = TermField(Status, _("status"))
    note = models.TextField(_("note"), help_text=_("What happened, in our own words."))

    objects = DatedQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("status change")
        verbose_name_plural = _("status changes")
        ordering = ["agreement", "step", "id"]
        constraints = [
            *Record.Meta.constraints,
            one_of("precision", Precision),
            one_of("status", Status),
            check("step_from_one", Q(step__gte=1), _("Steps are counted from 1.")),
        ]
        indexes = [models.Index(fields=["agreement", "step"])]

    def __str__(self) -> str:
        return f"{self.agreement_id} · {self.step} · {self.get_status_display()}"

    def get_absolute_url(self) -> str:
        return f"{reverse('agreement', args=[self.agreement_id])}#{self.pk}"


class StatusChangeSource(Citation):
    record = models.ForeignKey(StatusChange, models.CASCADE, related_name="citations")


class Transfer(Record):
    """People moved under an agreement: a head count or a range, and who counted."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="transfers", verbose_name=_("agreement"))
    date = models.DateField(_("date"), help_text=DATE_HELP)
    precision = TermField(Precision, _("precision"), default=Precision.DAY)
    people_low = models.PositiveIntegerField(_("people, at least"), null=True, blank=True)
    people_high = models.PositiveIntegerField(_("people, at most"), null=True, blank=True)
    counted_by = TermField(CountedBy, _("counted by"))
    counting = TermField(Counting, _("counting"), default=Counting.SINGLE)
    nationalities = models.ManyToManyField(
        Country, through="TransferNationality", related_name="+", verbose_name=_("nationalities")
    )
    note = models.TextField(_("note"), help_text=_("Details, and what the sources disagree on. Never a name."))

    objects = DatedQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("transfer")
        verbose_name_plural = _("transfers")
        ordering = ["agreement", "date", "id"]
        constraints = [
            *Record.Meta.constraints,
            one_of("precision", Precision),
            one_of("counted_by", CountedBy),
            one_of("counting", Counting),
            check(
                "low_and_high",
                Q(people_low__isnull=True, people_high__isnull=True)
                | Q(people_low__isnull=False, people_high__isnull=False),
                _("Give both ends of the range, or neither."),
            ),
            check(
                "low_not_above_high",
                Q(people_low__isnull=True) | Q(people_low__lte=F("people_high")),
                _("The lower count is not above the higher one."),
            ),
            check(
                "people_not_negative",
                Q(people_low__isnull=True) | Q(people_low__gte=0),
                _("A head count is not negative."),
            ),
        ]

    def __str__(self) -> str:
        return self.pk

    def get_absolute_url(self) -> str:
        return f"{reverse('agreement', args=[self.agreement_id])}#{self.pk}"


class TransferNationality(Ordered):
    """A nationality among the people of a transfer."""

    transfer = models.ForeignKey(Transfer, models.CASCADE, related_name="nationality_links")
    country = models.ForeignKey(Country, models.PROTECT, related_name="+", verbose_name=_("nationality"))

    class Meta(Ordered.Meta):
        verbose_name = _("nationality")
        verbose_name_plural = _("nationalities")
        constraints = [models.UniqueConstraint(fields=["transfer", "country"], name="transfernationality_once")]

    def __str__(self) -> str:
        return self.country_id


class TransferSource(Citation):
    record = models.ForeignKey(Transfer, models.CASCADE, related_name="citations")


class Payment(Record):
    """Money requested, promised, obligated or paid under an agreement."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="payments", verbose_name=_("agreement"))
    date = models.DateField(_("date"), null=True, blank=True, help_text=DATE_HELP)
    precision = TermField(Precision, _("precision"), blank=True)
    amount = models.PositiveBigIntegerField(_("amount"), help_text=_("In full units of the currency."))
    currency = models.CharField(
        _("currency"), max_length=3, choices=[(code, code) for code in CURRENCIES], help_text=_("ISO 4217.")
    )
    stage = TermField(Stage, _("stage"))
    part_of = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name=_("part of"),
        help_text=_("The payment whose amount includes this one."),
    )
    note = models.TextField(_("note"), help_text=_("What it is for, and who says so."))

    objects = DatedQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        constraints = [
            *Record.Meta.constraints,
            one_of("precision", Precision, blank=True),
            one_of("stage", Stage),
            check("amount_not_negative", Q(amount__gte=0), _("An amount is not negative.")),
            check("currency_known", Q(currency__in=CURRENCIES), _("An amount has a currency of ISO 4217.")),
            check(
                "date_and_precision",
                Q(date__isnull=True, precision="") | Q(date__isnull=False) & ~Q(precision=""),
                _("Give a date and its precision, or neither."),
            ),
            check("not_part_of_itself", Q(part_of__isnull=True) | ~Q(part_of=F("id")), _("Not a part of itself.")),
        ]

    def __str__(self) -> str:
        return f"{self.pk} · {self.currency} {self.amount}"

    def get_absolute_url(self) -> str:
        return f"{reverse('agreement', args=[self.agreement_id])}#{self.pk}"


class PaymentSource(Citation):
    record = models.ForeignKey(Payment, models.CASCADE, related_name="citations")
