"""`create_editor NAME`: an account for the editors' desk, with a password that is shown once."""

import secrets

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from agreements.models.record import Ordered

ROLES = ["contributor", "editor", "administrator"]


class Command(BaseCommand):
    help = "Make an account for the editors' desk and print its password, once."

    def add_arguments(self, parser):
        parser.add_argument("name", help="the name to log in with")
        parser.add_argument("--role", choices=ROLES, default="editor", help="what the account may do (default: editor)")

    @transaction.atomic
    def handle(self, *, name, role, **options):
        users = get_user_model()
        password = secrets.token_urlsafe(15)
        user = users(username=name, is_staff=True, is_superuser=role == "administrator")
        user.set_password(password)
        try:
            user.full_clean()
        except ValidationError as error:
            raise CommandError(f"no account for {name!r}: {' '.join(error.messages)}") from None
        user.save()
        user.groups.add(_group(role))
        self.stdout.write(f"name:     {name}\nrole:     {role}\npassword: {password}")
        self.stdout.write(f"Shown this once. Change it after the first log-in, at {reverse('admin:password_change')}")


def _group(role):
    """The role's group. Records are withdrawn, never deleted; what may be deleted is a line of a list in a record."""
    group, made = Group.objects.get_or_create(name=role)
    if made:
        lines = [f"delete_{model._meta.model_name}" for model in apps.get_models() if issubclass(model, Ordered)]
        allowed = Q(codename__regex="^(view|add|change)_") | Q(codename__in=lines)
        of_history = Q(codename__regex="^(add|change|delete)_historical")
        group.permissions.set(Permission.objects.filter(allowed & ~of_history, content_type__app_label="agreements"))
    return group
