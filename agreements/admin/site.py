"""The desk as a whole: who is let in, and the way in."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, update_wrapper
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from agreements.admin import signing_in, typed
from agreements.admin.workflow import Workflow

if TYPE_CHECKING:
    from agreements.admin.articles import Articles
    from agreements.admin.worklists import Worklists


class Desk(admin.AdminSite):
    """The stock admin, for active staff who gave a password and, where the site requires it, a one-time code."""

    def has_permission(self, request: HttpRequest) -> bool:
        return self.knows_password(request) and (not settings.REQUIRE_TOTP or signing_in.is_verified(request))

    def knows_password(self, request: HttpRequest) -> bool:
        """Whether somebody of the desk is signed in, be it only halfway."""
        return super().has_permission(request)

    def get_urls(self) -> list:
        return [
            path("second-factor/", self.second_factor, name="second_factor"),
            # Not through `admin_view`: who is halfway in may leave too.
            path("logout/", self.logout, name="logout"),
            *Workflow(self).urls,
            *self._worklists().urls,
            *self._articles().urls,
            *super().get_urls(),
        ]

    def index(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        return super().index(request, {**self._worklists().home(request), **(extra_context or {})})

    def _worklists(self) -> Worklists:
        # Read late: its modules need those that register while this one is being read.
        from agreements.admin.worklists import Worklists

        return Worklists(self)

    def _articles(self) -> Articles:
        from agreements.admin.articles import Articles

        return Articles(self)

    @method_decorator(never_cache)
    def login(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        if self.knows_password(request) and request.method == "GET":
            return HttpResponseRedirect(self._next(request))
        return signing_in.ask_password(request, self) or HttpResponseRedirect(self._next(request))

    @method_decorator(never_cache)
    def second_factor(self, request: HttpRequest) -> HttpResponse:
        """Asks for the one-time code, or sets one up for who has none, and goes on to `next`."""
        if not self.knows_password(request):
            return self._to("login", self._next(request))
        if self.has_permission(request):
            return HttpResponseRedirect(self._next(request))
        return signing_in.ask_code(request, self) or HttpResponseRedirect(self._next(request))

    def admin_view(self, view: Callable, cacheable: bool = False) -> Callable:
        """Guards a view: who is not let in signs in first, and finds again what was typed into a form meanwhile."""
        guarded = super().admin_view(view, cacheable)

        def inner(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            allowed = self.has_permission(request)
            if request.method == "POST" and typed.is_carried(request):
                return self._signing_in_again(request, guarded, *args, **kwargs)
            if allowed:
                return guarded(request, *args, **kwargs)
            if request.method == "POST":
                if typed.carry(request):
                    return self._signing_in_again(request, guarded, *args, **kwargs)
                messages.warning(request, _("Your sign-in had ended: nothing was done."))
            return self._to(
                "second_factor" if self.knows_password(request) else "login",
                request.get_full_path(),
            )

        return update_wrapper(inner, guarded)

    def _signing_in_again(self, request: HttpRequest, view: Callable, *args: object, **kwargs: object) -> HttpResponse:
        """Each step of signing in, at the address of the form; after the last one the form as it was sent."""
        if not self.knows_password(request) and (page := signing_in.ask_password(request, self)):
            return page
        if not self.has_permission(request) and (page := signing_in.ask_code(request, self)):
            return page
        try:
            typed.bring_back(request)
        except typed.Lost:
            messages.error(request, _("What you had typed could not be brought back."))
            return HttpResponseRedirect(request.get_full_path())
        return view(request, *args, **kwargs)

    def _next(self, request: HttpRequest) -> str:
        """Where to go after signing in: an address of this site, the desk's home unless one was given."""
        address = request.POST.get(REDIRECT_FIELD_NAME) or request.GET.get(REDIRECT_FIELD_NAME, "")
        safe = url_has_allowed_host_and_scheme(
            address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
        )
        return address if safe else reverse("admin:index", current_app=self.name)

    def _to(self, page: str, following: str) -> HttpResponseRedirect:
        return HttpResponseRedirect(
            reverse(f"admin:{page}", current_app=self.name, query={REDIRECT_FIELD_NAME: following})
        )


@cache
def desk() -> Desk:
    """The one desk. The modules of the desk ask for it while it is being asked for, and all must get the same."""
    return Desk()
