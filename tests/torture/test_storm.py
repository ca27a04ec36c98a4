"""The storm in its short form, and the checker's SQL on rows that the product wrote."""

import os
import re
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from bookings.actions import book
from bookings.models import Allocation, Booking
from bookings.wishes import Wish
from tests.bookings.guard.consistency import drop_guard
from tests.factories import NOW, TUESDAY, interval, make_space, make_user
from torture.checker import faults
from torture.evidence import Evidence, rows_of

ROOT = Path(__file__).resolve().parents[2]
#: Kills one of each kind of process, then stops PostgreSQL in the middle of its work.
SEED = 40
COUNT = r"^([a-z_0-9]+) +([\d.]+)$"
pytestmark = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="The storm kills a PostgreSQL of its own"
)


def test_whoever_is_killed_nothing_answered_is_lost_and_nothing_is_held_twice() -> None:
    storm = subprocess.run(
        [sys.executable, "-m", "torture", "--short", "--seed", str(SEED)],
        cwd=ROOT,
        env=os.environ.copy(),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )

    assert storm.returncode == 0, storm.stdout[-6000:] + storm.stderr[-4000:]
    counts = {name: float(number) for name, number in re.findall(COUNT, storm.stdout, re.M)}
    assert min(counts[name] for name in ("booked", "refused", "unheard", "mails")) > 0
    assert counts["changed"] + counts["cancelled"] > 0
    for victim in ("server", "worker", "postgres"):
        assert re.search(rf" s +{victim} +SIGKILL", storm.stdout), storm.stdout


def broken_rules() -> set[str]:
    """Return which rules the rows of this test's own transaction break."""
    assert isinstance(connection.connection, psycopg.Connection)
    return {fault.rule for fault in faults(Evidence(**rows_of(connection.connection)))}


@pytest.mark.django_db
def test_without_the_databases_promise_the_checker_finds_what_is_held_twice() -> None:
    drop_guard()
    space, first, second = make_space(units=2), make_user(), make_user()
    wish = Wish(space_id=space.pk, intervals=(interval(TUESDAY, "09:00", "12:00"),))
    mine, theirs = (book(wish=wish, person=one, by=one, now=NOW) for one in (first, second))
    before = broken_rules()

    unit = mine.allocations.get().unit_id
    Allocation.objects.filter(booking=theirs).update(unit=unit)

    assert broken_rules() - before == {"a unit is held once at an instant"}


@pytest.mark.django_db
def test_a_cancelled_booking_that_still_holds_and_one_outside_hours_are_found() -> None:
    space, person = make_space(), make_user()
    wish = Wish(space_id=space.pk, intervals=(interval(TUESDAY, "09:00", "12:00"),))
    booking = book(wish=wish, person=person, by=person, now=NOW)
    before = broken_rules()

    Booking.objects.filter(pk=booking.pk).update(status=Booking.Status.CANCELLED)
    night = interval(TUESDAY, "03:00", "04:00")
    booking.allocations.update(starts_at=night.starts_at, ends_at=night.ends_at)

    assert broken_rules() - before == {
        "what is cancelled holds nothing",
        "an allocation is inside opening hours and one day",
        "an allocation belongs to a booking that says so",
    }
