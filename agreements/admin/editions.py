"""What was loaded, to look at: loads are made by `load_dataset` only."""

from django.contrib import admin

from agreements.models import DatasetLoad


@admin.register(DatasetLoad)
class DatasetLoadAdmin(admin.ModelAdmin):
    list_display = ["loaded_at", "note"]
    date_hierarchy = "loaded_at"
    search_fields = ["note"]
    ordering = ["-pk"]

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False
