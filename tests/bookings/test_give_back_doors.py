"""Giving back through the pages and the API."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from bookings.models import Booking
from sites.intervals import Interval
from tests.api.calls import Program, assert_problem, program_of
from tests.bookings.given_back import RUNNING, THU, TUE, WED, WEDNESDAY, booked, held
from tests.factories import (
    NOW,
    TUESDAY,
    at,
    interval,
    make_user,
    reads_english,
)

pytestmark = pytest.mark.django_db


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
