"""One filter set a list: the same words in the address narrow the page, the chart, and whatever else shows the list."""

from __future__ import annotations

import datetime as dt
import re
from urllib.parse import urlencode

import django_filters
from django import forms
from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.db.models.expressions import OrderBy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from agreements.history import partial_period
from agreements.models import (
    Agreement,
    Country,
    Edition,
    Official,
    Revision,
    RevisionSubject,
    Statement,
    StatementAgreement,
    StatusChange,
)
from agreements.querysets import LONGEST_FIRST, in_period
from agreements.vocabulary import (
    ChangeKind,
    Instrument,
    Kind,
    OfficialKind,
    Region,
    SpeaksFor,
    Stance,
    Status,
    Term,
    TextPublic,
)

_PARTIAL_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")


def _first(name: str) -> OrderBy:
    """Smallest first, nothing last: the engines place empty values differently unless told."""
    return F(name).asc(nulls_last=True)


def _last(name: str) -> OrderBy:
    """Largest first, nothing last."""
    return F(name).desc(nulls_last=True)


class PartialDateField(forms.CharField):
    """A day, a month or a year: 2025-05-04, 2025-05 or 2025. Gives the first or the last day that it means."""

    def __init__(self, *, last: bool, **kwargs):
        super().__init__(**kwargs)
        self.last = last

    def clean(self, value) -> dt.date | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            if not _PARTIAL_DATE.fullmatch(text):
                raise ValueError
            period = partial_period(text)
        except ValueError as error:
            raise forms.ValidationError(
                _("“%(value)s” is not a date. Expected YYYY, YYYY-MM or YYYY-MM-DD, such as 2025-05-04."),
                params={"value": text},
            ) from error
        return period.last if self.last else period.first


class PartialDateFilter(django_filters.Filter):
    field_class = PartialDateField


class ChoicesField(forms.MultipleChoiceField):
    """Several values at once. An unknown one is an error that lists the valid ones."""

    widget = forms.CheckboxSelectMultiple

    def to_python(self, value) -> list[str]:
        return [each for each in super().to_python(value) if each]

    def validate(self, value):
        if not value:
            return
        valid = [str(key) for key, _label in self.choices]
        for each in value:
            if each not in valid:
                raise forms.ValidationError(
                    _("“%(value)s” is not known here. Expected one of: %(valid)s."),
                    params={"value": each, "valid": ", ".join(valid)},
                )


class ChoicesFilter(django_filters.Filter):
    """Repeats of one parameter are alternatives. `fields` are the look-ups that may match, joined by OR."""

    field_class = ChoicesField

    def __init__(self, *args, fields: tuple[str, ...] = (), **kwargs):
        kwargs.setdefault("required", False)
        super().__init__(*args, **kwargs)
        self.fields = fields

    def condition(self, values: list[str]) -> Q:
        condition = Q()
        for field in self.fields or (self.field_name,):
            condition |= Q(**{f"{field}__in": values})
        return condition

    def filter(self, qs: QuerySet, value: list[str]) -> QuerySet:
        return qs.filter(self.condition(value)) if value else qs


class AboutFilter(ChoicesFilter):
    """Narrows statements by the agreements that they are about."""

    def filter(self, qs: QuerySet, value: list[str]) -> QuerySet:
        if not value:
            return qs
        links = StatementAgreement.objects.filter(statement=OuterRef("pk"), agreement__state="published")
        return qs.filter(Exists(links.filter(self.condition(value))))


class CountryChoices:
    """All countries as choices, read when the form is made; the page shows those that occur."""

    def __call__(self) -> list[tuple[str, str]]:
        return list(Country.objects.published().order_by("slug").values_list("pk", "name"))


