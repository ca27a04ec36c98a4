"""What a simulated use costs, as a table."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from billing.charging.simulating import Estimate, WithPasses
from network.templatetags.money import money

register = template.Library()


@register.simple_tag
def way_to_simulator() -> list[dict[str, str]]:
    """Return the breadcrumb of the simulator."""
    return [{"text": _("Tariffs"), "href": reverse("tariffs")}, {"text": _("Simulator")}]


@register.simple_tag
def estimate_table(estimates: Sequence[Estimate]) -> dict[str, Any]:
    """Return columns and rows: a site, what it costs by use and with passes, and the least."""
    columns = [
        {"text": _("Site")},
        {"text": _("By use"), "is_numeric": True},
        {"text": _("With passes"), "is_numeric": True},
        {"text": _("You would pay"), "is_numeric": True},
    ]
    return {"columns": columns, "rows": [row(one) for one in estimates]}


def row(estimate: Estimate) -> list[dict[str, Any]]:
    """Return the cells of one site."""
    cells = (
        money(estimate.by_use.total_cents),
        passes_words(estimate.passes),
        money(estimate.least_cents),
    )
    return [
        {"text": f"{estimate.habit.site.name} – {often_words(estimate)}"},
        *({"text": text, "is_numeric": True} for text in cells),
    ]


def often_words(estimate: Estimate) -> str:
    """Return "2 jours et 1 demi-journée par semaine"."""
    days, half_days = estimate.habit.days, estimate.habit.half_days
    told = []
    if days:
        told.append(ngettext("%(count)s day", "%(count)s days", days) % {"count": days})
    if half_days:
        words = ngettext("%(count)s half-day", "%(count)s half-days", half_days)
        told.append(words % {"count": half_days})
    return _("%(often)s a week") % {"often": _(" and ").join(told)}


def passes_words(passes: Sequence[WithPasses]) -> str:
    """Return "70,00 € (1 × Carnet de dix, il reste 2 demi-journées)" of the cheapest passes."""
    best = min(passes, key=lambda one: one.total_cents, default=None)
    if best is None:
        return "–"
    told = {"count": best.count, "name": best.offer.name, "left": best.left}
    words = _("%(count)s × %(name)s") % told
    if best.left:
        rest = ngettext("%(left)s half-day left", "%(left)s half-days left", best.left)
        words += ", " + rest % told
    return f"{money(best.total_cents)} ({words})"
