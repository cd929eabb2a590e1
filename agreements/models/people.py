"""Officials and the offices they hold."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agreements.models.fields import TermField, one_of
from agreements.models.places import Country
from agreements.models.record import Record
from agreements.vocabulary import OfficialKind, SpeaksFor

PARTIAL_DATE = RegexValidator(r"\A\d{4}(-\d{2}(-\d{2})?)?\Z", _("Use YYYY, YYYY-MM or YYYY-MM-DD."))


def real_partial_date(value: str) -> None:
    """Refuses what has the form of a date and is none, such as 2021-02-30; PARTIAL_DATE judges the form."""
    if not PARTIAL_DATE.regex.search(value):
        return
    try:
        dt.date.fromisoformat((value + "-01-01")[:10])
    except ValueError as error:
        raise ValidationError(_("“%(value)s” is not a date of the calendar."), params={"value": value}) from error


class Official(Record):
    """A person in a public role, an office or an organisation that made a statement."""

    name = models.CharField(_("name"), max_length=300)
    kind = TermField(OfficialKind, _("kind"))
    country = models.ForeignKey(
        Country,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="officials",
        verbose_name=_("country"),
        help_text=_("Of the government, court or organisation served, if any."),
    )
    speaks_for = TermField(SpeaksFor, _("speaks for"), blank=True)

    class Meta(Record.Meta):
        verbose_name = _("official")
        verbose_name_plural = _("officials")
        constraints = [
            *Record.Meta.constraints,
            one_of("kind", OfficialKind),
            one_of("speaks_for", SpeaksFor, blank=True),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("official", args=[self.pk])


class Position(Record):
    """An office held by an official, with its dates as far as known."""

    official = models.ForeignKey(Official, models.PROTECT, related_name="positions", verbose_name=_("official"))
    title = models.CharField(_("title"), max_length=300)
    body = models.CharField(_("body"), max_length=300, blank=True, help_text=_("Ministry, court, organisation."))
    started = models.CharField(
        _("started"),
        max_length=10,
        blank=True,
        validators=[PARTIAL_DATE, real_partial_date],
        help_text=_("YYYY, YYYY-MM or YYYY-MM-DD."),
    )
    ended = models.CharField(
        _("ended"),
        max_length=10,
        blank=True,
        validators=[PARTIAL_DATE, real_partial_date],
        help_text=_("YYYY, YYYY-MM or YYYY-MM-DD; empty where not known or still held."),
    )

    class Meta(Record.Meta):
        verbose_name = _("position")
        verbose_name_plural = _("positions")

    def __str__(self) -> str:
        return f"{self.title}, {self.body}" if self.body else self.title
