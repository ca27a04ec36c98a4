"""What the times that a page offers cost who looks at it: told on each, asked once for all."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import cast
from zoneinfo import ZoneInfo

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from billing.showing.alone import Alone, AskedPayer, Payer
from billing.showing.asking import Network, SiteKey, Wished, network_on
from bookings.search.candidates import SpaceRow
from network.models import User
from network.sql import Statement, together
from sites.intervals import Interval
from sites.models import Space


@dataclass(frozen=True)
class SlotPrices:
    """The prices of a page for who looks at it, as of `now`; of what was `booked_at`, if it was."""

    payer: Payer
    now: datetime
    booked_at: datetime | None = None
    networks: dict[str, Network | None] = field(default_factory=dict)

    def of(self, space: SpaceRow | Space, times: Iterable[Interval], people: int) -> Alone | None:
        """Return what some times of a space cost by themselves; None where no price is set."""
        site = space.site
        network = self.network(site.time_zone)
        if network is None:
            return None
        place = SiteKey(site.id, site.category)
        wish = Wished(tuple(times), space.units_for(people), site.time_zone)
        return self.payer.alone(network, place, space.kind, wish)

    def network(self, time_zone: str) -> Network | None:
        """Return what sites of a time zone ask who books today, or booked then."""
        if time_zone not in self.networks:
            day = (self.booked_at or self.now).astimezone(ZoneInfo(time_zone)).date()
            self.networks[time_zone] = network_on(day, self.now)
        return self.networks[time_zone]


class AskedSlotPrices:
    """What a page tells prices by, to be asked with other things: two queries of a person.

    What the network asks is read once a minute by each process: four more queries.
    """

    def __init__(self, person: User | AnonymousUser, now: datetime) -> None:
        today = timezone.localdate(now)
        self.now, self.is_priced = now, network_on(today, now) is not None
        is_known = self.is_priced and isinstance(person, User)
        self.asked = AskedPayer(cast(User, person), today, now) if is_known else None

    @property
    def statements(self) -> Sequence[Statement]:
        """Return what to ask."""
        return self.asked.statements if self.asked else ()

    @property
    def prices(self) -> SlotPrices | None:
        """Return what was asked; None before there is a grid."""
        payer = self.asked.payer if self.asked else Payer()
        return SlotPrices(payer, self.now) if self.is_priced else None


def slot_prices(person: User | AnonymousUser, now: datetime) -> SlotPrices | None:
    """Return what a page tells prices by; None before there is a grid."""
    asked = AskedSlotPrices(person, now)
    together(*asked.statements)
    return asked.prices
