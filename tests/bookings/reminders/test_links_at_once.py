"""The cancel link of a reminder, pressed by two at once or while the booking is changed."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django_tasks_db.models import DBTaskResult

from bookings.actions import change
from bookings.models import Booking
from bookings.reminders.links import cancel_token, times_on
from bookings.reminders.pressing import cancel_by_link
from bookings.wishes import Wish
from network.errors import Refusal
from tests.bookings.bookings import book_for
from tests.factories import NOW, TUESDAY, interval, make_space, make_user

pytestmark = [
    pytest.mark.skipif(connection.vendor == "sqlite", reason="its tests share one connection"),
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("frozen"),
]
MORNING = interval(TUESDAY, "09:00", "12:30")
LATER = interval(TUESDAY, "14:00", "16:00")
#: How it went for all when one press was first.
DONE = {"open", "cancelled", "already_cancelled"}


def act(what: str, booking: Booking, token: str, together: threading.Barrier) -> str:
    """Press the link or move the booking, when all are there; return in a word how it went."""
    together.wait(timeout=60)
    try:
        if what == "press":
            return cancel_by_link(token=token, now=NOW).standing.value
        wish = Wish(space_id=booking.space_id, intervals=(LATER,))
        change(booking=booking, wish=wish, by=booking.person, now=NOW)
        return "moved"
    except Refusal as refusal:
        return refusal.code
    finally:
        connection.close()


@pytest.mark.parametrize("acts", [["press"] * 4, ["move", "press", "press"]])
def test_one_acts_and_the_others_find_it_done(acts: list[str]) -> None:
    booking = book_for(make_user(), make_space(), MORNING)
    token = cancel_token(booking, TUESDAY, times_on(booking, TUESDAY))
    letters, together = DBTaskResult.objects.count(), threading.Barrier(len(acts))

    with ThreadPoolExecutor(len(acts)) as pool:
        went = Counter(pool.map(lambda what: act(what, booking, token, together), acts))

    is_moved = went["moved"] == 1
    assert went["open"] + went["moved"] == 1
    assert went.keys() <= ({"moved", "changed"} if is_moved else DONE)
    assert Booking.objects.active().exists() is is_moved
    assert DBTaskResult.objects.count() == letters + 1