class WordsFilter(django_filters.CharFilter):
    """Every word must stand somewhere in one of the fields. The length is bounded: each word costs a condition."""

    def __init__(self, *, fields: tuple[str, ...], **kwargs):
        super().__init__(max_length=200, **kwargs)
        self.fields = fields

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        for word in (value or "").split():
            found = Q()
            for field in self.fields:
                found |= Q(**{f"{field}__icontains": word})
            qs = qs.filter(found)
        return qs


class SortFilter(django_filters.Filter):
    """One of a few orders with plain names; the first is the default. Ties are broken by id."""

    class field_class(forms.ChoiceField):
        default_error_messages = {
            "invalid_choice": _("“%(value)s” is not an order known here. Expected one of: %(valid)s.")
        }

        def validate(self, value):
            valid = [key for key, _label in self.choices]
            if value and value not in valid:
                raise forms.ValidationError(
                    self.error_messages["invalid_choice"], params={"value": value, "valid": ", ".join(valid)}
                )

    def __init__(self, orders: dict[str, tuple[object, tuple]], **kwargs):
        self.orders = orders
        super().__init__(
            label=_("Sort by"), required=False, choices=[(key, label) for key, (label, _by) in orders.items()], **kwargs
        )

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        _label, by = self.orders[value or next(iter(self.orders))]
        return qs.order_by(*by, "pk")


class ListFilter(django_filters.FilterSet):
    """A list's filters. Unknown parameters are ignored; an unknown value makes the set invalid."""

    def shown_choices(self) -> dict[str, set[str]]:
        """For filters with very many choices, those worth showing; the rest stay valid in the address."""
        return {}

    @property
    def chosen(self) -> dict[str, list[str]]:
        """The parameters of this list that the address sets, cleaned of empty ones."""
        values = {name: [v for v in self.data.getlist(name) if v] for name in self.filters} if self.data else {}
        return {name: given for name, given in values.items() if given}

    @property
    def query(self) -> str:
        """The same parameters as the end of an address, without the page."""
        return urlencode([(name, value) for name, given in self.chosen.items() for value in given])

    @property
    def narrows(self) -> bool:
        return any(name != "sort" for name in self.chosen)


def _terms(terms: type[Term], label: object, field_name: str | None = None, **kwargs) -> ChoicesFilter:
    return ChoicesFilter(field_name=field_name, label=label, choices=terms.choices(), **kwargs)


def _countries(label: object, *fields: str, about: bool = False) -> ChoicesFilter:
    made = AboutFilter if about else ChoicesFilter
    return made(label=label, choices=CountryChoices(), fields=fields)


def with_dates(*, prefix: str = "", relation=None):
    """Adds `from` and `to` to a filter set: what is dated in the period, as exactly as its date is known.

    With `relation`, a function of nothing to a queryset with OuterRef("pk"), it is the related rows that are dated.
    """

    def narrow(self, queryset: QuerySet) -> QuerySet:
        first, last = (self.form.cleaned_data.get(name) for name in ("from", "to"))
        if first is None and last is None:
            return queryset
        condition = in_period(first, last, prefix=prefix)
        return queryset.filter(Exists(relation().filter(condition)) if relation else condition)

    def decorate(cls):
        for name, label, last in (("from", _("From"), False), ("to", _("To"), True)):
            cls.base_filters[name] = PartialDateFilter(
                label=label, last=last, required=False, method=lambda queryset, _name, _value: queryset
            )
        inherited = cls.filter_queryset

        def filter_queryset(self, queryset):
            return inherited(self, narrow(self, queryset))

        def is_valid(self) -> bool:
            if not super(cls, self).is_valid():
                return False
            first, last = (self.form.cleaned_data.get(name) for name in ("from", "to"))
            if first and last and first > last:
                self.form.add_error("to", _("It lies before “from”. Expected the later of the two."))
            return not self.form.errors

        cls.filter_queryset = filter_queryset
        cls.is_valid = is_valid
        return cls

    return decorate


_STATUS_ORDER = Case(
    *(When(current_status=status, then=Value(-status.height)) for status in Status),
    default=Value(1),
    output_field=IntegerField(),
)


