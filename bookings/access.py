"""How to get in, shown from the day before until the end and nowhere else."""

from dataclasses import dataclass
from datetime import date, datetime

from bookings.models import Booking
from bookings.rules import access_shown_during, is_access_shown


@dataclass(frozen=True)
class Access:
    """What may be told now: the notes, or from which local day they will be; or neither."""

    notes: str = ""
    from_day: date | None = None


def access_to(booking: Booking, now: datetime) -> Access:
    """Return what may be told now of how to get in."""
    site, zone = booking.site, booking.site.zone
    if not booking.is_active or not site.access_notes or booking.ends_at <= now:
        return Access()
    if is_access_shown(booking.interval, zone, now):
        return Access(notes=site.access_notes)
    shown = access_shown_during(booking.interval, zone)
    return Access(from_day=shown.starts_at.astimezone(zone).date())


def reads_so_since(booking: Booking, now: datetime) -> datetime:
    """Return since when the booking reads as it does: its last change, or when notes came or went.

    Calendars compare this instant, so what fills itself the day before must move it; and so must
    the beginning, after which nothing can be changed.
    """
    moments = [booking.changed_at]
    if booking.is_active and booking.has_started(now):
        moments.append(booking.starts_at)
    if booking.is_active and booking.site.access_notes:
        shown = access_shown_during(booking.interval, booking.site.zone)
        moments += [moment for moment in (shown.starts_at, shown.ends_at) if moment <= now]
    return max(moments)
