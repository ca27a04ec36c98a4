"""The tariff grid in force, and every other that was adopted: public."""

from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from billing.grids.rights import grids_visible_to
from billing.grids.showing import chosen_section, groups_of, sections
from billing.models import PassOffer, Proposal, TariffGrid
from billing.prices.groups import Group
from billing.votes.counting import outcome
from network.models import User


@require_safe
def tariffs(request: HttpRequest) -> HttpResponse:
    """Show the grid in force, and tell of the next one; say so where there is none yet."""
    now = timezone.now()
    grid = TariffGrid.objects.in_force(timezone.localdate(now))
    return render(request, "billing/tariffs.html", shown(grid, request, now))


@never_cache
@require_safe
def tariff_grid(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one grid, adopted or put to the vote; a draft to those who may see it."""
    person = request.user if isinstance(request.user, User) else None
    grid = get_object_or_404(grids_visible_to(person), pk=pk)
    context = shown(grid, request, timezone.now())
    return render(request, "billing/tariffs.html", context)


def asked_group(request: HttpRequest) -> Group:
    """Return the customer group whose prices are asked for; the standard one for any other word."""
    word = request.GET.get("group", "")
    return Group(word) if word in Group.values else Group.STANDARD


def passes_at(grid: TariffGrid, category: str) -> QuerySet[PassOffer]:
    """Return the passes that hold at a category of sites."""
    return grid.passoffers.filter(category__in=("", category)).order_by("kind", "price_cents")


def shown(grid: TariffGrid | None, request: HttpRequest, now: datetime) -> dict[str, Any]:
    """Return what the page says of a grid to the group, and of the category, asked for."""
    group = asked_group(request)
    today = timezone.localdate(now)
    context: dict[str, Any] = {"section": "tariffs", "grid": grid, "group": group}
    if grid is None:
        return context
    found = sections(grid, group)
    chosen = chosen_section(found, request.GET.get("category", ""))
    return context | {
        "is_in_force": grid == TariffGrid.objects.in_force(today),
        "is_to_come": grid.in_force_from > today,
        "next_grid": next_after(grid, today),
        "sections": found,
        "chosen": chosen,
        "groups": groups_of(grid),
        "off_peak": list(grid.offpeaks.order_by("kind", "weekday", "starts_at")),
        "passes": list(passes_at(grid, chosen.category if chosen else "")),
        **decision(grid, now),
        "versions": list(TariffGrid.objects.adopted().order_by("-in_force_from")),
    }


def decision(grid: TariffGrid, now: datetime) -> dict[str, Any]:
    """Return the vote on a grid, if one was opened, and what it came to."""
    proposal = Proposal.objects.filter(grid=grid).select_related("grid").first()
    count = outcome(proposal) if proposal else None
    return {"proposal": proposal, "count": count, "now": now}


def next_after(grid: TariffGrid, today: date) -> TariffGrid | None:
    """Return the grid that is to follow an adopted one; none follows a draft."""
    if not grid.is_adopted:
        return None
    return TariffGrid.objects.next_after(max(today, grid.in_force_from))
