"""Sources, and what courts and other bodies found."""

from django.core.validators import RegexValidator, URLValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agreements.models.fields import TermField, UrlKeyField, one_of
from agreements.models.places import Country
from agreements.models.record import Ordered, Record
from agreements.vocabulary import Outcome, SourceKind, State

WEB_ADDRESS = URLValidator(
    schemes=["http", "https"], message=_("Expected an address that begins with https:// or http://.")
)
LANGUAGE = RegexValidator(r"\A[a-z]{2}\Z", _("Use a code of ISO 639-1: two lower-case letters, as in en."))


class Source(Record):
    """A published document that records rest on."""

    url = models.TextField(_("address"), blank=True, validators=[WEB_ADDRESS])
    url_key = UrlKeyField(null=True, editable=False)
    archive_url = models.TextField(_("address of an archived copy"), blank=True, validators=[WEB_ADDRESS])
    title = models.TextField(_("title"))
    title_is_description = models.BooleanField(
        _("title is a description"), default=False, help_text=_("The title describes the document; it is not its own.")
    )
    language = models.CharField(_("language"), max_length=2, validators=[LANGUAGE], help_text=_("Of the title."))
    publisher = models.CharField(
        _("publisher"),
        max_length=300,
        help_text=_("“via” names the site that carries the text, “citing” the report it relies on."),
    )
    published = models.DateField(_("published on"), null=True, blank=True, help_text=_("Empty where not known."))
    kind = TermField(SourceKind, _("kind"))

    class Meta(Record.Meta):
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        constraints = [
            *Record.Meta.constraints,
            one_of("kind", SourceKind),
            models.UniqueConstraint(
                "url_key",
                name="source_url_unique",
                condition=~Q(state=State.WITHDRAWN),
                violation_error_message=_("Another source has this address already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.publisher}: {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("source", args=[self.pk])


class Citation(Ordered):
    """That a record rests on a source. Each table that cites has its own join table, in `record` and `source`."""

    source = models.ForeignKey(Source, models.PROTECT, verbose_name=_("source"), related_name="%(class)s_set")

    class Meta(Ordered.Meta):
        abstract = True
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        constraints = [
            models.UniqueConstraint(
                fields=["record", "source"],
                name="%(class)s_once",
                violation_error_message=_("This source is cited already."),
            )
        ]

    def __str__(self) -> str:
        return self.source_id


class Proceeding(Record):
    """A court case or ruling that bears on one or more agreements."""

    agreements = models.ManyToManyField(
        "agreements.Agreement", through="ProceedingAgreement", related_name="proceedings", verbose_name=_("agreements")
    )
    name = models.TextField(_("name of the case"))
    court = models.TextField(_("court"), help_text=_("Several are separated by semicolons."))
    filed = models.DateField(_("filed on"), null=True, blank=True)
    decided = models.DateField(_("decided on"), null=True, blank=True, help_text=_("Day of the latest ruling."))
    outcome = TermField(Outcome, _("outcome"))
    summary = models.TextField(_("summary"))

    class Meta(Record.Meta):
        verbose_name = _("proceeding")
        verbose_name_plural = _("proceedings")
        constraints = [*Record.Meta.constraints, one_of("outcome", Outcome)]

    def __str__(self) -> str:
        return self.name


class ProceedingAgreement(Ordered):
    """That a proceeding bears on an agreement."""

    proceeding = models.ForeignKey(Proceeding, models.CASCADE, related_name="agreement_links")
    agreement = models.ForeignKey("agreements.Agreement", models.PROTECT, related_name="proceeding_links")

    class Meta(Ordered.Meta):
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        constraints = [models.UniqueConstraint(fields=["proceeding", "agreement"], name="proceedingagreement_once")]

    def __str__(self) -> str:
        return self.agreement_id


class ProceedingSource(Citation):
    record = models.ForeignKey(Proceeding, models.CASCADE, related_name="citations")


class Assessment(Record):
    """A body's finding on human rights in a receiving country."""

    country = models.ForeignKey(Country, models.PROTECT, related_name="assessments", verbose_name=_("country"))
    body = models.CharField(_("body"), max_length=300)
    title = models.TextField(_("title"))
    published = models.DateField(_("published on"), null=True, blank=True)
    summary = models.TextField(_("summary"))

    class Meta(Record.Meta):
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")

    def __str__(self) -> str:
        return f"{self.body}: {self.title}"


class AssessmentSource(Citation):
    record = models.ForeignKey(Assessment, models.CASCADE, related_name="citations")
