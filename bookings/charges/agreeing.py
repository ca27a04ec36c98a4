"""What changes what somebody owes is done as it was told to them, or told first and not done."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from billing.charging.quotes import HUNDRED
from billing.charging.telling import Loss, Price
from billing.models import Charge
from billing.statements.parties import of_person
from billing.statements.reading import owed_now
from bookings.charges.prices import price_of
from bookings.locks import lock_person
from bookings.models import Booking
from sites.intervals import Interval


class Tally(NamedTuple):
    """What a person owes in all; what is kept as late of one booking, and what passes cover."""

    owed_cents: int
    kept_cents: int
    kept_half_days: int
    covered_half_days: int


@dataclass(frozen=True)
class Terms:
    """What would become of a booking: its price and times then, and what differs from before."""

    booking: Booking
    price: Price | None
    times: tuple[Interval, ...]
    before: Tally
    after: Tally

    @property
    def more_cents(self) -> int:
        """Return what the person would owe more, with all their bookings; below zero: less."""
        return self.after.owed_cents - self.before.owed_cents

    @property
    def more_half_days(self) -> int:
        """Return how many half-days more passes would cover; below zero: fewer."""
        return self.after.covered_half_days - self.before.covered_half_days

    @property
    def loss(self) -> Loss:
        """Return what would be given back, and what would be kept of it."""
        kept_half_days = self.after.kept_half_days - self.before.kept_half_days
        return Loss(
            max(0, -self.more_cents),
            self.after.kept_cents - self.before.kept_cents,
            max(0, -self.more_half_days - kept_half_days),
            kept_half_days,
        )

    @property
    def code(self) -> str:
        """Return what a form sends back to agree: nothing where nothing differs."""
        if self.before == self.after:
            return ""
        return f"{self.more_cents}/{self.more_half_days}/{self.loss.kept_half_days}"


class NotAgreed(Exception):  # noqa: N818 -- it asks, nothing went wrong
    """It would cost, give back or keep something else than what was agreed to."""

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        super().__init__(terms.code)


@transaction.atomic
def as_agreed(
    *, booking: Booking, agreed: str, now: datetime, act: Callable[[], Booking]
) -> Booking:
    """Do to a booking what `act` does, if that costs and gives back what was agreed to.

    What is told is what was really charged, and undone with the rest by the exception. Raises
    NotAgreed, and what `act` raises.
    """
    lock_person(booking.person)
    before = tally(booking, now)
    changed = act()
    times = {one.interval for one in changed.allocations.confirmed()}
    price, after = price_of(changed, now), tally(changed, now)
    terms = Terms(changed, price, tuple(sorted(times)), before, after)
    if terms.code not in ("", agreed):
        raise NotAgreed(terms)
    return changed


def tally(booking: Booking, now: datetime) -> Tally:
    """Return how it stands with a booking's person, and with it: three queries."""
    lines = Charge.objects.of_subject(booking.reference).of_person(booking.person)
    late = list(lines.filter(kind=Charge.Kind.LATE))
    price = price_of(booking, now)
    return Tally(
        owed_now(of_person(booking.person)),
        sum(one.amount_cents for one in late),
        sum(one.quantity // HUNDRED for one in late if one.spent_pass_id),
        sum(one.half_days for one in price.spent) if price else 0,
    )
