"""How records are asked for: short verbs that read as English wherever a page, a feed or a command needs rows."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from agreements.vocabulary import Precision, State


def in_period(first: dt.date | None, last: dt.date | None, *, prefix: str = "") -> Q:
    """A condition on `date` and `precision`: the period that they name overlaps the days from `first` to `last`.

    Either end may be None and is then open. `prefix` leads to the fields over a relation, as in `status_changes__`.
    """
    overlaps = Q()
    if first is not None:
        overlaps &= Q(
            *(
                Q(**{f"{prefix}precision": precision, f"{prefix}date__gte": precision.first_day(first)})
                for precision in Precision
            ),
            _connector=Q.OR,
        )
    if last is not None:
        overlaps &= Q(**{f"{prefix}date__lte": last})
    return overlaps


LONGEST_FIRST = models.Case(
    *(models.When(precision=precision, then=-precision.order) for precision in Precision),
    default=0,
    output_field=models.IntegerField(),
)
"""Orders what is dated to the same first day: the longer period first."""


class RecordQuerySet(models.QuerySet):
    """Rows of any table of the dataset."""

    def published(self) -> Self:
        """Only what the public may see."""
        return self.filter(state=State.PUBLISHED)

    def with_sources(self) -> Self:
        """Fetches each row's published citations with their sources, in order, into `citations`."""
        citations = self.model._meta.get_field("citations").related_model.objects
        published = citations.filter(source__state=State.PUBLISHED).select_related("source").order_by("position", "pk")
        return self.prefetch_related(models.Prefetch("citations", published))


class DatedQuerySet(RecordQuerySet):
    """Rows with a `date` and its `precision`."""

    def in_date_order(self) -> Self:
        """By first day of the period, the longer period first, then by `step` where there is one, then by id."""
        step = ["step"] if any(field.name == "step" for field in self.model._meta.fields) else []
        return self.order_by(models.F("date").asc(nulls_last=True), LONGEST_FIRST, *step, "pk")


class AgreementQuerySet(RecordQuerySet):
    """Negotiations, with what follows from their published status changes."""

    def with_current_status(self) -> Self:
        """Adds `current_status`, `since`, `since_precision` and `first_report`, None where nothing is published.

        `since` is the first step of the unbroken run of the current status.
        """
        changes = self.model._meta.get_field("status_changes").related_model.objects.published()
        own = changes.filter(agreement=OuterRef("pk"))
        run = own.filter(step__gt=OuterRef("_last_other_step")).order_by("step")
        return self.annotate(
            current_status=Subquery(own.order_by("-step").values("status")[:1]),
            _last_other_step=Coalesce(
                Subquery(own.exclude(status=OuterRef("current_status")).order_by("-step").values("step")[:1]), 0
            ),
            since=Subquery(run.values("date")[:1]),
            since_precision=Subquery(run.values("precision")[:1]),
            first_report=Subquery(own.order_by("step").values("date")[:1]),
            last_change=Subquery(own.order_by("-date", "-step").values("date")[:1]),
        )
