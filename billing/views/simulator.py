"""The simulator: what a regular use would cost at up to three sites."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from billing.errors import NoTariff
from billing.forms.simulator import SimulatorForm
from billing.grids.showing import groups_of
from billing.models import TariffGrid
from billing.prices.groups import Group
from billing.simulating.estimating import Estimate, estimate, together
from billing.simulating.habits import off_peak_hours
from sites.models import Site

#: Names offered while typing; a larger network has them found by what is typed.
MOST_NAMES = 500


@require_safe
def simulator(request: HttpRequest) -> HttpResponse:
    """Ask how often somebody works where, by which grid, and compare what that costs."""
    today = timezone.localdate()
    grids = grids_on(today)
    grid = chosen_grid(grids, request.GET.get("grid", ""))
    groups = groups_of(grid) if grid else [Group.STANDARD]
    entries = request.GET if "site1" in request.GET else None
    booked_on = max(today, grid.in_force_from) if grid else today
    form = SimulatorForm(
        entries, groups=groups, grids=grids, off_peak=off_peak_hours(grid), booked_on=booked_on
    )
    form.initial = {"group": request.GET.get("group", ""), "grid": grid and grid.pk}
    estimates = list(priced(form, booked_on)) if form.is_valid() else []
    context = {
        "section": "tariffs",
        "form": form,
        "grid": grid,
        "is_to_come": booked_on > today,
        "estimates": estimates,
        "together": together(estimates),
        "unpriced": len(form.habits) - len(estimates) if form.is_valid() else 0,
        "names": Site.objects.active().order_by("name").values_list("name", flat=True)[:MOST_NAMES],
    }
    return render(request, "billing/simulator.html", context)


def grids_on(day: date) -> list[TariffGrid]:
    """Return the grid in force on a day and those adopted to follow, in their order."""
    in_force = TariffGrid.objects.in_force(day)
    return [*([in_force] if in_force else []), *TariffGrid.objects.to_come(day)]


def chosen_grid(grids: Iterable[TariffGrid], word: str) -> TariffGrid | None:
    """Return the grid that is asked for by its key; else the first."""
    asked = next((one for one in grids if str(one.pk) == word), None)
    return asked or next(iter(grids), None)


def priced(form: SimulatorForm, day: date) -> Iterator[Estimate]:
    """Yield the estimates of those habits that the grid in force on a day has a price for."""
    for habit in form.habits:
        try:
            yield estimate(habit, form.groups, day)
        except NoTariff:
            continue
