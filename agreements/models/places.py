"""Countries and territories."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agreements.models.fields import PUBLIC_ID, PublicIdField, TermField, check, one_of
from agreements.models.record import Record
from agreements.vocabulary import Region


class Country(Record):
    """A state or territory of ISO 3166-1, or Kosovo (XKX), or the European Union (EUE)."""

    id = PublicIdField(
        _("alpha-3 code"),
        primary_key=True,
        max_length=3,
        validators=[RegexValidator(r"\A[A-Z]{3}\Z", _("Use three capital letters."))],
    )
    alpha2 = models.CharField(
        _("alpha-2 code"),
        max_length=2,
        unique=True,
        validators=[RegexValidator(r"\A[A-Z]{2}\Z", _("Use two capital letters."))],
    )
    slug = PublicIdField(_("name in addresses"), max_length=80, unique=True, validators=[PUBLIC_ID])
    name = models.CharField(_("name"), max_length=200)
    region = TermField(Region, _("region"))
    subregion = models.CharField(_("subregion"), max_length=80)
    lat = models.FloatField(_("latitude"), help_text=_("Decimal degrees of a point inside."))
    lon = models.FloatField(_("longitude"), help_text=_("Decimal degrees of the same point."))

    class Meta(Record.Meta):
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        ordering = ["slug"]
        constraints = [
            *Record.Meta.constraints,
            one_of("region", Region),
            check("lat_on_earth", Q(lat__gte=-90, lat__lte=90), _("A latitude lies between -90 and 90.")),
            check("lon_on_earth", Q(lon__gte=-180, lon__lte=180), _("A longitude lies between -180 and 180.")),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("country", args=[self.slug])
