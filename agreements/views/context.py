"""What every template knows."""

from django.conf import settings

from agreements.views.moments import now_address


def site(request):
    return {
        "CONTACT_EMAIL": settings.CONTACT_EMAIL,
        "SITE_URL": settings.SITE_URL,
        "here": request.path,
        "asked_for": getattr(request, "asked", None),
        "now_address": now_address(request),
    }
