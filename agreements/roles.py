"""Who may do what at the desk: three roles, each a group of Django's with the permissions named here."""

from django.apps import apps
from django.contrib.auth.models import Group, Permission, User
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from agreements.models import Record
from agreements.vocabulary import Term


class Role(Term):
    """What somebody is at the desk; each role may do all that those before it may."""

    CONTRIBUTOR = "contributor", _("Contributor"), _("Writes drafts and submits them.")
    EDITOR = "editor", _("Editor"), _("Publishes, corrects and withdraws too.")
    ADMINISTRATOR = "administrator", _("Administrator"), _("Looks after accounts and redacts too.")


ROLES = Role.values()


def permissions_of(role: str) -> frozenset[str]:
    """What the role may do, as Django names it: `agreements.add_country`."""
    held = {
        f"agreements.{act}_{model._meta.model_name}"
        for model in apps.get_app_config("agreements").get_models()
        if issubclass(model, Record)
        for act in ("view", "add", "change", "delete")
    }
    held |= {f"agreements.view_{name}" for name in ("edition", "proposal", "linkcheck")}
    if Role(role).order >= Role.EDITOR.order:
        held |= {"agreements.publish_edition"}
    if Role(role).order >= Role.ADMINISTRATOR.order:
        held |= {"agreements.redact_edition", "auth.view_user", "auth.add_user", "auth.change_user"}
        held |= {f"axes.view_{name}" for name in ("accesslog", "accessfailurelog", "accessattempt")}
        held |= {"axes.delete_accessattempt"}
    return frozenset(held)


def group_of(role: str) -> Group:
    """The role's group; made with its permissions where the database has lost it."""
    group, made = Group.objects.get_or_create(name=Role(role))
    if made:
        held = permissions_of(role)
        apps_named = {name.partition(".")[0] for name in held}
        known = Permission.objects.filter(content_type__app_label__in=apps_named).select_related("content_type")
        group.permissions.set(each for each in known if f"{each.content_type.app_label}.{each.codename}" in held)
    return group


def role_of(user: User) -> Role | None:
    """The role of an account, the highest if it was given several; None where it has none."""
    names = {group.name for group in user.groups.all()}
    return next((role for role in reversed(Role) if role in names), None)


@transaction.atomic
def give(user: User, role: str) -> None:
    """Makes a stored account one of the desk, with this role and no other."""
    user.is_staff = True
    user.save(update_fields=["is_staff"])
    user.groups.set([group_of(role)])
