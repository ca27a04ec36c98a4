"""What has not begun can be given back, by its person, the site and the network team."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from bookings.actions import book, cancel, change, give_back
from bookings.calendars import appointments_of
from bookings.calendars.appointments import times_of
from bookings.errors import AlreadyOver, NotOfBooking
from bookings.models import Allocation, Booking
from bookings.wishes import Wish
from sites.intervals import Interval
from sites.models import Space
from tests.api.calls import Program, assert_problem, program_of
from tests.factories import (
    NOW,
    TUESDAY,
    at,
    interval,
    make_closure,
    make_manager,
    make_space,
    make_user,
    reads_english,
)

pytestmark = pytest.mark.django_db
WEDNESDAY, THURSDAY = TUESDAY + timedelta(days=1), TUESDAY + timedelta(days=2)
TUE, WED, THU = (interval(day, "09:00", "12:00") for day in (TUESDAY, WEDNESDAY, THURSDAY))
RUNNING = at(TUESDAY, "10:05")  # in the middle of TUE


def booked(space: Space | None = None, *times: Interval, **fields: Any) -> Booking:
    person = fields.pop("person", None) or make_user()
    wish = Wish(space_id=(space or make_space()).pk, intervals=times or (TUE, WED, THU), **fields)
    return book(wish=wish, person=person, by=person, now=NOW)


def held(booking: Booking) -> list[Interval]:
    return [one.interval for one in booking.allocations.holding().order_by("starts_at")]


def test_later_days_of_a_booking_that_has_begun_are_free_at_once() -> None:
    booking = booked(space := make_space(units=1))

    after = give_back(booking=booking, by=booking.person, now=RUNNING, times=[WED, THU])

    assert held(after) == [TUE]
    assert (after.status, after.interval, after.sequence) == ("confirmed", TUE, 1)
    assert booked(space, WED).pk


def test_who_leaves_now_frees_the_place_from_the_next_quarter_of_an_hour() -> None:
    booking = booked(space := make_space(units=1))

    after = give_back(booking=booking, by=booking.person, now=RUNNING, times=[TUE])

    assert held(after) == [interval(TUESDAY, "09:00", "10:15"), WED, THU]
    assert after.interval == Interval(TUE.starts_at, THU.ends_at)
    wish = Wish(space_id=space.pk, intervals=(interval(TUESDAY, "10:15", "12:00"),))
    other = make_user()
    assert book(wish=wish, person=other, by=other, now=RUNNING).pk


def test_all_that_is_left_goes_when_no_time_is_named() -> None:
    booking = booked()

    after = give_back(booking=booking, by=booking.person, now=RUNNING)

    assert held(after) == [interval(TUESDAY, "09:00", "10:15")]
    assert after.interval == interval(TUESDAY, "09:00", "10:15")


def test_what_was_given_back_stays_as_history_and_is_told_nowhere() -> None:
    booking = booked()

    give_back(booking=booking, by=booking.person, now=RUNNING)
    given = booking.allocations.filter(status=Allocation.Status.GIVEN_BACK).order_by("starts_at")
    told = times_of(appointments_of(Booking.objects.filter(pk=booking.pk)))

    assert [one.interval for one in given] == [interval(TUESDAY, "10:15", "12:00"), WED, THU]
    assert told == [interval(TUESDAY, "09:00", "10:15")]


@pytest.mark.parametrize("later", [timedelta(minutes=1), timedelta(hours=1), timedelta(days=9)])
@pytest.mark.parametrize("times", [None, [TUE, WED]])
def test_giving_back_twice_changes_nothing_more(
    later: timedelta, times: list[Interval] | None
) -> None:
    booking = booked(None, TUE, WED)

    give_back(booking=booking, by=booking.person, now=RUNNING, times=times)
    again = give_back(booking=booking, by=booking.person, now=RUNNING + later, times=times)

    assert (again.sequence, again.interval) == (1, interval(TUESDAY, "09:00", "10:15"))
    assert DBTaskResult.objects.count() == 2  # booked, given back once


def test_a_booking_of_which_nothing_is_left_is_cancelled() -> None:
    booking = booked(None, TUE, WED)

    give_back(booking=booking, by=booking.person, now=NOW, times=[WED])
    after = give_back(booking=booking, by=booking.person, now=NOW)
    told = times_of(appointments_of(Booking.objects.filter(pk=booking.pk)))

    assert after.status == Booking.Status.CANCELLED
    assert not held(after)
    assert told == [TUE]
    assert DBTaskResult.objects.latest("enqueued_at").args_kwargs["args"][1] == "cancelled"


def test_each_is_announced_as_a_change() -> None:
    booking = booked()

    give_back(booking=booking, by=booking.person, now=RUNNING, times=[WED])

    args = DBTaskResult.objects.latest("enqueued_at").args_kwargs["args"]
    assert args == [booking.pk, "changed", 1, 1]


def test_what_is_over_or_never_was_is_refused() -> None:
    booking = booked(None, TUE, WED)

    with pytest.raises(NotOfBooking):
        give_back(booking=booking, by=booking.person, now=RUNNING, times=[THU])
    with pytest.raises(AlreadyOver):
        give_back(booking=booking, by=booking.person, now=WED.starts_at, times=[TUE])
    with pytest.raises(AlreadyOver):
        give_back(booking=booking, by=booking.person, now=WED.ends_at)
    assert held(booking) == [TUE, WED]


def test_a_stranger_may_not_but_the_sites_manager_may() -> None:
    booking = booked()

    with pytest.raises(PermissionDenied):
        give_back(booking=booking, by=make_user(), now=RUNNING)

    assert give_back(booking=booking, by=make_manager(booking.site), now=RUNNING).sequence == 1


class TestOneDayOfSeveral:
    def test_is_dropped_by_a_change_and_the_others_keep_their_units(self) -> None:
        space = make_space(units=2, is_fungible=False)
        second = space.units.get(label="2")
        booking = booked(space, unit_id=second.pk)
        wish = Wish(space_id=space.pk, intervals=(TUE, THU))

        after = change(booking=booking, wish=wish, by=booking.person, now=NOW)

        assert held(after) == [TUE, THU]
        assert {one.unit_id for one in after.allocations.holding()} == {second.pk}
        assert booked(space, WED, unit_id=second.pk).pk

    def test_is_dropped_though_the_others_can_no_longer_be_booked(self) -> None:
        booking = booked(space := make_space())
        Space.objects.filter(pk=space.pk).update(advance_days=1, is_active=False)
        make_closure(space.site, THU)
        wish = Wish(space_id=space.pk, intervals=(TUE, THU), note="Bonjour")

        after = change(booking=booking, wish=wish, by=booking.person, now=NOW)

        assert (held(after), after.note) == ([TUE, THU], "Bonjour")

    def test_moves_though_a_day_that_stays_was_closed_since(self) -> None:
        booking = booked(space := make_space())
        make_closure(space.site, THU)
        later = interval(WEDNESDAY, "14:00", "16:00")
        wish = Wish(space_id=space.pk, intervals=(TUE, later, THU))

        after = change(booking=booking, wish=wish, by=booking.person, now=NOW)

        assert held(after) == [TUE, later, THU]


@pytest.mark.usefixtures("frozen")
class TestPages:
    def give(self, client: Client, booking: Booking, *times: str) -> Any:
        address = reverse("booking-give-back", args=[booking.reference])
        return client.post(address, {"times": times})

    def test_the_page_offers_what_is_left_and_frees_what_is_chosen(
        self, client: Client, frozen: Any
    ) -> None:
        booking = booked()
        client.force_login(booking.person)
        frozen.move_to(RUNNING)
        address = reverse("booking-give-back", args=[booking.reference])

        assert address in client.get(booking.get_absolute_url()).content.decode()
        times = client.get(address).context["form"]["times"]
        first = self.give(client, booking, *times.value())
        twice = self.give(client, booking, *times.value())

        assert len(times.field.choices) == 3
        assert first["Location"] == twice["Location"] == booking.get_absolute_url()
        assert held(booking) == [interval(TUESDAY, "09:00", "10:15"), WED, THU]

    @pytest.mark.parametrize(
        ("now", "ticked"),
        [
            (RUNNING, ["2026-11-24T09:00+01:00/2026-11-24T12:00+01:00"]),
            (at(TUESDAY, "12:30"), []),
            (NOW, []),
        ],
    )
    def test_only_the_time_that_runs_is_ticked_at_first(
        self, client: Client, frozen: Any, now: Any, ticked: list[str]
    ) -> None:
        booking = booked()
        client.force_login(booking.person)
        frozen.move_to(now)

        answer = client.get(reverse("booking-give-back", args=[booking.reference]))

        assert answer.context["form"]["times"].value() == ticked
        assert answer.content.decode().count("checked") == len(ticked)

    def test_all_of_what_has_not_begun_is_said_to_be_a_cancellation(self, client: Client) -> None:
        booking = booked(None, TUE, WED)
        client.force_login(reads_english(booking.person))
        address = reverse("booking-give-back", args=[booking.reference])

        asked = client.get(address)
        every = [value for value, _words in asked.context["form"].fields["times"].choices]
        answer = client.post(address, {"times": every}, follow=True).content.decode()

        assert "If you tick everything, the booking is cancelled." in asked.content.decode()
        assert "The booking is cancelled. The place is free for others." in answer

    @pytest.mark.parametrize(
        "times", [(), ("x",), ("2026-11-28T09:00+01:00/2026-11-28T12:00+01:00",)]
    )
    def test_nonsense_is_refused_in_words(self, client: Client, times: tuple[str, ...]) -> None:
        booking = booked()
        client.force_login(booking.person)

        assert self.give(client, booking, *times).status_code == 409
        assert held(booking) == [TUE, WED, THU]

    def test_another_persons_booking_is_not_found(self, client: Client) -> None:
        booking = booked()
        client.force_login(make_user())

        assert self.give(client, booking, "x").status_code == 404

    @pytest.mark.parametrize("dropped", [{"form-1-DELETE": "on"}, {}])
    def test_one_day_is_dropped_on_the_change_page(
        self, client: Client, dropped: dict[str, str]
    ) -> None:
        booking = booked(None, TUE, WED)
        client.force_login(booking.person)
        fields = times_fields(TUESDAY.isoformat(), WEDNESDAY.isoformat()) | dropped

        client.post(reverse("booking-change", args=[booking.reference]), fields)

        assert held(booking) == ([TUE] if dropped else [TUE, WED])

    def test_dropping_every_day_is_refused_in_words(self, client: Client) -> None:
        booking = booked(None, TUE, WED)
        client.force_login(reads_english(booking.person))
        fields = times_fields(TUESDAY.isoformat(), WEDNESDAY.isoformat())
        fields |= {"form-0-DELETE": "on", "form-1-DELETE": "on"}

        answer = client.post(reverse("booking-change", args=[booking.reference]), fields)

        assert answer.status_code == 409
        assert "Keep one time at least" in answer.content.decode()
        assert held(booking) == [TUE, WED]


def times_fields(*days: str) -> dict[str, str]:
    fields = {"form-TOTAL_FORMS": str(len(days)), "form-INITIAL_FORMS": str(len(days))}
    for number, day in enumerate(days):
        fields |= {
            f"form-{number}-on": day,
            f"form-{number}-starts": "09:00",
            f"form-{number}-ends": "12:00",
        }
    return fields | {"people": "1", "note": ""}


def sent(*times: Interval) -> dict[str, Any]:
    return {
        "times": [
            {"starts_at": one.starts_at.isoformat(), "ends_at": one.ends_at.isoformat()}
            for one in times
        ]
    }


@pytest.mark.usefixtures("frozen")
class TestApi:
    def test_later_days_are_given_back_once_however_often_it_is_sent(self, frozen: Any) -> None:
        booking = booked()
        program = program_of(booking.person)
        frozen.move_to(RUNNING)

        path = f"/bookings/{booking.reference}/give-back"
        first, again = (program.post(path, sent(WED, THU)) for _ in range(2))

        assert first.status_code == 200
        assert first.json() == again.json()
        assert [one["starts_at"] for one in first.json()["times"]] == ["2026-11-24T09:00:00+01:00"]
        assert first.json()["ends_at"] == "2026-11-24T12:00:00+01:00"

    def test_leaving_now_needs_an_empty_body_only(self, frozen: Any) -> None:
        booking = booked()
        frozen.move_to(RUNNING)

        answer = program_of(booking.person).post(f"/bookings/{booking.reference}/give-back", {})

        assert answer.json()["ends_at"] == "2026-11-24T10:15:00+01:00"

    def test_strangers_readers_and_unknown_times_are_refused(self) -> None:
        booking = booked()
        path = f"/bookings/{booking.reference}/give-back"
        saturday = interval(TUESDAY + timedelta(days=4), "09:00", "12:00")

        assert_problem(program_of(make_user()).post(path, {}), 404, "not_found")
        assert_problem(program_of(booking.person, "read").post(path, {}), 403, "scope_missing")
        assert_problem(Program().post(path, {}), 401, "unauthorised")
        assert_problem(program_of(booking.person).post(path, sent(saturday)), 422, "not_of_booking")
        assert_problem(program_of(booking.person).post(path, {"times": []}), 422, "invalid_request")
        assert held(booking) == [TUE, WED, THU]

    def test_one_day_is_dropped_by_a_change(self) -> None:
        booking = booked()

        path = f"/bookings/{booking.reference}"
        answer = program_of(booking.person).patch(path, sent(TUE, THU))

        assert answer.status_code == 200
        assert held(booking) == [TUE, THU]

    def test_a_change_to_what_is_had_already_changes_nothing(self) -> None:
        booking = booked()
        program, path = program_of(booking.person), f"/bookings/{booking.reference}"

        answers = [program.patch(path, body) for body in (sent(TUE, WED, THU), {"note": ""})]

        booking.refresh_from_db()
        assert [answer.status_code for answer in answers] == [200, 200]
        assert (booking.sequence, DBTaskResult.objects.count()) == (0, 1)

    def test_a_change_says_times_or_their_ends_not_both(self) -> None:
        booking = booked()

        body = sent(TUE) | {"ends_at": TUE.ends_at.isoformat()}
        answer = program_of(booking.person).patch(f"/bookings/{booking.reference}", body)

        assert_problem(answer, 422, "invalid_request")


def test_a_cancelled_booking_is_told_as_it_was_at_the_end() -> None:
    booking = booked(None, TUE, WED)
    give_back(booking=booking, by=booking.person, now=NOW, times=[TUE])

    cancel(booking=booking, by=booking.person, now=NOW)

    told = times_of(appointments_of(Booking.objects.filter(pk=booking.pk)))
    assert told == [WED]
