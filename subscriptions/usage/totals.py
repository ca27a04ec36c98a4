"""What was used in a month, summed: in all, and by team, site, cost centre and person."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from billing.statements.months import Month
from network.models import Organisation
from subscriptions.usage.lines import Used, used_in


class By(StrEnum):
    """By what a month is broken down."""

    TEAM = "team"
    SITE = "site"
    COST_CENTRE = "cost_centre"
    PERSON = "person"


@dataclass(frozen=True)
class Figures:
    """Days that people were there, how many people, half-days of credits, cents owed."""

    days: int = 0
    people: int = 0
    half_days: int = 0
    cents: int = 0


@dataclass
class Tally:
    """Figures in the making: a day of a person counts once, however often they book on it."""

    days: set[tuple[Hashable, date]] = field(default_factory=set)
    half_days: int = 0
    cents: int = 0

    def add(self, one: Used) -> None:
        """Count a day, or what it costs."""
        if one.is_day:
            self.days.add((one.whose, one.on))
        self.half_days += one.half_days
        self.cents += one.cents

    @property
    def days_of_people(self) -> Counter[Hashable]:
        """Return how many days each person was there."""
        return Counter(whose for whose, _day in self.days)

    @property
    def figures(self) -> Figures:
        """Return the sums so far."""
        people = len(self.days_of_people)
        return Figures(len(self.days), people, self.half_days, self.cents)


@dataclass(frozen=True)
class Usage:
    """A month of an employer: in all, and by the keys of each breakdown; None where it has none.

    Cents and half-days of each breakdown add up to those in all. Days may not: who is at two sites
    on one day was there one day.
    """

    month: Month
    total: Figures
    by: Mapping[By, Mapping[int | None, Figures]]
    days_of_people: Mapping[Hashable, int]


def usage_of(employer: Organisation, month: Month) -> Usage:
    """Return what was used on an employer's account in a month: three queries."""
    return summed(month, used_in(employer, month))


def summed(month: Month, lines: Iterable[Used]) -> Usage:
    """Return the sums of some lines, which are read once."""
    total = Tally()
    found: dict[By, dict[int | None, Tally]] = {by: defaultdict(Tally) for by in By}
    for one in lines:
        total.add(one)
        for by, key in keys_of(one).items():
            found[by][key].add(one)
    sums = {by: {key: one.figures for key, one in some.items()} for by, some in found.items()}
    return Usage(month, total.figures, sums, total.days_of_people)


def keys_of(one: Used) -> dict[By, int | None]:
    """Return where a line counts in each breakdown."""
    return {
        By.TEAM: one.kept.team,
        By.SITE: one.site,
        By.COST_CENTRE: one.kept.cost_centre,
        By.PERSON: one.kept.person,
    }
