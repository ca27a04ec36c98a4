"""A person's private calendar, read back by other libraries than the one that wrote it."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
from time_machine import Traveller

from bookings.actions import book, cancel, change
from bookings.models import Allocation
from bookings.wishes import Wish
from network.models import User
from sites.intervals import Interval
from tests.bookings.calendars.imip import times_of
from tests.bookings.calendars.reading import (
    MORNING,
    WEDNESDAY,
    day_events,
    events,
    feed,
    make_booking,
    row,
)
from tests.factories import (
    NOW,
    TUESDAY,
    at,
    interval,
    make_commune,
    make_manager,
    make_site,
    make_space,
    make_stop,
    make_user,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


def series_of(times: list[Interval]) -> list[list[Interval]]:
    """Book these times, whatever the rules, and return what each event of them says."""
    person, space = make_user(), make_space()
    booking = row(person, times[0], space, ends_at=times[-1].ends_at)
    unit = space.units.first()
    fields = {"booking": booking, "site": space.site, "space": space, "unit": unit}
    for one in times[1:]:
        Allocation.objects.create(
            starts_at=one.starts_at, ends_at=one.ends_at, status="confirmed", **fields
        )
    calendar = icalendar.Calendar.from_ical(feed(person))
    return [times_of(event) for event in calendar.walk("VEVENT")]


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

    def test_an_end_in_the_hour_shown_twice_has_its_start_told_alike(self) -> None:
        times = Interval(
            datetime(2026, 10, 24, 23, 0, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
        )
        row(make_user("lea@maillage.example"), times, make_space())

        text = feed(User.objects.get(email="lea@maillage.example")).decode()

        assert "DTSTART:20261024T230000Z\r\nDTEND:20261025T013000Z" in text

    @pytest.mark.parametrize(
        ("starts", "ends", "series"),
        [
            # The Sunday that is left out has no 02:15.
            ("02:15", "04:15", [[1], [3, 4]]),
            ("03:15", "04:15", [[1, 3, 4]]),
        ],
    )
    def test_a_series_leaves_out_no_day_that_has_no_such_hour(
        self, starts: str, ends: str, series: list[list[int]]
    ) -> None:
        saturday = date(2026, 3, 28)
        days = [saturday, *(saturday + timedelta(days=away) for away in (2, 3))]

        found = series_of([interval(day, starts, ends) for day in days])

        assert found == [[interval(days[max(0, n - 2)], starts, ends) for n in one]
                         for one in series]  # fmt: skip

    def test_the_same_length_that_ends_at_another_hour_is_an_event_of_its_own(self) -> None:
        saturday, sunday = date(2026, 3, 28), date(2026, 3, 29)
        times = [interval(saturday, "01:00", "04:00"), interval(sunday, "01:00", "05:00")]
        assert times[0].length == times[1].length

        assert series_of(times) == [times[:1], times[1:]]

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
        orbey, stay = make_commune(name="Orbey"), interval(TUESDAY, "08:00", "18:00")
        make_stop(bus, orbey, stay, place="Place du marché", latitude=48.1, longitude=7.2)
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
    def test_days_alike_are_one_series_and_several_places_are_one(self) -> None:
        person = make_user()
        days = interval(TUESDAY, "09:00", "12:00"), interval(WEDNESDAY, "09:00", "12:00")
        booking = make_booking(person, *days, people=3)

        (event,) = events(person)

        assert event.uid.value == f"{booking.reference}-1@localhost"
        assert [len(day_events(person, day)) for day in (TUESDAY, WEDNESDAY)] == [1, 1]

    def test_a_day_cut_by_lunch_is_two_events(self) -> None:
        person = make_user()
        parts = interval(TUESDAY, "09:00", "12:00"), interval(TUESDAY, "13:00", "17:00")
        booking = make_booking(person, *parts)

        assert [event.uid.value for event in events(person)] == [
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
