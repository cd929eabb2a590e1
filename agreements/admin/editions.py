"""The edition log, to look at: editions are made by acts of publishing only."""

from django.contrib import admin

from agreements.models import Edition


@admin.register(Edition)
class EditionAdmin(admin.ModelAdmin):
    list_display = ["number", "made_at", "kind", "note"]
    list_filter = ["kind"]
    date_hierarchy = "made_at"
    search_fields = ["note"]
    ordering = ["-number"]

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False