@with_dates(relation=lambda: StatusChange.objects.published().filter(agreement=OuterRef("pk")))
class AgreementFilter(ListFilter):
    """Narrows agreements; `country` is either side, `from` and `to` bound the dates of status changes."""

    status = _terms(Status, _("Where it stands"), "current_status")
    sender = _countries(_("Sender"), "sender")
    receiver = _countries(_("Receiver"), "receiver")
    country = _countries(_("Either side"), "sender", "receiver")
    region = _terms(Region, _("Region of the receiver"), "receiver__region")
    kind = _terms(Kind, _("What it does"))
    instrument = _terms(Instrument, _("On what paper"))
    text_public = _terms(TextPublic, _("Text"))
    q = WordsFilter(
        label=_("Words"), fields=("title", "summary", "people_covered", "money_note", "sender__name", "receiver__name")
    )
    sort = SortFilter(
        {
            "recent": (_("Latest change first"), (_last("last_change"),)),
            "status": (_("Furthest first"), (_STATUS_ORDER, _last("since"))),
            "since": (_("Longest in its status first"), (_first("since"),)),
            "first-report": (_("First report, oldest first"), (_first("first_report"),)),
            "sender": (_("Sender"), ("sender__slug", "receiver__slug")),
            "receiver": (_("Receiver"), ("receiver__slug", "sender__slug")),
        }
    )

    class Meta:
        model = Agreement
        fields: list[str] = []

    def shown_choices(self) -> dict[str, set[str]]:
        pairs = list(Agreement.objects.published().values_list("sender_id", "receiver_id", "receiver__region"))
        senders, receivers = {pair[0] for pair in pairs}, {pair[1] for pair in pairs}
        return {
            "sender": senders,
            "receiver": receivers,
            "country": senders | receivers,
            "region": {pair[2] for pair in pairs},
        }


@with_dates()
class StatementFilter(ListFilter):
    """Narrows statements; countries are those of the agreements that a statement is about."""

    stance = _terms(Stance, _("Stance"))
    sender = _countries(_("Sender"), "agreement__sender", about=True)
    receiver = _countries(_("Receiver"), "agreement__receiver", about=True)
    country = _countries(_("Either side"), "agreement__sender", "agreement__receiver", about=True)
    agreement = AboutFilter(
        label=_("Agreement"),
        fields=("agreement",),
        choices=lambda: list(Agreement.objects.published().order_by("pk").values_list("pk", "title")),
    )
    official = ChoicesFilter(
        label=_("Official"),
        fields=("official",),
        choices=lambda: list(Official.objects.published().order_by("pk").values_list("pk", "name")),
    )
    speaks_for = _terms(SpeaksFor, _("Who speaks"), "official__speaks_for")
    q = WordsFilter(label=_("Words"), fields=("quote", "summary", "venue", "official__name"))
    sort = SortFilter(
        {
            "recent": (_("Newest first"), ("-date", LONGEST_FIRST.desc())),
            "oldest": (_("Oldest first"), ("date", LONGEST_FIRST)),
            "official": (_("Official"), ("official", "date", LONGEST_FIRST)),
        }
    )

    class Meta:
        model = Statement
        fields: list[str] = []

    def shown_choices(self) -> dict[str, set[str]]:
        pairs = list(
            StatementAgreement.objects.filter(statement__state="published", agreement__state="published")
            .values_list("agreement__sender", "agreement__receiver", "agreement")
            .distinct()
        )
        senders, receivers = {pair[0] for pair in pairs}, {pair[1] for pair in pairs}
        return {
            "sender": senders,
            "receiver": receivers,
            "country": senders | receivers,
            "agreement": {pair[2] for pair in pairs},
            "official": set(),
        }


