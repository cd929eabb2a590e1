"""The pages of the lists, and what the desk's home shows of them."""

from __future__ import annotations

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from agreements import publication
from agreements.admin.workflow import linked
from agreements.admin.worklists.base import Worklist
from agreements.admin.worklists.contradictions import Contradictions
from agreements.admin.worklists.lacking import DeadLinks, Unarchived, Unchecked, Untied
from agreements.admin.worklists.waiting import Mine, Review

PER_PAGE = 50
AT_HOME = 5
"""How many rows of the first lists the home of the desk shows."""

WORKLISTS: dict[str, type[Worklist]] = {
    each.name: each for each in (Review, Mine, Contradictions, Untied, Unchecked, DeadLinks, Unarchived)
}
"""The lists by name, in the order in which the desk shows them."""
SHOWN_AT_HOME = (Review, Mine)


class Worklists:
    """The lists, for one admin site."""

    def __init__(self, site: admin.AdminSite) -> None:
        self.site = site

    @property
    def urls(self) -> list[URLPattern]:
        return [path("work/<slug:name>/", self.site.admin_view(self.page), name="desk_work")]

    def home(self, request: HttpRequest) -> dict[str, object]:
        """What the home of the desk says of the lists that are for this user: counts, and the first rows of two."""
        lists = [kind(request.user, {}) for kind in WORKLISTS.values() if kind.is_for(request.user)]
        return {
            "title": _("The desk"),
            "worklists": lists,
            "first": [(each, each.rows(each.found[:AT_HOME])) for each in lists if isinstance(each, SHOWN_AT_HOME)],
        }

    def page(self, request: HttpRequest, name: str) -> HttpResponse:
        """One list, a page at a time; a POST does what its button says to the rows that are ticked."""
        if name not in WORKLISTS:
            raise Http404(_("There is no list %(name)s.") % {"name": name})
        if not WORKLISTS[name].is_for(request.user):
            raise PermissionDenied
        worklist = WORKLISTS[name](request.user, request.GET)
        reasons = [publication.Reason(worklist.wrong)] if worklist.wrong else []
        keys: list[str] = []
        if request.method == "POST" and not reasons:
            if not worklist.button:
                return HttpResponseNotAllowed(["GET", "HEAD"])
            if not worklist.may_act:
                raise PermissionDenied
            keys = request.POST.getlist("only") or request.POST.getlist("record")
            try:
                answer = self._act(request, worklist, keys)
            except publication.Inconsistent as wrong:
                reasons = wrong.reasons
            else:
                return answer or HttpResponseRedirect(request.get_full_path())
        page = Paginator([] if worklist.wrong else worklist.found, PER_PAGE).get_page(request.GET.get("p"))
        request.current_app = self.site.name
        context = {
            **self.site.each_context(request),
            "title": worklist.title,
            "worklist": worklist,
            "page_obj": page,
            "rows": worklist.rows(page.object_list),
            "ticked": keys,
            "reasons": linked(reasons),
        }
        templates = [f"admin/desk/worklist_{name}.html", "admin/desk/worklist.html"]
        return TemplateResponse(request, templates, context, status=400 if reasons else 200)

    @staticmethod
    def _act(request: HttpRequest, worklist: Worklist, keys: list[str]) -> HttpResponse | None:
        if not keys:
            messages.warning(request, _("Nothing is ticked, so nothing was done."))
            return None
        return worklist.act(request, keys)
