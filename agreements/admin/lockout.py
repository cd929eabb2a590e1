"""Repeated failures to sign in lock out, for a while, a name at an address, and an address that tries many names."""

from __future__ import annotations

from ipaddress import ip_address

from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib import admin
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agreements.admin.typed import CARRIED


class Handler(AxesDatabaseHandler):
    """Counts failures by name and address, and by address alone, with a limit for each."""

    def get_failures(self, request: HttpRequest, credentials: dict | None = None) -> int:
        # axes holds whatever is largest against one limit: what counts against another is brought to its scale.
        limits = (settings.AXES_FAILURE_LIMIT, settings.FAILURES_FROM_ADDRESS)
        counted = (
            attempts.aggregate(failures=Sum("failures_since_start"))["failures"] or 0
            for attempts in self.get_user_attempts(request, credentials)
        )
        return max(
            failures * settings.AXES_FAILURE_LIMIT // limit for failures, limit in zip(counted, limits, strict=True)
        )

    def reset_user_attempts(self, request: HttpRequest, credentials: dict | None = None) -> int:
        """Forgives the failures under the name that signed in; another's from the same address still count."""
        by_name, _by_address = self.filter_user_attempts(request, credentials)
        return by_name.delete()[1].get(AccessAttempt._meta.label, 0)


def client_address(request: HttpRequest) -> str | None:
    """The visitor's address; behind a proxy the one that the proxy saw, which is the last that it passes on."""
    addresses = [request.META.get("REMOTE_ADDR", "")]
    if settings.BEHIND_PROXY:
        addresses.insert(0, request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip())
    return next((address for address in addresses if _is_address(address)), None)


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return "%" not in text


def locked_out(
    request: HttpRequest, response: HttpResponse | None = None, credentials: dict | None = None
) -> HttpResponse:
    """429: no password is looked at for a while; the page says for how long, and carries on what was typed."""
    seconds = int(settings.AXES_COOLOFF_TIME.total_seconds())
    minutes = seconds // 60
    context = {
        **admin.site.each_context(request),
        "title": _("Too many failures"),
        "wait": ngettext("%d minute", "%d minutes", minutes) % minutes,
        "address": request.get_full_path(),
        "carried": request.POST.get(CARRIED, ""),
    }
    page = render(request, "admin/locked_out.html", context, status=429)
    page["Retry-After"] = str(seconds)
    add_never_cache_headers(page)
    return page
