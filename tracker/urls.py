"""Every address, in one place."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

handler404 = "agreements.views.base.page_not_found"

urlpatterns = [
    path("", include("agreements.views.urls")),
    path(settings.ADMIN_PATH, admin.site.urls),
]
