"""A site's page, as a visitor's browser gets it."""

import re
from datetime import date
from html import unescape

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from bookings.templatetags.slots import book_url
from sites.models import Closure, Space
from tests.bookings.search.offers import take
from tests.bookings.search.site_pages import book_for, english_page, page_of
from tests.factories import (
    MONDAY,
    PARIS,
    TUESDAY,
    at,
    interval,
    make_closure,
    make_commune,
    make_site,
    make_space,
    make_stop,
    make_user,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
NBSP = "\N{NO-BREAK SPACE}"


def test_a_page_tells_what_the_site_is_but_not_how_to_get_in(client: Client) -> None:
    site = make_site(
        "La Fabrique", description="In the old mill", directions="Bus 210", step_free_access=True
    )
    make_space(site, name="Great room")

    text = page_of(client, site).content.decode()

    for words in ("La Fabrique", "In the old mill", "Bus 210", "Great room", "500"):
        assert words in text
    assert site.access_notes not in text


def links_of(page: str, space: Space) -> list[str]:
    """Return what the links of the day's grid to the check page of `space` are called."""
    grid = page[page.index('<table class="day-grid">') : page.index("</table>")]
    links = re.findall(rf'<a href="/book/{space.pk}/[^>]*>(.*?)</a>', grid, re.DOTALL)
    return [
        " ".join(re.sub(r"<[^>]+>", " ", one).replace("\N{WORD JOINER}", "").split())
        for one in links
    ]


def test_the_day_links_free_time_to_the_check_page_and_never_says_who_has_the_rest(
    client: Client,
) -> None:
    space = make_space(make_site("The mill"), units=1, name="Blue room")
    book_for(space, interval(TUESDAY, "10:00", "12:00"), name="Zoé Secret")

    page = page_of(client, space.site, on=TUESDAY.isoformat()).content.decode()

    assert links_of(page, space) == [
        "Blue room, The mill, 8 h – 10 h",
        "Blue room, The mill, 12 h – 18 h 30",
    ]
    first = re.search(rf'href="(/book/{space.pk}/[^"]*)"', page[page.index("day-grid") :])
    assert first
    client.force_login(make_user())
    checked = client.get(unescape(first[1]))
    assert checked.context["preview"].intervals == (interval(TUESDAY, "08:00", "10:00"),)
    assert "pris" in page
    assert "Zoé" not in page


def test_a_link_of_a_pool_tells_how_many_are_left_of_it(client: Client) -> None:
    space = make_space(make_site("The mill"), units=3, name="Pool")
    book_for(space, interval(TUESDAY, "08:00", "12:00"))
    book_for(space, interval(TUESDAY, "10:00", "18:30"))

    page = page_of(client, space.site, on=TUESDAY.isoformat()).content.decode()

    assert links_of(page, space) == [
        "Pool, The mill, 8 h – 10 h 2 libres",
        "Pool, The mill, 10 h – 12 h 1 libre",
        "Pool, The mill, 12 h – 18 h 30 2 libres",
    ]


def test_exact_hours_lead_to_the_check_page(client: Client) -> None:
    site = make_site()
    make_space(site)
    room = make_space(site, units=3)
    wish = {"on": TUESDAY.isoformat(), "people": "2", "space": str(room.pk)}

    response = page_of(client, site, **wish, starts="09:15", ends="11:45")

    assert response.status_code == 302
    assert response["Location"] == book_url(
        room.pk, [interval(TUESDAY, "09:15", "11:45")], PARIS, people=2
    )


@pytest.mark.parametrize(
    ("starts", "ends", "field"),
    [("11:00", "09:00", "ends"), ("09:10", "10:00", "starts"), ("", "10:00", "starts")],
)
def test_wrong_hours_are_said_at_their_field_and_stay_typed(
    client: Client, starts: str, ends: str, field: str
) -> None:
    space = make_space()
    wish = {"on": TUESDAY.isoformat(), "space": str(space.pk), "starts": starts, "ends": ends}

    response = page_of(client, space.site, **wish)

    assert response.status_code == 200
    assert list(response.context["hours_form"].errors) == [field]
    assert f'value="{ends}"' in response.content.decode()


def test_a_space_of_another_site_cannot_be_chosen_here(client: Client) -> None:
    here, elsewhere = make_space(), make_space()
    wish = {"on": TUESDAY.isoformat(), "space": str(elsewhere.pk)}

    response = page_of(client, here.site, **wish, starts="09:00", ends="10:00")

    assert list(response.context["hours_form"].errors) == ["space"]


def test_a_link_may_choose_the_space_whose_first_free_hours_are_proposed(client: Client) -> None:
    site = make_site()
    make_space(site)
    room = make_space(site)
    book_for(room, interval(TUESDAY, "08:00", "09:30"))

    page = page_of(client, site, on=TUESDAY.isoformat(), space=str(room.pk)).content.decode()

    assert f'<option value="{room.pk}" selected>' in page
    assert 'value="09:30"' in page


def test_a_full_day_says_so_and_which_is_the_next_with_room(client: Client) -> None:
    space = make_space(units=1)
    book_for(space, interval(TUESDAY, "08:00", "18:30"))

    page = english_page(client, space.site, on=TUESDAY.isoformat())

    assert "Full on Tuesday 24 November" in page
    assert "free at other sites" not in page
    assert re.search(r'<a href="\?on=2026-11-25"> The next day with room is Wednesday 25 N', page)


def test_a_full_day_names_the_nearest_site_where_the_same_time_is_free(client: Client) -> None:
    space = make_space(units=1)
    other = make_space(make_site("The other mill"), units=3)
    book_for(space, interval(TUESDAY, "08:00", "18:30"))

    full = english_page(client, space.site, on=TUESDAY.isoformat())
    free = english_page(client, space.site, on="2026-11-25")

    assert "Desk: free at other sites, same time" in full
    assert f'href="{book_url(other.pk, [interval(TUESDAY, "08:00", "18:30")], PARIS)}"' in full
    assert "free at other sites" not in free


def test_beside_each_full_kind_and_no_other_stand_the_sites_that_have_it(client: Client) -> None:
    here, there = make_site("The mill"), make_site("The other mill")
    first = make_space(here, kind=Space.Kind.OFFICE, name="Blue office", position=1)
    make_space(here, name="Great room", position=2)
    second = make_space(here, kind=Space.Kind.OFFICE, name="Red office", position=3)
    office = make_space(there, kind=Space.Kind.OFFICE)
    make_space(there)
    whole_day = interval(TUESDAY, "08:00", "18:30")
    book_for(first, whole_day)

    some_left = english_page(client, here, on=TUESDAY.isoformat())
    book_for(second, interval(TUESDAY, "08:00", "12:00"))
    hours_left = english_page(client, here, on=TUESDAY.isoformat())
    book_for(second, interval(TUESDAY, "12:00", "18:30"))
    full = english_page(client, here, on=TUESDAY.isoformat())

    assert "free at other sites" not in some_left
    assert "free at other sites" not in hours_left
    assert full.count("free at other sites, same time") == 1
    offer = full[full.index("Office: free at other sites") :]
    assert f'href="{book_url(office.pk, [whole_day], PARIS)}"' in offer
    assert full.index("Red office") < full.index("Office: free at other sites")
    assert "Full on" not in full


def test_a_kind_that_is_closed_or_over_is_looked_for_nowhere(client: Client) -> None:
    here = make_site("The mill")
    office = make_space(here, kind=Space.Kind.OFFICE)
    make_space(here)
    make_space(make_site("The other mill"), kind=Space.Kind.OFFICE)
    make_closure(here, interval(TUESDAY, "08:00", "18:30"), space=office)

    page = english_page(client, here, on=TUESDAY.isoformat())

    assert "free at other sites" not in page


def test_nothing_is_offered_elsewhere_to_somebody_who_has_such_a_place_then(
    client: Client,
) -> None:
    space, other = make_space(), make_space(make_site("The other mill"), units=3)
    whole_day = interval(TUESDAY, "08:00", "18:30")
    booking = book_for(other, whole_day)
    book_for(space, whole_day)

    client.force_login(booking.person)
    theirs = page_of(client, space.site, on=TUESDAY.isoformat()).context["elsewhere"]
    client.force_login(make_user())
    others = page_of(client, space.site, on=TUESDAY.isoformat()).context["elsewhere"]

    assert theirs == {}
    assert [one.space.id for one in others[space.pk]] == [other.pk]


def test_a_shut_day_says_which_is_the_next_with_room(client: Client) -> None:
    space = make_space()

    page = english_page(client, space.site, on="2026-11-28")

    assert "Closed that day" in page
    assert "The next day with room is Monday 30 November" in page


def test_an_evening_says_that_the_day_is_over(client: Client) -> None:
    space = make_space()

    with time_machine.travel(at(MONDAY, "18:20"), tick=False):
        page = english_page(client, space.site, on=MONDAY.isoformat())

    assert "This day is over" in page
    assert "Full on" not in page


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
    stay = interval(TUESDAY, "09:00", "16:00")
    make_stop(site, elsewhere, stay, place="Church square", latitude=48.12, longitude=7.16)

    there = page_of(client, site, on=TUESDAY.isoformat())
    away = page_of(client, site, on=MONDAY.isoformat())

    assert there.context["stop"].commune == elsewhere
    assert there.context["hours"] == [interval(TUESDAY, "09:00", "16:00")]
    assert away.context["stop"] is None
    assert "Church square" in away.content.decode()


def test_an_unknown_or_inactive_site_is_not_found(client: Client) -> None:
    assert client.get(reverse("site", args=["nowhere"])).status_code == 404
    assert page_of(client, make_site(is_active=False)).status_code == 404


@pytest.mark.parametrize(
    ("taken", "offered"),
    [
        ([], "08:00-13:00"),
        ([("08:45", "09:15")], "09:15-13:00"),
        ([("08:00", "13:00")], "13:00-18:30"),
    ],
)
def test_other_hours_begin_with_the_longest_piece_of_the_first_half_day_with_room(
    client: Client, taken: list[tuple[str, str]], offered: str
) -> None:
    space = make_space(units=1)
    for hours in taken:
        take(space, interval(TUESDAY, *hours))

    page = client.get(reverse("site", args=[space.site.slug]), {"on": TUESDAY.isoformat()})

    initial = page.context["hours_form"].initial
    assert f"{initial['starts']:%H:%M}-{initial['ends']:%H:%M}" == offered
