"""What a pass saves somebody who buys it at a site. Reads only."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from billing.grids.tables import Tariff, tariffs_in_force
from billing.groups.belonging import groups_of_person
from billing.models import PassOffer
from billing.prices.durations import Duration
from billing.prices.groups import Group
from network.models import User
from sites.models import Site

HALF_DAYS_OF_A_DAY = 2


@dataclass(frozen=True)
class Worth:
    """A pass beside what its half-days cost its buyer without it, in cents, at full hours.

    `cents` is what they cost one by one, by the prices of `group`, `as_days` what they cost as
    whole days, if these are sold.
    """

    offer: PassOffer
    group: Group
    cents: int
    as_days: int | None

    @property
    def saved_cents(self) -> int:
        """Return what the pass saves; nothing, or below, where it is no cheaper."""
        return self.cents - self.offer.price_cents

    @property
    def is_dearer_than_days(self) -> bool:
        """Tell whether who comes for whole days pays no more without it."""
        return self.as_days is not None and self.as_days <= self.offer.price_cents


def worth(offer: PassOffer, site: Site, person: User, now: datetime) -> Worth | None:
    """Return what a pass is worth to a person at a site; None where no half-day has a price."""
    day = now.astimezone(site.zone).date()
    tariffs, groups = tariffs_in_force([site], day), groups_of_person(person, day)
    told = tariffs.of_groups(site.pk, offer.kind, groups) if tariffs else []
    found = [one for one in told if Duration.HALF_DAY in one.rates]
    if not found:
        return None
    least = min(found, key=lambda one: one.rates[Duration.HALF_DAY].price.peak)
    cents = offer.half_days * least.rates[Duration.HALF_DAY].price.peak
    return Worth(offer, least.group, cents, as_days(offer, told))


def as_days(offer: PassOffer, tariffs: Iterable[Tariff]) -> int | None:
    """Return what a pass's half-days cost as whole days, at the least; None if none are sold."""
    days = [one.rates[Duration.DAY].price.peak for one in tariffs if Duration.DAY in one.rates]
    return offer.half_days * min(days) // HALF_DAYS_OF_A_DAY if days else None
