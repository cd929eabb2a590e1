"""The groups of the three roles, with what each may do on the day of this migration; `roles.py` says it for ever."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

WRITTEN = [
    "agreement",
    "assessment",
    "country",
    "official",
    "payment",
    "position",
    "proceeding",
    "source",
    "statement",
    "statuschange",
    "transfer",
]
CONTRIBUTOR = [
    *(f"agreements.{act}_{name}" for name in WRITTEN for act in ("view", "add", "change", "delete")),
    "agreements.view_edition",
    "agreements.view_proposal",
    "agreements.view_linkcheck",
]
EDITOR = [*CONTRIBUTOR, "agreements.publish_edition"]
ADMINISTRATOR = [
    *EDITOR,
    "agreements.redact_edition",
    "auth.view_user",
    "auth.add_user",
    "auth.change_user",
    "axes.view_accesslog",
    "axes.view_accessfailurelog",
    "axes.view_accessattempt",
    "axes.delete_accessattempt",
]
HELD = {"contributor": CONTRIBUTOR, "editor": EDITOR, "administrator": ADMINISTRATOR}


def make_roles(apps, schema_editor):
    using = schema_editor.connection.alias
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    for label in ("agreements", "auth", "axes"):
        # Django makes permissions when all migrations are done, which is too late for a group to hold them.
        create_permissions(installed.get_app_config(label), verbosity=0, using=using, apps=apps)
    known = {
        f"{each.content_type.app_label}.{each.codename}": each
        for each in Permission.objects.using(using).select_related("content_type")
    }
    for role, held in HELD.items():
        group, _made = Group.objects.using(using).get_or_create(name=role)
        group.permissions.set([known[name] for name in held])


class Migration(migrations.Migration):
    dependencies = [
        ("agreements", "0002_desk"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("axes", "0010_accessattemptexpiration"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("otp_totp", "0003_add_timestamps"),
    ]

    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop, elidable=False)]
