"""Countries and territories at the desk."""

from django.contrib import admin

from agreements.admin.base import RecordAdmin
from agreements.models import Country


@admin.register(Country)
class CountryAdmin(RecordAdmin):
    list_display = ["name", "id", "alpha2", "region", "subregion", "state_badge"]
    list_filter = ["state", "region"]
    search_fields = ["id", "alpha2", "slug", "name"]
    found_by = ("id", "name", "slug")
    ordering = ["slug"]

    def get_prepopulated_fields(self, request, obj=None):
        # A method, not the attribute: the page of an old version reads that and has no such field to fill.
        return {} if obj else {"slug": ["name"]}
