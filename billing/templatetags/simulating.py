"""What a simulated use costs, as a table."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from billing.charging.quotes import Quote
from billing.charging.simulating import Estimate, WithPasses
from network.templatetags.money import money
from network.ways import Step, step, way

register = template.Library()


@register.simple_tag
def way_to_simulator() -> list[Step]:
    """Return the breadcrumb of the simulator."""
    return way(step(_("Tariffs"), "tariffs"), here=_("Simulator"))


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
        use_words(estimate.by_use),
        passes_words(estimate.with_passes),
        money(estimate.least_cents),
    )
    return [
        {"text": f"{estimate.habit.site.name} – {often_words(estimate)}"},
        *({"text": text, "is_numeric": True} for text in cells),
    ]


def often_words(estimate: Estimate) -> str:
    """Return "2 jours et 1 demi-journée par semaine"."""
    habit = estimate.habit
    counts = (
        (ngettext("%(count)s day", "%(count)s days", habit.days), habit.days),
        (ngettext("%(count)s half-day", "%(count)s half-days", habit.half_days), habit.half_days),
        (visits_words(len(habit.calm)), len(habit.calm)),
    )
    told = [words % {"count": count} for words, count in counts if count]
    return _("%(often)s a week") % {"often": get_text_list(told, _("and"))}


def visits_words(count: int) -> str:
    """Return the words for so many visits off peak."""
    return ngettext("%(count)s off-peak visit", "%(count)s off-peak visits", count)


def passes_words(passes: WithPasses | None) -> str:
    """Return "110,00 € (1 × Carnet de dix, 3 × Carnet d’une journée)", and what is left over."""
    if passes is None:
        return "–"
    named = ", ".join(
        _("%(count)s × %(name)s") % {"count": count, "name": offer.told_name}
        for offer, count in passes.counts
    )
    if passes.left:
        rest = ngettext("%(left)s half-day left", "%(left)s half-days left", passes.left)
        named += ", " + rest % {"left": passes.left}
    return f"{money(passes.total_cents)} ({named})"


def use_words(quote: Quote) -> str:
    """Return what is paid by use, and the full price where somebody subsidises it."""
    if quote.full_cents == quote.total_cents:
        return money(quote.total_cents)
    told = {"price": money(quote.total_cents), "full": money(quote.full_cents)}
    return _("%(price)s, subsidised (full price %(full)s)") % told
