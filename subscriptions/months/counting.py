"""How many seats a subscription has, and on which day. Reads only."""

from datetime import date

from billing.statements.months import Month
from subscriptions.models import Subscription
from subscriptions.months.shares import Counted, Part, parts


def counts_of(subscription: Subscription) -> list[Counted]:
    """Return how many seats it has from which days on: by what was read before, else one query."""
    rows = sorted(subscription.seat_counts.all(), key=lambda row: row.from_day)
    return [Counted(row.from_day, row.seats) for row in rows]


def seats_on(subscription: Subscription, day: date) -> int:
    """Return how many seats it has on a day: none before its first."""
    return max((one for one in counts_of(subscription) if one.from_day <= day), default=NONE).seats


def seats_now(subscription: Subscription, today: date) -> int:
    """Return how many seats it has today, or on its first day if that is to come."""
    return seats_on(subscription, max(today, subscription.starts_on))


def parts_of(subscription: Subscription, month: Month) -> list[Part]:
    """Return its seats of a month by the day from which they are had."""
    return parts(counts_of(subscription), month, subscription.ends_on)


#: Before the first day.
NONE = Counted(date.min, 0)
