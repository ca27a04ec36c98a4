"""Seats are renumbered so that those that go are the last: nobody loses theirs for a number."""

from datetime import date

from django.utils.translation import ngettext

from subscriptions.errors import SeatsRefused
from subscriptions.models import MonthGrant, Seat, Subscription

#: No seat has it: what two seats exchange is put there for a moment.
BESIDE = 1_000_000


def close_up(subscription: Subscription, seats: int, day: date) -> None:
    """Give whoever has one of the last seats a number that stays. Raises SeatsRefused."""
    there = {row.number: row for row in subscription.seats.until_or_after(day)}
    if len(there) > seats:
        raise SeatsRefused(fewer_words(len(there)), about="seats")
    free = [number for number in range(1, seats + 1) if number not in there]
    for number in sorted(one for one in there if one > seats):
        exchange(subscription, there[number], free.pop(0))


def fewer_words(taken: int) -> str:
    """Return why there cannot be fewer seats than people who have one."""
    words = ngettext(
        "%(count)s person has a seat: take it back first.",
        "%(count)s people have a seat: take some back first.",
        taken,
    )
    return words % {"count": taken}


def exchange(subscription: Subscription, seat: Seat, number: int) -> None:
    """Give a seat another number that nobody has, with all that it was granted."""
    rows = MonthGrant.objects.filter(subscription=subscription)
    for before, after in ((number, BESIDE), (seat.number, number), (BESIDE, seat.number)):
        rows.filter(number=before).update(number=after)
    seat.number = number
    seat.save(update_fields=["number"])
