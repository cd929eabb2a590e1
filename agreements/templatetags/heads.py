"""What the head of a page says of it: texts of blocks, kept to be said more than once."""

from __future__ import annotations

from django import template
from django.template.base import NodeList, Parser, Token
from django.template.context import Context
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

register = template.Library()


class Keep(template.Node):
    def __init__(self, name: str, nodelist: NodeList) -> None:
        self.name, self.nodelist = name, nodelist

    def render(self, context: Context) -> str:
        # What stands in a block is escaped already; for an attribute, quotation marks are the one thing left.
        context[self.name] = mark_safe(self.nodelist.render(context).strip().replace('"', "&quot;"))  # noqa: S308
        return ""


@register.tag
def keep(parser: Parser, token: Token) -> Keep:
    """`{% keep NAME %}…{% endkeep %}` shows nothing, and keeps what stands in it as a variable."""
    _tag, name = token.split_contents()
    nodelist = parser.parse(["endkeep"])
    parser.delete_first_token()
    return Keep(name, nodelist)


@register.filter
def without_site(title: SafeString) -> SafeString:
    """A title without the name of the site at its end, where that is said beside it."""
    return mark_safe(title.removesuffix(f" · {_('Third Country Tracker')}"))  # noqa: S308