class OfficialFilter(ListFilter):
    """Narrows officials."""

    country = _countries(_("Country"), "country")
    speaks_for = _terms(SpeaksFor, _("Speaks for"))
    kind = _terms(OfficialKind, _("Kind"))
    q = WordsFilter(label=_("Words"), fields=("name", "country__name"))
    sort = SortFilter(
        {
            "name": (_("Name"), ()),
            "statements": (_("Most statements first"), ("-statement_count",)),
            "recent": (_("Latest statement first"), (_last("latest_statement"),)),
        }
    )

    class Meta:
        model = Official
        fields: list[str] = []

    def shown_choices(self) -> dict[str, set[str]]:
        countries = Official.objects.published().exclude(country=None).values_list("country", flat=True)
        return {"country": set(countries)}


class CountryFilter(ListFilter):
    """Narrows the countries that are a party."""

    region = _terms(Region, _("Region"))
    q = WordsFilter(label=_("Words"), fields=("name", "subregion"))
    sort = SortFilter(
        {
            "name": (_("Name"), ("slug",)),
            "sender": (_("Most agreements as sender"), ("-sender_count", "slug")),
            "receiver": (_("Most agreements as receiver"), ("-receiver_count", "slug")),
        }
    )

    class Meta:
        model = Country
        fields: list[str] = []


def _subjects(kind: str):
    """The agreements or officials that the edition log is about, withdrawn ones included, as choices."""

    def choices() -> list[tuple[str, str]]:
        found = RevisionSubject.objects.filter(subject__startswith=f"{kind}:").order_by("subject")
        ids = (subject.partition(":")[2] for subject in found.values_list("subject", flat=True).distinct())
        return [(id, id) for id in ids]

    return choices


class EditionFilter(ListFilter):
    """Narrows the edition log to editions with a change that fits all that is asked for."""

    kind = ChoicesFilter(label=_("Kind of change"), choices=ChangeKind.choices(), method="_together")
    country = ChoicesFilter(label=_("Country"), choices=CountryChoices(), method="_together")
    agreement = ChoicesFilter(label=_("Agreement"), choices=_subjects("agreement"), method="_together")
    official = ChoicesFilter(label=_("Official"), choices=_subjects("official"), method="_together")
    sort = SortFilter({"recent": (_("Newest first"), ("-number",)), "oldest": (_("Oldest first"), ("number",))})

    class Meta:
        model = Edition
        fields: list[str] = []

    def _together(self, queryset: QuerySet, _name: str, _value: list[str]) -> QuerySet:
        # One change must fit every filter, so they are applied at once, in filter_queryset.
        return queryset

    def changes(self) -> QuerySet:
        """The changes that fit all that is asked for, of every edition."""
        asked = self.form.cleaned_data
        changes = Revision.objects.all()
        if asked.get("kind"):
            changes = changes.filter(kind__in=asked["kind"])
        for name in ("country", "agreement", "official"):
            if asked.get(name):
                subjects = RevisionSubject.objects.filter(
                    revision=OuterRef("pk"), subject__in=[f"{name}:{id}" for id in asked[name]]
                )
                changes = changes.filter(Exists(subjects))
        return changes

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        found = super().filter_queryset(queryset)
        return found.filter(Exists(self.changes().filter(edition=OuterRef("pk")))) if self.narrows else found

    def shown_choices(self) -> dict[str, set[str]]:
        found = RevisionSubject.objects.filter(subject__startswith="agreement:").values_list("subject", flat=True)
        pairs = Agreement.objects.published().values_list("sender_id", "receiver_id")
        return {
            "country": {id for pair in pairs for id in pair},
            "agreement": {subject.partition(":")[2] for subject in found.distinct()},
            "official": set(),
        }


def faults(filterset: ListFilter) -> list[str]:
    """What is wrong with the values of an address, each as a sentence that names the parameter."""
    return [
        str(format_lazy("{name}: {message}", name=name, message=message))
        for name, messages in filterset.form.errors.items()
        for message in messages
    ]
