"""From a search to a booked desk, and what becomes of it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db.models import F
from playwright.sync_api import Page, expect

from bookings.models import Booking, Hold
from tests.axe import violations
from tests.factories import make_space, make_user, reads_english
from tests.journeys.walk import Walk
from tests.journeys.world import (
    at_text,
    book_morning,
    local,
    make_crowd,
    make_fabrique,
    tomorrow,
)
from tests.network.people import PASSWORD, code_in, mails, make_member

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OpenPage = Callable[..., Page]
KeepCost = Callable[[str, Walk], None]
QUARTER = timedelta(minutes=15)


@pytest.mark.parametrize("script", [True, False])
def test_a_newcomer_books_in_three_clicks_and_a_minute_from_the_results(
    page: OpenPage, keep_cost: KeepCost, script: bool
) -> None:
    space = make_fabrique()
    walk = Walk(page("/", viewport="phone", script=script, locale="en-GB"))
    walk.search("Villé", tomorrow().isoformat())
    walk.start()

    walk.click(walk.page.locator("a.slot").first)
    walk.type("email", "lea@maillage.example")
    walk.click(walk.page.get_by_role("button", name="Book this desk"))
    expect(walk.page.get_by_label("Six-digit code")).to_be_focused()
    expect(walk.page.get_by_role("main")).to_contain_text("Held for you until")
    walk.type("code", code_in(mails()[-1]))
    walk.confirm()

    booking = Booking.objects.get()
    hold = booking.hold
    assert walk.clicks == 3
    assert walk.seconds < 60
    assert walk.pages == [
        f"/book/{space.pk}/",
        f"/hold/{hold.token}/",
        f"/bookings/{booking.reference}/",
    ]
    assert booking.person.email == "lea@maillage.example"
    assert local(booking.starts_at).date() == tomorrow()
    main = walk.page.get_by_role("main")
    for words in (booking.reference, "1 place de la Mairie", "Door code 1234"):
        expect(main).to_contain_text(words)
    keep_cost(f"newcomer, {'with' if script else 'without'} script", walk)


def test_who_is_signed_in_books_in_two_clicks_from_the_results(
    page: OpenPage, keep_cost: KeepCost
) -> None:
    make_fabrique()
    ada = make_user(language="en")
    walk = Walk(page("/", viewport="phone", locale="en-GB", user=ada))
    walk.search("ville", tomorrow().isoformat())
    walk.start()

    walk.click(walk.page.locator("a.slot").first)
    walk.confirm()

    booking = Booking.objects.get()
    assert (walk.clicks, booking.person) == (2, ada)
    assert walk.pages == [f"/book/{booking.space_id}/", f"/bookings/{booking.reference}/"]
    calendar = walk.page.get_by_role("link", name="Add to my calendar")
    assert calendar.get_attribute("href") == f"/bookings/{booking.reference}/event.ics"
    keep_cost("signed in", walk)


def test_what_is_held_is_told_on_the_way_of_a_password_and_before_it_ends(
    page: OpenPage, keep_cost: KeepCost
) -> None:
    make_fabrique()
    reads_english(make_member("ada@maillage.example"))
    tab = page(locale="en-GB", viewport="phone")
    tab.clock.install()
    tab.goto("/")
    walk = Walk(tab)
    walk.search("Villé", tomorrow().isoformat())
    walk.start()

    walk.click(tab.locator("a.slot").first)
    walk.click(tab.get_by_role("button", name="Book with a passkey or a password"))
    card = tab.get_by_role("region", name="Held for you until")
    expect(card).to_contain_text("15 minutes left")
    expect(card.get_by_role("status")).to_be_empty()
    tab.clock.fast_forward("13:05")
    expect(card.get_by_role("status")).to_have_text("Two minutes are left.")
    walk.sign_in("ada@maillage.example", PASSWORD)
    tab.wait_for_url("**/hold/**")
    assert violations(tab) == []
    walk.confirm()

    assert walk.clicks == 4
    keep_cost("by password, with what is held", walk)
    assert Booking.objects.get().person.email == "ada@maillage.example"


def test_when_its_time_ends_on_the_open_page_one_button_takes_it_again(page: OpenPage) -> None:
    make_fabrique()
    tab = page(locale="en-GB", viewport="phone")
    tab.clock.install()
    tab.goto("/")
    walk = Walk(tab)
    walk.search("Villé", tomorrow().isoformat())
    walk.start()
    walk.click(tab.locator("a.slot").first)
    tab.get_by_label("E-mail address").fill("lea@maillage.example")
    walk.click(tab.get_by_role("button", name="Book this desk"))
    before = tab.url
    tab.get_by_label("Six-digit code").focus()

    tab.clock.fast_forward("15:05")

    card = tab.get_by_role("region", name="The time is over: it is no longer held for you.")
    again = tab.get_by_role("button", name="Take it again")
    expect(card).not_to_contain_text("Held for you")
    expect(tab.get_by_label("Six-digit code")).to_be_hidden()
    expect(again).to_be_focused()
    assert violations(tab) == []
    Hold.objects.update(created_at=F("created_at") - QUARTER, until=F("until") - QUARTER)
    walk.click(again)
    assert "/hold/" in tab.url
    assert tab.url != before


def test_the_same_as_last_time_takes_two_clicks_from_the_home_page(
    page: OpenPage, keep_cost: KeepCost
) -> None:
    ada = make_user(language="en")
    last = book_morning(make_fabrique(), ada, tomorrow() - timedelta(days=7))
    walk = Walk(page("/", viewport="phone", locale="en-GB", user=ada))
    walk.start()

    walk.click(walk.page.get_by_role("region", name="Same as last time").locator("a.slot").first)
    walk.confirm()

    assert (walk.clicks, len(walk.pages)) == (2, 2)
    keep_cost("signed in, the same as last time", walk)
    again = Booking.objects.exclude(pk=last.pk).get()
    assert local(again.starts_at) == local(last.starts_at) + timedelta(days=7)


def test_a_booking_is_moved_then_cancelled_then_made_again(page: OpenPage) -> None:
    ada = make_user(language="en")
    booking = book_morning(make_fabrique(), ada, tomorrow())
    walk = Walk(page("/bookings/", locale="en-GB", user=ada))

    walk.click(walk.page.get_by_role("link", name="Change"))
    walk.page.get_by_label("Until").fill("15:00")
    walk.click(walk.page.get_by_role("button", name="Keep these changes"))
    expect(walk.page.get_by_role("status")).to_contain_text("The booking is changed")
    booking.refresh_from_db()
    assert local(booking.ends_at).hour == 15

    walk.click(walk.page.get_by_role("link", name="Cancel the booking"))
    walk.click(walk.page.get_by_role("button", name="Yes, cancel it"))
    expect(walk.page.get_by_role("status")).to_contain_text("The booking is cancelled")

    walk.click(walk.page.get_by_role("link", name="Book again"))
    walk.confirm()

    assert walk.clicks == 6
    booking.refresh_from_db()
    assert booking.status == Booking.Status.CANCELLED
    assert Booking.objects.active().count() == 1


def test_a_place_taken_meanwhile_is_said_and_others_are_two_clicks_away(page: OpenPage) -> None:
    ada, first_room = make_user(language="en"), make_fabrique()
    lone = make_space(first_room.site, units=1, name="Petite salle")
    query = f"?at={at_text(tomorrow()).replace('+', '%2B')}"
    walk = Walk(page(f"/book/{lone.pk}/{query}", viewport="phone", locale="en-GB", user=ada))
    book_morning(lone, make_user(), tomorrow())

    walk.click(walk.page.get_by_role("button", name="Book this desk"))

    expect(walk.page.get_by_role("alert")).to_contain_text("Choose another one.")
    assert not Booking.objects.of(ada).exists()
    walk.click(walk.page.get_by_role("region", name="Free at this site").locator("a.slot").first)
    walk.confirm()
    assert Booking.objects.of(ada).get().space == first_room


def test_near_me_finds_the_nearest_site_first(page: OpenPage) -> None:
    make_fabrique()
    make_crowd(3)
    tab = page("/", viewport="phone", locale="en-GB")
    tab.context.grant_permissions(["geolocation"])
    tab.context.set_geolocation({"latitude": 48.3430, "longitude": 7.3030})

    tab.get_by_role("button", name="Near me").click()
    tab.wait_for_url("**/search/**")

    first = tab.locator("article").first
    expect(first.get_by_role("heading")).to_have_text("La Fabrique")
    expect(first).to_contain_text("less than 100 m away")
    assert "latitude=48.343" in tab.url
