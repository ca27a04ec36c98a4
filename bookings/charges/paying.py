"""Who may pay for a wish and by what, and what each way costs: what a page lets people choose."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from django.contrib.auth.models import AnonymousUser

from billing.showing.telling import Price
from bookings.charges.prices import price_of_wish
from bookings.wishes import PERSONS_OWN, Means, Wish
from network.models import Organisation, User
from sites.models import Space
from subscriptions.accounts import accounts_of


class Way(NamedTuple):
    """One way to pay, and the organisation that does if it is not the person."""

    means: Means
    price: Price | None
    payer: Organisation | None = None


@dataclass(frozen=True)
class Paying:
    """The accounts that a wish may be booked on, then what the person would pay.

    `own` is what it costs with passes and in money, if that is a choice.
    """

    own: Price | None
    accounts: tuple[Way, ...] = ()

    @property
    def ways(self) -> list[Way]:
        """Return the ways to pay, the first one of which is chosen from the start."""
        return [*self.accounts, *self.own_ways]

    @property
    def own_ways(self) -> Iterator[Way]:
        """Yield how the person may pay."""
        prices = self.own.ways if self.own else (None,)
        for spends_passes, price in zip((True, False), prices, strict=False):
            yield Way(Means(spends_passes), price)

    @property
    def has_choice(self) -> bool:
        """Tell whether there is more than one way to pay."""
        return len(self.ways) > 1

    def meant(self, chosen: Means | None) -> Means:
        """Return how it is paid by who chose so, if there is that way: else as from the start.

        Who chose to pay themselves does.
        """
        means = [one.means for one in self.ways]
        if chosen is None or chosen in means:
            return chosen or means[0]
        return PERSONS_OWN if chosen.on_account_of is None else means[0]

    def price(self, means: Means) -> Price | None:
        """Return what a page tells of what is paid so: of the person's own, both ways."""
        its = (one.price for one in self.accounts if one.means == means)
        return next(its, self.own)


def paying_for(wish: Wish, space: Space, person: User | AnonymousUser, now: datetime) -> Paying:
    """Return who may pay for a wish, and what that costs: a visitor alone for themselves."""
    own = price_of_wish(wish.paid_by(Means(wish.spends_passes)), space, person, now)
    if not isinstance(person, User):
        return Paying(own)
    accounts = []
    for payer in accounts_of(person, now):
        means = Means(on_account_of=payer.pk)
        price = price_of_wish(wish.paid_by(means), space, person, now)
        accounts.append(Way(means, only_way(price), payer))
    return Paying(own, tuple(accounts))


def only_way(price: Price | None) -> Price | None:
    """Return a price without the other way to pay: on account, passes that hold come first."""
    return replace(price, otherwise=None) if price else None
