"""What was loaded, when, and under which description."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DatasetLoad(models.Model):
    """One load that changed something: its note, and the `datapackage.json` that came with it, byte for byte."""

    loaded_at = models.DateTimeField(_("loaded at"), auto_now_add=True)
    note = models.TextField(_("note"), blank=True)
    descriptor = models.TextField(_("data package descriptor"))

    class Meta:
        verbose_name = _("dataset load")
        verbose_name_plural = _("dataset loads")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.loaded_at:%Y-%m-%d %H:%M} {self.note}"
