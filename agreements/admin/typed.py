"""What was typed into a form is not lost when the sign-in behind it has ended, or its token has grown old.

The page that answers carries it along, and the form is shown again, filled and not saved. Only forms of records are
carried: others are short, or hold a password.
"""

from __future__ import annotations

from django.conf import settings
from django.contrib import admin
from django.core import signing
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from agreements.models import Record

CARRIED = "_carried"
"""The hidden field of the sign-in pages that holds what was typed, signed."""
REFILL = "_refill"
"""In what is posted: show the form filled with the rest, and save nothing."""
MOST = 1_000_000
"""Characters that are carried, at most."""
_SALT = "agreements.admin.typed"


class Lost(Exception):
    """What was carried is too old, not ours, or of another form."""


def is_form_of_a_record(request: HttpRequest) -> bool:
    """Whether the address is that of a page to add or to change a record."""
    match = request.resolver_match
    model = getattr(getattr(match.func, "model_admin", None), "model", None) if match else None
    if model is None or not issubclass(model, Record):
        return False
    return match.url_name in {f"{model._meta.app_label}_{model._meta.model_name}_{page}" for page in ("add", "change")}


def is_carried(request: HttpRequest) -> bool:
    return CARRIED in request.POST


def carry(request: HttpRequest) -> bool:
    """Puts what was posted into the one field that sign-in pages carry; False where it is not carried."""
    if not is_form_of_a_record(request):
        return False
    fields = _without_token(request)
    carried = signing.dumps({"form": request.get_full_path(), "fields": fields}, salt=_SALT, compress=True)
    if len(carried) > MOST:
        return False
    request.POST = QueryDict(mutable=True)
    request.POST[CARRIED] = carried
    return True


def bring_back(request: HttpRequest) -> None:
    """Puts what was carried in the place of what was posted, to be shown and not saved. Raises Lost."""
    try:
        held = signing.loads(request.POST[CARRIED], salt=_SALT, max_age=settings.SESSION_COOKIE_AGE)
    except signing.BadSignature as error:
        raise Lost from error
    if held["form"] != request.get_full_path():
        raise Lost
    request.POST = QueryDict(mutable=True)
    for name, values in held["fields"].items():
        request.POST.setlist(name, values)
    request.POST[REFILL] = "1"
    # Signing in gave the browser a new token; the view reads it where the old one came in.
    request.COOKIES[settings.CSRF_COOKIE_NAME] = request.META["CSRF_COOKIE"]


def _without_token(request: HttpRequest) -> dict[str, list[str]]:
    return {name: values for name, values in request.POST.lists() if name != "csrfmiddlewaretoken"}


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403, and nothing was done; for a form of a record, a way back to it with all that was typed."""
    if not request.path.startswith(f"/{settings.ADMIN_PATH}"):
        return render(request, "403_csrf.html", status=403)
    fields = []
    if is_form_of_a_record(request):
        kept = {**_without_token(request), REFILL: ["1"]}
        fields = [(name, value) for name, values in kept.items() for value in values]
    context = {
        **admin.site.each_context(request),
        "title": _("Nothing was saved"),
        "address": request.get_full_path(),
        "fields": fields,
    }
    return render(request, "admin/not_saved.html", context, status=403)
