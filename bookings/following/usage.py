"""An employer learns on which days its people have what they booked on its account."""

from collections.abc import Iterator
from datetime import timedelta
from zoneinfo import ZoneInfo

from billing.statements.months import Month
from bookings.models import Allocation
from network.models import Organisation
from subscriptions.usage.presence import Presence, register

#: The clocks of sites and of the network differ by less.
A_DAY = timedelta(days=1)
FIELDS = (
    *("booking__reference", "site_id", "space__kind"),
    *("starts_at", "site__time_zone"),
)


def listen() -> None:
    """Have the usage of employers read the days of bookings."""
    register(days_taken)


def days_taken(employer: Organisation, month: Month) -> Iterator[Presence]:
    """Yield the days of a month that bookings on an employer's account have: one query.

    What was cancelled or given back is none. Neither hours nor units leave this function.
    """
    span = month.interval
    first, last = span.starts_at - A_DAY, span.ends_at + A_DAY
    rows = Allocation.objects.confirmed().filter(
        booking__organisation=employer,
        booking__ends_at__gt=first,
        starts_at__gte=first,
        starts_at__lt=last,
    )
    for reference, site, kind, starts_at, zone in rows.values_list(*FIELDS).iterator():
        day = starts_at.astimezone(ZoneInfo(zone)).date()
        if day in month:
            yield Presence(reference, site, kind, day)
