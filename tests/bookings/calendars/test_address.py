"""The private address of a calendar: who may read it, when it answers anew, how it is shown."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import vobject
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from time_machine import Traveller

from bookings.actions import cancel
from bookings.calendars.feeds import feed_of, rotate_feed, token_of
from bookings.models import Booking
from network.actions import choose_language
from network.models import User
from sites.models import Site, Space
from tests.bookings.calendars.reading import (
    MORNING,
    WEDNESDAY,
    address_of,
    make_booking,
    row,
)
from tests.factories import (
    NOW,
    TUESDAY,
    interval,
    make_manager,
    make_site,
    make_space,
    make_user,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


class TestAddress:
    def test_no_session_is_needed_and_none_is_made(self) -> None:
        answer = Client().get(address_of(make_user()))

        assert answer.status_code == 200
        assert answer["Content-Type"] == "text/calendar; charset=utf-8"
        assert "private" in answer["Cache-Control"]
        assert not answer.cookies

    def test_a_new_address_closes_the_old_one(self) -> None:
        person = make_user()
        old = address_of(person)

        rotate_feed(person=person)

        assert Client().get(old).status_code == 404
        assert Client().get(address_of(person)).status_code == 200

    def test_somebody_who_left_has_no_calendar(self) -> None:
        person = make_user()
        address = address_of(person)
        User.objects.filter(pk=person.pk).update(is_active=False)

        assert Client().get(address).status_code == 404

    @pytest.mark.parametrize(
        "spoil",
        [
            lambda token: token[:-1] + ("A" if token[-1] != "A" else "B"),
            lambda token: token.partition(".")[2],
            lambda token: "9" + token,
            lambda token: token.upper(),
            lambda token: token.split(".")[0],
            lambda token: "x.y." + token.split(".")[-1],
            lambda token: "." * 5,
            lambda token: "%00",
            lambda token: "é" * 100,
        ],
    )
    def test_a_forged_address_opens_nothing(self, spoil: Callable[[str], str]) -> None:
        token = token_of(feed_of(make_user()))

        answer = Client().get(reverse("calendar-feed", args=[spoil(token)]))

        assert answer.status_code == 404

    def test_the_secret_of_one_cannot_be_worn_by_another(self) -> None:
        mine, theirs = (token_of(feed_of(make_user())) for _ in range(2))
        forged = ".".join([*theirs.split(".")[:2], mine.split(".")[2]])

        assert Client().get(reverse("calendar-feed", args=[forged])).status_code == 404

    def test_an_address_only_answers_reading(self) -> None:
        assert Client().post(address_of(make_user())).status_code == 405


class TestConditionalAnswers:
    def test_an_unchanged_calendar_is_not_sent_again(self) -> None:
        person = make_user()
        make_booking(person)
        first = Client().get(address_of(person))

        by_tag = Client().get(address_of(person), headers={"if-none-match": first["ETag"]})

        assert by_tag.status_code == 304
        assert by_tag.content == b""
        assert by_tag["ETag"] == first["ETag"]
        assert "private" in by_tag["Cache-Control"]

    def test_the_language_of_the_program_changes_nothing(self) -> None:
        person = make_user()
        make_booking(person)

        tags = {
            Client().get(address_of(person), headers={"accept-language": language})["ETag"]
            for language in ("fr", "en", "de")
        }

        assert len(tags) == 1

    @pytest.mark.parametrize(
        "happen",
        [
            lambda booking: Site.objects.update(address="2 rue Haute"),
            lambda booking: Site.objects.update(name="Le Moulin"),
            lambda booking: Site.objects.update(access_notes="New code"),
            lambda booking: Space.objects.update(name="Salle bleue"),
            lambda booking: Site.objects.update(time_zone="Europe/London"),
            lambda booking: cancel(booking=booking, by=booking.person, now=NOW),
            lambda booking: make_booking(booking.person, interval(WEDNESDAY, "09:00", "10:00")),
        ],
    )
    def test_whatever_shows_changes_the_tag(self, happen: Callable[[Booking], object]) -> None:
        person = make_user()
        booking = make_booking(person)
        tag = Client().get(address_of(person))["ETag"]

        happen(booking)
        answer = Client().get(address_of(person), headers={"if-none-match": tag})

        assert answer.status_code == 200
        assert answer["ETag"] != tag

    def test_it_has_no_date_and_ignores_those_of_others(self) -> None:
        """RFC 9110 §13.1.3: what has no date is not judged by one."""
        person = make_user()
        make_booking(person)

        answer = Client().get(
            address_of(person), headers={"if-modified-since": "Fri, 01 Jan 2100 00:00:00 GMT"}
        )

        assert answer.status_code == 200
        assert "Last-Modified" not in answer

    def test_another_language_or_name_of_the_commune_is_another_calendar(self) -> None:
        person = make_user()
        booking = make_booking(person)
        tags = [Client().get(address_of(person))["ETag"]]

        choose_language(by=person, language="en")
        tags.append(Client().get(address_of(person))["ETag"])
        commune = booking.site.commune
        commune.name = "Villé-le-Neuf"
        commune.save()
        answer = Client().get(address_of(person), headers={"if-none-match": tags[1]})

        assert answer.status_code == 200
        assert len({*tags, answer["ETag"]}) == 3

    def test_a_cancellation_that_ages_out_changes_the_tag(self, frozen: Traveller) -> None:
        person = make_user()
        cancel(booking=make_booking(person), by=person, now=NOW)
        first = Client().get(address_of(person))

        frozen.move_to(NOW + timedelta(days=30))
        by_tag = Client().get(address_of(person), headers={"if-none-match": first["ETag"]})

        assert by_tag.status_code == 200

    def test_six_queries_however_many_bookings(
        self, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        person, space = make_user(), make_space()
        address = address_of(person)
        for back in range(1, 13):
            row(person, interval(TUESDAY - timedelta(days=back), "09:00", "12:00"), space)

        with django_assert_num_queries(6):
            first = Client().get(address)
        with django_assert_num_queries(6):
            again = Client().get(address, headers={"if-none-match": first["ETag"]})

        assert first.content.count(b"BEGIN:VEVENT") == 12
        assert again.status_code == 304


class TestOneBookingAsAFile:
    def address(self, booking: Booking) -> str:
        return reverse("booking-event", args=[booking.reference])

    def test_its_person_gets_a_file_to_add_to_a_calendar(self, client: Client) -> None:
        person = make_user()
        booking = make_booking(person)
        client.force_login(person)

        answer = client.get(self.address(booking))
        calendar = vobject.readOne(answer.content.decode())

        assert calendar.method.value == "PUBLISH"
        assert calendar.vevent.dtstart.value == MORNING.starts_at
        assert calendar.vevent.organizer.value == "mailto:bonjour@maillage.example"
        assert booking.reference in answer["Content-Disposition"]
        assert answer["Content-Disposition"].startswith("attachment")

    def test_the_manager_who_welcomes_gets_it_too(self, client: Client) -> None:
        site = make_site()
        booking = make_booking(make_user(), space=make_space(site))
        client.force_login(make_manager(site))

        assert client.get(self.address(booking)).status_code == 200

    def test_anybody_else_is_told_that_there_is_none(self, client: Client) -> None:
        booking = make_booking(make_user())
        client.force_login(make_user())

        assert client.get(self.address(booking)).status_code == 404

    def test_a_visitor_is_asked_to_sign_in(self, client: Client) -> None:
        answer = client.get(self.address(make_booking(make_user())))

        assert answer.status_code == 302
        assert reverse("account_login") in answer["Location"]


class TestSettingsPage:
    def test_it_shows_the_address_that_works(self, client: Client) -> None:
        person = make_user()
        client.force_login(person)

        page = client.get(reverse("calendar-settings")).content.decode()

        address = f"http://localhost:8000{address_of(person)}"
        assert f'value="{address}"' in page
        assert re.search(r'href="webcal://localhost:8000/calendar/[^"]+\.ics"', page)

    def test_a_new_address_is_made_by_a_button_alone(self, client: Client) -> None:
        person = make_user()
        client.force_login(person)
        before = address_of(person)

        client.get(reverse("calendar-settings"))
        after_looking = address_of(person)
        answer = client.post(reverse("calendar-settings"), follow=True)

        assert after_looking == before
        assert address_of(person) != before
        assert address_of(person) in answer.content.decode()

    def test_a_visitor_is_asked_to_sign_in(self, client: Client) -> None:
        answer = client.post(reverse("calendar-settings"))

        assert answer.status_code == 302
