"""The two steps of signing in: a password, then a one-time code, which is set up where there is none yet."""

from __future__ import annotations

import datetime as dt
import math
from base64 import b32encode
from typing import TYPE_CHECKING

import django_otp
import segno
from axes.helpers import get_client_session_hash
from axes.models import AccessLog
from django import forms
from django.conf import settings
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import REDIRECT_FIELD_NAME, login
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django_otp.plugins.otp_totp.models import TOTPDevice

from agreements.admin.typed import CARRIED

if TYPE_CHECKING:
    from agreements.admin.site import Desk

ENROLLING = "enrolling"
"""In a session: the device that is being set up in it."""


def is_verified(request: HttpRequest) -> bool:
    """Whether a one-time code was given in this session."""
    # Who signed in by this very request is not yet as the middleware of django-otp would have made him.
    return getattr(request.user, "otp_device", None) is not None


@sensitive_post_parameters("password")
def ask_password(request: HttpRequest, desk: Desk) -> HttpResponse | None:
    """The page that asks for name and password; None once they were right, and the user is signed in."""
    form = AdminAuthenticationForm(request, request.POST if "username" in request.POST else None)
    if form.is_valid():
        login(request, form.get_user())
        # A fixed end: without it, whatever is stored in the session makes it last anew.
        request.session.set_expiry(dt.timedelta(seconds=settings.SESSION_COOKIE_AGE))
        return None
    return _page(request, desk, "admin/login.html", {"title": _("Log in"), "form": form})


class CodeForm(forms.Form):
    """Asks for the code that a device shows now."""

    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "autofocus": True}),
    )

    def __init__(self, device: TOTPDevice, *args: object) -> None:
        super().__init__(*args)
        self.device = device

    def clean_code(self) -> str:
        code = "".join(self.cleaned_data["code"].split())
        allowed, why_not = self.device.verify_is_allowed()
        if not allowed:
            raise ValidationError(_("Too many wrong codes. Please wait %s.") % time_until(why_not["locked_until"]))
        if not django_otp.verify_token(self.device.user, self.device.persistent_id, code):
            raise ValidationError(_("This code is not right, or was used already. Please type the next one."))
        return code


def ask_code(request: HttpRequest, desk: Desk) -> HttpResponse | None:
    """The page that asks for a code, or sets one up; None once it was right, and the session is verified."""
    device = TOTPDevice.objects.filter(user=request.user, confirmed=True).order_by("pk").first()
    new = None if device else _device_being_set_up(request)
    form = CodeForm(device or new, request.POST if "code" in request.POST else None)
    if form.is_valid():
        if new:
            TOTPDevice.objects.filter(pk=new.pk).update(confirmed=True)
            del request.session[ENROLLING]
        _verify(request, device or new)
        return None
    context = {"title": _("Second factor"), "form": form}
    if new:
        context |= {"title": _("Set up your second factor"), "qr": _qr(new), "secret": _secret(new)}
    return _page(request, desk, "admin/second_factor.html", context)


def _device_being_set_up(request: HttpRequest) -> TOTPDevice:
    """One a session: a secret that another session has seen is never confirmed in this one."""
    unconfirmed = TOTPDevice.objects.filter(user=request.user, confirmed=False)
    device = unconfirmed.filter(pk=request.session.get(ENROLLING)).first()
    if device is None:
        unconfirmed.delete()
        device = TOTPDevice.objects.create(user=request.user, name="desk", confirmed=False)
        request.session[ENROLLING] = device.pk
    return device


def _verify(request: HttpRequest, device: TOTPDevice) -> None:
    before = get_client_session_hash(request)
    django_otp.login(request, device)
    request.session.cycle_key()
    # The log of sign-ins knows each by its session; it could not tell otherwise when this one ends.
    AccessLog.objects.filter(session_hash=before).update(session_hash=get_client_session_hash(request))


def _qr(device: TOTPDevice) -> str:
    """The device's secret as an SVG picture without a style of its own."""
    return segno.make(device.config_url).svg_inline(
        omitsize=True, light="#fff", title=_("QR code of the secret"), svgclass="qr", lineclass=None
    )


def _secret(device: TOTPDevice) -> str:
    """The device's secret as apps take it, in groups that can be typed."""
    text = b32encode(device.bin_key).decode().rstrip("=")
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def time_until(moment: dt.datetime) -> str:
    """How long it is until then: "12 seconds", "3 minutes"; never less than it is."""
    seconds = max(1, math.ceil((moment - timezone.now()).total_seconds()))
    minutes = math.ceil(seconds / 60)
    if seconds < 60:
        return ngettext("%d second", "%d seconds", seconds) % seconds
    return ngettext("%d minute", "%d minutes", minutes) % minutes


def _page(request: HttpRequest, desk: Desk, template: str, context: dict) -> HttpResponse:
    given = {
        "address": request.get_full_path(),
        "carried": request.POST.get(CARRIED, ""),
        REDIRECT_FIELD_NAME: request.POST.get(REDIRECT_FIELD_NAME) or request.GET.get(REDIRECT_FIELD_NAME, ""),
    }
    request.current_app = desk.name
    response = render(request, template, {**desk.each_context(request), **given, **context})
    add_never_cache_headers(response)
    return response
