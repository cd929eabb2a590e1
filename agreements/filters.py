"""One filter set a list: the same words in the address narrow the page, the chart, and whatever else shows the list."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

import django_filters
from django import forms
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    Max,
    Model,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.expressions import OrderBy
from django.db.models.functions import Coalesce, StrIndex, Substr
from django.db.models.lookups import GreaterThan
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import format_lazy
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from agreements.charts.scale import date_words
from agreements.history import Period, office_on, partial_period
from agreements.models import (
    Agreement,
    Assessment,
    Country,
    Edition,
    Official,
    Payment,
    Position,
    Proceeding,
    ProceedingAgreement,
    Revision,
    RevisionSubject,
    SearchEntry,
    Source,
    Statement,
    StatementAgreement,
    StatusChange,
    Transfer,
    TransferNationality,
)
from agreements.models.fields import PUBLIC_ID
from agreements.querysets import LONGEST_FIRST, in_period
from agreements.vocabulary import (
    CURRENCIES,
    ChangeKind,
    CountedBy,
    Counting,
    Instrument,
    Kind,
    OfficialKind,
    Outcome,
    Region,
    SearchKind,
    Side,
    SourceKind,
    SpeaksFor,
    Stage,
    Stance,
    State,
    Status,
    Term,
    TextPublic,
)
from agreements.words import fold, plain

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


@dataclass(frozen=True)
class Tally:
    """How many entries a choice brings, with all other filters of the list as they are.

    `own`: those that have it. `adds`: those of them that what is chosen in the same filter does not bring already.
    `after`: how many the list has once it is chosen as well.
    """

    own: int
    adds: int
    after: int


class ChoicesFilter(django_filters.Filter):
    """Repeats of one parameter are alternatives.

    `fields` are the look-ups that may match, joined by OR; a record has no value in two of them. `says` puts the chosen
    labels into the sentence that describes the list: one "%s", lower case. Of a `sparse` filter only those choices are
    offered that bring an entry, the others stay valid in the address; so it is with choices that are read from records.
    """

    field_class = ChoicesField

    def __init__(
        self,
        *args,
        fields: tuple[str, ...] = (),
        says: object = "%s",
        terms: type[Term] | None = None,
        sparse: bool = False,
        **kwargs,
    ):
        kwargs.setdefault("required", False)
        super().__init__(*args, **kwargs)
        self.fields = fields
        self.says = says
        self.terms = terms
        self.sparse = sparse or callable(kwargs.get("choices"))

    def condition(self, values: list[str]) -> Q:
        condition = Q()
        for field in self.fields or (self.field_name,):
            condition |= Q(**{f"{field}__in": values})
        return condition

    def filter(self, qs: QuerySet, value: list[str]) -> QuerySet:
        return qs.filter(self.condition(value)) if value else qs

    def counted(self, records: QuerySet) -> Counter[str]:
        """How many of the records have each value."""
        counts: Counter[str] = Counter()
        for field in self.fields or (self.field_name,):
            found = records.values_list(field).annotate(n=Count("pk", distinct=True))
            counts.update({str(value): n for value, n in found if value is not None})
        return counts

    def phrase(self, values: list[str], labels: dict[str, str]) -> str:
        """The chosen values as a part of a sentence."""
        words = [str(self.terms(value).in_sentence) if self.terms else labels.get(value, value) for value in values]
        return str(self.says) % _or(words)


def _or(words: list[str]) -> str:
    """The words as alternatives: "a", "a or b", "a, b or c"."""
    if len(words) == 1:
        return words[0]
    return gettext("%(first)s or %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


class AboutFilter(ChoicesFilter):
    """Narrows records by the agreements that they are about: `links` are the rows that join them to these."""

    def __init__(self, *args, links: type[Model] = StatementAgreement, **kwargs):
        super().__init__(*args, **kwargs)
        self.links = links.objects.filter(agreement__state="published")
        [self.record] = [field.name for field in links._meta.fields if field.is_relation and field.name != "agreement"]

    def condition(self, values: list[str]) -> Q:
        links = self.links.filter(**{self.record: OuterRef("pk")})
        return Q(Exists(links.filter(super().condition(values))))

    def counted(self, records: QuerySet) -> Counter[str]:
        links = self.links.filter(**{f"{self.record}__in": records.values("pk")})
        counts: Counter[str] = Counter()
        for field in self.fields:
            counts.update(dict(links.order_by().values_list(field).annotate(n=Count(self.record, distinct=True))))
        if len(self.fields) > 1:
            # About two agreements, with a country that sends in one and receives in the other: it was counted twice.
            one, other = self.fields
            same = links.filter(
                **{
                    f"{self.record}__agreement_links__{other}": F(one),
                    f"{self.record}__agreement_links__agreement__state": "published",
                }
            )
            counts.subtract(dict(same.order_by().values_list(one).annotate(n=Count(self.record, distinct=True))))
        return counts


class DeniedFilter(ChoicesFilter):
    """Narrows agreements to those of which a party's latest word on some status change is that it is not so."""

    PARTIES = (Side.SENDER, Side.RECEIVER)

    def __init__(self, **kwargs):
        choices = [(side, side.label) for side in self.PARTIES]
        super().__init__(choices=[*choices, ("any", _("Either of them"))], **kwargs)

    @cached_property
    def denied(self) -> dict[str, set[str]]:
        """The agreements that each party denies, by the rule of history.confirmation; read once a page."""
        by = {f"by_{side}": self._denies(side) for side in self.PARTIES}
        found = list(Agreement.objects.published().annotate(**by).values_list("pk", *by))
        parties = {str(side): {pk for pk, *said in found if said[n]} for n, side in enumerate(self.PARTIES)}
        return parties | {"any": set().union(*parties.values())}

    @staticmethod
    def _denies(side: Side) -> Exists:
        said = Statement.objects.published().filter(
            status_change=OuterRef("pk"),
            official__state="published",
            official__speaks_for=SpeaksFor.GOVERNMENT,
            official__country=OuterRef(f"agreement__{side}"),
            stance__in=[stance for stance in Stance if stance.says_it_is_so is not None],
        )
        latest = said.order_by("-date", LONGEST_FIRST.desc(), "-pk").values("stance")[:1]
        changes = StatusChange.objects.published().filter(agreement=OuterRef("pk"))
        return Exists(changes.annotate(latest=Subquery(latest)).filter(latest=Stance.DENIES))

    def condition(self, values: list[str]) -> Q:
        return Q(pk__in=set().union(*(self.denied[value] for value in values)))

    def counted(self, records: QuerySet) -> Counter[str]:
        ids = set(records.values_list("pk", flat=True))
        return Counter({value: len(denied & ids) for value, denied in self.denied.items()})

    def phrase(self, values: list[str], labels: dict[str, str]) -> str:
        sides = self.PARTIES if "any" in values else [Side(value) for value in values]
        return str(self.says) % _or([gettext("the %s") % side.label.lower() for side in sides])


