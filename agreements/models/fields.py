"""Fields that the tables share, and the small builders of their constraints."""

from __future__ import annotations

import json
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.core.validators import RegexValidator
from django.db import models
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from agreements.vocabulary import Term

PUBLIC_ID = RegexValidator(
    r"\A[a-z0-9]+(-[a-z0-9]+)*\Z", _("Use lower-case letters a to z, digits and single hyphens, as in us-rw-2025.")
)

_TRACKING = {"fbclid", "gclid", "dclid", "msclkid", "igshid", "mc_cid", "mc_eid", "ref_src", "yclid", "ocid", "cmpid"}


class PublicIdField(models.CharField):
    """A word of an address: ASCII text that is ordered byte by byte on both engines, whatever the collation."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        kwargs.setdefault("max_length", 200)
        super().__init__(*args, **kwargs)

    def db_parameters(self, connection):
        parameters = super().db_parameters(connection)
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"
        return parameters


@PublicIdField.register_lookup
class Among(models.Lookup):
    """That an id is one of many, which are sent as one list: thousands one by one take longer to send than to find."""

    lookup_name = "among"
    prepare_rhs = False

    def as_postgresql(self, compiler, connection):
        lhs, params = self.process_lhs(compiler, connection)
        return f"{lhs} = ANY(%s)", [*params, list(self.rhs)]

    def as_sqlite(self, compiler, connection):
        lhs, params = self.process_lhs(compiler, connection)
        return f"{lhs} IN (SELECT value FROM json_each(%s))", [*params, json.dumps(list(self.rhs))]


def url_key(url: str) -> str | None:
    """What two addresses of one document share: host and path, without scheme, www, tracking, fragment, last slash.

    None for an empty address, so that sources without one are never taken for each other.
    """
    if not url:
        return None
    parts = urlsplit(url.strip())
    query = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not name.lower().startswith("utm_") and name.lower() not in _TRACKING
    ]
    host = parts.netloc.lower().removeprefix("www.")
    return host + parts.path.rstrip("/") + (f"?{urlencode(query)}" if query else "")


class UrlKeyField(models.TextField):
    """The `url_key` of the record's `url`, worked out whenever the record is saved or made in bulk."""

    def pre_save(self, model_instance, add):
        key = url_key(model_instance.url)
        setattr(model_instance, self.attname, key)
        return key


class TermField(models.CharField):
    """A column that holds one word of a closed set, and reads as that word; empty only where `blank`.

    Bind the database to the set with `one_of` as well. Labels and definitions stay out of migrations.
    """

    def __init__(self, terms: type[Term] | None = None, verbose_name: object = None, **kwargs: object) -> None:
        self.terms = terms
        kwargs.setdefault("max_length", 40)
        if terms is not None:
            kwargs["choices"] = terms.choices()
            kwargs.setdefault("help_text", lazy(definitions, str)(terms))
        super().__init__(verbose_name, **kwargs)

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        kwargs.pop("choices", None)
        kwargs.pop("help_text", None)
        return name, "django.db.models.CharField", args, kwargs

    def from_db_value(self, value, expression, connection):
        return self.terms(value) if value and self.terms else value


def definitions(terms: type[Term]) -> str:
    """The words of a closed set with their definitions, as a help text."""
    return " ".join(f"{term.label}: {term.definition}" for term in terms if term.definition)


def one_of(field: str, terms: type[Term], *, blank: bool = False) -> models.CheckConstraint:
    """The database refuses a word that is not in the closed set."""
    values = ([""] if blank else []) + terms.values()
    return models.CheckConstraint(
        name=f"%(class)s_{field}_known",
        condition=models.Q(**{f"{field}__in": values}),
        violation_error_message=_("Unknown value for %(field)s.") % {"field": field},
    )


def check(name: str, condition: models.Q, message: object) -> models.CheckConstraint:
    """A rule of DESIGN section 2 that the database itself keeps."""
    return models.CheckConstraint(name=f"%(class)s_{name}", condition=condition, violation_error_message=message)
