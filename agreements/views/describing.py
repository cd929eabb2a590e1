"""What every page says of itself to programs that read pages: its type, its place on the site, what it is about."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from agreements.views import jsonld
from agreements.views.jsonld import Node


class Described:
    """A page with `described`, its JSON-LD, in its context. Views name their type and what they are about."""

    page_type = "WebPage"
    """Its type at schema.org; empty: the page says nothing."""
    name: Any = ""
    """What the page is called, where nothing else says so."""

    def render_to_response(self, context: dict[str, Any], **kwargs: Any):
        # A page that could not be made says nothing about the world.
        if self.page_type and kwargs.get("status", 200) == 200:
            context["described"] = jsonld.document(self.nodes(context))
        return super().render_to_response(context, **kwargs)

    def nodes(self, context: dict[str, Any]) -> Iterable[Node]:
        """The page, the way to it, and whatever else the page tells of."""
        site, request = settings.SITE_URL, self.request
        query = context.get("canonical_query")
        address = f"{site}{request.path}?{query}" if query else f"{site}{request.path}"
        name = self.page_name(context)
        crumbs = [(crumb.label, crumb.address) for crumb in context.get("crumbs", ()) if crumb.address]
        dates = context.get("record_dates")
        yield jsonld.page(
            self.page_type,
            site=site,
            address=address,
            name=name,
            description=self.page_description(context),
            edition=request.asked.number,
            published=dates.added.edition.made_at if dates else None,
            modified=dates.changed.edition.made_at if dates else None,
            main=self.main_entity(context),
            sources=[jsonld.source(mark.source, site=site) for mark in self.page_sources(context)],
            picture=context["picture"].address if "picture" in context else "",
            way=bool(crumbs),
        )
        if crumbs:
            yield jsonld.breadcrumbs(site, address, [(_("Home"), "/"), *crumbs, (name, request.path)])

    def page_name(self, context: dict[str, Any]) -> str:
        return str(self.name or context.get("title", ""))

    def page_description(self, context: dict[str, Any]) -> str:
        return str(context.get("lede", ""))

    def page_sources(self, context: dict[str, Any]) -> Iterable[Any]:
        """The marks of the sources that the page itself rests on; none where what it is about names them."""
        return ()

    def main_entity(self, context: dict[str, Any]) -> Node | None:
        """What the page is about."""
        return None