class ChangedFilter(django_filters.Filter):
    """Narrows to records of which something became public or was corrected in the last so many days."""

    class field_class(forms.IntegerField):
        default_error_messages = {
            "invalid": _("Expected a whole number of days, such as 30."),
            "min_value": _("Expected a whole number of days from 1 on, such as 30."),
            "max_value": _("Expected at most 36500 days."),
        }

    def __init__(self, *, kind: str, **kwargs):
        super().__init__(label=_("Changed in the last … days"), required=False, min_value=1, max_value=36500, **kwargs)
        self.kind = kind

    def filter(self, qs: QuerySet, value: int | None) -> QuerySet:
        if not value:
            return qs
        last = self.parent.day
        prefix = f"{self.kind}:"
        subjects = RevisionSubject.objects.filter(
            subject__startswith=prefix,
            revision__edition__made_at__date__gte=last - dt.timedelta(days=value),
            revision__edition__made_at__date__lte=last,
        )
        return qs.filter(pk__in=subjects.annotate(about=Substr("subject", len(prefix) + 1)).values("about"))


def _every_country() -> list[tuple[str, str]]:
    return list(Country.objects.published().order_by("slug").values_list("pk", "name"))


def _by_label(found: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Choices as a reader looks them up; sorted here, since each database has an alphabet of its own."""
    return sorted(found, key=lambda choice: (fold(choice[1]), choice[0]))


def _every_agreement() -> list[tuple[str, str]]:
    return _by_label(Agreement.objects.published().values_list("pk", "title"))


def _every_official() -> list[tuple[str, str]]:
    return _by_label(Official.objects.published().values_list("pk", "name"))


class WordsFilter(django_filters.CharFilter):
    """Every word, or part of one, must stand in a record's names, in its text or in what it is about.

    It is looked for as the search index has it (`kind` is that of its entries): without accents, case, apostrophes and
    hyphens. What has no letter or digit finds nothing. The length is bounded: each word costs a condition.
    """

    def __init__(self, *, kind: SearchKind, **kwargs):
        super().__init__(max_length=200, **kwargs)
        self.kind = kind

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        if not (value or "").strip():
            return qs
        words = plain(value).split()
        held = SearchEntry.objects.filter(kind=self.kind, record=OuterRef("pk"))
        for word in dict.fromkeys(words):
            held = held.filter(
                GreaterThan(StrIndex("names", Value(word)), 0)
                | GreaterThan(StrIndex("about", Value(word)), 0)
                | GreaterThan(StrIndex("text", Value(word)), 0)
            )
        return qs.filter(Exists(held)) if words else qs.none()


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
        self.usual = next(iter(orders))
        super().__init__(
            label=_("Sort by"), required=False, choices=[(key, label) for key, (label, _by) in orders.items()], **kwargs
        )

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        _label, by = self.orders[value or self.usual]
        return qs.order_by(*by, "pk")


class ListFilter(django_filters.FilterSet):
    """A list's filters. Unknown parameters are ignored; an unknown value makes the set invalid.

    `day` is that on which the page stands.
    """

    def __init__(self, *args, day: dt.date | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.day = day or timezone.now().date()

    @classmethod
    def records(cls) -> QuerySet:
        """The published records that the list may have, with what its filters and orders ask of them."""
        return cls._meta.model.objects.published()

    @classmethod
    def every(cls) -> QuerySet:
        """The same, and those that the list leaves out unless they are asked for."""
        return cls.records()

    @cached_property
    def form(self) -> forms.Form:
        """The parameters as a form; choices that filters share are read once for all of them."""
        form, read = super().form, {}
        for name, each in self.filters.items():
            choices = each.extra.get("choices")
            if callable(choices):
                if choices not in read:
                    read[choices] = choices()
                form.fields[name].choices = read[choices]
        return form

    @cached_property
    def chosen(self) -> dict[str, list[str]]:
        """The parameters of this list that the address sets, cleaned of empty and repeated ones and the usual order."""
        chosen = {}
        for name, each in self.filters.items():
            given = self.data.getlist(name) if self.data else []
            # Where one value is asked for, the last counts, even an empty one.
            given = given if isinstance(each, ChoicesFilter) else given[-1:]
            usual = each.usual if isinstance(each, SortFilter) else ""
            if given := [value for value in dict.fromkeys(given) if value.strip() and value != usual]:
                chosen[name] = given
        return chosen

    @property
    def query(self) -> str:
        """The same parameters as the end of an address, without the page."""
        return urlencode([(name, value) for name, given in self.chosen.items() for value in given])

    @property
    def narrows(self) -> bool:
        return any(name != "sort" for name in self.chosen)

    def narrowed(self, *, but: str = "") -> QuerySet:
        """The records that fit every filter but one, in no order."""
        queryset = self.queryset.all()
        for name, value in self.form.cleaned_data.items():
            if name not in (but, "sort"):
                queryset = self.filters[name].filter(queryset, value)
        return queryset

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        found = self.narrowed()
        return self.filters["sort"].filter(found, self.form.cleaned_data["sort"]) if "sort" in self.filters else found

    @cached_property
    def total(self) -> int:
        """How many entries the list has."""
        return self.narrowed().order_by().count()

    def counted(self, name: str, *, beyond: bool = False) -> Counter[str]:
        """How many entries have each value of a filter, all others kept; `beyond`: of entries that are not listed."""
        each = self.filters[name]
        entries = self.narrowed(but=name).order_by().prefetch_related(None).select_related(None)
        return each.counted(entries.exclude(each.condition(self.form.cleaned_data[name])) if beyond else entries)

    def tallies(self) -> dict[str, dict[str, Tally]]:
        """What each choice of each filter brings."""
        tallies = {}
        for name, each in self.filters.items():
            if not isinstance(each, ChoicesFilter):
                continue
            own = self.counted(name)
            now, more = (self.total, self.counted(name, beyond=True)) if name in self.chosen else (0, own)
            values = [str(value) for value, _label in self.form.fields[name].choices]
            tallies[name] = {value: Tally(own[value], more[value], now + more[value]) for value in values}
        return tallies

    def phrases(self) -> list[str]:
        """What narrows the list, each filter as a part of a sentence."""
        said = []
        for name, values in self.chosen.items():
            each = self.filters[name]
            if isinstance(each, ChoicesFilter):
                labels = {str(value): str(label) for value, label in self.form.fields[name].choices}
                said.append(each.phrase(values, labels))
        if words := self.form.cleaned_data.get("q"):
            said.append(gettext("with the words “%s”") % words)
        if days := self.form.cleaned_data.get("changed"):
            said.append(ngettext("changed in the last day", "changed in the last %(days)d days", days) % {"days": days})
        return said


def _terms(terms: type[Term], label: object, field_name: str | None = None, **kwargs) -> ChoicesFilter:
    return ChoicesFilter(field_name=field_name, label=label, choices=terms.choices(), terms=terms, **kwargs)


def _countries(label: object, *fields: str, about: bool = False, says: object, **kwargs) -> ChoicesFilter:
    made = AboutFilter if about else ChoicesFilter
    return made(label=label, choices=_every_country, fields=fields, says=says, **kwargs)


class DatedFilter(ListFilter):
    """A list with `from` and `to`: what is dated in the period, as exactly as its date is known.

    `period_says` puts the period into the sentence that describes the list: one "%s", lower case.
    """

    period_says: object = "%s"

    def dated(self) -> QuerySet | None:
        """The related rows that are dated, by OuterRef("pk"); None where the records themselves are."""
        return None

    def within(self, first: dt.date | None, last: dt.date | None) -> Q:
        """What it takes for a row's date to lie in the period; an end that is None is open."""
        return in_period(first, last)

    def narrowed(self, *, but: str = "") -> QuerySet:
        queryset = super().narrowed(but=but)
        first, last = (self.form.cleaned_data.get(name) for name in ("from", "to"))
        if first is None and last is None:
            return queryset
        condition, related = self.within(first, last), self.dated()
        return queryset.filter(condition if related is None else Exists(related.filter(condition)))

    def is_valid(self) -> bool:
        if not super().is_valid():
            return False
        first, last = (self.form.cleaned_data.get(name) for name in ("from", "to"))
        if first and last and first > last:
            self.form.add_error("to", _("It lies before “from”. Expected the later of the two."))
        return not self.form.errors

    def phrases(self) -> list[str]:
        periods = {name: partial_period(self.chosen[name][0]) for name in ("from", "to") if name in self.chosen}
        if not periods:
            return super().phrases()
        ends = {name: date_words(period.first, period.precision) for name, period in periods.items()}
        if len(ends) == 1:
            said = gettext("from %(from)s on") if "from" in ends else gettext("up to %(to)s")
        elif ends["from"] == ends["to"]:
            said = gettext("on %(to)s") if periods["to"].exact else gettext("in %(to)s")
        else:
            said = gettext("between %(from)s and %(to)s")
        return [*super().phrases(), str(self.period_says) % (said % ends)]


# Two names that Python keeps for itself, or that the class body cannot hold. The period is asked for as a whole.
for _name, _label, _is_last in (("from", _("From"), False), ("to", _("To"), True)):
    DatedFilter.declared_filters[_name] = PartialDateFilter(
        label=_label, last=_is_last, required=False, method=lambda queryset, _name, _value: queryset
    )


_STATUS_ORDER = Case(
    *(When(current_status=status, then=Value(-status.height)) for status in Status),
    default=Value(1),
    output_field=IntegerField(),
)


class AgreementFilter(DatedFilter):
    """Narrows agreements; `country` is either side, `from` and `to` bound the dates of status changes."""

    country = _countries(_("Country"), "sender", "receiver", says=_("sender or receiver %s"))
    sender = _countries(_("Sender"), "sender", says=_("sender %s"))
    receiver = _countries(_("Receiver"), "receiver", says=_("receiver %s"))
    region = _terms(Region, _("Receiver’s region"), "receiver__region", says=_("receiver in %s"), sparse=True)
    status = _terms(Status, _("Where it stands"), "current_status")
    kind = _terms(Kind, _("What it does"))
    instrument = _terms(Instrument, _("On what paper"), says=_("on paper: %s"))
    text_public = _terms(TextPublic, _("Its text"), says=_("text %s"))
    denied = DeniedFilter(label=_("Denied by"), says=_("denied by %s"))
    changed = ChangedFilter(kind="agreement")
    q = WordsFilter(label=_("Words"), kind=SearchKind.AGREEMENT)
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

    period_says = _("with a step %s")

    class Meta:
        model = Agreement
        fields: list[str] = []

    @classmethod
    def records(cls) -> QuerySet:
        return Agreement.objects.published().with_current_status()

    def dated(self) -> QuerySet:
        return StatusChange.objects.published().filter(agreement=OuterRef("pk"))


class StatementFilter(DatedFilter):
    """Narrows statements; countries are those of the agreements that a statement is about."""

    country = _countries(
        _("Country"),
        "agreement__sender",
        "agreement__receiver",
        about=True,
        says=_("sender or receiver %s"),
    )
    sender = _countries(_("Sender"), "agreement__sender", about=True, says=_("sender %s"))
    receiver = _countries(_("Receiver"), "agreement__receiver", about=True, says=_("receiver %s"))
    agreement = AboutFilter(
        label=_("Agreement"), choices=_every_agreement, fields=("agreement",), says=pgettext_lazy("agreement", "on %s")
    )
    official = ChoicesFilter(
        label=_("Official"), choices=_every_official, fields=("official",), says=pgettext_lazy("speaker", "by %s")
    )
    stance = _terms(Stance, _("Stance"), says=_("the speaker %s"))
    speaks_for = _terms(SpeaksFor, _("Who speaks"), "official__speaks_for", says=_("speaking for: %s"))
    q = WordsFilter(label=_("Words"), kind=SearchKind.STATEMENT)
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


class OfficialFilter(ListFilter):
    """Narrows officials."""

    country = _countries(_("Country"), "country", says=_("of %s"))
    speaks_for = _terms(SpeaksFor, _("Speaks for"), says=_("speaking for: %s"))
    kind = _terms(OfficialKind, _("Kind"))
    q = WordsFilter(label=_("Words"), kind=SearchKind.OFFICIAL)
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

    @classmethod
    def records(cls) -> QuerySet:
        said = Q(statements__state=State.PUBLISHED)
        return Official.objects.published().annotate(
            statement_count=Count("statements", filter=said), latest_statement=Max("statements__date", filter=said)
        )


class CountryFilter(ListFilter):
    """Narrows the countries that are a party."""

    region = _terms(Region, _("Region"), says=pgettext_lazy("region", "in %s"), sparse=True)
    q = WordsFilter(label=_("Words"), kind=SearchKind.COUNTRY)
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

    @classmethod
    def records(cls) -> QuerySet:
        return cls.counted_countries().filter(cls.is_party())

    @staticmethod
    def counted_countries() -> QuerySet:
        """Every country, a party or not, with the number of agreements in which it sends and receives."""
        return Country.objects.published().annotate(
            sender_count=Count("as_sender", filter=Q(as_sender__state=State.PUBLISHED), distinct=True),
            receiver_count=Count("as_receiver", filter=Q(as_receiver__state=State.PUBLISHED), distinct=True),
        )

    @staticmethod
    def is_party() -> Q:
        parties = Agreement.objects.published()
        return Q(pk__in=parties.values("sender")) | Q(pk__in=parties.values("receiver"))


def _subjects(kind: str, model: type[Agreement | Official], label: str):
    """The agreements or officials that the edition log is about, withdrawn ones included, as choices."""

    def choices() -> list[tuple[str, str]]:
        found = RevisionSubject.objects.filter(subject__startswith=f"{kind}:")
        ids = [subject.partition(":")[2] for subject in found.values_list("subject", flat=True).distinct()]
        labels = dict(model.objects.published().values_list("pk", label))
        return _by_label((id, labels.get(id, id)) for id in ids)

    return choices


class EditionFilter(ListFilter):
    """Narrows the edition log to editions with a change that fits all that is asked for."""

    kind = _terms(ChangeKind, _("Kind of change"))
    country = _countries(_("Country"), says=pgettext_lazy("subject", "about %s"))
    agreement = ChoicesFilter(
        label=_("Agreement"),
        choices=_subjects("agreement", Agreement, "title"),
        says=pgettext_lazy("subject", "about %s"),
    )
    official = ChoicesFilter(
        label=_("Official"), choices=_subjects("official", Official, "name"), says=pgettext_lazy("subject", "about %s")
    )
    sort = SortFilter({"recent": (_("Newest first"), ("-number",)), "oldest": (_("Oldest first"), ("number",))})

    class Meta:
        model = Edition
        fields: list[str] = []

    @classmethod
    def records(cls) -> QuerySet:
        """The editions, each with how many records it added, changed and withdrew."""
        counts = {str(kind): Count("revisions", filter=Q(revisions__kind=kind)) for kind in ChangeKind}
        return Edition.objects.annotate(**counts)

    def changes(self, *, but: str = "") -> QuerySet:
        """The changes that fit all that is asked for, by every filter but one, of every edition."""
        asked = {name: values for name, values in self.form.cleaned_data.items() if values and name != but}
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

    def narrowed(self, *, but: str = "") -> QuerySet:
        # One change must fit every filter, so they are applied at once.
        found = self.queryset.all()
        return found.filter(Exists(self.changes(but=but).filter(edition=OuterRef("pk")))) if self.narrows else found

    def counted(self, name: str, *, beyond: bool = False) -> Counter[str]:
        changes = self.changes(but=name)
        if beyond:
            changes = changes.exclude(edition__in=self.narrowed().values("pk"))
        if name == "kind":
            found = changes.order_by().values_list("kind").annotate(n=Count("edition", distinct=True))
            return Counter(dict(found))
        subjects = RevisionSubject.objects.filter(revision__in=changes.values("pk"), subject__startswith=f"{name}:")
        found = subjects.order_by().values_list("subject").annotate(n=Count("revision__edition", distinct=True))
        return Counter({subject.partition(":")[2]: n for subject, n in found})


# --- Tables that no page lists: programs ask for them -------------------------------------------------


class PartyFilter(ChoicesFilter):
    """Narrows countries to those that are a party, unless all are asked for."""

    def filter(self, qs: QuerySet, value: list[str]) -> QuerySet:
        return qs if "any" in value else qs.filter(CountryFilter.is_party())


class AnyCountryFilter(CountryFilter):
    """Narrows countries; without a word on it, to those that are a party, as the page does."""

    party = PartyFilter(
        label=_("Party"),
        choices=[("yes", _("Party to an agreement")), ("any", _("Every country"))],
        says=_("party: %s"),
    )

    class Meta(CountryFilter.Meta):
        pass

    @classmethod
    def every(cls) -> QuerySet:
        return cls.counted_countries()


class SourcesFilter(ChoicesFilter):
    """Narrows records to those that rest on one of these sources. There are too many to be listed as choices."""

    class field_class(forms.MultipleChoiceField):
        def validate(self, value):
            asked = [each for each in value if each]
            known = set(
                Source.objects.published()
                .filter(pk__in=[each for each in asked if PUBLIC_ID.regex.search(each)])
                .values_list("pk", flat=True)
            )
            for each in asked:
                if each not in known:
                    raise forms.ValidationError(
                        _("“%(value)s” is not known here. Expected the id of a source, as “sources” has it."),
                        params={"value": each},
                    )

    def condition(self, values: list[str]) -> Q:
        citations = self.model._meta.get_field("citations").related_model.objects
        return Q(Exists(citations.filter(record=OuterRef("pk"), source__in=values)))

    def filter(self, qs: QuerySet, value: list[str]) -> QuerySet:
        return super().filter(qs, [each for each in value if each])


class NationalitiesFilter(ChoicesFilter):
    """Narrows transfers to those with people of one of these countries among them."""

    def condition(self, values: list[str]) -> Q:
        return Q(Exists(TransferNationality.objects.filter(transfer=OuterRef("pk"), country__in=values)))


def _every_language() -> list[tuple[str, str]]:
    found = Source.objects.published().order_by("language").values_list("language", flat=True)
    return [(each, each) for each in found.distinct()]


def _by_date(*more: OrderBy | str) -> dict[str, tuple[object, tuple]]:
    """The orders of what is dated; `more` says which of one day is the later."""
    latest_first = tuple(each[1:] if each.startswith("-") else f"-{each}" for each in more)
    return {
        "recent": (_("Newest first"), (_last("date"), LONGEST_FIRST.desc(), *latest_first)),
        "oldest": (_("Oldest first"), (_first("date"), LONGEST_FIRST, *more)),
    }


_BY_ID = {"id": (_("Id"), ())}


class UnderAgreementFilter(DatedFilter):
    """Narrows what belongs to one agreement."""

    country = _countries(_("Country"), "agreement__sender", "agreement__receiver", says=_("sender or receiver %s"))
    sender = _countries(_("Sender"), "agreement__sender", says=_("sender %s"))
    receiver = _countries(_("Receiver"), "agreement__receiver", says=_("receiver %s"))
    agreement = ChoicesFilter(
        label=_("Agreement"), choices=_every_agreement, fields=("agreement",), says=pgettext_lazy("agreement", "on %s")
    )
    source = SourcesFilter(label=_("Source"))

    @classmethod
    def records(cls) -> QuerySet:
        return super().records().filter(agreement__state=State.PUBLISHED)


class StatusChangeFilter(UnderAgreementFilter):
    """Narrows the steps of negotiations."""

    status = _terms(Status, _("Status"))
    sort = SortFilter(_by_date("step") | {"agreement": (_("Agreement"), ("agreement", "step"))} | _BY_ID)

    class Meta:
        model = StatusChange
        fields: list[str] = []


class TransferFilter(UnderAgreementFilter):
    """Narrows transfers of people."""

    nationality = NationalitiesFilter(label=_("Nationality"), choices=_every_country)
    counted_by = _terms(CountedBy, _("Who counted"))
    counting = _terms(Counting, _("How it may be counted"))
    sort = SortFilter(_by_date() | _BY_ID)

    class Meta:
        model = Transfer
        fields: list[str] = []


class PaymentFilter(UnderAgreementFilter):
    """Narrows money; what has no date is in no period and stands last."""

    stage = _terms(Stage, _("How far it came"))
    currency = ChoicesFilter(label=_("Currency"), choices=[(each, each) for each in CURRENCIES])
    sort = SortFilter(_by_date() | _BY_ID)

    class Meta:
        model = Payment
        fields: list[str] = []


class DayFilter(DatedFilter):
    """A list whose records have one or more plain days, each empty where it is not known."""

    days: tuple[str, ...] = ("published",)

    def within(self, first: dt.date | None, last: dt.date | None) -> Q:
        ends = {"gte": first, "lte": last}
        days = (Q(**{f"{day}__{end}": at for end, at in ends.items() if at}) for day in self.days)
        return Q(*days, _connector=Q.OR)


class ProceedingFilter(DayFilter):
    """Narrows proceedings; a period is that in which one was filed or decided."""

    country = _countries(
        _("Country"),
        "agreement__sender",
        "agreement__receiver",
        about=True,
        links=ProceedingAgreement,
        says=_("sender or receiver %s"),
    )
    sender = _countries(_("Sender"), "agreement__sender", about=True, links=ProceedingAgreement, says=_("sender %s"))
    receiver = _countries(
        _("Receiver"), "agreement__receiver", about=True, links=ProceedingAgreement, says=_("receiver %s")
    )
    agreement = AboutFilter(
        label=_("Agreement"),
        choices=_every_agreement,
        fields=("agreement",),
        links=ProceedingAgreement,
        says=pgettext_lazy("agreement", "on %s"),
    )
    outcome = _terms(Outcome, _("Outcome"))
    source = SourcesFilter(label=_("Source"))
    sort = SortFilter(
        {
            "recent": (_("Newest first"), (Coalesce("decided", "filed").desc(nulls_last=True),)),
            "oldest": (_("Oldest first"), (Coalesce("filed", "decided").asc(nulls_last=True),)),
        }
        | _BY_ID
    )

    days = ("filed", "decided")

    class Meta:
        model = Proceeding
        fields: list[str] = []


_BY_PUBLICATION = {
    "recent": (_("Newest first"), (_last("published"),)),
    "oldest": (_("Oldest first"), (_first("published"),)),
}


class AssessmentFilter(DayFilter):
    """Narrows assessments by the country that they are about and the day of their publication."""

    country = _countries(_("Country"), "country", says=pgettext_lazy("subject", "about %s"))
    region = _terms(Region, _("Region"), "country__region", says=pgettext_lazy("region", "in %s"), sparse=True)
    source = SourcesFilter(label=_("Source"))
    sort = SortFilter(_BY_PUBLICATION | _BY_ID)

    class Meta:
        model = Assessment
        fields: list[str] = []

    @classmethod
    def records(cls) -> QuerySet:
        return super().records().filter(country__state=State.PUBLISHED)


class PositionFilter(ListFilter):
    """Narrows the offices that officials held."""

    country = _countries(_("Country"), "official__country", says=_("of %s"))
    official = ChoicesFilter(
        label=_("Official"), choices=_every_official, fields=("official",), says=pgettext_lazy("office", "of %s")
    )
    speaks_for = _terms(SpeaksFor, _("Who speaks"), "official__speaks_for", says=_("speaking for: %s"))
    sort = SortFilter({"official": (_("Official"), ("official",))} | _BY_ID)

    class Meta:
        model = Position
        fields: list[str] = []

    @classmethod
    def records(cls) -> QuerySet:
        return super().records().filter(official__state=State.PUBLISHED)


class SourceFilter(DayFilter):
    """Narrows sources by the day of their publication."""

    kind = _terms(SourceKind, _("Kind"))
    language = ChoicesFilter(label=_("Language"), choices=_every_language)
    q = WordsFilter(label=_("Words"), kind=SearchKind.SOURCE)
    sort = SortFilter(_BY_PUBLICATION | _BY_ID)

    class Meta:
        model = Source
        fields: list[str] = []


# --- What is followed and not listed ----------------------------------------------------------------


class ChangeFilter(EditionFilter):
    """Narrows the changes of records, edition by edition; they have one order."""

    sort = None


class EventFilter(AgreementFilter):
    """Narrows what happened by its agreements; `from` and `to` bound the dates of what happened. It has one order."""

    agreement = ChoicesFilter(
        label=_("Agreement"), choices=_every_agreement, fields=("pk",), says=pgettext_lazy("agreement", "on %s")
    )
    sort = None

    period_says = "%s"

    @property
    def period(self) -> tuple[dt.date | None, dt.date | None]:
        """The days asked for, both included; None where an end is open."""
        return self.form.cleaned_data.get("from"), self.form.cleaned_data.get("to")

    def narrowed(self, *, but: str = "") -> QuerySet:
        # The period is that of what happened, which is not at hand here.
        return super(DatedFilter, self).narrowed(but=but)

    @property
    def agreements(self) -> QuerySet:
        """The ids of the agreements that fit, to filter what is tied to them."""
        return self.narrowed().order_by().values("pk")


class MinistryFilter(ChoicesFilter):
    """Narrows statements to those of officials, and of whoever spoke in an office of a ministry or body of theirs.

    That is the body of any position that an official is known to have held, in the official's country; the speaker's
    is that of the office held on the day.
    """

    def filter(self, qs: QuerySet, value: list[str]) -> QuerySet:
        if not value:
            return qs
        held = Position.objects.published()
        bodies = set(held.filter(official__in=value).exclude(body="").values_list("official__country", "body"))
        colleagues = held.filter(body__in={body for _country, body in bodies}).values("official")
        said = qs.filter(Q(official__in=value) | Q(official__in=colleagues)).order_by().prefetch_related(None)
        spoken = said.select_related("official").only("date", "precision", "official__country")
        spoken = spoken.prefetch_related(Prefetch("official__positions", held.order_by("pk")))
        return qs.filter(
            pk__in=[
                statement.pk
                for statement in spoken
                if statement.official_id in value or self._body_of(statement) in bodies
            ]
        )

    @staticmethod
    def _body_of(statement: Statement) -> tuple[str | None, str]:
        office = office_on(statement.official.positions.all(), Period.of(statement))
        return statement.official.country_id, office.body if office else ""


class DenialFilter(StatementFilter):
    """Narrows denials; `official` stands for the official's ministry. They have one order."""

    official = MinistryFilter(
        label=_("Official"), choices=_every_official, says=pgettext_lazy("speaker", "by the ministry of %s")
    )
    stance = None
    sort = None

    @classmethod
    def records(cls) -> QuerySet:
        return Statement.objects.published().filter(stance=Stance.DENIES)


def faults(filterset: ListFilter) -> list[str]:
    """What is wrong with the values of an address, each as a sentence that names the parameter."""
    return faults_of(filterset.form)


def faults_of(form: forms.Form) -> list[str]:
    return [
        str(format_lazy("{name}: {message}", name=name, message=message))
        for name, messages in form.errors.items()
        for message in messages
    ]
