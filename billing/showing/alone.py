"""What times cost by themselves: nothing is asked for each, so a page may tell dozens.

It is what booking them would cost somebody who has nothing else on those days, as `settling` would
charge it: passes cover the days that they can, the rest has its lowest price.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from billing.charging.covering import Purse
from billing.charging.days import half_days, pieces
from billing.charging.quotes import Use
from billing.groups.belonging import groups_at, groups_told
from billing.passes.holding import Held, ask_held, held_of
from billing.prices.groups import Group
from billing.showing.asking import MOST_PRICES, Asking, Network, SiteKey, Wished, cents_of
from network.models import User
from sites.intervals import Interval, envelope
from sites.models import Site, Space


class Alone(NamedTuple):
    """What somebody pays for some times, in cents, and whether passes cover them all."""

    cents: int
    is_covered: bool = False


@dataclass(frozen=True)
class Payer:
    """The groups and the passes of somebody; a visitor has none."""

    groups: tuple[Group, ...] = ()
    held: Sequence[Held] = ()
    known: dict[tuple[object, ...], Alone] = field(default_factory=dict)

    def alone(self, network: Network, place: SiteKey, kind: str, wish: Wished) -> Alone | None:
        """Return what some times cost at a site; None where no price is set."""
        asking = network.asking(place.pk, kind, self.groups)
        cents = cents_of(asking, wish)
        if not cents or not any(one.row.is_for(kind) for one in self.held):
            return None if cents is None else Alone(cents)
        is_local = any(one.row.site_id for one in self.held)
        key = (asking, place if is_local else place.category, kind, wish)
        if key not in self.known:
            self.known[key] = self.covered(asking, place, kind, wish)
        return self.known[key]

    def covered(self, asking: Asking, place: SiteKey, kind: str, wish: Wished) -> Alone:
        """Return the same, of times that cost something, once passes cover what they can."""
        use, purse = Use(site_of(place), Space.Kind(kind), *wish[:2]), Purse(self.held)
        rest = [
            day.times
            for day in days_of(wish)
            if not cents_of(asking, wish._replace(times=day.times))
            or purse.take(day.half_days, use, envelope(day.times)) is None
        ]
        cents = cents_of(asking, wish._replace(times=(*chain.from_iterable(rest),))) if rest else 0
        return Alone(cents or 0, is_covered=not cents)


class Day(NamedTuple):
    """What some times have of one day, and the half-days of a pass that it takes."""

    times: tuple[Interval, ...]
    half_days: int


@lru_cache(maxsize=MOST_PRICES)
def days_of(wish: Wished) -> tuple[Day, ...]:
    """Return some times by days, in their order."""
    use = Use(Site(time_zone=wish.time_zone), Space.Kind.DESK, *wish[:2])
    some = (piece for _day, piece in sorted(pieces(use).items()))
    return tuple(Day(piece.intervals, half_days([piece], use.site.zone)) for piece in some)


@lru_cache(maxsize=MOST_PRICES)
def site_of(place: SiteKey) -> Site:
    """Return a site as far as passes look at it."""
    return Site(pk=place.pk, category=place.category)


class AskedPayer:
    """To which groups somebody belongs now, and what they hold, to be asked with others."""

    def __init__(self, person: User, day: date, now: datetime) -> None:
        self.groups = groups_at().asked(person=person.pk, instant=now, day=day)
        self.passes = ask_held(person.pk, None, now)
        self.statements = self.groups, self.passes

    @property
    def payer(self) -> Payer:
        """Return what was read."""
        passes = [one for one in held_of(self.passes.rows) if one.left > 0]
        return Payer(groups_told(self.groups.rows), passes)
