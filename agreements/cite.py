"""Citations in five styles, each with the site, the edition's address and the primary source: pure functions."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

SITE = "Third Country Tracker"


@dataclass(frozen=True)
class Primary:
    """The source on which a page or a fact rests first."""

    publisher: str
    title: str
    published: dt.date | None
    url: str


@dataclass(frozen=True)
class Cited:
    """What is cited: a title, the address at an edition, the edition's day, the day on which it was read."""

    title: str
    address: str
    edition: int
    made_on: dt.date
    read_on: dt.date
    primary: Primary | None = None


@dataclass(frozen=True)
class Citation:
    """A citation in one style, ready to be copied."""

    style: str
    text: str


def citations(cited: Cited) -> list[Citation]:
    """The five styles, each naming the primary source where there is one."""
    return [
        Citation("APA", _apa(cited)),
        Citation("MLA", _mla(cited)),
        Citation("Chicago", _chicago(cited)),
        Citation("BibTeX", _bibtex(cited)),
        Citation("Wikipedia", _wikipedia(cited)),
    ]


_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_MLA_MONTHS = ("Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")


def _day_first(day: dt.date) -> str:
    return f"{day.day} {_MLA_MONTHS[day.month - 1]} {day.year}"


def _month_first(day: dt.date) -> str:
    return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"


def _apa_date(day: dt.date | None) -> str:
    return f"({day.year}, {_MONTHS[day.month - 1]} {day.day})" if day else "(n.d.)"


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _apa(c: Cited) -> str:
    own = f"{SITE}. {_apa_date(c.made_on)}. {c.title} (Edition {c.edition}) [Data set]. {c.address}"
    if c.primary is None:
        return own
    p = c.primary
    return _joined(own, f"Primary source: {p.publisher}. {_apa_date(p.published)}. {p.title}.", p.url)


def _mla(c: Cited) -> str:
    made, read = _day_first(c.made_on), _day_first(c.read_on)
    own = f"“{c.title}.” {SITE}, edition {c.edition}, {made}, {c.address}. Accessed {read}."
    if c.primary is None:
        return own
    p = c.primary
    dated = f", {_day_first(p.published)}" if p.published else ""
    return f"{own} Primary source: “{p.title}.” {p.publisher}{dated}{f', {p.url}' if p.url else ''}."


def _chicago(c: Cited) -> str:
    made, read = _month_first(c.made_on), _month_first(c.read_on)
    own = f"{SITE}. “{c.title}.” Edition {c.edition}, {made}. Accessed {read}. {c.address}."
    if c.primary is None:
        return own
    p = c.primary
    dated = f" {_month_first(p.published)}." if p.published else " Undated."
    return f"{own} Primary source: {p.publisher}. “{p.title}.”{dated}{f' {p.url}.' if p.url else ''}"


def _bibtex(c: Cited) -> str:
    name = re.sub(r"[^a-z0-9]+", "-", c.address.partition("?")[0].partition("://")[2].partition("/")[2].lower()).strip(
        "-"
    )
    note = f"Accessed {c.read_on.isoformat()}."
    if c.primary is not None:
        dated = c.primary.published.isoformat() if c.primary.published else "undated"
        note += _joined("", f" Primary source: {c.primary.publisher}: {c.primary.title}, {dated}.", c.primary.url)
    fields = {
        "author": "{{" + SITE + "}}",
        "title": "{" + _tex(c.title) + "}",
        "edition": "{" + str(c.edition) + "}",
        "year": "{" + str(c.made_on.year) + "}",
        "month": "{" + str(c.made_on.month) + "}",
        "url": "{" + c.address + "}",
        "note": "{" + _tex(note) + "}",
    }
    body = ",\n".join(f"  {key} = {value}" for key, value in fields.items())
    return f"@misc{{third-country-tracker-{name or 'home'}-{c.edition},\n{body}\n}}"


def _tex(text: str) -> str:
    named = {"\\": r"\textbackslash{}", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}"}
    return re.sub(r"[&%$#_{}\\^~]", lambda found: named.get(found[0], "\\" + found[0]), text)


def _wikipedia(c: Cited) -> str:
    own = _template(
        "cite web",
        title=c.title,
        website=SITE,
        date=c.made_on.isoformat(),
        edition=str(c.edition),
        url=c.address,
        access_date=c.read_on.isoformat(),
    )
    if c.primary is None:
        return own
    p = c.primary
    primary = _template(
        "cite news",
        title=p.title,
        work=p.publisher,
        date=p.published.isoformat() if p.published else "",
        url=p.url,
    )
    return f"{own} Primary source: {primary}"


def _template(name: str, **values: str) -> str:
    # A pipe would end the value, a bracket the link that the template makes of it.
    safe = str.maketrans({"|": "{{!}}", "[": "&#91;", "]": "&#93;"})
    given = (f"|{key.replace('_', '-')}={value.translate(safe)}" for key, value in values.items() if value)
    return "{{" + name + " " + " ".join(given) + "}}"
