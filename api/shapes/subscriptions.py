"""Subscriptions and the usage of employers, as plain JSON types."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from api.shapes.billing import EURO
from api.shapes.plain import Json
from network.models import Organisation
from subscriptions.models import Subscription
from subscriptions.months.counting import seats_on
from subscriptions.taking.showing import Mine
from subscriptions.usage.indicators import Telework
from subscriptions.usage.naming import Named, rows_by
from subscriptions.usage.seats import SeatsUsed
from subscriptions.usage.totals import By, Figures, Usage


@dataclass(frozen=True, kw_only=True)
class EmployerMonth:
    """All that is told of a month of an employer."""

    employer: Organisation
    usage: Usage
    telework: Telework
    seats: Iterable[SeatsUsed]


def subscriptions_out(some: Iterable[Subscription], own: Mapping[int, Mine], today: date) -> Json:
    """Return subscriptions with what the person who asks has of each."""
    items = [subscription_out(one, own.get(one.pk), today) for one in some]
    return {"currency": EURO, "items": items}


def subscription_out(one: Subscription, own: Mine | None, today: date) -> Json:
    """Return a subscription as it is on a day, or as it begins."""
    taken: int = one.taken  # type: ignore[attr-defined]  # annotated
    return {
        "id": str(one.key),
        "plan": one.version.plan.code,
        "name": str(one.version.told_name),
        "organisation": payer_out(one.organisation) if one.organisation else None,
        "price_cents": one.version.price_cents,
        "seats": seats_on(one, max(today, one.starts_on)),
        "taken": taken,
        "starts_on": one.starts_on.isoformat(),
        "ends_on": day_out(one.ends_on),
        "own_seat": own_seat_out(own) if own else None,
    }


def own_seat_out(own: Mine) -> Json:
    """Return what a person has of a subscription."""
    return {
        "left": None if own.is_unbounded else own.left,
        "since": own.seat.since.isoformat(),
        "until": day_out(own.seat.until),
    }


def payer_out(organisation: Organisation) -> Json:
    """Return an organisation that pays."""
    return {"id": organisation.pk, "name": organisation.name}


def day_out(day: date | None) -> str | None:
    """Return a day, where there is one."""
    return day.isoformat() if day else None


def usage_out(month: EmployerMonth) -> Json:
    """Return a month of an employer, a query for the names of each breakdown."""
    usage = month.usage
    return {
        "currency": EURO,
        "organisation": payer_out(month.employer),
        "month": str(usage.month),
        "total": figures_out(usage.total),
        "teams": parts_out(usage, By.TEAM),
        "sites": parts_out(usage, By.SITE),
        "cost_centres": parts_out(usage, By.COST_CENTRE),
        "people": parts_out(usage, By.PERSON),
        "seats": [seats_out(one) for one in month.seats],
        "telework": telework_out(month.telework),
    }


def parts_out(usage: Usage, by: By) -> list[Json]:
    """Return a breakdown, most days first."""
    return [part_out(row) for row in rows_by(usage, by)]


def part_out(row: Named) -> Json:
    """Return a line of a breakdown."""
    return {"id": row.key, "name": row.name, **figures_out(row.figures)}


def figures_out(figures: Figures) -> Json:
    """Return days, half-days of credits and cents."""
    return {"days": figures.days, "half_days": figures.half_days, "cents": figures.cents}


def seats_out(one: SeatsUsed) -> Json:
    """Return the seats of a subscription."""
    return {
        "subscription": str(one.subscription.key),
        "plan": one.subscription.version.plan.code,
        "seats": one.seats,
        "taken": one.taken,
        "cents": one.cents,
    }


def telework_out(telework: Telework) -> Json:
    """Return the indicators of a month."""
    headcount = telework.headcount
    return {
        "people": telework.people,
        "share_percent": rounded(telework.share),
        "days_a_week": rounded(telework.days_a_week),
        "more_than_two_days_a_week": telework.often,
        "headcount": headcount.people if headcount else None,
        "headcount_on": day_out(headcount.day if headcount else None),
    }


def rounded(number: float | None) -> float | None:
    """Return a number with one decimal."""
    return None if number is None else round(number, 1)
