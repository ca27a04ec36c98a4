"""How many seats a subscription has: more at once, fewer from the first of a month on."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from billing.statements.months import Month
from network.models import User
from subscriptions.employers.rights import refuse_unless_runs
from subscriptions.errors import SeatsRefused
from subscriptions.locking import lock_subscription
from subscriptions.models import SeatCount, Subscription
from subscriptions.months.counting import seats_now
from subscriptions.months.granting import grant_months
from subscriptions.months.shares import rest_of_month
from subscriptions.taking.ending import bound_until
from subscriptions.taking.numbering import close_up
from subscriptions.taking.subscribing import MOST_SEATS


@dataclass(frozen=True)
class Change:
    """So many seats from a day on: what they cost a month, and what more this month; in cents."""

    seats: int
    from_day: date
    month_cents: int
    now_cents: int


def change_of(subscription: Subscription, seats: int, today: date) -> Change:
    """Return what another number of seats comes to, and from when on. Reads only."""
    cents, trial_until = subscription.version.price_cents, subscription.trial_until
    more = seats - seats_now(subscription, today)
    if more < 0:
        return Change(seats, first_of_fewer(subscription, today), seats * cents, 0)
    first = max(today, subscription.starts_on)
    return Change(seats, first, seats * cents, rest_of_month(cents, more, first, trial_until))


def first_of_fewer(subscription: Subscription, today: date) -> date:
    """Return the first day of fewer seats: of a month, after notice and commitment."""
    day = bound_until(subscription, today)
    return day if day.day == 1 else Month.of(day).following.first


@transaction.atomic
def change_seats(*, subscription: Subscription, seats: int, by: User, now: datetime) -> Change:
    """Have an employer's subscription have so many seats; what was planned to come is no more.

    Raises SeatsRefused: for fewer than people have, or than what they have booked needs;
    PermissionDenied to who does not run it.
    """
    locked, today = lock_subscription(subscription.pk), timezone.localdate(now)
    if locked.organisation is None:
        raise PermissionDenied
    refuse_unless_runs(by, locked.organisation)
    change = change_of(locked, seats, today)
    refuse_change(change, locked)
    close_up(locked, seats, change.from_day)
    locked.seat_counts.filter(from_day__gte=change.from_day).delete()
    SeatCount.objects.create(
        subscription=locked, from_day=change.from_day, seats=seats, made_at=now, made_by=by
    )
    grant_months(subscription=lock_subscription(locked.pk), now=now)
    return change


def refuse_change(change: Change, subscription: Subscription) -> None:
    """Refuse none, too many, and a change of what is over or ends before it begins."""
    if not 1 <= change.seats <= MOST_SEATS:
        raise SeatsRefused(_("So many seats cannot be taken at once."), about="seats")
    if subscription.is_over(change.from_day):
        raise SeatsRefused(_("The subscription ends before that."), about="seats")
