"""How much of the network one person may hold."""

from datetime import date, timedelta

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from bookings.actions import book, cancel, change
from bookings.errors import QuotaAhead, QuotaOfSpace, QuotaPerDay
from bookings.models import Booking
from bookings.quotas import Holding, most_of_space, places_by_day
from bookings.search.previews import preview
from bookings.wishes import Wish
from network.errors import Refusal
from network.models import User
from sites.intervals import Interval
from sites.models import Space
from tests.api.calls import program_of
from tests.factories import (
    MONDAY,
    NOW,
    TUESDAY,
    holder,
    interval,
    make_manager,
    make_site,
    make_space,
    make_user,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
WEDNESDAY = TUESDAY + timedelta(days=1)


def workdays(count: int) -> list[date]:
    days = (TUESDAY + timedelta(days=number) for number in range(2 * count))
    return [day for day in days if day.weekday() < 5][:count]


def wish_for(space: Space, *days: date, people: int = 1, hours: str = "09:00-17:00") -> Wish:
    starts, ends = hours.split("-")
    times = tuple(interval(day, starts, ends) for day in days)
    return Wish(space_id=space.pk, intervals=times, people=people)


def take(
    person: User, space: Space, *days: date, by: User | None = None, **asked: object
) -> Booking:
    wish = wish_for(space, *days, **asked)  # type: ignore[arg-type]  # people, hours
    return book(wish=wish, person=person, by=by or person, now=NOW)


def test_a_teleworker_books_every_working_day_of_the_next_month() -> None:
    site = make_site(holidays="none")

    booking = take(make_user(), make_space(site, units=8), *workdays(23))

    assert booking.allocations.count() == 23


def test_a_team_of_five_books_a_meeting_room_and_a_team_of_four_a_small_site() -> None:
    room, desks = make_space(kind=Space.Kind.MEETING_ROOM), make_space(units=4)

    assert take(make_user(), room, TUESDAY, people=5).allocations.count() == 1
    assert take(make_user(), desks, TUESDAY, people=4).allocations.count() == 4


def test_five_of_eight_desks_are_too_many_for_one_and_the_words_say_the_figures() -> None:
    with pytest.raises(QuotaOfSpace, match=r"4.*8.*5"):
        take(make_user(), make_space(units=8), TUESDAY, people=5)

    assert not Booking.objects.exists()


def test_sixty_days_ahead_are_the_most_and_the_words_say_the_figures() -> None:
    site = make_site(holidays="none")
    person, space = make_user(), make_space(site, units=8)
    days = workdays(16)
    take(person, space, *days[:15], people=4)

    with pytest.raises(QuotaAhead, match=r"60.*60.*61"):
        take(person, space, days[15])


def test_what_is_given_back_or_over_counts_no_more(settings: Settings) -> None:
    settings.BOOKING_QUOTA_AHEAD = 1
    person, space = make_user(), make_space(units=8)
    first = take(person, space, TUESDAY)

    cancel(booking=first, by=person, now=NOW)
    take(person, space, WEDNESDAY)
    later = interval(WEDNESDAY, "18:00", "18:30").starts_at
    wish = wish_for(space, WEDNESDAY + timedelta(days=1))

    assert book(wish=wish, person=person, by=person, now=later).pk


def test_a_morning_here_and_an_afternoon_there_are_one_place_of_the_day(
    settings: Settings,
) -> None:
    settings.BOOKING_QUOTA_AHEAD = settings.BOOKING_QUOTA_PER_DAY = 1
    person = make_user()

    take(person, make_space(), TUESDAY, hours="09:00-12:00")
    take(person, make_space(), TUESDAY, hours="13:00-17:00")

    assert Booking.objects.count() == 2


def test_places_of_one_day_are_counted_over_all_sites(settings: Settings) -> None:
    settings.BOOKING_QUOTA_PER_DAY = 4
    person, room = make_user(), make_space(kind=Space.Kind.MEETING_ROOM)
    take(person, make_space(units=8), TUESDAY, people=4)

    with pytest.raises(QuotaPerDay, match=r"4.*5"):
        take(person, room, TUESDAY)

    assert take(person, room, WEDNESDAY).pk


def test_a_change_keeps_to_the_quotas_and_counts_what_it_gives_back(settings: Settings) -> None:
    settings.BOOKING_QUOTA_AHEAD = 4
    person, space = make_user(), make_space(units=8)
    booking = take(person, space, TUESDAY, people=4)

    moved = change(booking=booking, wish=wish_for(space, WEDNESDAY, people=4), by=person, now=NOW)
    with pytest.raises(QuotaAhead):
        change(
            booking=moved, wish=wish_for(space, TUESDAY, WEDNESDAY, people=3), by=person, now=NOW
        )

    assert moved.allocations.count() == 4


def test_what_is_held_by_favour_may_be_changed_but_not_grow(settings: Settings) -> None:
    settings.BOOKING_QUOTA_AHEAD = 1
    space, person = make_space(units=8), make_user()
    booking = take(person, space, TUESDAY, people=3, by=make_manager(space.site))

    fewer = change(booking=booking, wish=wish_for(space, TUESDAY, people=2), by=person, now=NOW)
    with pytest.raises(QuotaAhead):
        change(booking=fewer, wish=wish_for(space, TUESDAY, people=3), by=person, now=NOW)

    assert fewer.people == 2


@pytest.mark.parametrize(
    ("who", "may"),
    [("manager", True), ("exceeds", True), ("manages any", False), ("superuser", True)],
)
def test_the_sites_manager_and_who_has_the_permission_go_beyond_for_others(
    who: str, may: bool
) -> None:
    space, guest = make_space(units=8), make_user()
    by = {
        "manager": lambda: make_manager(space.site),
        "exceeds": lambda: holder("manage_any_booking", "exceed_quotas"),
        "manages any": lambda: holder("manage_any_booking"),
        "superuser": lambda: make_user(is_superuser=True),
    }[who]()

    if may:
        assert take(guest, space, TUESDAY, people=8, by=by).pk
    else:
        with pytest.raises(QuotaOfSpace):
            take(guest, space, TUESDAY, people=8, by=by)


@pytest.mark.parametrize("who", ["manager", "exceeds", "superuser"])
def test_nobody_goes_beyond_for_themselves(who: str) -> None:
    space = make_space(units=8)
    person = {
        "manager": lambda: make_manager(space.site),
        "exceeds": lambda: holder("manage_any_booking", "exceed_quotas"),
        "superuser": lambda: make_user(is_superuser=True),
    }[who]()

    with pytest.raises(QuotaOfSpace):
        take(person, space, TUESDAY, people=5)


@pytest.mark.parametrize(
    ("people", "code"), [(4, None), (5, "quota_of_space"), (9, "capacity_exceeded")]
)
def test_the_page_before_confirming_says_what_booking_would(people: int, code: str | None) -> None:
    space, person = make_space(units=8), make_user()
    wish = wish_for(space, TUESDAY, people=people)

    seen = preview(wish=wish, space=space, person=person, now=NOW).refusal

    assert (seen.code if seen else None) == code
    assert outcome(wish, person) == code


def outcome(wish: Wish, person: User) -> str | None:
    """Book, and return the code of the refusal if there is one."""
    try:
        book(wish=wish, person=person, by=person, now=NOW)
    except Refusal as refused:
        return refused.code
    return None


def test_the_api_answers_409_with_the_code_and_the_figures() -> None:
    person, space = make_user(), make_space(units=8)
    program = program_of(person, "book")
    body = {
        "space": space.pk,
        "starts_at": "2026-11-24T09:00:00+01:00",
        "ends_at": "2026-11-24T12:00:00+01:00",
        "people": 5,
    }

    answer = program.post("/bookings", body)

    assert answer.status_code == 409
    assert answer.json()["code"] == "quota_of_space"
    assert "8" in answer.json()["detail"]


def test_the_page_refuses_and_says_why(client: Client) -> None:
    space = make_space(units=8)
    client.force_login(make_user())
    times = "2026-11-24T09:00+01:00/2026-11-24T12:00+01:00"

    answer = client.post(f"/book/{space.pk}/", {"at": times, "people": "5", "note": "", "key": "k"})

    assert answer.status_code == 409
    assert "ask the site" in answer.content.decode() or "au site" in answer.content.decode()


@pytest.mark.parametrize(
    ("units", "share", "most"), [(1, 50, 4), (8, 50, 4), (9, 50, 5), (40, 25, 10), (40, 100, 40)]
)
def test_the_share_of_a_space_is_rounded_up_and_leaves_room_for_a_small_team(
    units: int, share: int, most: int
) -> None:
    assert most_of_space(units, share) == most


def test_a_days_places_are_those_of_its_fullest_instant() -> None:
    def held(day: date, starts: str, ends: str) -> Holding:
        times: Interval = interval(day, starts, ends)
        return Holding(1, "desk", day, times)

    holdings = [held(MONDAY, "09:00", "12:00"), held(MONDAY, "12:00", "15:00"),
                held(TUESDAY, "09:00", "12:00"), held(TUESDAY, "10:00", "11:00")]  # fmt: skip

    assert places_by_day(holdings) == {MONDAY: 1, TUESDAY: 2}
