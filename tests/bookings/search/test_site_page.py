"""A site's page, as a visitor's browser gets it."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from bookings.actions import book
from bookings.models import Booking
from bookings.wishes import Wish
from sites.intervals import Interval
from sites.models import Closure, Equipment, Service, Site, Space, Stop, VideoEndpoint
from tests.factories import (
    MONDAY,
    NOW,
    TUESDAY,
    at,
    interval,
    make_commune,
    make_site,
    make_space,
    make_user,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
NBSP = "\N{NO-BREAK SPACE}"


def page_of(client: Client, site: Site, **query: Any) -> Any:
    return client.get(reverse("site", args=[site.slug]), query)


def book_for(space: Space, times: Interval, **fields: Any) -> Booking:
    person = make_user(**fields)
    return book(wish=Wish(space_id=space.pk, intervals=(times,)), person=person, by=person, now=NOW)


def test_a_page_tells_what_the_site_is_but_not_how_to_get_in(client: Client) -> None:
    site = make_site(
        "La Fabrique", description="In the old mill", directions="Bus 210", step_free_access=True
    )
    make_space(site, name="Great room")

    text = page_of(client, site).content.decode()

    for words in ("La Fabrique", "In the old mill", "Bus 210", "Great room", "500"):
        assert words in text
    assert site.access_notes not in text


def test_the_day_shows_free_and_taken_time_but_never_by_whom(client: Client) -> None:
    space = make_space(make_site(), units=1)
    book_for(space, interval(TUESDAY, "10:00", "12:00"), name="Zoé Secret")

    response = page_of(client, space.site, on=TUESDAY.isoformat())

    lane = response.context["lanes"][0]
    assert lane.taken == [interval(TUESDAY, "10:00", "12:00")]
    assert [one.interval for one in lane.free] == [
        interval(TUESDAY, "08:00", "10:00"),
        interval(TUESDAY, "12:00", "18:30"),
    ]
    assert "Zoé" not in response.content.decode()


def test_a_pool_tells_how_many_are_free_from_when_to_when(client: Client) -> None:
    space = make_space(make_site(), units=3)
    book_for(space, interval(TUESDAY, "08:00", "12:00"))
    book_for(space, interval(TUESDAY, "10:00", "18:30"))

    lane = page_of(client, space.site, on=TUESDAY.isoformat()).context["lanes"][0]

    assert [(one.interval, one.units_free) for one in lane.free] == [
        (interval(TUESDAY, "08:00", "10:00"), 2),
        (interval(TUESDAY, "10:00", "12:00"), 1),
        (interval(TUESDAY, "12:00", "18:30"), 2),
    ]


def test_the_week_says_which_days_are_closed_and_why(client: Client) -> None:
    site = make_site()
    make_space(site)
    Closure.objects.create(
        site=site,
        starts_at=at(date(2026, 12, 24), "00:00"),
        ends_at=at(date(2026, 12, 25), "00:00"),
        reason="Inventory",
    )

    response = page_of(client, site, on="2026-12-24")

    closed = {
        one["day"].day: one["why_closed"]
        for one in response.context["week"]
        if not one["intervals"]
    }
    assert closed[24] == "Inventory"
    assert closed[25]
    assert closed[26]
    assert closed[27] == ""


def test_without_a_date_the_next_day_with_room_is_shown(client: Client) -> None:
    site = make_site()
    make_space(site)

    with time_machine.travel(at(date(2026, 11, 27), "20:00"), tick=False):  # Friday evening
        response = page_of(client, site)

    assert response.context["day"] == date(2026, 11, 30)


@pytest.mark.parametrize("on", ["nonsense", "1999-01-01", "9999-12-31", "2026-13-45"])
def test_a_nonsense_date_shows_today(client: Client, on: str) -> None:
    site = make_site()
    make_space(site)

    assert page_of(client, site, on=on).context["day"] == MONDAY


def test_an_itinerant_site_is_where_it_stops(client: Client) -> None:
    site = make_site("The bus", hours=(), is_itinerant=True)
    make_space(site)
    elsewhere = make_commune("Orbey", insee_code="68249")
    Stop.objects.create(
        site=site,
        commune=elsewhere,
        place="Church square",
        latitude=48.12,
        longitude=7.16,
        starts_at=at(TUESDAY, "09:00"),
        ends_at=at(TUESDAY, "16:00"),
    )

    there = page_of(client, site, on=TUESDAY.isoformat())
    away = page_of(client, site, on=MONDAY.isoformat())

    assert there.context["stop"].commune == elsewhere
    assert there.context["hours"] == [interval(TUESDAY, "09:00", "16:00")]
    assert away.context["stop"] is None
    assert "Church square" in away.content.decode()


def test_an_unknown_or_inactive_site_is_not_found(client: Client) -> None:
    assert client.get(reverse("site", args=["nowhere"])).status_code == 404
    assert page_of(client, make_site(is_active=False)).status_code == 404


def test_a_page_takes_eight_queries_at_most(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    site = make_site()
    for kind in (Space.Kind.DESK, Space.Kind.VIDEO_ROOM, Space.Kind.OFFICE):
        space = make_space(site, kind=kind, units=3)
        book_for(space, interval(TUESDAY, "09:00", "10:00"))
        space.equipment.add(Equipment.objects.create(code=kind, name=f"Screen of {kind}"))
        VideoEndpoint.objects.create(space=space, standard="sip")
    site.services.add(Service.objects.create(code="print", name="Printing"))
    client.force_login(make_user())
    page_of(client, site)  # outlines of the map are remembered for an hour

    with django_assert_max_num_queries(8):
        response = page_of(client, site, on=(TUESDAY + timedelta(days=7)).isoformat())
    text = response.content.decode()
    assert "Printing" in text
    assert "Screen of video_room" in text
    assert "SIP" in text
