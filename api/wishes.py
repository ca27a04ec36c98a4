"""From what the API is sent to what the domain is asked."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _
from ninja.errors import ValidationError

from api.schemas.billing import ExpectingIn, QuoteIn
from api.schemas.bookings import BookingIn, BookingPatchIn, GiveBackIn
from bookings.actions import change
from bookings.charges.agreeing import Terms, costing_at_most, owing_at_most, terms_if
from bookings.charges.promises import Difference
from bookings.locks import lock_person
from bookings.models import Booking
from bookings.wishes import PASSES, Wish
from network.models import User
from sites.intervals import Interval, merged


def wish_of(body: BookingIn) -> Wish:
    """Return the wish that a new booking's body says."""
    return Wish(
        space_id=body.space,
        intervals=(Interval(body.starts_at, body.ends_at),),
        people=body.people,
        unit_id=body.unit,
        note=body.note,
        spends_passes=body.pay_with == PASSES,
        on_account_of=body.on_account_of,
    )


def quoted_wish(body: QuoteIn) -> Wish:
    """Return the wish whose price is asked."""
    interval = Interval(body.starts_at, body.ends_at)
    return Wish(
        space_id=body.space,
        intervals=(interval,),
        people=body.people,
        spends_passes=body.pay_with == PASSES,
        on_account_of=body.on_account_of,
    )


@transaction.atomic
def change_as_sent(*, booking: Booking, body: BookingPatchIn, by: User, now: datetime) -> Booking:
    """Change what was sent and keep the rest as it is at that instant, not as it was read before.

    Raises a Refusal, or ValidationError for one end only of a booking of several intervals.
    """
    lock_person(booking.person)
    booking.refresh_from_db()
    wish, more_cents = changed_wish(booking, body), body.expected_more_cents
    act = partial(change, booking=booking, wish=wish, by=by, now=now)
    if more_cents is None:
        return act()
    return owing_at_most(booking=booking, more_cents=more_cents, now=now, act=act)


def as_expected(*, expecting: ExpectingIn, now: datetime, act: Callable[[], Booking]) -> Booking:
    """Return the booking that `act` makes or changes, if it costs no more then than was expected.

    Raises PriceChanged, and what `act` raises; then nothing has changed.
    """
    cents = expecting.expected_total_cents
    if cents is None:
        return act()
    expected = Difference(cents, expecting.expected_half_days)
    return costing_at_most(expected=expected, now=now, act=act)


def terms_of_change(*, body: QuoteIn, person: User, now: datetime) -> Terms:
    """Return what would become of a booking of that person if it was changed so. Writes nothing.

    Raises Booking.DoesNotExist, and what changing it raises.
    """
    booking = Booking.objects.of(person).select_related("space", "site").get(reference=body.booking)
    sent = body.model_dump(include={"space", "starts_at", "ends_at", "people"}, exclude_unset=True)
    patch = BookingPatchIn.model_construct(**sent)
    act = partial(change_as_sent, booking=booking, body=patch, by=person, now=now)
    return terms_if(booking=booking, now=now, act=act)


def changed_wish(booking: Booking, body: BookingPatchIn) -> Wish:
    """Return the booking as a wish, with what was sent instead of what was."""
    sent = body.model_dump(exclude_unset=True)
    people = sent.get("people", booking.people)
    space_id = sent.get("space", booking.space_id)
    return Wish(
        space_id=space_id,
        intervals=intervals_sent(body)
        or changed_intervals(booking, sent.get("starts_at"), sent.get("ends_at")),
        people=people,
        unit_id=sent["unit"] if "unit" in sent else kept_unit(booking, space_id, people),
        note=sent.get("note", booking.note),
    )


def intervals_sent(body: BookingPatchIn | GiveBackIn) -> tuple[Interval, ...]:
    """Return the times that a body lists, if it does."""
    return tuple(Interval(one.starts_at, one.ends_at) for one in body.times or ())


def changed_intervals(
    booking: Booking, starts_at: datetime | None, ends_at: datetime | None
) -> tuple[Interval, ...]:
    """Return one interval when an end was sent, else those the booking has."""
    held = booking.allocations.confirmed().values_list("starts_at", "ends_at").distinct()
    intervals = tuple(merged(Interval(*ends) for ends in held))
    if starts_at is None and ends_at is None:
        return intervals
    if (starts_at is None or ends_at is None) and len(intervals) > 1:
        missing = {
            "loc": ("body", "body", "ends_at" if ends_at is None else "starts_at"),
            "type": "missing",
            "msg": _("This booking has several times: send both ends."),
            "is_ours": True,
        }
        raise ValidationError([missing])
    return (Interval(starts_at or booking.starts_at, ends_at or booking.ends_at),)


def kept_unit(booking: Booking, space_id: int, people: int) -> int | None:
    """Return the numbered unit to keep: none in another space, or when there are several."""
    space = booking.space
    units = {one.unit_id for one in booking.allocations.confirmed()}
    is_one = len(units) == 1 and space.units_for(people) == 1
    return units.pop() if is_one and not space.is_fungible and space_id == space.pk else None
