"""What else costs something else since a booking was made, changed or cancelled. Reads only."""

from dataclasses import dataclass

from billing.models import Charge
from billing.showing.turns import Repriced, repriced_by
from bookings.models import Booking


@dataclass(frozen=True)
class Other:
    """Another booking of the same person, and what it costs now and did before."""

    booking: Booking
    told: Repriced


def repriced_with(booking: Booking) -> list[Other]:
    """Return the other bookings of its person and payer that its last revision repriced.

    Three queries, one where there are none.
    """
    mine = Charge.objects.of_customer(booking.person, booking.organisation_id)
    others = repriced_by(mine, booking.reference, booking.changed_at)
    found = {one.reference: one for one in others}
    if not found:
        return []
    rows = Booking.objects.filter(reference__in=found).select_related("site")
    return [Other(one, found[one.reference]) for one in rows.order_by("starts_at", "pk")]
