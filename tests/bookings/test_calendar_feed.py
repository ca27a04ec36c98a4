"""A person's private calendar, read back by other libraries than the one that wrote it."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events
import vobject
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from time_machine import Traveller

from bookings.actions import book, cancel, change
from bookings.feeds import feed_of, rotate_feed, token_of
from bookings.models import Allocation, Booking
from bookings.wishes import Wish
from network.models import User
from sites.intervals import Interval
from sites.models import Site, Space, Stop
from tests.factories import (
    NOW,
    TUESDAY,
    at,
    interval,
    make_commune,
    make_manager,
    make_site,
    make_space,
    make_user,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]

WEDNESDAY = TUESDAY + timedelta(days=1)
MORNING = interval(TUESDAY, "09:00", "12:30")


def make_booking(
    person: User, *intervals: Interval, space: Space | None = None, people: int = 1, note: str = ""
) -> Booking:
    """Book as the product does, whatever the day."""
    wish = Wish(
        space_id=(space or make_space(units=people)).pk,
        intervals=intervals or (MORNING,),
        people=people,
        note=note,
    )
    return book(wish=wish, person=person, by=person, now=NOW)


def row(person: User, times: Interval, space: Space, **fields: Any) -> Booking:
    """Write a booking that the rules of today would refuse: past, at night, on a Sunday."""
    booking = Booking.objects.create(
        **{
            "site": space.site,
            "space": space,
            "person": person,
            "booked_by": person,
            "status": Booking.Status.CONFIRMED,
            "starts_at": times.starts_at,
            "ends_at": times.ends_at,
            "created_at": NOW - timedelta(days=500),
            "changed_at": NOW - timedelta(days=500),
        }
        | fields
    )
    Allocation.objects.create(
        booking=booking,
        site=space.site,
        space=space,
        unit=space.units.first(),
        starts_at=times.starts_at,
        ends_at=times.ends_at,
        status=Allocation.Status.CONFIRMED,
    )
    return booking


def address_of(person: User) -> str:
    return reverse("calendar-feed", args=[token_of(feed_of(person))])


def feed(person: User) -> bytes:
    answer = Client().get(address_of(person))
    assert answer.status_code == 200
    return bytes(answer.content)


def events(person: User) -> list[Any]:
    return list(vobject.readOne(feed(person).decode()).contents.get("vevent", []))


def day_events(person: User, day: date) -> list[Any]:
    """Return what a calendar application shows on `day`."""
    calendar = icalendar.Calendar.from_ical(feed(person))
    return list(recurring_ical_events.of(calendar).at(day))


class TestWhatAnEventSays:
    def test_a_booking_reads_as_where_when_and_how_to_get_in(self) -> None:
        commune = make_commune(name="Villé", latitude=48.3427, longitude=7.3029)
        site = make_site(name="La Fabrique", commune=commune, access_notes="Door code 1234")
        person = make_user()
        booking = make_booking(person, space=make_space(site, name="Open space"))

        (event,) = events(person)

        assert event.summary.value == "La Fabrique – Open space"
        assert event.location.value == "La Fabrique, 1 place de la Mairie, 67220 Villé"
        assert event.geo.value == "48.3427;7.3029"
        assert event.status.value == "CONFIRMED"
        assert event.dtstart.value == datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
        assert event.dtend.value == datetime(2026, 11, 24, 11, 30, tzinfo=UTC)
        assert event.dtstart.params["X-VOBJ-ORIGINAL-TZID"] == ["Europe/Paris"]
        assert event.url.value == f"http://localhost:8000/bookings/{booking.reference}/"
        assert booking.reference in event.description.value
        assert "Door code 1234" in event.description.value

    def test_the_calendar_has_a_name_and_says_how_often_to_look(self) -> None:
        text = feed(make_user()).decode()

        assert "X-WR-CALNAME:Mes réservations – Maillage" in text
        assert "REFRESH-INTERVAL;VALUE=DURATION:PT1H" in text

    def test_what_an_application_shows_is_at_the_sites_own_hours(self) -> None:
        person = make_user()
        make_booking(person)

        (event,) = day_events(person, TUESDAY)

        assert (event.start.hour, event.end.hour, event.end.minute) == (9, 12, 30)

    @pytest.mark.parametrize(
        ("day", "offset_before", "offset_after"),
        [(date(2026, 10, 25), 2, 1), (date(2026, 3, 29), 1, 2)],
    )
    def test_hours_are_right_on_the_days_clocks_change(
        self, day: date, offset_before: int, offset_after: int
    ) -> None:
        person, space = make_user(), make_space()
        row(person, interval(day, "01:00", "12:00"), space)

        (event,) = events(person)

        assert (event.dtstart.value.hour, event.dtend.value.hour) == (1, 12)
        assert event.dtstart.value.utcoffset() == timedelta(hours=offset_before)
        assert event.dtend.value.utcoffset() == timedelta(hours=offset_after)

    def test_the_hour_that_clocks_show_twice_is_told_apart(self) -> None:
        second_half_past_two = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
        person, space = make_user(), make_space()
        times = Interval(second_half_past_two, second_half_past_two + timedelta(hours=2))
        row(person, times, space)

        (event,) = events(person)

        assert event.dtstart.value == second_half_past_two
        assert event.dtend.value == times.ends_at

    def test_each_sites_time_zone_is_carried_with_its_rules(self) -> None:
        person = make_user()
        make_booking(person)
        overseas = make_site(time_zone="America/Miquelon")
        make_booking(
            person,
            interval(WEDNESDAY, "09:00", "10:00", ZoneInfo("America/Miquelon")),
            space=make_space(overseas),
        )

        text = feed(person).decode()

        zones = text.split("BEGIN:VTIMEZONE")[1:]
        assert ["TZID:America/Miquelon" in zones[0], "TZID:Europe/Paris" in zones[1]] == [True] * 2
        assert "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10" in zones[1]
        assert "RDATE" not in text

    def test_where_clocks_follow_no_yearly_rule_times_are_exact_in_utc(self) -> None:
        zone = ZoneInfo("Africa/Casablanca")
        person, site = make_user(), make_site(time_zone="Africa/Casablanca")
        make_booking(person, interval(TUESDAY, "09:00", "10:00", zone), space=make_space(site))

        (event,) = events(person)

        assert event.dtstart.value == at(TUESDAY, "09:00", zone)
        assert event.dtstart.value.utcoffset() == timedelta(0)

    def test_an_itinerant_site_is_where_it_stops_that_day(self) -> None:
        person = make_user()
        bus = make_site(name="Le Bus", hours=(), is_itinerant=True)
        Stop.objects.create(
            site=bus,
            commune=make_commune(name="Orbey"),
            place="Place du marché",
            latitude=48.1,
            longitude=7.2,
            starts_at=at(TUESDAY, "08:00"),
            ends_at=at(TUESDAY, "18:00"),
        )
        make_booking(person, space=make_space(bus))

        (event,) = events(person)

        assert event.location.value == "Le Bus, Place du marché, Orbey"
        assert event.geo.value == "48.1;7.2"

    def test_signs_of_the_format_in_names_and_notes_arrive_unharmed(self) -> None:
        name = "Salle; « A, B » \\n : 😀"
        person = make_user()
        site = make_site(name=name, access_notes="Line 1, code;\r\nLine 2 \x07\\ 🚪")
        make_booking(person, space=make_space(site, name="L'été"), note="é" * 400)

        (event,) = events(person)

        assert event.summary.value == f"{name} – L'été"
        assert "Line 1, code;\nLine 2 \\ 🚪" in event.description.value
        assert "é" * 400 in event.description.value

    def test_no_line_is_longer_than_75_octets_nor_cut_inside_a_letter(self) -> None:
        person = make_user()
        site = make_site(name="🚪" * 60, access_notes="é" * 500)
        make_booking(person, space=make_space(site))

        lines = feed(person).split(b"\r\n")

        assert max(len(line) for line in lines) <= 75
        assert all(line.decode() or line == b"" for line in lines)


class TestWhichEvents:
    def test_several_days_are_as_many_events_and_several_places_are_one(self) -> None:
        person = make_user()
        days = interval(TUESDAY, "09:00", "12:00"), interval(WEDNESDAY, "09:00", "12:00")
        booking = make_booking(person, *days, people=3)

        found = events(person)

        assert [event.uid.value for event in found] == [
            f"{booking.reference}-1@localhost",
            f"{booking.reference}-2@localhost",
        ]

    def test_nobody_elses_booking_appears(self) -> None:
        site = make_site()
        person, manager = make_user(), make_manager(site)
        make_booking(person, space=make_space(site))

        assert events(manager) == []
        assert len(events(person)) == 1

    def test_a_booking_made_for_somebody_else_is_in_their_calendar_alone(self) -> None:
        site = make_site()
        guest, manager = make_user(), make_manager(site)
        wish = Wish(space_id=make_space(site).pk, intervals=(MORNING,))
        book(wish=wish, person=guest, by=manager, now=NOW)

        assert len(events(guest)) == 1
        assert events(manager) == []

    def test_the_past_goes_back_one_year(self) -> None:
        person, space = make_user(), make_space()
        row(person, interval(date(2025, 11, 20), "09:00", "12:00"), space)
        kept = row(person, interval(date(2025, 11, 26), "09:00", "12:00"), space)

        (event,) = events(person)

        assert event.uid.value.startswith(kept.reference)

    def test_an_option_is_tentative(self) -> None:
        person, space = make_user(), make_space()
        row(person, MORNING, space, status=Booking.Status.HELD)

        (event,) = events(person)

        assert event.status.value == "TENTATIVE"

    def test_an_empty_calendar_is_a_calendar(self) -> None:
        assert events(make_user()) == []


class TestChanges:
    def test_a_change_keeps_the_event_and_raises_its_sequence(self) -> None:
        person = make_user()
        booking = make_booking(person)
        (before,) = events(person)
        later = Wish(space_id=booking.space_id, intervals=(interval(TUESDAY, "14:00", "16:00"),))

        change(booking=booking, wish=later, by=person, now=NOW + timedelta(minutes=5))
        (after,) = events(person)

        assert after.uid.value == before.uid.value
        assert [int(event.sequence.value) for event in (before, after)] == [0, 1]
        assert after.dtstart.value == at(TUESDAY, "14:00")
        assert after.last_modified.value == NOW + timedelta(minutes=5)

    def test_a_cancelled_booking_is_marked_and_no_longer_says_how_to_get_in(self) -> None:
        person = make_user()
        cancel(booking=make_booking(person), by=person, now=NOW)

        (event,) = events(person)

        assert event.status.value == "CANCELLED"
        assert event.transp.value == "TRANSPARENT"
        assert int(event.sequence.value) == 1
        assert "Door code" not in event.description.value

    def test_a_cancelled_booking_goes_30_days_after(self, frozen: Traveller) -> None:
        person = make_user()
        cancel(booking=make_booking(person), by=person, now=NOW)

        frozen.move_to(NOW + timedelta(days=30, seconds=-1))
        last_day = events(person)
        frozen.move_to(NOW + timedelta(days=30))
        after = events(person)

        assert (len(last_day), len(after)) == (1, 0)


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
            lambda token: "é" * 3000,
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
        by_date = Client().get(
            address_of(person), headers={"if-modified-since": first["Last-Modified"]}
        )

        assert [by_tag.status_code, by_date.status_code] == [304, 304]
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

    def test_a_cancellation_that_ages_out_changes_tag_and_date(self, frozen: Traveller) -> None:
        person = make_user()
        cancel(booking=make_booking(person), by=person, now=NOW)
        first = Client().get(address_of(person))

        frozen.move_to(NOW + timedelta(days=30))
        by_tag = Client().get(address_of(person), headers={"if-none-match": first["ETag"]})
        by_date = Client().get(
            address_of(person), headers={"if-modified-since": first["Last-Modified"]}
        )

        assert [by_tag.status_code, by_date.status_code] == [200, 200]

    def test_two_queries_however_many_bookings(
        self, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        person, space = make_user(), make_space()
        address = address_of(person)
        for back in range(1, 13):
            row(person, interval(TUESDAY - timedelta(days=back), "09:00", "12:00"), space)

        with django_assert_num_queries(2):
            first = Client().get(address)
        with django_assert_num_queries(2):
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
