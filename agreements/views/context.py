"""What every template knows."""

from django.conf import settings

from agreements.views.citing import edition_address
from agreements.views.moments import now_address


def site(request):
    asked = getattr(request, "asked", None)
    return {
        "CONTACT_EMAIL": settings.CONTACT_EMAIL,
        "SITE_URL": settings.SITE_URL,
        "here": request.path,
        "asked_for": asked,
        "permalink": edition_address(request) if asked and asked.moment else f"{settings.SITE_URL}{request.path}",
        "now_address": now_address(request) if asked else request.path,
    }
