"""The simulator: what a regular use would cost at up to three sites."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from billing.charging.simulating import Estimate, Habit, estimate, together, visits
from billing.errors import NoTariff
from billing.forms.simulator import SimulatorForm
from billing.grids.showing import groups_of
from billing.models import TariffGrid
from billing.prices.groups import Group
from sites.models import Site

#: Names offered while typing; a larger network has them found by what is typed.
MOST_NAMES = 500


@require_safe
def simulator(request: HttpRequest) -> HttpResponse:
    """Ask how often somebody works where, and compare what that costs."""
    now = timezone.now()
    grid = TariffGrid.objects.in_force(timezone.localdate(now))
    groups = groups_of(grid) if grid else [Group.STANDARD]
    entries = request.GET if "site1" in request.GET else None
    form = SimulatorForm(entries, groups=groups, visits=visits(grid))
    form.initial = {"group": request.GET.get("group", "")}
    estimates: list[Estimate] = []
    if form.is_valid():
        estimates = list(priced(form.habits, form.groups, now))
    context = {
        "section": "tariffs",
        "form": form,
        "estimates": estimates,
        "together": together(estimates),
        "unpriced": len(form.habits) - len(estimates) if form.is_bound and form.is_valid() else 0,
        "names": Site.objects.active().order_by("name").values_list("name", flat=True)[:MOST_NAMES],
    }
    return render(request, "billing/simulator.html", context)


def priced(habits: Iterable[Habit], groups: tuple[Group, ...], now: datetime) -> Iterator[Estimate]:
    """Yield the estimates of those habits that the grid has a price for."""
    for habit in habits:
        try:
            yield estimate(habit, groups, now)
        except NoTariff:
            continue
