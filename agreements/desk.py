"""The desk as a whole."""

from django.contrib import admin


class Desk(admin.AdminSite):
    """The stock admin, with the steps of a record on its way to the public."""

    def get_urls(self) -> list:
        from agreements.admin.workflow import Workflow

        return [*Workflow(self).urls, *super().get_urls()]
