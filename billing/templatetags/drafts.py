"""Versions of the grid as those who write them see them."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from billing.grids.oddities import Named, Oddity
from billing.models import OffPeak, PassOffer, Proposal, TariffGrid
from billing.prices.groups import Group
from billing.templatetags.proposals import proposal_state
from billing.templatetags.tariffs import off_peak_line, pass_words, ware_words
from billing.votes.counting import outcome
from network.templatetags.money import money
from network.ways import Step, step, way
from sites.models import Site
from sites.templatetags.told import marked

register = template.Library()


@register.simple_tag
def way_to_draft(grid: TariffGrid | None = None, page: str = "") -> list[Step]:
    """Return the breadcrumb of the pages of grids."""
    steps = [step(_("Tariff grids"), "grids")]
    if grid is not None:
        steps.append(step(marked(grid.told_name), "grid", grid.pk))
    return way(*steps, here=page)


@register.simple_tag
def grid_state(grid: TariffGrid, current: TariffGrid | None, today: date) -> dict[str, str]:
    """Return how a version stands, as a chip."""
    if grid == current:
        return {"text": _("In force"), "state": "free", "icon": "check"}
    if grid.is_adopted:
        return adopted_state(grid, today)
    if hasattr(grid, "proposal"):
        return vote_state(grid.proposal)
    return {"text": _("Draft"), "state": "full", "icon": ""}


@register.simple_tag
def rows_words(what: str, is_change: bool) -> dict[str, str]:  # noqa: FBT001  # a tag's
    """Return what the page of off-peak hours, or of passes, of a draft says of itself."""
    if what == "passes":
        return {
            "here": _("Passes"),
            "title": _("Passes of the draft"),
            "add": _("Change the pass") if is_change else _("Add a pass"),
            "save": _("Save the pass"),
        }
    return {
        "here": _("Off-peak hours"),
        "title": _("Off-peak hours of the draft"),
        "add": _("Add hours"),
        "save": _("Add the hours"),
    }


@register.simple_tag
def row_told(row: OffPeak | PassOffer) -> dict[str, Any]:
    """Return a row in words, by which name it is removed, and of a pass where it is changed."""
    if isinstance(row, OffPeak):
        words = off_peak_line(row)
        return {"text": words, "name": words}
    return {
        "text": f"{money(row.price_cents)} – {pass_words(row)}",
        "name": marked(row.told_name),
        "href": reverse("grid-pass", args=[row.grid_id, row.pk]),
    }


def vote_state(proposal: Proposal) -> dict[str, str]:
    """Return how a vote on a grid that is not adopted stands: once it is over, what it decided."""
    now = timezone.now()
    if proposal.is_open(now):
        return {"text": _("Submitted to the vote"), "state": "few", "icon": ""}
    return proposal_state(proposal, now, None if proposal.is_withdrawn else outcome(proposal))


def adopted_state(grid: TariffGrid, today: date) -> dict[str, str]:
    """Return how an adopted grid stands that is not in force."""
    if grid.in_force_from > today:
        return {"text": _("To come"), "state": "info", "icon": ""}
    return {"text": _("No longer in force"), "state": "full", "icon": ""}


@register.simple_tag
def draft_category_choices(
    grid: TariffGrid, page: str, category: Site.Category, group: str = ""
) -> list[dict[str, Any]]:
    """Return the links to the table of each category of site, for the same group."""
    return [
        {
            "text": one.label,
            "href": table_address(grid, page, one, group),
            "is_chosen": one == category,
        }
        for one in Site.Category
    ]


@register.simple_tag
def draft_group_choices(
    grid: TariffGrid, category: Site.Category, group: Group
) -> list[dict[str, Any]]:
    """Return the links to the prices of each customer group."""
    return [
        {
            "text": one.label,
            "href": table_address(grid, "grid-prices", category, one),
            "is_chosen": one == group,
        }
        for one in Group
    ]


def table_address(grid: TariffGrid, page: str, category: Site.Category, group: str) -> str:
    """Return the address of a table of a draft."""
    address = reverse(page, args=[grid.pk, category])
    return f"{address}?group={group}" if group else address


@register.filter
def lacking_words(lacking: Iterable[Sequence[str]]) -> list[str]:
    """Return what a grid lacks: "Salle de réunion (Télécentre rural)"."""
    return [f"{kind} ({category})" for category, kind in lacking]


@register.filter
def oddity_words(one: Oddity) -> str:
    """Return what a price is more than: "Rural telecentre – Desk, Hour: €9.00. …"."""
    words = _("%(what)s: %(price)s. “%(duration)s” is longer and costs less: %(other)s.")
    if one.named.duration == one.than.duration:
        words = _("%(what)s: %(price)s. Everybody else pays less: %(other)s.")
    elif one.times > 1:
        words = _("%(what)s: %(price)s. Five days cost less: %(other)s.")
    return words % {
        "what": named_words(one.named),
        "price": money(one.cents),
        "duration": one.than.duration.label,
        "other": money(one.times * one.other_cents),
    }


def named_words(named: Named) -> str:
    """Return "Télécentre rural – Poste, Heure", with the group if it is not for everybody."""
    words = f"{named.category.label} – {ware_words(named.kind, named.duration)}"
    return words if named.group == Group.STANDARD else f"{words}, {named.group.label}"


@register.filter
def odd_count_words(odd: Sequence[Oddity]) -> str:
    """Return how many prices of a draft look like slips."""
    words = ngettext(
        "%(count)s price of this draft looks like a slip",
        "%(count)s prices of this draft look like slips",
        len(odd),
    )
    return words % {"count": len(odd)}
