"""What changes what somebody owes is done as it was told to them, or told first and not done."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from billing.charging.quotes import HUNDRED
from billing.models import Charge
from billing.showing.losses import Loss
from billing.showing.telling import Price
from bookings.charges.prices import price_of
from bookings.charges.promises import Difference, is_agreed, of_price
from bookings.errors import PriceChanged
from bookings.locks import lock_person
from bookings.models import Booking
from sites.intervals import Interval


@dataclass(frozen=True)
class Terms:
    """What would become of a booking: its price and times then, and what differs from before.

    `operator` is the key of the one that it is booked at before.
    """

    booking: Booking
    price: Price | None
    times: tuple[Interval, ...]
    difference: Difference
    operator: int

    @property
    def is_left_late(self) -> bool:
        """Tell whether something is kept because another operator gets what is had instead."""
        _cents, _half_days, *kept = self.difference
        return self.booking.site.operator_id != self.operator and any(kept)

    @property
    def loss(self) -> Loss:
        """Return what would be given back, of passes also what would be taken, and what is kept."""
        return loss_in(self.difference)


class NotAgreed(Exception):  # noqa: N818 -- it asks, nothing went wrong
    """It would cost, give back or keep something else than what was agreed to."""

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        super().__init__(terms.difference.code)


@transaction.atomic
def as_agreed(
    *, booking: Booking, agreed: Difference | None, now: datetime, act: Callable[[], Booking]
) -> Booking:
    """Do to a booking what `act` does, if that is no worse than what was agreed to, if anything.

    What is told is what was really charged, and undone with the rest by the exception. Raises
    NotAgreed, and what `act` raises.
    """
    operator = booking.site.operator_id
    changed, difference = charged_by(booking, act)
    if not is_agreed(difference, agreed):
        raise NotAgreed(told(changed, difference, operator, now))
    return changed


@transaction.atomic
def costing_at_most(*, expected: Difference, now: datetime, act: Callable[[], Booking]) -> Booking:
    """Do what `act` does, if what its booking costs then is no more than was expected.

    Raises PriceChanged, and what `act` raises; then nothing is done.
    """
    booking = act()
    price = price_of(booking, now)
    if not is_agreed(of_price(price), expected):
        raise unexpected(price)
    return booking


@transaction.atomic
def owing_at_most(
    *, booking: Booking, more_cents: int, now: datetime, act: Callable[[], Booking]
) -> Booking:
    """Do to a booking what `act` does, if its person owes no more for it than so many cents.

    What their other bookings cost more then counts too. Raises PriceChanged, and what `act` raises;
    then nothing is done.
    """
    changed, difference = charged_by(booking, act)
    if difference.more_cents > more_cents:
        raise unexpected(price_of(changed, now))
    return changed


def unexpected(price: Price | None) -> PriceChanged:
    """Return the refusal of what costs more than was expected."""
    return PriceChanged(_("The price is another one than you expect. Nothing was done."), price)


@transaction.atomic
def terms_if(*, booking: Booking, now: datetime, act: Callable[[], Booking]) -> Terms:
    """Return what would become of a booking: `act` is done and undone. Raises what it raises."""
    operator = booking.site.operator_id
    terms = told(*charged_by(booking, act), operator, now)
    transaction.set_rollback(True)
    return terms


def charged_by(booking: Booking, act: Callable[[], Booking]) -> tuple[Booking, Difference]:
    """Do to a booking what `act` does; return it then, and what that really charged."""
    lock_person(booking.person)
    lines = Charge.objects.of_customer(booking.person, booking.organisation_id)
    last = lines.aggregate(last=Max("pk"))["last"] or 0
    changed = act()
    return changed, difference_of(lines.filter(pk__gt=last))


def told(changed: Booking, difference: Difference, operator: int, now: datetime) -> Terms:
    """Return what became of a booking that was at a site of that operator."""
    times = {one.interval for one in changed.allocations.confirmed()}
    return Terms(changed, price_of(changed, now), tuple(sorted(times)), difference, operator)


def last_loss(booking: Booking) -> Loss:
    """Return what its person got back, and what was kept, as a booking became what it is."""
    lines = Charge.objects.of_customer(booking.person, booking.organisation_id)
    lines = lines.of_subject(booking.reference)
    return loss_in(difference_of(lines.filter(made_at=booking.changed_at)))


def loss_in(difference: Difference) -> Loss:
    """Return what is given back, of passes also what is taken, and what is kept."""
    cents, half_days, kept_cents, kept_half_days = difference
    return Loss(max(0, -cents), kept_cents, -half_days, kept_half_days)


def difference_of(lines: Iterable[Charge]) -> Difference:
    """Return what lines that were just written come to."""
    total: Counter[str] = Counter()
    for one in lines:
        half_days = one.quantity // HUNDRED if one.spent_pass_id else 0
        is_back = one.kind == Charge.Kind.GIVEN_BACK
        total["more_cents"] += one.amount_cents
        total["more_half_days"] += -half_days if is_back else half_days
        if one.kind == Charge.Kind.LATE:
            total["kept_cents"] += one.amount_cents
            total["kept_half_days"] += half_days
    return Difference(**total)
