"""Fast entry: what the form of a statement makes besides it, carries over, recognises, and warns of."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django import forms
from django.contrib import admin
from django.contrib.admin.helpers import AdminForm
from django.core.exceptions import ValidationError
from django.db.models import F
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements.admin.base import as_known
from agreements.models import Official, Position, Record, Source, Statement
from agreements.models.evidence import WEB_ADDRESS
from agreements.models.fields import url_key
from agreements.vocabulary import OfficialKind, Precision, SpeaksFor, State
from agreements.words import fold, shared

# --- Carried over ---------------------------------------------------------------------------------


def add_statement(request: HttpRequest, record: Record, label: object, **carried: object) -> list[tuple[str, str, str]]:
    """A step of `workflow` to the form of a new statement that opens with the values given, for who may add one."""
    if record.state == State.WITHDRAWN or not request.user.has_perm("agreements.add_statement"):
        return []
    return [("add-statement", str(label), form_address(**carried))]


def form_address(**carried: object) -> str:
    """The form of a new statement; its fields begin with the values given, lists with each of theirs."""
    return reverse("admin:agreements_statement_add", query={name: value for name, value in carried.items() if value})


def same_source(statement: Statement) -> dict[str, object]:
    """What the next statement from the same report has in common with this one."""
    return {
        "agreements": [link.agreement_id for link in statement.agreement_links.all()],
        "sources": [link.source_id for link in statement.citations.all()],
        "date": statement.date.isoformat(),
        "precision": statement.precision,
        "language": statement.language,
        "venue": statement.venue,
    }


# --- Sources that are known -----------------------------------------------------------------------


def address_key(url: str) -> str | None:
    """`url_key` of a web address; None for what is none, or not yet."""
    try:
        WEB_ADDRESS(url)
    except ValidationError:
        return None
    return url_key(url)


def source_at(url: str) -> Source | None:
    """The source that has this address, however it is written; a withdrawn one only where no other has it."""
    key = address_key(url)
    found = Source.objects.filter(url_key=key).order_by("pk") if key else Source.objects.none()
    return found.exclude(state=State.WITHDRAWN).first() or found.first()


def recognised(source: Source) -> str:
    """What to say of a source that is known: what it is and, where it is not public, where it stands."""
    text = _("This is known: %(title)s (%(publisher)s, %(date)s).") % {
        "title": source.title,
        "publisher": source.publisher,
        "date": as_known(source.published, Precision.DAY) or _("undated"),
    }
    standing = {
        State.DRAFT: _("It is a draft."),
        State.IN_REVIEW: _("It waits for review."),
        State.WITHDRAWN: _("It was withdrawn and has to be published again before anything can rest on it: %(reason)s")
        % {"reason": source.withdrawal_reason},
    }
    return f"{text} {standing[source.state]}" if source.state in standing else text


def proposed(publisher: str, url: str) -> dict[str, str]:
    """Kind and language of the publisher's latest source, or else of the latest from the same site; {} for neither."""
    known = Source.objects.exclude(state=State.WITHDRAWN)
    known = known.order_by(F("published").desc(nulls_last=True), "-created_at", "pk")
    latest = known.filter(publisher__iexact=publisher).first() if publisher else None
    if latest is None and (key := address_key(url)):
        latest = known.filter(url_key__startswith=key.split("/")[0] + "/").first()
    return {"kind": latest.kind, "language": latest.language} if latest else {}


# --- Statements that may be known -----------------------------------------------------------------

NEAR_DAYS = 3
"""How many days may lie between two records of one statement: it was made, then reported, then translated."""
NEAR_WORDS = 0.6
"""The share of words, as `shared` counts them, from which on two texts may report one statement. Of the statements of
the shipped dataset that an official made within NEAR_DAYS, all of them different, hardly two share as many."""


@dataclass(frozen=True)
class Said:
    """What tells statements of one official apart: the first and the last day it may have been, and the words."""

    first: dt.date
    last: dt.date
    quote: str
    summary: str

    @classmethod
    def of(cls, date: dt.date, precision: str, quote: str, summary: str) -> Said:
        return cls(date, Precision(precision).last_day(date), quote, summary)


def near(one: Said, other: Said) -> bool:
    """Whether the two may be one statement: near days, and quotations or summaries of mostly the same words."""
    days = dt.timedelta(days=NEAR_DAYS)
    if one.first - days > other.last or other.first - days > one.last:
        return False
    return max(shared(one.quote, other.quote), shared(one.summary, other.summary)) >= NEAR_WORDS


def doubles_of(official: Official, said: Said, *, but: str | None) -> list[Statement]:
    """The statements of the official that may be this one, whatever their state; withdrawn ones are none."""
    others = Statement.objects.filter(official=official).exclude(state=State.WITHDRAWN).exclude(pk=but)
    return [
        other
        for other in others.order_by("date", "pk")
        if near(said, Said.of(other.date, other.precision, other.quote, other.summary))
    ]


