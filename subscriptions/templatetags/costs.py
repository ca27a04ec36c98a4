"""Cost centres in a table, and the ways back from their pages."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from network.models import Organisation
from network.ways import Step, step, way
from sites.templatetags.told import as_own
from subscriptions.models import CostCentre

register = template.Library()


@register.simple_tag
def way_to_costs(employer: Organisation, page: str = "") -> list[Step]:
    """Return the breadcrumb of the pages of cost centres."""
    home = step(as_own(employer.name), "employer", employer.pk)
    return way(home, step(_("Cost centres"), "employer-costs", employer.pk), here=page)


@register.simple_tag
def costs_table(rows: Iterable[CostCentre]) -> dict[str, Any]:
    """Return columns and rows: code, name, how many people have it, what can be done."""
    people = {"text": _("People"), "is_numeric": True}
    names = ({"text": one} for one in (_("Change"), _("Delete")))
    columns = [{"text": _("Code")}, {"text": _("Name")}, people, *names]
    return {"columns": columns, "rows": [cost_row(one) for one in rows]}


def cost_row(one: CostCentre) -> list[dict[str, Any]]:
    """Return the cells of a cost centre."""
    key = [one.organisation_id, one.pk]
    name = {"text": one.name, "is_own": True, "is_name": True}
    return [
        {"text": one.code},
        name if one.name else {"text": "–", "is_nothing": True},
        {"text": str(one.people), "is_numeric": True},  # type: ignore[attr-defined]  # annotated
        {"text": _("Change"), "href": reverse("employer-cost-name", args=key), "about": one.code},
        {"text": _("Delete"), "href": reverse("employer-cost-delete", args=key), "about": one.code},
    ]
