"""What other bookings cost since one of their week was changed or cancelled, in words."""

from django.utils.translation import gettext as _

from billing.templatetags.prices import priced_words
from bookings.charges.repriced import Other
from sites.templatetags.when import day_words


def repriced_words(other: Other) -> str:
    """Return "Your booking of Wednesday 2 December (K3…) now costs €8.00 instead of €5.50."."""
    booking = other.booking
    words = _("Your booking of %(day)s (%(reference)s) now costs %(now)s instead of %(before)s.")
    return words % {
        "day": day_words(booking.starts_at.astimezone(booking.site.zone).date()),
        "reference": booking.reference,
        "now": priced_words(*other.told.now),
        "before": priced_words(*other.told.before),
    }
