"""What the pages of a booking say, before and after it is made."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.utils import translation

from bookings.errors import SiteInactive
from bookings.models import Booking
from bookings.possibility import Missed
from bookings.search.previews import Preview
from bookings.templatetags.previews import (
    book_words,
    nearby_url,
    preview_title,
    preview_units,
)
from bookings.templatetags.rows import past_chip, unit_words
from bookings.views.standing import Standing
from network.models import Commune, User
from sites.models import Site, Space
from tests.factories import NOW, TUESDAY, interval

MORNING = interval(TUESDAY, "09:00", "12:00")
FURTHER = interval(TUESDAY + timedelta(days=7), "14:00", "16:00")
BEFORE, DURING, AFTER = NOW, MORNING.starts_at + timedelta(hours=1), FURTHER.ends_at
BETWEEN = MORNING.ends_at
MISSED: Missed = {MORNING: SiteInactive("Shut")}


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


def space(**fields: object) -> Space:
    site = Site(name="La Fabrique", commune=Commune(name="Dambach la Ville", insee_code="67084"))
    return Space(**{"pk": 7, "site": site, "name": "Blue room"} | fields)


def booking(**fields: object) -> Booking:
    usual = {
        "reference": "ABC",
        "site": space().site,
        "space": space(),
        "person": User(name="Léa"),
        "status": Booking.Status.CONFIRMED,
        "starts_at": MORNING.starts_at,
        "ends_at": FURTHER.ends_at,
    }
    return Booking(**usual | fields)


def standing(
    now: datetime = BEFORE,
    *,
    status: str = Booking.Status.CONFIRMED,
    missed: Missed | None = None,
    is_partly_missed: bool = False,
    is_own: bool = True,
    sequence: int = 0,
    is_given_back: bool = False,
) -> Standing:
    return Standing(
        booking(status=status, sequence=sequence),
        now,
        missed or {},
        is_partly_missed,
        is_own,
        times=[MORNING, FURTHER],
        is_given_back=is_given_back,
    )


@pytest.mark.parametrize(
    ("seen", "chip", "title"),
    [
        (standing(), ("Confirmed", "free"), "Your place is booked"),
        (standing(is_own=False), ("Confirmed", "free"), "The booking of Léa"),
        (standing(sequence=2), ("Confirmed", "free"), "Your booking is up to date"),
        (
            standing(sequence=2, is_given_back=True),
            ("Confirmed", "free"),
            "Your booking, without what you gave back",
        ),
        (standing(DURING), ("In progress", "free"), "In progress until 12:00"),
        (
            standing(BETWEEN),
            ("In progress", "free"),
            "Your booking resumes on Tuesday 1 December at 14:00",
        ),
        (standing(AFTER), ("Past", "full"), "A past booking"),
        (
            standing(AFTER, status=Booking.Status.CANCELLED, missed=MISSED),
            ("Cancelled", "alert"),
            "This booking is cancelled",
        ),
        (
            standing(missed=MISSED),
            ("No longer possible", "alert"),
            "What was booked can no longer be had",
        ),
        (
            standing(missed=MISSED, is_partly_missed=True),
            ("Partly no longer possible", "alert"),
            "Part of what was booked can no longer be had",
        ),
    ],
)
def test_a_booking_says_how_it_stands(seen: Standing, chip: tuple[str, str], title: str) -> None:
    assert (seen.state["text"], seen.state["state"]) == chip
    assert seen.title == title


@pytest.mark.parametrize(
    ("seen", "text", "href"),
    [
        (
            standing(missed=MISSED),
            "Choose another time, or cancel: the place cannot be used then.",
            "/bookings/ABC/change/",
        ),
        (
            standing(missed=MISSED, is_partly_missed=True),
            "Drop the times that cannot be used, choose others, or cancel.",
            "/bookings/ABC/change/?drop=impossible",
        ),
        (
            standing(DURING, missed=MISSED),
            "Give back the times that cannot be used.",
            "/bookings/ABC/give-back/?drop=impossible",
        ),
        (standing(AFTER, missed=MISSED), "The place cannot be used then.", ""),
    ],
)
def test_what_cannot_be_had_says_what_can_be_done(seen: Standing, text: str, href: str) -> None:
    assert (seen.advice["text"], seen.advice["href"]) == (text, href)


def test_a_past_booking_says_only_that_it_was_cancelled() -> None:
    assert past_chip(booking())["text"] == ""
    assert past_chip(booking(status=Booking.Status.CANCELLED))["text"] == "Cancelled"


def test_a_space_is_told_with_the_people_who_come() -> None:
    assert unit_words(booking(people=1)) == ""
    assert unit_words(booking(people=3)) == ", 3 people"


def test_a_review_says_whether_it_can_be_booked() -> None:
    refused = Preview(space(), (MORNING,), SiteInactive("Shut"))

    assert preview_title(Preview(space(), (MORNING,))) == "Check and confirm"
    assert preview_title(refused) == "This cannot be booked"


@pytest.mark.parametrize(
    ("units", "words"),
    [
        ([], ""),
        ([["A1", "A2"]], "A1, A2"),
        ([["A1"], ["A1"]], "A1"),
        ([["A1"], ["A2", "A3"]], "not the same unit all the time: A1 / A2, A3"),
    ],
)
def test_numbered_units_are_told_time_by_time_when_they_change(
    units: list[list[str]], words: str
) -> None:
    assert preview_units(Preview(space(), (MORNING,), units=units)) == words


def test_the_button_names_what_it_books() -> None:
    assert book_words(space(kind=Space.Kind.DESK)) == "Book this desk"
    assert book_words(space(kind=Space.Kind.MEETING_ROOM)) == "Book this space"


def test_looking_nearby_asks_for_the_same_around_the_commune() -> None:
    room = space(kind=Space.Kind.MEETING_ROOM)

    assert nearby_url(room, 3, [MORNING], TUESDAY) == (
        "/search/?where=Dambach+la+Ville&commune=67084&kind=meeting_room&people=3&on=2026-11-24"
    )
    assert nearby_url(room, 1, [], TUESDAY).endswith("&people=1")


def test_looking_nearby_for_a_day_that_is_over_asks_for_today() -> None:
    room = space(kind=Space.Kind.MEETING_ROOM)

    asked = nearby_url(room, 1, [MORNING], TUESDAY + timedelta(days=2))

    assert asked.endswith("&on=2026-11-26")
