"""A place is kept for fifteen minutes for somebody who has yet to say who they are."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from bookings.actions import book, change
from bookings.admission import find_placement
from bookings.errors import (
    Closed,
    InThePast,
    NoUnitFree,
    QuotaAhead,
    QuotaOfSpace,
    QuotaPerDay,
    TooManyHolds,
)
from bookings.ground import seen_ground
from bookings.holds.holding import caller_of, release
from bookings.models import Allocation, Booking, Hold
from bookings.search.previews import preview
from network.addresses import AddressRefused
from network.errors import Refusal
from sites.models import Space
from tests.bookings.bookings import book_for, booked
from tests.bookings.holds.holding import END, MORNING, SECOND, held, wish_for
from tests.bookings.search.offers import offers
from tests.factories import MONDAY, NOW, TUESDAY, interval, make_closure, make_space, make_user

pytestmark = pytest.mark.django_db
AFTERNOON = interval(TUESDAY, "13:00", "17:00")
EARLY, LATE = interval(TUESDAY, "09:00", "10:30"), interval(TUESDAY, "10:30", "12:00")


def test_a_hold_keeps_units_of_the_space_until_its_end_and_has_no_booking() -> None:
    space = make_space(units=3)

    hold = held(space, email=" Ada@Maillage.example", people=2, note="By the window")

    rows = list(Allocation.objects.all())
    assert [(one.hold, one.booking, one.status) for one in rows] == [(hold, None, "held")] * 2
    assert {one.held_until for one in rows} == {END} == {hold.until}
    assert {one.interval for one in rows} == {MORNING}
    assert (hold.email, hold.people, hold.note) == ("ada@maillage.example", 2, "By the window")
    assert not Booking.objects.exists()


def test_how_long_a_hold_lasts_is_a_setting(settings: Settings) -> None:
    settings.HOLD_MINUTES = 3

    assert held(make_space()).until == NOW + timedelta(minutes=3)


@pytest.mark.parametrize("is_fungible", [True, False])
def test_until_its_end_nobody_else_gets_it_and_from_then_on_anybody(is_fungible: bool) -> None:
    space, person = make_space(units=1, is_fungible=is_fungible), make_user()
    hold = held(space)
    wish = wish_for(space)

    with pytest.raises(NoUnitFree):
        book(wish=wish, person=person, by=person, now=END - SECOND)
    booking = book(wish=wish, person=person, by=person, now=END)

    assert booking.allocations.confirmed().count() == 1
    assert not Hold.objects.filter(pk=hold.pk).exists()


def test_until_its_end_no_booking_can_be_changed_into_it_and_from_then_on_one_can() -> None:
    space, person = make_space(units=1), make_user()
    booking = book_for(person, space, AFTERNOON)
    held(space)
    wish = wish_for(space)

    with pytest.raises(NoUnitFree):
        change(booking=booking, wish=wish, by=person, now=END - SECOND)
    changed = change(booking=booking, wish=wish, by=person, now=END)

    assert changed.interval == MORNING
    assert not Hold.objects.exists()


def test_until_its_end_another_hold_is_refused_and_from_then_on_takes_its_place() -> None:
    space = make_space(units=1)
    first = held(space, caller="192.0.2.1")

    with pytest.raises(NoUnitFree):
        held(space, caller="192.0.2.2", now=END - SECOND)
    second = held(space, caller="192.0.2.2", now=END)

    assert [*Hold.objects.all()] == [second]
    assert second.token != first.token


def test_until_its_end_searches_count_it_and_from_then_on_they_do_not() -> None:
    space = make_space(units=3)
    held(space, people=2)

    before = offers(now=END - SECOND)[space.pk].units_free
    after = offers(now=END)[space.pk].units_free

    assert (before, after) == (1, 3)


def test_what_nobody_wants_stays_where_it_is_when_its_time_is_over() -> None:
    space = make_space(units=2)
    ended = held(space, AFTERNOON, now=NOW)
    of_another_day = interval(TUESDAY + timedelta(days=1), "09:00", "12:00")

    book(wish=wish_for(space, of_another_day), person=(ada := make_user()), by=ada, now=END)

    assert Hold.objects.get() == ended


def test_an_ended_hold_of_several_days_goes_as_a_whole() -> None:
    space, person = make_space(units=1), make_user()
    wednesday = interval(TUESDAY + timedelta(days=1), "09:00", "12:00")
    held(space, MORNING, wednesday)

    book(wish=wish_for(space, wednesday), person=person, by=person, now=END)

    assert Allocation.objects.get().interval == wednesday


def test_live_holds_move_aside_in_a_pool_and_keep_their_count() -> None:
    """Two half mornings on two desks leave one desk's worth of a whole morning."""
    space, person = make_space(units=3), make_user()
    early, late = held(space, EARLY, people=2), held(space, LATE, people=2, caller="192.0.2.2")
    first, second, third = space.units.order_by("pk")
    late.allocations.filter(unit=first).update(unit=third)

    booking = book(wish=wish_for(space), person=person, by=person, now=NOW + SECOND)

    assert booking.allocations.count() == 1
    assert [one.allocations.count() for one in (early, late)] == [2, 2]
    assert Allocation.objects.filter(held_until=END).count() == 4


def test_a_pool_is_packed_around_live_holds_and_over_ended_ones() -> None:
    space, person = make_space(units=2), make_user()
    ended = held(space, EARLY, now=NOW)
    live = held(space, LATE, now=NOW + SECOND, caller="192.0.2.2")
    wish = wish_for(space, people=1)
    assert [one.allocations.get().unit_id for one in (ended, live)] == [
        one.pk for one in space.units.order_by("pk")[:1]
    ] * 2

    booking = book(wish=wish, person=person, by=person, now=END)

    assert [*Hold.objects.all()] == [live]
    assert booking.allocations.get().unit_id != live.allocations.get().unit_id


