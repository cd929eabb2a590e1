"""The public pages as they would be with a draft in them; the desk alone leads here, for those who are signed in."""

from __future__ import annotations

import copy
import re
from urllib.parse import urlencode, urlsplit

from django.contrib.auth import get_permission_codename
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from agreements import editions, publication
from agreements.dataset.rows import MODELS, TABLE_OF, references, row_of
from agreements.models import Record
from agreements.views.moments import Asked

_FIGURE = re.compile(r'\bdata-figure="(/[^"?]*)"')


def preview(request: HttpRequest) -> HttpResponse:
    """`record` is the key of a record, `page` a public address; without one the first page that shows the record."""
    table, _slash, id = request.GET.get("record", "").partition("/")
    # PostgreSQL cannot even be asked for a NUL.
    record = MODELS[table].objects.filter(pk=id).first() if table in MODELS and "\0" not in id else None
    if record is None:
        raise Http404(_("There is no such record."))
    if not request.user.has_perm(f"agreements.{get_permission_codename('view', record._meta)}"):
        raise PermissionDenied
    pages = _pages_of(record)
    page = request.GET.get("page") or pages[0][0]
    shown: list[HttpResponse] = []
    reasons = publication.preview(record, lambda: shown.append(_page(request, record, page, pages)))
    answer = shown[0] if shown else _refused(request, record, reasons)
    answer["Cache-Control"] = "no-store"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _pages_of(record: Record) -> list[tuple[str, str]]:
    """The public pages that show a record: address and name, its own first."""
    table = TABLE_OF[type(record)]
    proposal = publication.open_proposal(record)
    row = proposal.row if proposal else row_of(record)
    keys = [(table, record.pk), *references(table, row)]
    found = {}
    for table, id in dict.fromkeys(keys):
        # A proposal may still name a draft that was discarded.
        each = MODELS[table].objects.filter(pk=id).first()
        if hasattr(each, "get_absolute_url"):
            found.setdefault(urlsplit(each.get_absolute_url()).path, str(each))
    return list(found.items()) or [("/", _("Home"))]


def _page(request: HttpRequest, record: Record, page: str, pages: list[tuple[str, str]]) -> HttpResponse:
    try:
        found = resolve(page)
    except Resolver404 as error:
        raise Http404(_("There is no public page %(page)s.") % {"page": page}) from error
    if found.namespaces or found.func is preview:
        raise Http404(_("There is no public page %(page)s.") % {"page": page})
    inner = copy.copy(request)
    inner.path = inner.path_info = page
    inner.method, inner.GET, inner.resolver_match = "GET", QueryDict(), found
    inner.asked = Asked(editions.newest(), past=False, by_edition=False, day=timezone.now().date())
    key = f"{TABLE_OF[type(record)]}/{record.pk}"
    inner.preview = {
        "record": record,
        "form": reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk]),
        "pages": [
            (f"{request.path}?{urlencode({'record': key, 'page': each})}", name, each == page) for each, name in pages
        ],
    }
    answer = found.func(inner, *found.args, **found.kwargs)
    if hasattr(answer, "render"):
        answer.render()
    if answer.get("Content-Type", "").startswith("text/html"):
        # The chart, too, is that of the preview.
        query = urlencode({"record": key}).replace("&", "&amp;")
        answer.content = _FIGURE.sub(
            lambda figure: f'data-figure="{request.path}?{query}&amp;page={figure[1]}"', answer.content.decode()
        )
    return answer


def _refused(request: HttpRequest, record: Record, reasons: list[str]) -> HttpResponse:
    context = {"record": record, "reasons": reasons}
    return TemplateResponse(request, "preview.html", context, status=409).render()
