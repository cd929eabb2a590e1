"""Every address, in one place."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from agreements.views.preview import preview

handler404 = "agreements.views.base.page_not_found"
handler500 = "agreements.views.base.server_error"

urlpatterns = [
    path("", include("agreements.views.urls")),
    # A public page, drawn for the desk: it stands at the door between the two.
    path(f"{settings.ADMIN_PATH}preview/", admin.site.admin_view(preview), name="preview"),
    path(settings.ADMIN_PATH, admin.site.urls),
]
