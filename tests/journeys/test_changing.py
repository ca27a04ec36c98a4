"""A change that cannot be as wished leads on, on a phone, by one press."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from bookings.models import Booking
from network.models import User
from sites.models import Space
from tests.axe import violations
from tests.factories import interval, make_closure, make_user
from tests.journeys.fitting import broken
from tests.journeys.walk import Walk
from tests.journeys.world import book_morning, local, make_fabrique, tomorrow

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OpenPage = Callable[..., Page]


@pytest.fixture
def ada() -> User:
    return make_user(language="en")


@pytest.fixture
def space() -> Space:
    return make_fabrique()


def days_told(walk: Walk) -> Locator:
    """Return the buttons of the other days."""
    return walk.page.get_by_role("region", name="on other days").get_by_role("button")


def test_a_day_on_which_the_site_is_closed_leads_to_the_next_open_ones(
    page: OpenPage, ada: User, space: Space
) -> None:
    booking, closed = book_morning(space, ada, tomorrow()), tomorrow() + timedelta(days=1)
    make_closure(space.site, interval(closed, "00:00", "24:00"))
    address = f"{booking.get_absolute_url()}change/"
    walk = Walk(page(address, viewport="phone", locale="en-GB", user=ada))

    walk.page.get_by_label("Date").fill(closed.isoformat())
    walk.click(walk.page.get_by_role("button", name="Keep these changes"))
    assert violations(walk.page) == []
    assert broken(walk.page) == []
    walk.page.get_by_role("link", name="See what is free instead").click()
    walk.click(days_told(walk).first)

    expect(walk.page.get_by_role("status")).to_contain_text("The booking is changed")
    booking.refresh_from_db()
    assert local(booking.starts_at).date() == closed + timedelta(days=1)
    assert local(booking.ends_at) - local(booking.starts_at) == timedelta(hours=4)
    assert Booking.objects.count() == 1


def test_the_enter_key_keeps_what_is_typed_and_presses_none_of_the_other_times(
    page: OpenPage, ada: User, space: Space
) -> None:
    booking = book_morning(space, ada, tomorrow())
    make_closure(space.site, interval(tomorrow(), "00:00", "24:00"))
    address = f"{booking.get_absolute_url()}change/"
    walk = Walk(page(address, locale="en-GB", user=ada))
    expect(days_told(walk)).to_have_count(4)

    walk.page.get_by_label("Note for the site").fill("By the window")
    with walk.machine():
        walk.page.keyboard.press("Enter")

    before = booking.interval
    booking.refresh_from_db()
    assert (booking.interval, booking.note) == (before, "By the window")
