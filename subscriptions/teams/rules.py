"""What a team's rules say of a booking on its employer's account. Pure: told all, reads nothing."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from billing.charging.days import monday_of
from sites.models import Site, Space

#: Where something is booked: a site, a kind of space.
Place = tuple[int, str]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is to be booked: where, on which local days of the site, for which price.

    `cents` is what the employer would owe, by the day on which each line of the price begins;
    empty where no price is set. What a subscription covers is not owed. A change names the booking
    by its reference, `subject`: it counts as it will be, not as it was. `days_beside` are days on
    which the person is there on this account for what has no price: no line of a charge tells them.
    """

    site: Site
    kind: Space.Kind
    days: frozenset[date]
    cents: Mapping[date, int] = field(default_factory=dict)
    is_covered: bool = False
    subject: str = ""
    days_beside: frozenset[date] = frozenset()

    @property
    def place(self) -> Place:
        """Return where it is."""
        return self.site.pk, self.kind

    @property
    def price_cents(self) -> int:
        """Return what the employer would owe in all."""
        return self.owed.total()

    @property
    def owed(self) -> Counter[date]:
        """Return what the employer would owe, by the first day of the month."""
        return by_month({} if self.is_covered else self.cents)


@dataclass(frozen=True)
class Usage:
    """What stands on the account already: local days, cents by the first day of the month, where.

    What stays as it is, or becomes less, is no longer asked about.
    """

    days: frozenset[date] = frozenset()
    owed: Counter[date] = field(default_factory=Counter)
    places: frozenset[Place] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Rules:
    """What a team lets each of its people book; None and empty bound nothing."""

    team: str
    employer: str
    days_a_week: int | None = None
    budget_cents: int | None = None
    approval_above_cents: int | None = None
    kinds: frozenset[str] = frozenset()
    #: Names of sites and territories; whether the site that is asked for lies there.
    places: tuple[str, ...] = ()
    is_place_open: bool = True


class FullWeek(NamedTuple):
    """A week that would have more days than the rule gives: from which day, how many, new ones."""

    monday: date
    days: int
    new: int


class SpentMonth(NamedTuple):
    """A month whose budget is not enough: from which day, what is left, what is asked for."""

    first: date
    left_cents: int
    cents: int


def full_weeks(rules: Rules, asked: Asked, own: Usage, others: Usage) -> Iterator[FullWeek]:
    """Yield the weeks, Monday to Sunday, that a booking would fill beyond the rule.

    A day that has something on the account already is none more.
    """
    there = others.days | asked.days_beside
    new = asked.days - there - own.days
    for monday in sorted({monday_of(day) for day in new}):
        days = {day for day in there | asked.days if monday_of(day) == monday}
        if rules.days_a_week is not None and len(days) > rules.days_a_week:
            yield FullWeek(monday, len(days), sum(monday_of(day) == monday for day in new))


def spent_months(rules: Rules, asked: Asked, own: Usage, others: Usage) -> Iterator[SpentMonth]:
    """Yield the months whose budget a booking would exceed."""
    for first, cents in sorted(asked.owed.items()):
        if rules.budget_cents is None or cents <= own.owed[first]:
            continue
        left = rules.budget_cents - others.owed[first]
        if cents > left:
            yield SpentMonth(first, max(left, 0), cents)


def is_kind_refused(rules: Rules, asked: Asked, own: Usage) -> bool:
    """Tell whether the team does not book this kind of space."""
    is_bounded = bool(rules.kinds) and asked.place not in own.places
    return is_bounded and asked.kind not in rules.kinds


def is_place_refused(rules: Rules, asked: Asked, own: Usage) -> bool:
    """Tell whether the team does not book at this site."""
    is_known = any(site == asked.site.pk for site, _kind in own.places)
    return not (rules.is_place_open or is_known)


def is_to_approve(rules: Rules, asked: Asked, own: Usage) -> bool:
    """Tell whether somebody has to approve of the price: it is above the bound, and rises."""
    above = rules.approval_above_cents
    return above is not None and asked.price_cents > max(above, own.owed.total())


def by_month(cents: Mapping[date, int]) -> Counter[date]:
    """Return amounts of days by the first day of their month."""
    found: Counter[date] = Counter()
    for day, amount in cents.items():
        found[day.replace(day=1)] += amount
    return found
