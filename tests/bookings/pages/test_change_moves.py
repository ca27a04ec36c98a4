"""Other hours and days at a booking's own site, offered when a change cannot be had."""

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from bookings.models import Booking
from network.models import User
from sites.models import Space
from tests.bookings.bookings import book_for
from tests.factories import (
    TUESDAY,
    interval,
    make_closure,
    make_commune,
    make_site,
    make_space,
    make_stop,
    make_user,
)
from tests.words import plain

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
WEDNESDAY, THURSDAY = date(2026, 11, 25), date(2026, 11, 26)
HOUR = interval(TUESDAY, "09:00", "10:00")


def fields(*times: tuple[str, str, str], people: str = "1") -> dict[str, str]:
    sent = {
        "form-TOTAL_FORMS": str(len(times)),
        "form-INITIAL_FORMS": str(len(times)),
        "people": people,
        "note": "",
    }
    for number, typed in enumerate(times):
        names = (f"form-{number}-{name}" for name in ("on", "starts", "ends"))
        sent |= dict(zip(names, typed, strict=True))
    return sent


def page_of(client: Client, booking: Booking, *times: tuple[str, str, str], **more: str) -> str:
    """Return the page of a change to those times; without any, the page as it is opened."""
    address = reverse("booking-change", args=[booking.reference])
    answer = client.post(address, fields(*times, **more)) if times else client.get(address)
    return plain(answer.content.decode())


def offered(page: str) -> list[str]:
    """Return the times to which the page's buttons move the booking, by the clocks of Alsace."""
    places = re.findall(r'name="instead" value="\d+ ([^"]+)"', page)
    return [one.replace("2026-", "").replace(":00+01:00", "") for one in places]


def press(client: Client, booking: Booking, number: int, *times: tuple[str, str, str]) -> int:
    """Press one of the buttons of the page of a change; return the status of the answer."""
    page = page_of(client, booking, *times)
    place = re.findall(r'name="instead" value="([^"]+)"', page)[number]
    address = reverse("booking-change", args=[booking.reference])
    return client.post(address, fields(*times) | {"instead": place}).status_code


class TestHours:
    def test_are_as_long_as_the_booking_and_say_so(self, client: Client, person: User) -> None:
        booking = book_for(person, make_space(), HOUR)

        page = page_of(client, booking, ("2026-11-24", "20:00", "21:00"))

        assert offered(page)[:3] == [
            "11-24T15:30+01:00/11-24T16:30+01:00",
            "11-24T16:30+01:00/11-24T17:30+01:00",
            "11-24T17:30+01:00/11-24T18:30+01:00",
        ]
        assert page.count("même durée") == 3
        assert "Libre sur ce site le mardi 24 novembre" in page

    def test_are_as_long_as_was_asked_and_say_how_much_longer(
        self, client: Client, person: User
    ) -> None:
        booking = book_for(person, make_space(), HOUR)

        page = page_of(client, booking, ("2026-11-24", "07:00", "10:00"))

        assert offered(page)[0] == "11-24T08/11-24T11"
        assert "3 h au lieu de 1 h" in page

    def test_are_as_long_as_before_where_what_was_asked_does_not_fit(
        self, client: Client, person: User
    ) -> None:
        space = make_space()
        booking = book_for(person, space, HOUR)
        book_for(make_user(), space, interval(TUESDAY, "11:00", "18:30"))

        page = page_of(client, booking, ("2026-11-24", "08:00", "12:00"))

        hours = [one for one in offered(page) if one.startswith("11-24")]
        assert hours == ["11-24T08/11-24T09", "11-24T10/11-24T11"]

    def test_count_the_persons_own_desk_as_free(self, client: Client, person: User) -> None:
        space = make_space(units=1)
        booking = book_for(person, space, HOUR)
        book_for(make_user(), space, interval(TUESDAY, "08:00", "09:00"))
        book_for(make_user(), space, interval(TUESDAY, "10:30", "18:30"))

        page = page_of(client, booking, ("2026-11-24", "10:00", "11:00"))

        assert offered(page)[0] == "11-24T09:30+01:00/11-24T10:30+01:00"

    def test_never_are_those_that_the_booking_has(self, client: Client, person: User) -> None:
        space = make_space(make_site(hours=(("09:00", "10:00"),)))
        booking = book_for(person, space, HOUR)

        page = page_of(client, booking, ("2026-11-24", "11:00", "12:00"))

        assert not [one for one in offered(page) if one.startswith("11-24")]

    def test_can_be_had_by_one_press(self, client: Client, person: User) -> None:
        booking = book_for(person, make_space(), HOUR)

        status = press(client, booking, 2, ("2026-11-24", "20:00", "21:00"))

        booking.refresh_from_db()
        assert status == 302
        assert booking.interval == interval(TUESDAY, "17:30", "18:30")

    def test_of_a_booth_are_within_what_it_is_given_for(self, client: Client, person: User) -> None:
        booth = make_space(kind=Space.Kind.PHONE_BOOTH, max_minutes=60)
        booking = book_for(person, booth, HOUR)

        page = page_of(client, booking, ("2026-11-24", "09:00", "12:00"))

        assert "11-24T10/11-24T11" in offered(page)


