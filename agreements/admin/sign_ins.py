"""Who signed in and who failed to, to look at; an administrator clears a lock-out by deleting its attempts."""

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib import admin


class SignInAdmin(admin.ModelAdmin):
    """A list that the desk itself writes."""

    list_per_page = 50
    date_hierarchy = "attempt_time"
    search_fields = ["username", "ip_address"]
    ordering = ["-attempt_time", "-pk"]

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False


@admin.register(AccessLog)
class AccessLogAdmin(SignInAdmin):
    list_display = ["attempt_time", "username", "ip_address", "logout_time"]
    fields = ["attempt_time", "logout_time", "username", "ip_address", "user_agent"]


@admin.register(AccessFailureLog)
class AccessFailureLogAdmin(SignInAdmin):
    list_display = ["attempt_time", "username", "ip_address", "locked_out"]
    list_filter = ["locked_out"]
    fields = ["attempt_time", "username", "ip_address", "user_agent", "locked_out"]


@admin.register(AccessAttempt)
class AccessAttemptAdmin(SignInAdmin):
    list_display = ["attempt_time", "username", "ip_address", "failures_since_start"]
    fields = ["attempt_time", "username", "ip_address", "user_agent", "failures_since_start"]

    def has_delete_permission(self, request, obj=None) -> bool:
        return admin.ModelAdmin.has_delete_permission(self, request, obj)
