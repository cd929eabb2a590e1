"""Accounts of the desk: a name, a password and a role. They are deactivated, never deleted.

What somebody may do follows from the role alone: permissions are given to nobody by hand.
"""

from __future__ import annotations

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm, UserCreationForm, UsernameField
from django.contrib.auth.models import Group, User
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max, Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# Brings pages of its own, which show secrets: once they are there, they can be taken away.
from django_otp.plugins.otp_totp import admin as _devices  # noqa: F401
from django_otp.plugins.otp_totp.models import TOTPDevice

from agreements.roles import Role, give, role_of

admin.site.unregister([Group, User, TOTPDevice])


def end_sessions(user: User) -> None:
    """Signs the account out everywhere."""
    for session in Session.objects.filter(expire_date__gt=timezone.now()):
        if session.get_decoded().get(SESSION_KEY) == str(user.pk):
            session.delete()


class RoleField(forms.ChoiceField):
    """One of the roles, each with what it means."""

    def __init__(self) -> None:
        super().__init__(
            label=gettext_lazy("Role"),
            choices=[(role.value, format_lazy("{}: {}", role.label, role.definition)) for role in Role],
            widget=forms.RadioSelect,
        )


class NewAccountForm(UserCreationForm):
    role = RoleField()


class AccountForm(forms.ModelForm):
    """An account as an administrator sees it; of his own, neither the role nor whether it is active can be changed."""

    role = RoleField()
    own = False

    class Meta:
        model = User
        fields = ["username", "role", "email", "is_active"]
        field_classes = {"username": UsernameField}

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].initial = role_of(self.instance)
        self.fields["role"].required = not self.instance.is_superuser
        if self.own:
            for name in {"role", "is_active"} & self.fields.keys():
                self.fields[name].disabled = True
                self.fields[name].help_text = _("Of your own account, another administrator changes this.")


class NewPasswordForm(AdminPasswordChangeForm):
    """A password typed twice. Nobody signs in by other means, so none is taken away."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("usable_password", None)
        for field in self.fields.values():
            field.required = True


class RoleFilter(admin.SimpleListFilter):
    title = gettext_lazy("role")
    parameter_name = "role"

    def lookups(self, request, model_admin):
        return Role.choices()

    def queryset(self, request, queryset):
        return queryset.filter(groups__name=self.value()) if self.value() in Role.values() else queryset


@admin.register(User)
class AccountAdmin(UserAdmin):
    form = AccountForm
    add_form = NewAccountForm
    change_password_form = NewPasswordForm
    add_form_template = None
    change_form_template = "admin/account.html"
    change_user_password_template = "admin/account_password.html"  # noqa: S105
    fieldsets = [(None, {"fields": ["username", "role", "email", "is_active", "last_login", "second_factor"]})]
    add_fieldsets = [(None, {"fields": ["username", "role", "password1", "password2"]})]
    readonly_fields = ["last_login", "second_factor"]
    filter_horizontal = ()
    list_display = ["username", "role", "email", "is_active", "last_login", "second_factor"]
    list_filter = ["is_active", RoleFilter]
    search_fields = ["username", "email"]

    def get_queryset(self, request):
        set_up = Max("totpdevice__created_at", filter=Q(totpdevice__confirmed=True))
        return super().get_queryset(request).annotate(set_up=set_up).prefetch_related("groups")

    def has_change_permission(self, request, obj=None) -> bool:
        may = super().has_change_permission(request, obj)
        return may and (obj is None or not obj.is_superuser or request.user.is_superuser)

    def has_delete_permission(self, request, obj=None) -> bool:
        return False

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs)
        return type(form.__name__, (form,), {"own": obj is not None and obj == request.user})

    def get_urls(self):
        reset = self.admin_site.admin_view(self.reset_second_factor)
        return [path("<id>/second-factor/", reset, name="auth_user_second_factor"), *super().get_urls()]

    def save_model(self, request, obj, form, change) -> None:
        super().save_model(request, obj, form, change)
        if form.cleaned_data["role"]:
            give(obj, form.cleaned_data["role"])
        if not obj.is_active:
            end_sessions(obj)

    def reset_second_factor(self, request: HttpRequest, id: str) -> HttpResponse:
        """Forgets the account's second factor: its owner signs in anew and sets one up."""
        user = self.get_object(request, unquote(id))
        if not self.has_change_permission(request, user):
            raise PermissionDenied
        if user is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, id)
        if request.method == "POST":
            with transaction.atomic():
                TOTPDevice.objects.filter(user=user).delete()
                end_sessions(user)
                self.log_change(request, user, _("Reset the second factor."))
            if user == request.user:
                logout(request)
            self.message_user(
                request, _("The second factor of %s is reset: the next sign-in sets up a new one.") % user
            )
        return HttpResponseRedirect(reverse("admin:auth_user_change", args=[user.pk]))

    @admin.display(description=gettext_lazy("role"))
    def role(self, obj: User) -> str:
        if obj.is_superuser:
            return _("Superuser")
        role = role_of(obj)
        return str(role.label) if role else _("None")

    @admin.display(description=gettext_lazy("second factor"), ordering="set_up")
    def second_factor(self, obj: User) -> str:
        if obj.set_up is None:
            return _("Not set up")
        return _("Set up on %s") % date_format(obj.set_up)
