"""How to get in, shown from the day before until the end and nowhere else."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from bookings.models import Booking
from bookings.rules import access_shown_during
from sites.intervals import Interval
from sites.telling import UNTOLD, Told


@dataclass(frozen=True)
class Access:
    """What may be told now: the notes, or from which local day they will be; or neither."""

    notes: Told = UNTOLD
    from_day: date | None = None


def access_to(booking: Booking, times: Iterable[Interval], now: datetime) -> Access:
    """Return what may be told now of how to get in to those times of the booking."""
    site, zone = booking.site, booking.site.zone
    notes = site.told("access_notes")
    if not booking.is_active or not notes:
        return Access()
    ahead = [shown for shown in access_shown_during(times, zone) if shown.ends_at > now]
    if not ahead:
        return Access()
    if ahead[0].starts_at <= now:
        return Access(notes=notes)
    return Access(from_day=ahead[0].starts_at.astimezone(zone).date())


def reads_so_since(booking: Booking, times: Iterable[Interval], now: datetime) -> datetime:
    """Return since when the booking reads as it does: its last change, or when notes came or went.

    Calendars compare this instant, so what fills itself the day before must move it, and so must
    the beginning, after which nothing can be changed. It never goes back, so the end counts also
    for a site that has no notes any more.
    """
    moments = [booking.changed_at]
    if booking.is_active:
        moments += [booking.starts_at] if booking.has_started(now) else []
        for shown in access_shown_during(times, booking.site.zone):
            filled = [shown.starts_at] if booking.site.every_access_note else []
            moments += [moment for moment in (*filled, shown.ends_at) if moment <= now]
    return max(moments)
