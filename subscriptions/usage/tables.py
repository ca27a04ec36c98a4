"""A month of an employer line by line, with names: a day somebody used, and what it cost."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _

from billing.statements.months import Month
from network.models import Organisation
from sites.models import Space
from subscriptions.usage.lines import Used, used_in
from subscriptions.usage.naming import names_of, nobody
from subscriptions.usage.totals import By, keys_of

Names = Mapping[By, Mapping[int | None, str]]


class Spot(NamedTuple):
    """What one line is about: a booking on a day at a site. In the order of lines."""

    on: date
    site: int
    space_kind: str
    subject: str


@dataclass(frozen=True, kw_only=True)
class Line:
    """A day of a booking with its names: half-days of credits and cents, below zero given back.

    `is_used`: somebody was there; else it is what was kept of a day that was given up late.
    """

    on: date
    person: str
    team: str
    site: str
    space_kind: str
    cost_centre: str
    is_used: bool
    half_days: int
    cents: int


def lines_of(employer: Organisation, month: Month) -> list[Line]:
    """Return the lines of a month in the order of their days: six queries.

    What was cancelled in time is none.
    """
    found: dict[Spot, list[Used]] = defaultdict(list)
    for one in used_in(employer, month):
        found[Spot(one.on, one.site, one.space_kind, one.subject)].append(one)
    names = all_names(some[0] for some in found.values())
    lines = (line(spot, some, names) for spot, some in sorted(found.items()))
    return [one for one in lines if one.is_used or one.half_days or one.cents]


def all_names(some: Iterable[Used]) -> Names:
    """Return the names that lines need: a query for each of four."""
    keys: dict[By, set[int]] = defaultdict(set)
    for one in some:
        for by, key in keys_of(one).items():
            keys[by].update([key] if key is not None else [])
    return {by: names_of(by, keys[by]) for by in By}


def line(spot: Spot, some: list[Used], names: Names) -> Line:
    """Return a line of what a booking comes to on a day."""
    told = {by: name(names, by, key) for by, key in keys_of(some[0]).items()}
    return Line(
        on=spot.on,
        person=told[By.PERSON],
        team=told[By.TEAM],
        site=told[By.SITE],
        space_kind=str(Space.Kind(spot.space_kind).label),
        cost_centre=told[By.COST_CENTRE],
        is_used=any(one.is_day for one in some),
        half_days=sum(one.half_days for one in some),
        cents=sum(one.cents for one in some),
    )


def name(names: Names, by: By, key: int | None) -> str:
    """Return the name of something; nothing for no team or cost centre."""
    nameless = nobody(by) if by is By.PERSON else ""
    return names[by].get(key, nameless)


def heads() -> list[str]:
    """Return what stands over the columns of lines."""
    return [
        *(_("Day"), _("Person"), _("Team"), _("Site"), _("Kind of space"), _("Cost centre")),
        *(_("Used"), _("Half-days of credits"), _("Cost")),
    ]


def words_of(one: Line) -> Iterator[str]:
    """Yield the texts of a line, but for its day, half-days and cost."""
    yield from (one.person, one.team, one.site, one.space_kind, one.cost_centre)
    yield _("Yes") if one.is_used else _("No")
