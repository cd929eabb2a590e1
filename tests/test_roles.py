"""What each role may do, in the code, in the migration and in the database."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.db import connection

from agreements import roles
from agreements.dataset.rows import MODELS
from agreements.roles import ROLES, permissions_of
from tests.factories import make_editor

migration = import_module("agreements.migrations.0003_roles")


def migrate() -> None:
    migration.make_roles(apps, SimpleNamespace(connection=connection))


def held_by(group: Group) -> set[str]:
    return {f"{each.content_type.app_label}.{each.codename}" for each in group.permissions.all()}


def test_each_role_may_do_all_that_the_one_before_it_may():
    contributor, editor, administrator = map(permissions_of, ROLES)
    assert contributor < editor < administrator
    assert editor - contributor == {"agreements.publish_edition"}
    assert administrator - editor == {
        "agreements.redact_edition",
        "auth.add_user",
        "auth.change_user",
        "auth.view_user",
        "axes.delete_accessattempt",
        "axes.view_accessattempt",
        "axes.view_accessfailurelog",
        "axes.view_accesslog",
    }


def test_whoever_writes_may_write_every_record_and_only_look_at_the_rest():
    held = permissions_of("contributor")
    written = {model._meta.model_name for model in MODELS.values()}
    assert len(MODELS) == 11
    for act in ("view", "add", "change", "delete"):
        assert {f"agreements.{act}_{name}" for name in written} <= held
    seen = {f"agreements.view_{name}" for name in ("edition", "proposal", "linkcheck")}
    assert {name for name in held if name.rpartition("_")[2] in {"edition", "proposal", "linkcheck"}} == seen
    assert not [name for name in held if "historical" in name or not name.startswith("agreements.")]


@pytest.mark.parametrize("role", ROLES)
def test_the_migration_agrees_with_the_code(role):
    assert sorted(migration.HELD[role]) == sorted(permissions_of(role))


@pytest.mark.django_db
def test_the_migration_makes_the_groups_in_a_database_without_permissions():
    Group.objects.all().delete()
    Permission.objects.all().delete()
    migrate()
    assert {group.name: held_by(group) for group in Group.objects.all()} == {
        role: permissions_of(role) for role in ROLES
    }


@pytest.mark.django_db
def test_the_migration_puts_a_group_right_and_leaves_its_members():
    user = make_editor(role="contributor")
    group = user.groups.get()
    group.permissions.set(Permission.objects.filter(codename="delete_user"))
    migrate()
    assert held_by(group) == permissions_of("contributor")
    assert [each.name for each in user.groups.all()] == ["contributor"]


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_an_account_may_do_what_its_role_may_also_where_the_group_was_lost(role):
    Group.objects.all().delete()
    user = make_editor(role=role)
    assert user.get_all_permissions() == permissions_of(role)
    assert (user.is_staff, user.is_superuser) == (True, False)


@pytest.mark.django_db
def test_a_role_that_is_given_takes_the_place_of_the_one_before():
    user = make_editor(role="administrator")
    roles.give(user, "contributor")
    assert [group.name for group in user.groups.all()] == ["contributor"]
    assert roles.role_of(user) == "contributor"


@pytest.mark.django_db
def test_who_is_in_no_group_has_no_role():
    user = make_editor()
    user.groups.clear()
    assert roles.role_of(user) is None


def test_a_role_that_there_is_not_is_an_error():
    with pytest.raises(ValueError, match="chief"):
        permissions_of("chief")
