"""The application's entry in Django's registry, and those of the parts of others that it shapes."""

from axes.apps import AppConfig as AxesConfig
from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from agreements.sqlite import teach


class AgreementsConfig(AppConfig):
    name = "agreements"
    verbose_name = _("Third Country Tracker")

    def ready(self) -> None:
        connection_created.connect(teach, dispatch_uid="agreements.sqlite")
        post_migrate.connect(_keep_searchable, sender=self, dispatch_uid="agreements.search")


def _keep_searchable(using: str, **_signal: object) -> None:
    from agreements.search import index

    index.bring_up_to_date(using)


class DeskConfig(AdminConfig):
    """Django's admin as the editors' desk."""

    default_site = "agreements.admin.site.desk"


class SignInsConfig(AxesConfig):
    """The log of sign-ins, and who is locked out."""

    verbose_name = _("Sign-ins")
