"""What subscriptions grant for each month: passes, as far ahead as one can book.

Each seat has a pass a month, shared credits one for all. What is granted follows the seats: more of
them add to it, fewer take back what nobody has spent.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID, uuid4, uuid5

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from billing.errors import NotEnough
from billing.models import Pass
from billing.passes.expiring import write_off
from billing.passes.granting import Bearer, Grant, add_to, grant_pass
from billing.statements.months import Month, day_of
from sites.intervals import Interval
from sites.models import Space
from subscriptions.errors import SeatsRefused
from subscriptions.models import MonthGrant, Subscription
from subscriptions.months.counting import parts_of
from subscriptions.months.shares import credits

#: The number of what all seats share.
SHARED = 0


class Due(NamedTuple):
    """What a seat is to have of a month: half-days, None without bound; of shared credits, all."""

    number: int
    seats: int
    half_days: int | None


def grant_months(*, subscription: Subscription, now: datetime) -> None:
    """Have a subscription grant what it is to grant, of each month that can be booked now.

    Under its lock. Raises SeatsRefused where more is spent of a month than it would grant.
    """
    for month in months_ahead(subscription, timezone.localdate(now)):
        grant_month(subscription, month, now)


def months_ahead(subscription: Subscription, today: date) -> Iterator[Month]:
    """Yield the months of a subscription from this one to the last that can be booked today."""
    ahead = Space.objects.aggregate(most=Max("advance_days"))["most"] or 0
    month, last = Month.of(max(today, subscription.starts_on)), today + timedelta(days=ahead)
    while month.first <= last and subscription_reaches(subscription, month):
        yield month
        month = month.following


def subscription_reaches(subscription: Subscription, month: Month) -> bool:
    """Tell whether a subscription goes on until some day of a month."""
    return subscription.ends_on is None or subscription.ends_on >= month.first


def grant_month(subscription: Subscription, month: Month, now: datetime) -> None:
    """Have a month granted as its seats are: each seat's share, or what all share."""
    there = {row.number: row for row in grants_of(subscription, month)}
    due = {one.number: one for one in dues(subscription, month)}
    for number in sorted({*there, *due}):
        wanted = due.get(number, Due(number, 0, 0))
        if number in there:
            bring(there[number], wanted, now)
        elif wanted.seats:
            begin(subscription, month, wanted, now)


def grants_of(subscription: Subscription, month: Month) -> Iterable[MonthGrant]:
    """Return what a subscription grants of a month by now."""
    rows = subscription.grants.filter(month=month.first).order_by("number")
    return rows.select_related("granted__account", "granted__operator")


def dues(subscription: Subscription, month: Month) -> list[Due]:
    """Return what each seat is to have of a month, or all together, by number."""
    half_days = subscription.version.half_days
    every = [
        None if half_days is None else credits(half_days, part, month)
        for part in parts_of(subscription, month)
        for _seat in range(part.seats)
    ]
    if not subscription.version.plan.is_shared:
        return [Due(number, 1, count) for number, count in enumerate(every, start=1)]
    total = None if half_days is None else sum(one or 0 for one in every)
    return [Due(SHARED, len(every), total)] if every else []


def begin(subscription: Subscription, month: Month, due: Due, now: datetime) -> MonthGrant:
    """Grant something of a month for the first time; whoever has the seat by then may spend it."""
    told = grant_of(subscription, month, due)
    key = key_of(subscription, month, due.number)
    bearers = bearers_of(subscription, due.number, month)
    granted = grant_pass(grant=told, bearers=bearers, now=now, key=key)
    return MonthGrant.objects.create(
        subscription=subscription,
        month=month.first,
        number=due.number,
        seats=due.seats,
        granted=granted,
    )


def key_of(subscription: Subscription, month: Month, number: int) -> UUID:
    """Return the key under which something of a month is granted, once."""
    return uuid5(subscription.key, f"granted:{month}:{number}")


def grant_of(subscription: Subscription, month: Month, due: Due) -> Grant:
    """Return what is granted, by the terms of the subscription."""
    version, last = subscription.version, last_day(subscription, month)
    begins = max(month.first, subscription.starts_on)
    return Grant(
        seller=version.plan.seller,
        name=version.name,
        other_words=version.other_words,
        takes=takes_of(subscription),
        half_days=due.half_days,
        price_cents=version.price_cents * due.seats,
        time=Interval(day_of(begins).starts_at, day_of(last).ends_at),
        last_on=last,
        person=subscription.person,
        on_account_of=subscription.organisation,
    )


def last_day(subscription: Subscription, month: Month) -> date:
    """Return the last day on which what a month grants can be used: carried over, never further."""
    for _more in range(subscription.version.carry_over_months):
        month = month.following
    return min(month.last, subscription.ends_on or month.last)


def takes_of(subscription: Subscription) -> dict[str, dict[str, int]]:
    """Return what half-days take, by category of site and kind of space."""
    found: dict[str, dict[str, int]] = {}
    for row in subscription.version.costs.all():
        found.setdefault(row.category, {})[row.kind] = row.credits
    return found


def bearers_of(subscription: Subscription, number: int, month: Month) -> list[Bearer]:
    """Return who has a seat that lasts into a month: all of them of what is shared."""
    rows = subscription.seats.until_or_after(month.first).select_related("person")
    rows = rows if number == SHARED else rows.filter(number=number)
    return [
        Bearer(row.person, day_of(row.until).ends_at if row.until else None)
        for row in rows.order_by("pk")
        if row.person
    ]


def bring(there: MonthGrant, due: Due, now: datetime) -> None:
    """Add to what is granted, or take back what is too much. Raises SeatsRefused."""
    granted = there.granted
    more = (due.half_days or 0) - granted.half_days
    if more > 0:
        add_to(granted=granted, half_days=more, now=now, key=uuid4())
    elif more < 0:
        take_back(granted, -more, now)
    if more or there.seats != due.seats:
        granted.half_days += more
        granted.save(update_fields=["half_days"])
        there.seats = due.seats
        there.save(update_fields=["seats"])


def take_back(granted: Pass, half_days: int, now: datetime) -> None:
    """Take back half-days that nobody has spent. Raises SeatsRefused."""
    try:
        write_off(row=granted, half_days=half_days, now=now)
    except NotEnough as error:
        words = _("More is booked of %(name)s than so few seats are granted.")
        raise SeatsRefused(words % {"name": granted.told_name}) from error