# --- Records made in the same form ----------------------------------------------------------------


class Part:
    """A record that the form of a statement makes too, if anything is filled in; before the record's own form.

    `given` is what stands in a field from the start and by itself makes no record; `carried` are values by field with
    which the part opens.
    """

    model: type[Record]
    title = ""
    description = ""
    layout: tuple[str, ...] = ()
    given: dict[str, str] = {}
    refused = ()

    def __init__(self, data: QueryDict | None = None, *, prefix: str, carried: dict[str, object]) -> None:
        self.carried = carried
        super().__init__(
            data,
            prefix=prefix,
            initial=self.given | self.carried,
            empty_permitted=True,
            use_required_attribute=False,
        )

    def has_changed(self) -> bool:
        typed = {name: self.data.get(self.add_prefix(name), "").strip() for name in self.fields}
        return any(value and value != self.given.get(name) for name, value in typed.items())

    def shown(self, site: admin.AdminSite) -> AdminForm:
        """The part as the template of a form takes it: closed while there is nothing in it."""
        is_open = self.has_changed() or self.carried
        options = {
            "fields": self.layout,
            "description": self.description,
            "classes": ["part"] if is_open else ["part", "collapse"],
        }
        return AdminForm(self, [(self.title, options)], {}, model_admin=site.get_model_admin(self.model))

    def named(self) -> Record:
        """The new record with its id; asked for once the part is found valid."""
        self.instance.pk = self.make_id(self.cleaned_data)
        return self.instance


class SourcePart(Part):
    model = Source
    title = gettext_lazy("New source")
    description = gettext_lazy(
        "For a source that is not known yet. Kind and language left empty are the publisher’s usual ones."
    )
    layout = ("url", "title", "publisher", "published", "kind", "language", "title_is_description", "archive_url")

    def __init__(self, data: QueryDict | None = None, *, prefix: str, carried: dict[str, object]) -> None:
        super().__init__(data and _with_proposals(data, prefix), prefix=prefix, carried=carried)
        self.fields["publisher"].widget.attrs |= {"list": "publishers", "autocomplete": "off"}
        for name in ("url", "archive_url"):
            # The desk's own field shows beside itself the address that is stored: here none is.
            self.fields[name].widget = forms.URLInput(attrs={"class": "vLargeTextField"})


def _with_proposals(data: QueryDict, prefix: str) -> QueryDict:
    data = data.copy()
    publisher, url = (data.get(f"{prefix}-{name}", "").strip() for name in ("publisher", "url"))
    for name, value in proposed(publisher, url).items():
        if not data.get(f"{prefix}-{name}"):
            data[f"{prefix}-{name}"] = value
    return data


class OfficialPart(Part):
    model = Official
    title = gettext_lazy("New official")
    description = gettext_lazy("For who is not known yet, in place of the official above.")
    layout = ("name", "kind", "country", "speaks_for")
    given = {"kind": OfficialKind.PERSON, "speaks_for": SpeaksFor.GOVERNMENT}

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        known = Official.objects.exclude(state=State.WITHDRAWN).values_list("pk", "name")
        same = [pk for pk, other in known if fold(other) == fold(name)]
        if same:
            raise ValidationError(
                _("%(id)s is known by this name: choose it above. A namesake is added on a page of its own.")
                % {"id": same[0]}
            )
        if not self.make_id({"name": name}):
            raise ValidationError(_("Write the name in Latin letters."))
        return name


class PositionPart(Part):
    model = Position
    title = gettext_lazy("New position")
    description = gettext_lazy("Of the official of this statement, chosen or new.")
    layout = ("title", "body", "started", "ended")


def carried_to(part: str, values: dict[str, object]) -> dict[str, object]:
    """Of the values of a form those that are for a part, by the part's own field names: "source-url" is the `url`."""
    return {name.removeprefix(f"{part}-"): value for name, value in values.items() if name.startswith(f"{part}-")}


PARTS: dict[str, type[Part]] = {"source": SourcePart, "official": OfficialPart, "position": PositionPart}


def parts_for(request: HttpRequest, site: admin.AdminSite, statement: Statement | None) -> dict[str, type[Part]]:
    """The forms of the parts that this user may fill in, by the prefix of their fields.

    A statement that is stored has its official, after whom it is named.
    """
    found = {}
    for name, part in PARTS.items():
        desk = site.get_model_admin(part.model)
        if desk.has_add_permission(request) and (statement is None or part is not OfficialPart):
            form = desk.get_form(request, fields=part.layout)
            found[name] = type(part.__name__, (part, form), {"refused": ()})
    return found
