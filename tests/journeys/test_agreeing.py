"""What asks to agree to a dearer change or a late return, read on any screen as `PAGES` are.

It answers a form, so no address leads to it.
"""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django.fixtures import Settings

from bookings.models import Booking
from sites.models import Space
from tests.billing.tariffs import make_tariffs
from tests.chromium import follow
from tests.factories import make_user
from tests.journeys.fitting import READINGS, broken, misfits, show
from tests.journeys.test_german_fits import LEAVES_ITS_BOX
from tests.journeys.test_pages import NARROW, faults_of
from tests.journeys.world import book_morning, make_fabrique, tomorrow
from tests.shown import marked_catalogue, said_by, strangers

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OpenPage = Callable[..., Page]


@pytest.fixture
def space() -> Space:
    space = make_fabrique()
    make_tariffs()
    return space


def asked(page: OpenPage, booking: Booking) -> Page:
    """Return what is asked when a morning is to become a day."""
    person = booking.person
    address = f"{booking.get_absolute_url()}change/"
    tab = page(address, viewport="phone", locale=person.language, user=person)
    tab.locator("[name=form-0-ends]").fill("18:00")
    follow(tab.locator("main form [type=submit]").first)
    expect(tab.locator("[name=agreed]")).to_have_count(1)
    return tab


def book_for(language: str, space: Space) -> Booking:
    person = make_user(f"{language}@maillage.example", language=language)
    return book_morning(space, person, tomorrow() + timedelta(days=2))


def test_what_is_agreed_to_can_be_read_on_any_screen(page: OpenPage, space: Space) -> None:
    assert faults_of(asked(page, book_for("fr", space))) == []


@pytest.mark.parametrize("language", ["fr", "de"])
def test_what_is_agreed_to_fits_its_screen_however_its_text_is_read(
    page: OpenPage, space: Space, language: str
) -> None:
    tab = asked(page, book_for(language, space))
    faults = {}

    tab.set_viewport_size(NARROW)
    left = tab.evaluate(LEAVES_ITS_BOX)
    for reading in READINGS:
        show(tab, reading)
        if found := [*misfits(tab), *broken(tab)]:
            faults[reading.name] = found

    assert tab.locator("html").get_attribute("lang") == language
    assert left == []
    assert faults == {}


@pytest.mark.parametrize("language", ["fr", "de"])
def test_all_that_is_asked_is_in_the_reader_s_language(
    page: OpenPage, space: Space, language: str, settings: Settings, tmp_path: Path
) -> None:
    settings.LOCALE_PATHS = [marked_catalogue(language, tmp_path)]

    tab = asked(page, book_for(language, space))

    assert strangers(said_by(tab.content(), language), language) == []
