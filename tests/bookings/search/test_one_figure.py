"""The same question has the same answer on every page and in the API."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bookings.search.candidates import Search
from bookings.search.counting import Count, State, Why, total
from bookings.search.slots import SlotSearch, When
from sites.models import Site, Space
from tests.api.calls import Program
from tests.bookings.bookings import book_for
from tests.factories import (
    MONDAY,
    NOW,
    TUESDAY,
    at,
    interval,
    make_closure,
    make_site,
    make_space,
    make_user,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
SATURDAY, NEXT_MONDAY = MONDAY + timedelta(days=5), MONDAY + timedelta(days=7)


def busy_site() -> Site:
    """Make a site of which 4 desks of 7 are free on Tuesday, at best: in the morning."""
    site = make_site("La Fabrique", slug="la-fabrique")
    first, second = make_space(site, units=5), make_space(site, units=2)
    make_space(site, kind=Space.Kind.MEETING_ROOM)
    for _ in range(3):
        book_for(make_user(), first, interval(TUESDAY, "09:00", "11:00"))
    for _ in range(2):
        book_for(make_user(), second, interval(TUESDAY, "14:00", "16:00"))
    for _ in range(2):
        book_for(make_user(), first, interval(TUESDAY, "15:00", "16:00"))
    return site


def on_pages(client: Client, site: Site, day: date) -> dict[str, Any]:
    """Return what each page tells of the site's desks on `day`."""
    query = {"on": day.isoformat(), "kind": "desk"}
    results = client.get(reverse("search"), query)
    week = client.get(reverse("search-week"), query)
    page = client.get(reverse("site", args=[site.slug]), query)
    (pin,) = [one.pin for one in results.context["map"].markers]
    shown = results.context["page"][0].found
    return {
        "results": shown.count.free,
        "map": pin.count,
        "week": count_on(week.context["week"], day),
        "site": count_on(page.context["strip"], day),
        "network": network_count(client, site),
        "api": free_by_api(site, shown),
    }


def count_on(week: dict[str, Any], day: date) -> int:
    (found,) = [one["count"].free for one in week["days"] if one["date"] == day]
    return int(found)


def network_count(client: Client, site: Site) -> int:
    """Return what the list of a département tells: on the next day with room, here Tuesday."""
    page = client.get(reverse("departement", args=[site.commune.departement.code]))
    assert page.context["day"] == TUESDAY
    (found,) = page.context["sites"]
    return int(found.count.free)


def free_by_api(site: Site, shown: Any) -> int:
    """Return the best of what the API finds over the same parts of the day."""
    times = {slot.part: slot.span for space in shown.spaces for slot in space.slots}
    best = 0
    for span in times.values():
        found = Program().get(
            "/availability",
            site=site.slug,
            space_kind="desk",
            starts_at=span.starts_at.isoformat(),
            ends_at=span.ends_at.isoformat(),
        )
        best = max(best, sum(item["units_free"] for item in found.json()["items"]))
    return best


def test_every_page_and_the_api_find_the_same_figure(client: Client, frozen: Any) -> None:
    site = busy_site()
    frozen.move_to(at(MONDAY, "19:00"))

    assert set(on_pages(client, site, TUESDAY).values()) == {4}


def test_a_figure_that_only_one_half_of_the_day_has_says_which(client: Client) -> None:
    space = make_space(units=6)
    book_for(make_user(), space, interval(TUESDAY, "09:00", "10:00"))

    page = client.get(reverse("site", args=[space.site.slug]), {"on": TUESDAY.isoformat()})

    counts = {one["date"]: one["count"] for one in page.context["strip"]["days"] if one["count"]}
    assert (counts[TUESDAY].free, counts[TUESDAY].part) == (6, "afternoon")
    assert counts[TUESDAY + timedelta(days=1)].part == ""
    assert '<small class="part">Après-midi</small>' in page.content.decode()


def test_a_half_day_at_home_is_the_slot_of_the_results(client: Client, frozen: Any) -> None:
    site = busy_site()
    client.force_login(make_user(home_commune=site.commune))
    frozen.move_to(at(MONDAY, "19:00"))

    (near,) = client.get(reverse("home")).context["near"]
    (found,) = client.get(reverse("search"), {"on": TUESDAY.isoformat()}).context["page"]

    slots = {
        (one.space.id, slot.span): slot.units_free for one in found.spaces for slot in one.slots
    }
    tuesday = [one for one in near.half_days if one.day == TUESDAY]
    assert [one.units_free for one in tuesday] == [
        slots[one.space.id, one.intervals[0]] for one in tuesday
    ]
    assert len(tuesday) == 2


