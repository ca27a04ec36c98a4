"""What the times that a page offers cost who looks at it: told on each, asked once for all."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from billing.showing.alone import Alone, AskedPayer, Payer
from billing.showing.asking import Network, SiteKey, Wished, network_on
from bookings.search.candidates import SpaceRow
from network.models import User
from network.sql import together
from sites.intervals import Interval
from sites.models import Space


@dataclass(frozen=True)
class SlotPrices:
    """The prices of a page for who looks at it, as of `now`."""

    payer: Payer
    now: datetime
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
        """Return what sites of a time zone ask today."""
        if time_zone not in self.networks:
            today = self.now.astimezone(ZoneInfo(time_zone)).date()
            self.networks[time_zone] = network_on(today, self.now)
        return self.networks[time_zone]


def slot_prices(person: User | AnonymousUser, now: datetime) -> SlotPrices | None:
    """Return what a page tells prices by: two queries of a person; None before there is a grid.

    What the network asks is read once a minute by each process: four more queries.
    """
    today = timezone.localdate(now)
    if network_on(today, now) is None:
        return None
    if not isinstance(person, User):
        return SlotPrices(Payer(), now)
    asked = AskedPayer(person, today, now)
    together(*asked.statements)
    return SlotPrices(asked.payer, now)