class TestDays:
    def test_are_the_next_on_which_the_same_hours_can_be_had(
        self, client: Client, person: User
    ) -> None:
        space = make_space(make_site(holidays="alsace_moselle"))
        booking = book_for(person, space, HOUR)

        page = page_of(client, booking, ("2026-12-25", "09:00", "10:00"))

        assert "Fermé à ce moment" in page
        assert offered(page) == [f"12-{day}T09/12-{day}T10" for day in (28, 29, 30, 31)]
        assert "lun. 28 déc." in page

    def test_can_be_had_by_one_press(self, client: Client, person: User) -> None:
        booking = book_for(person, make_space(), HOUR)
        make_closure(booking.site, interval(WEDNESDAY, "00:00", "24:00"))

        status = press(client, booking, 0, ("2026-11-25", "09:00", "10:00"))

        booking.refresh_from_db()
        assert status == 302
        assert booking.interval == interval(THURSDAY, "09:00", "10:00")
        assert Booking.objects.count() == 1

    def test_of_a_booking_that_became_impossible_are_told_before_anything_is_asked(
        self, client: Client, person: User
    ) -> None:
        booking = book_for(person, make_space(), HOUR)
        make_closure(booking.site, interval(TUESDAY, "00:00", "24:00"))

        page = page_of(client, booking)

        assert offered(page)[0] == "11-25T09/11-25T10"

    def test_keep_the_clocks_when_they_change(self, client: Client, person: User) -> None:
        space = make_space(advance_days=200)
        booking = book_for(person, space, HOUR)
        make_closure(space.site, interval(date(2027, 3, 26), "00:00", "24:00"))

        page = page_of(client, booking, ("2027-03-26", "09:00", "10:00"))

        assert offered(page)[0] == "2027-03-30T09:00+02:00/2027-03-30T10:00+02:00"

    def test_cut_by_lunch_keep_both_parts(self, client: Client, person: User) -> None:
        space = make_space(make_site(hours=(("08:00", "12:00"), ("14:00", "18:00"))))
        times = [interval(TUESDAY, "08:00", "12:00"), interval(TUESDAY, "14:00", "18:00")]
        booking = book_for(person, space, *times)
        make_closure(space.site, interval(WEDNESDAY, "00:00", "24:00"))

        page = page_of(
            client, booking, ("2026-11-25", "08:00", "12:00"), ("2026-11-25", "14:00", "18:00")
        )

        assert offered(page)[0] == "11-26T08/11-26T12 11-26T14/11-26T18"

    def test_tell_where_an_itinerant_site_stands_then(self, client: Client, person: User) -> None:
        site = make_site("The bus", hours=(), is_itinerant=True)
        orbey = make_commune("Orbey", insee_code="68249")
        for day in (TUESDAY, THURSDAY):
            make_stop(site, orbey, interval(day, "08:00", "12:00"), place="Church square")
        booking = book_for(person, make_space(site), HOUR)

        page = page_of(client, booking, ("2026-11-25", "09:00", "10:00"))

        assert offered(page) == ["11-26T09/11-26T10"]
        assert "9 h – 10 h · Church square, Orbey" in page


