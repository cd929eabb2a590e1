"""How values are written on a page: dates as exact as known, ranges, money, glyphs, source marks."""

from __future__ import annotations

import datetime as dt

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agreements.charts import svg
from agreements.charts.scale import date_words
from agreements.history import Days, Period
from agreements.vocabulary import Precision, Stance, Status

register = template.Library()

_SYMBOLS = {"USD": "US$", "EUR": "€", "GBP": "£", "AUD": "A$"}


@register.filter
def when(record) -> SafeString:
    """The date of a record, or a period, or a day, as a `time` element; "undated" where there is none."""
    if isinstance(record, dt.date):
        day, precision = record, Precision.DAY
    elif isinstance(record, Period):
        day, precision = record.first, record.precision
    elif record is None or record.date is None:
        return format_html('<span class="undated">{}</span>', _("undated"))
    else:
        day, precision = record.date, Precision(record.precision or Precision.DAY)
    machine = day.isoformat()[: {Precision.DAY: 10, Precision.MONTH: 7, Precision.YEAR: 4}[precision]]
    return format_html('<time datetime="{}">{}</time>', machine, date_words(day, precision))


@register.filter
def number(value: int | None) -> str:
    return "" if value is None else f"{value:,}"


@register.filter
def counted(record) -> str:
    """A head count as a range: 7, 7–30, or "not counted"."""
    return people_range(record.people_low, record.people_high)


@register.filter
def between(low: int, high: int) -> str:
    """Two ends of a range as one: 7–30, or 7 where they are the same."""
    return people_range(low, high)


def people_range(low: int | None, high: int | None) -> str:
    if low is None or high is None:
        return _("number not known")
    return f"{low:,}" if low == high else f"{low:,}–{high:,}"


@register.filter
def days(value: Days) -> str:
    """A number of days, or a range of them."""
    if value.exact:
        return ngettext("%(days)s day", "%(days)s days", value.low) % {"days": f"{value.low:,}"}
    return _("%(low)s to %(high)s days") % {"low": f"{value.low:,}", "high": f"{value.high:,}"}


@register.filter
def money(payment) -> str:
    """An amount with its currency, shortened to millions or billions only where nothing is lost."""
    return money_words(payment.amount, payment.currency)


def money_words(amount: int, currency: str) -> str:
    sign = _SYMBOLS.get(currency, f"{currency} ")
    for unit, template_words in ((10**9, _("%s billion")), (10**6, _("%s million"))):
        if amount >= unit and amount % (unit // 1000) == 0:
            return sign + template_words % f"{amount / unit:,.3f}".rstrip("0").rstrip(".")
    return f"{sign}{amount:,}"


@register.filter
def glyph(term: Status | Stance) -> SafeString:
    return svg.glyph(term)


@register.simple_tag
def status_word(status: Status | None, css: str = "") -> SafeString:
    """A status as glyph and word; a plain word where there is none."""
    if not status:
        return format_html('<span class="status {}">{}</span>', css, _("No status on record"))
    status = Status(status)
    return format_html(
        '<span class="status status-{} {}">{}<span>{}</span></span>', status, css, svg.glyph(status), status.label
    )


@register.filter
def marked(segments) -> SafeString:
    """A text in pieces, with what was looked for marked."""
    pieces = ((format_html("<mark>{}</mark>", piece.text) if piece.marked else piece.text,) for piece in segments)
    return format_html_join("", "{}", pieces)


@register.filter
def language_differs(code: str) -> str:
    """The language of a quotation where it is not that of the page, for `lang=`."""
    return code if code and code != "en" else ""
