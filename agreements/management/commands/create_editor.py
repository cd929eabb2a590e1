"""`create_editor NAME`: an account for the editors' desk, with a password that is shown once."""

import secrets

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.urls import reverse

from agreements.roles import ROLES, Role, give


class Command(BaseCommand):
    help = "Make an account for the editors' desk and print its password, once."

    def add_arguments(self, parser):
        parser.add_argument("name", help="the name to log in with")
        parser.add_argument(
            "--role", choices=ROLES, default=Role.EDITOR.value, help="what the account may do (default: editor)"
        )

    @transaction.atomic
    def handle(self, *, name, role, **options):
        password = secrets.token_urlsafe(15)
        user = get_user_model()(username=name)
        user.set_password(password)
        try:
            user.full_clean()
        except ValidationError as error:
            raise CommandError(f"no account for {name!r}: {' '.join(error.messages)}") from None
        user.save()
        give(user, role)
        self.stdout.write(f"name:     {name}\nrole:     {role}\npassword: {password}")
        self.stdout.write(f"Shown this once. Change it after the first log-in, at {reverse('admin:password_change')}")
