"""Small pieces of the desk's pages."""

from django import template

register = template.Library()


@register.inclusion_tag("admin/desk/differences.html")
def differences(rows: list[tuple[str, str, str]], before: str, after: str) -> dict:
    """A table of fields with two versions of each, under the headings given."""
    return {"rows": rows, "before": before, "after": after}
