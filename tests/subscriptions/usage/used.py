"""A month of an employer for tests: who books where, by the same actions as everywhere."""

from datetime import date
from typing import Any

from billing.prices.durations import Duration
from billing.statements.months import Month
from bookings.actions import cancel
from bookings.models import Booking
from network.models import Organisation
from sites.models import Space
from subscriptions.models import CostCentre, Employee, Team
from subscriptions.usage.totals import By, Figures, Usage, usage_of
from tests.billing.tariffs import make_grid
from tests.bookings.charges.on_account import on_account
from tests.factories import NOW, interval, make_site, make_space, make_user
from tests.subscriptions.employers import make_cost_centre, make_employee, make_team

NOVEMBER, DECEMBER = Month(date(2026, 11, 1)), Month(date(2026, 12, 1))
#: Tuesday to Friday of this week.
DAYS = [date(2026, 11, number) for number in (24, 25, 26, 27)]
HALF, WHOLE = 800, 1400


def make_spaces() -> tuple[Space, Space]:
    """Make desks of two sites of two operators, for 8 € a half-day and 14 € a day."""
    make_grid({Duration.HALF_DAY: HALF, Duration.DAY: WHOLE})
    sites = (make_site("La Ruche", slug="la-ruche"), make_site("Villé", slug="ville"))
    ruche, ville = (make_space(site, units=9, name="Grande verrière") for site in sites)
    return ruche, ville


def employee(employer: Organisation, name: str, team: str = "", cost: str = "") -> Employee:
    """Make one of an employer's people, in a team and of a cost centre if told."""
    where: dict[str, Any] = {}
    if team:
        there = Team.objects.filter(organisation=employer, name=team).first()
        where["team"] = there or make_team(employer, team)
    if cost:
        centre = CostCentre.objects.filter(organisation=employer, code=cost).first()
        where["cost_centre"] = centre or make_cost_centre(employer, cost)
    return make_employee(employer, make_user(name=name), **where)


def morning(by: Employee, space: Space, day: date) -> Booking:
    """Have somebody book a morning on their employer's account."""
    assert by.person is not None
    return on_account(by.person, by.organisation, space, interval(day, "08:00", "12:00"))


def whole_day(by: Employee, space: Space, day: date) -> Booking:
    """Have somebody book a day on their employer's account."""
    assert by.person is not None
    return on_account(by.person, by.organisation, space, interval(day, "08:00", "18:00"))


def gives_up(by: Employee, booking: Booking) -> None:
    """Have somebody cancel what they booked."""
    assert by.person is not None
    cancel(booking=booking, by=by.person, now=NOW)


def days_and_cents(usage: Usage, by: By) -> dict[int | None, tuple[int, int]]:
    """Return days and cents of a breakdown."""
    return {key: (one.days, one.cents) for key, one in usage.by[by].items()}


def november(employer: Organisation) -> Usage:
    """Return the usage of November."""
    return usage_of(employer, NOVEMBER)


def told(figures: Figures) -> tuple[int, int, int, int]:
    """Return days, people, half-days and cents."""
    return figures.days, figures.people, figures.half_days, figures.cents