class TestSeveralDays:
    @pytest.fixture
    def booking(self, person: User) -> Booking:
        space = make_space(units=2)
        make_closure(space.site, interval(date(2026, 11, 27), "00:00", "24:00"))
        return book_for(person, space, HOUR, interval(WEDNESDAY, "09:00", "12:00"))

    def test_one_day_that_cannot_be_is_named_and_moved_and_the_others_stay(
        self, client: Client, booking: Booking
    ) -> None:
        page = page_of(
            client, booking, ("2026-11-24", "09:00", "10:00"), ("2026-11-27", "09:00", "12:00")
        )

        assert "<strong>vendredi 27 novembre</strong>" in page
        assert "Ils remplacent le vendredi 27 novembre" in page
        assert offered(page)[0] == "11-24T09/11-24T10 11-30T09/11-30T12"

    def test_never_is_a_single_time_of_it_offered_alone(
        self, client: Client, booking: Booking
    ) -> None:
        page = page_of(
            client, booking, ("2026-11-24", "20:00", "21:00"), ("2026-11-25", "09:00", "12:00")
        )

        assert offered(page)
        assert all(len(one.split(" ")) == 2 for one in offered(page))

    def test_two_days_that_cannot_be_offer_nothing(self, client: Client, booking: Booking) -> None:
        page = page_of(
            client, booking, ("2026-11-24", "20:00", "21:00"), ("2026-11-25", "20:00", "21:00")
        )

        assert offered(page) == []
        assert "Rien d’autre n’est libre" not in page


class TestNothing:
    def test_left_is_said_and_no_page_that_books_a_second_time_is_linked(
        self, client: Client, person: User
    ) -> None:
        space = make_space(make_site(hours=(("09:00", "10:00"),)), advance_days=1)
        booking = book_for(person, space, HOUR)

        page = page_of(client, booking, ("2026-11-26", "09:00", "10:00"))

        assert offered(page) == []
        assert "Rien d’autre n’est libre ici dans les trois semaines" in page
        assert "/book/" not in page
        assert "Voir les autres jours du site" not in page

    def test_is_offered_for_more_people_than_any_space_seats(
        self, client: Client, person: User
    ) -> None:
        booking = book_for(person, make_space(units=2), HOUR)

        page = page_of(client, booking, ("2026-11-24", "09:00", "10:00"), people="99")

        assert offered(page) == []
        assert "Cet espace accueille 2 personnes." in page

    def test_is_offered_while_a_change_is_possible(self, client: Client, person: User) -> None:
        booking = book_for(person, make_space(), HOUR)

        assert offered(page_of(client, booking)) == []

    def test_is_offered_at_a_time_of_the_persons_other_booking(
        self, client: Client, person: User
    ) -> None:
        space = make_space(make_site(hours=(("09:00", "11:00"),)), units=3)
        booking = book_for(person, space, HOUR)
        book_for(person, space, interval(TUESDAY, "10:00", "11:00"))

        page = page_of(client, booking, ("2026-11-24", "10:00", "11:00"))

        assert not [one for one in offered(page) if one.startswith("11-24")]
        assert offered(page)[0] == "11-25T10/11-25T11"


def test_what_is_offered_takes_as_many_queries_for_one_space_as_for_five(
    client: Client, person: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    booking = book_for(person, make_space(), HOUR)

    def asked() -> None:
        page_of(client, booking, ("2026-11-24", "20:00", "21:00"))

    asked()  # the session keeps what was typed
    with django_assert_num_queries(34):
        asked()
    for _number in range(4):
        book_for(make_user(), make_space(booking.site, units=2), HOUR)
    with django_assert_num_queries(34):
        asked()


def test_all_that_is_offered_can_be_had(client: Client, person: User) -> None:
    space = make_space(units=2)
    book_for(make_user(), space, interval(TUESDAY, "08:00", "18:30"))
    book_for(make_user(), space, interval(TUESDAY, "12:00", "13:00"))
    booking = book_for(person, space, HOUR)
    asked = ("2026-11-24", "12:00", "13:00")
    places = re.findall(r'name="instead" value="([^"]+)"', page_of(client, booking, asked))

    address = reverse("booking-change", args=[booking.reference])
    answers = [client.post(address, fields(asked) | {"instead": one}).status_code for one in places]

    assert len(places) == 7
    assert set(answers) == {302}
