"""The bookings of the demo: possible ones, with the rhythm of a real network."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction

from bookings.actions import book, change
from bookings.messages.letters import Change
from bookings.messages.sending import letter_to_send
from bookings.models import Allocation, Booking
from bookings.wishes import Wish
from demo.people import sign_in_emails
from network.models import User
from sites.intervals import Interval
from sites.models import (
    Site,
    Space,
)
from sites.openings import load_openings
from tests.factories import MONDAY, NOW, PARIS, interval

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]
TODAY = MONDAY


def overlaps(intervals: Iterable[tuple[datetime, datetime]]) -> bool:
    ordered = sorted(intervals)
    return any(later[0] < earlier[1] for earlier, later in zip(ordered, ordered[1:], strict=False))


def test_no_unit_and_no_person_is_taken_twice_at_once() -> None:
    of_unit, of_person = defaultdict(list), defaultdict(list)
    rows = Allocation.objects.confirmed().values_list(
        "unit", "booking__person", "starts_at", "ends_at"
    )
    for unit, person, starts_at, ends_at in rows:
        of_unit[unit].append((starts_at, ends_at))
        of_person[person].append((starts_at, ends_at))

    assert not any(overlaps(intervals) for intervals in of_unit.values())
    assert not any(overlaps(intervals) for intervals in of_person.values())


def test_all_time_taken_is_open_time_of_one_local_day_on_the_grid() -> None:
    sites = Site.objects.in_bulk()
    openings = load_openings(
        sites.values(), TODAY - timedelta(days=190), TODAY + timedelta(days=40)
    )
    rows = Allocation.objects.values_list("site", "space", "starts_at", "ends_at").distinct()

    for site_id, space_id, starts_at, ends_at in rows:
        day = starts_at.astimezone(PARIS).date()
        opening = openings.open_intervals(sites[site_id], day, space_id)
        taken = Interval(starts_at, ends_at)
        assert any(hours.covers(taken) for hours in opening), (sites[site_id], starts_at)
        assert starts_at.minute % 15 == ends_at.minute % 15 == 0


def test_a_booking_spans_its_allocations_and_fits_its_space() -> None:
    bookings = Booking.objects.select_related("space").prefetch_related("allocations")

    for booking in bookings.order_by("pk")[:4000]:
        parts = sorted(one.interval for one in booking.allocations.all())
        assert (parts[0].starts_at, parts[-1].ends_at) == (booking.starts_at, booking.ends_at)
        assert booking.people <= booking.space.capacity
        assert len({one.unit_id for one in booking.allocations.all()}) == 1


def test_a_day_where_lunch_closes_is_one_booking_of_two_parts() -> None:
    booking = (
        Booking.objects.filter(site__slug="schirmeck-la-scierie", space__kind="desk")
        .filter(starts_at__hour=8, ends_at__hour=17)
        .first()
    )

    assert booking is not None
    assert booking.allocations.count() == 2


def test_some_offices_are_taken_for_a_week() -> None:
    offices = Booking.objects.filter(space__kind="office")

    lengths = {booking.ends_at - booking.starts_at for booking in offices}

    assert max(lengths) > timedelta(days=4)


def test_bookings_were_made_before_their_time_and_before_now() -> None:
    midnight = datetime(2026, 11, 22, 23, tzinfo=UTC)

    for created_at, changed_at, starts_at in Booking.objects.values_list(
        "created_at", "changed_at", "starts_at"
    ):
        assert created_at <= changed_at <= midnight
        assert created_at < starts_at


def test_the_week_has_the_pattern_of_partial_telework() -> None:
    past = Booking.objects.filter(starts_at__lt=NOW, space__kind="desk")
    week = Counter(
        starts_at.astimezone(PARIS).weekday()
        for starts_at in past.values_list("starts_at", flat=True)
    )

    assert week[1] > week[0] > week[4]
    assert week[3] > week[2] > week[4]
    assert week[6] == 0


def test_august_is_quieter_than_october() -> None:
    august = Booking.objects.filter(starts_at__month=8).count()
    october = Booking.objects.filter(starts_at__month=10).count()

    assert august < 0.6 * october


def test_about_six_in_a_hundred_are_cancelled_and_hold_nothing() -> None:
    cancelled = Booking.objects.filter(status=Booking.Status.CANCELLED)

    assert 0.04 < cancelled.count() / Booking.objects.count() < 0.08
    assert not Allocation.objects.confirmed().filter(booking__in=cancelled).exists()
    assert not Allocation.objects.exclude(booking__in=cancelled).filter(status="released").exists()


def test_history_goes_back_six_months_and_forward_three_weeks() -> None:
    first = Booking.objects.order_by("starts_at").values_list("starts_at", flat=True)[0]
    last = Booking.objects.order_by("-starts_at").values_list("starts_at", flat=True)[0]

    assert first.date() <= TODAY - timedelta(days=180)
    assert TODAY + timedelta(days=14) < last.date() <= TODAY + timedelta(days=21)


def test_the_teleworker_was_in_ville_last_tuesday_and_will_come_again() -> None:
    person = User.objects.get(email="teleworker@maillage.example")
    days = {
        booking.starts_at.astimezone(PARIS).date()
        for booking in person.bookings.filter(site__slug="la-fabrique-de-ville")
    }

    assert date(2026, 11, 17) in days
    assert {date(2026, 12, 1), date(2026, 12, 3)} <= days
    assert len(days) > 25


def test_in_ville_several_desks_are_free_every_weekday_to_come() -> None:
    space = Space.objects.get(site__slug="la-fabrique-de-ville", kind="desk")

    for number in range(22):
        day = TODAY + timedelta(days=number)
        whole = interval(day, "00:00", "24:00")
        taken = Allocation.objects.confirmed().between(whole).filter(space=space)
        assert space.units.count() - taken.values("unit").distinct().count() >= 4


def test_those_who_try_the_demo_find_the_week_to_come_free() -> None:
    upcoming = Booking.objects.active().filter(
        person__email__in=sign_in_emails(), ends_at__gt=datetime(2026, 11, 22, 23, tzinfo=UTC)
    )

    assert {booking.person.email for booking in upcoming} == {"teleworker@maillage.example"}
    assert min(booking.starts_at for booking in upcoming) > NOW + timedelta(days=7)


def test_a_new_booking_fits_between_the_invented_ones() -> None:
    space = Space.objects.get(site__slug="la-fabrique-de-ville", kind="desk")
    person = User.objects.get(email="teleworker01@maillage.example")
    wish = Wish(
        space_id=space.pk, intervals=(interval(TODAY + timedelta(days=1), "09:00", "12:00"),)
    )

    booking = book(wish=wish, person=person, by=person, now=NOW)

    assert booking.is_active


def test_who_changes_a_booking_to_come_is_told_of_a_change() -> None:
    ahead = Booking.objects.active().upcoming(NOW)
    assert not ahead.filter(appointments_sent=None).exists()
    booking = ahead.filter(person__email__startswith="teleworker@").latest("starts_at")
    times = tuple(one.interval for one in booking.allocations.confirmed())

    with transaction.atomic():
        wish = Wish(space_id=booking.space_id, intervals=times, note="Je viens avec mon chien")
        changed = change(booking=booking, wish=wish, by=booking.person, now=NOW)
        outgoing = letter_to_send(
            booking.pk, sequence=changed.sequence, change=Change.CHANGED, number=1, now=NOW
        )
        transaction.set_rollback(True)

    assert outgoing
    assert outgoing.letter.change == Change.CHANGED
