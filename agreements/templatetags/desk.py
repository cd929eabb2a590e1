"""Small pieces of the desk's pages."""

from django import template

register = template.Library()


@register.inclusion_tag("admin/desk/differences.html")
def differences(rows: list[tuple[str, str, str]], before: str, after: str, all_new: bool = False) -> dict:
    """A table of fields with two versions of each, under the headings given; of what is all new, with one."""
    return {"rows": rows, "before": before, "after": after, "all_new": all_new}