def closed_for_works(site: Site) -> None:
    make_closure(site, interval(TUESDAY, "00:00", "24:00"))


def all_taken(site: Site) -> None:
    for space in site.spaces.all():
        book_for(make_user(), space, interval(TUESDAY, "08:00", "18:30"))


@pytest.mark.parametrize(
    ("happens", "day", "words"),
    [
        (all_taken, TUESDAY, "complet"),
        (closed_for_works, TUESDAY, "fermé, ouvre mer. 25 nov. à 8 h"),
        (None, SATURDAY, "fermé, ouvre lun. 30 nov. à 8 h"),
    ],
)
def test_a_site_without_room_is_full_or_says_when_it_opens_again(
    client: Client, happens: Any, day: date, words: str
) -> None:
    site = make_space().site
    if happens:
        happens(site)

    found = client.get(reverse("search"), {"on": day.isoformat()}).content.decode()

    assert words in found.replace("\N{NO-BREAK SPACE}", " ")


def test_an_evening_is_over_not_full(frozen: Any) -> None:
    make_space()
    search = SlotSearch(Search(), [MONDAY], at(MONDAY, "18:20"))

    count = search.count(When((MONDAY,)), asks_opening=True)

    assert (count.state, count.why) == (State.CLOSED, Why.OVER)
    assert count.opens == interval(TUESDAY, "08:00", "18:30")


def test_what_is_open_but_too_short_or_too_far_is_not_called_full_nor_shut() -> None:
    make_space(min_minutes=60)
    far = MONDAY + timedelta(days=91)

    late = SlotSearch(Search(), [MONDAY], at(MONDAY, "18:00")).count(When((MONDAY,)))
    early = SlotSearch(Search(), [far], NOW).count(When((far,)))

    assert (late.why, early.why) == (Why.NOT_THEN, Why.NOT_THEN)
    assert (late.state, early.state) == (State.FULL, State.FULL)


def test_an_open_day_of_sites_too_small_for_the_people_is_full_and_says_why() -> None:
    make_space(make_site("Small"), capacity=4, units=4)
    shut_that_day = make_site("Large")
    make_closure(shut_that_day, interval(TUESDAY, "00:00", "24:00"))
    make_space(shut_that_day, capacity=12, units=12)
    found = SlotSearch(Search(people=9), [MONDAY, TUESDAY, SATURDAY], NOW)

    monday, tuesday, saturday = (
        found.count(When((day,)), asks_opening=True) for day in (MONDAY, TUESDAY, SATURDAY)
    )

    assert monday == Count(12)
    assert (tuesday, tuesday.state) == (Count(why=Why.TOO_SMALL), State.FULL)
    assert (saturday.why, saturday.opens) == (Why.SHUT, interval(NEXT_MONDAY, "08:00", "18:30"))


@pytest.mark.parametrize(("people", "is_told"), [(9, True), (4, False)])
def test_pages_never_call_a_site_closed_that_is_too_small(
    client: Client, people: int, is_told: bool
) -> None:
    site = make_space(capacity=4, units=4).site
    query = {"on": TUESDAY.isoformat(), "people": str(people)}

    week = client.get(reverse("search-week"), query).content.decode()
    page = client.get(reverse("site", args=[site.slug]), query).content.decode()

    assert ("trop petit pour tant de personnes" in week) is is_told
    assert ("Aucun espace d’ici n’est prévu pour tant de personnes" in page) is is_told
    assert "Fermé ce jour-là" not in week + page


def test_a_day_without_free_time_offers_no_form_of_hours(client: Client) -> None:
    site = make_space(units=1).site
    all_taken(site)

    page = client.get(reverse("site", args=[site.slug]), {"on": TUESDAY.isoformat()})

    assert "hours-form" not in page.content.decode()
    assert "Choisissez une plage libre" not in page.content.decode()


def test_several_sites_are_closed_only_if_all_are_and_open_with_the_first() -> None:
    soon, later = interval(TUESDAY, "08:00", "18:00"), interval(NEXT_MONDAY, "08:00", "18:00")
    shut = [Count(why=Why.SHUT, opens=later), Count(why=Why.SHUT, opens=soon)]

    assert total([*shut, Count(3), Count(2)]) == Count(5)
    assert total([*shut, Count(0)]).state is State.FULL
    assert total(shut) == Count(why=Why.SHUT, opens=soon)
    assert total([]).state is State.CLOSED
