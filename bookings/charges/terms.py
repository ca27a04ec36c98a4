"""On what terms a booking is given up, in words: of what is lost anyway, for nothing."""

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext as _

from billing.charging.days import local_date
from billing.showing.telling import Price
from billing.templatetags.prices import terms_words
from bookings.lost import held_times, known_place
from bookings.models import Booking
from sites.intervals import Interval


def terms_told(
    booking: Booking, price: Price | None, missed: Collection[Interval], now: datetime
) -> str:
    """Return until when cancelling is free, and what is kept afterwards: not of what is lost.

    `missed` are the times of which something can no longer be had.
    """
    if not missed:
        return terms_words(price)
    times = held_times(booking)
    days = [local_date(one.starts_at, booking.site) for one in times]
    place = known_place(booking, now, min(days), max(days))
    lost = [one for one in times if place.is_lost(one)]
    if not lost:
        return terms_words(price)
    if lost != times:
        free = _("Giving back the times that can no longer be had as booked is free.")
        return f"{terms_words(price)} {free}"
    if all(map(place.is_closed, lost)):
        return _("The site is closed then: cancelling is free, also once it has begun or is over.")
    return _("It can no longer be had as it was booked: cancelling is free until it begins.")