def test_looking_at_what_an_ended_hold_had_lets_nothing_go() -> None:
    space = make_space()
    hold = held(space)

    rows = seen_ground(wish_for(space), space, None, END).rows
    placement = find_placement(wish_for(space), space, [MORNING], END, rows)

    assert placement.ended == {hold.pk}
    assert Hold.objects.exists()


def test_a_booking_that_meets_no_ended_hold_asks_nothing_more() -> None:
    without, beside = make_space(units=3), make_space(units=3)
    held(beside)

    assert statements_to_book(beside) == statements_to_book(without)


def statements_to_book(space: Space) -> int:
    person = make_user()
    with CaptureQueriesContext(connection) as captured:
        book(wish=wish_for(space), person=person, by=person, now=NOW)
    return len(captured)


@pytest.mark.parametrize(
    ("day", "refusal"), [(MONDAY, InThePast), (TUESDAY, Closed)], ids=["past", "closed"]
)
def test_what_could_not_be_booked_cannot_be_held(day: Any, refusal: type[Exception]) -> None:
    space = make_space()
    make_closure(space.site, interval(TUESDAY, "08:00", "18:00"))

    with pytest.raises(refusal):
        held(space, interval(day, "09:00", "12:00"))

    assert not Hold.objects.exists()


def test_what_is_no_address_is_refused_and_none_at_all_is_not() -> None:
    with pytest.raises(AddressRefused):
        held(make_space(), email="ada")

    assert held(make_space(), email="").email == ""


class TestBounds:
    def test_a_session_holds_three_at_once_whatever_it_types(self) -> None:
        for number in range(3):
            email, caller = f"{number}@maillage.example", f"192.0.2.{number}"
            held(make_space(), email=email, session="one", caller=caller)

        with pytest.raises(TooManyHolds):
            held(make_space(), session="one", caller="192.0.2.9", now=END - SECOND)

        assert held(make_space(), session="one", caller="192.0.2.9", now=END)

    def test_what_others_hold_for_an_address_is_told_to_nobody_who_types_it(self) -> None:
        for number in range(4):
            held(make_space(), email="ada@maillage.example", caller=f"192.0.2.{number}")

        assert held(make_space(), email="ADA@maillage.example", caller="192.0.2.9")

    def test_a_caller_holds_so_many_whoever_is_typed(self, settings: Settings) -> None:
        settings.HOLDS_PER_ADDRESS = 4
        for number in range(4):
            held(make_space(), email=f"{number}@maillage.example")

        with pytest.raises(TooManyHolds):
            held(make_space())

        assert held(make_space(), caller="192.0.2.2")

    def test_a_caller_holds_so_many_place_days_in_however_few_holds(
        self, settings: Settings
    ) -> None:
        settings.HOLDS_PER_ADDRESS = 9
        days = [interval(TUESDAY + timedelta(days=day), "09:00", "12:00") for day in range(2)]
        held(make_space(units=20), *days, people=4)

        with pytest.raises(TooManyHolds):
            held(make_space(units=2), people=2)

        assert held(make_space(), people=1)

    @pytest.mark.parametrize(
        ("people", "times", "refusal"),
        [(9, 1, QuotaPerDay), (7, 1, QuotaOfSpace), (4, 4, QuotaAhead)],
    )
    def test_what_no_person_could_confirm_cannot_be_held_nor_looks_free(
        self, people: int, times: int, refusal: type[Refusal], settings: Settings
    ) -> None:
        settings.BOOKING_QUOTA_AHEAD = 15
        space = make_space(units=12)
        days = [interval(TUESDAY + timedelta(days=day), "09:00", "12:00") for day in range(times)]

        with pytest.raises(refusal):
            held(space, *days, people=people)
        wish = wish_for(space, *days, people=people)
        seen = preview(wish=wish, space=space, person=AnonymousUser(), now=NOW)

        assert type(seen.refusal) is refusal
        assert not Hold.objects.exists()

    def test_the_holds_of_a_session_together_are_no_more_than_one_person_may_have(self) -> None:
        for _ in range(2):
            held(make_space(units=10), people=4, session="one")

        with pytest.raises(QuotaPerDay):
            held(make_space(units=10), session="one")

        assert held(make_space(units=10), people=4, session="two")

    def test_one_that_gives_way_to_the_next_is_not_counted(self) -> None:
        space = make_space()
        for place in (make_space(), make_space(), space):
            held(place, session="one")

        assert held(space, EARLY, session="one").intervals == [EARLY]

    def test_without_an_address_only_the_caller_is_counted(self) -> None:
        for _ in range(5):
            held(make_space())

        assert Hold.objects.count() == 5


class TestCaller:
    def test_an_address_is_kept_as_a_keyed_hash_only(self, settings: Settings) -> None:
        known = caller_of("192.0.2.1")
        settings.SECRET_KEY = "another one, of more than fifty characters, as it should be"

        assert "192" not in known
        assert len(known) == 64
        assert caller_of("192.0.2.1") != known

    def test_a_network_of_ipv6_is_one_caller(self) -> None:
        assert caller_of("2001:db8::1") == caller_of("2001:db8::ffff:1")
        assert caller_of("2001:db8::1") != caller_of("2001:db8:0:1::1")

    def test_callers_of_whom_nothing_is_known_are_one(self) -> None:
        assert caller_of(None) == caller_of("")


class TestRelease:
    def test_what_is_let_go_is_free_at_once_and_may_be_let_go_twice(self) -> None:
        space = make_space(units=1)
        hold = held(space)

        release(hold=hold)
        release(hold=hold)

        assert booked(space).is_active
        assert not Hold.objects.exists()
