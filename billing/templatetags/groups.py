"""Customer groups of people, in tables."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from billing.models import GroupMembership
from network.templatetags.dates import date_words
from network.ways import Step, step, way

register = template.Library()


@register.simple_tag
def way_to_groups(page: str) -> list[Step]:
    """Return the breadcrumb of the pages about one person's group."""
    return way(step(_("Customer groups of people"), "groups"), here=page)


@register.simple_tag
def group_table(rows: Iterable[GroupMembership]) -> dict[str, Any]:
    """Return columns and rows: who, how they sign in, the group, its last day, who said it."""
    names = (_("Person"), _("E-mail"), _("Customer group"), _("Until"), _("Said by"), _("Change"))
    return {"columns": [{"text": one} for one in names], "rows": [group_row(one) for one in rows]}


def group_row(row: GroupMembership) -> list[dict[str, Any]]:
    """Return the cells of one person's group."""
    name = row.person.name or row.person.email
    said = {"text": row.operator.name, "is_own": True} if row.operator else None
    return [
        {"text": name, "is_own": True},
        {"text": row.person.email},
        {"text": row.get_group_display()},
        {"text": date_words(row.ends_on)},
        said or {"text": _("Network team")},
        {"text": _("End it"), "href": reverse("group-end", args=[row.pk]), "about": name},
    ]
