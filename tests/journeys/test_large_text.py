"""Text twice as large, or with more space in it, lies over nothing and is not cut."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Page

from network.models import Commune, User
from sites.models import Site
from tests.factories import make_site, make_space, open_on
from tests.journeys.fitting import (
    DOUBLED,
    LARGE,
    READINGS,
    USUAL,
    Reading,
    broken,
    enlarge,
    misfits,
    show,
    sizes,
    unfold,
)
from tests.journeys.pages import PAGES, WHO, make_world, pages_of
from tests.journeys.world import SATURDAY, SUNDAY

OpenPage = Callable[..., Page]
PHONE = Reading("phone", 360)
PHONE_DOUBLED = Reading("phone, text doubled", 360, css=DOUBLED)
NARROWEST_DOUBLED = Reading("narrowest phone, text doubled", 320, css=DOUBLED)
#: Pages where things are pressed, or hours read.
PRESSED = (
    *("home", "results", "open site", "bookings", "account", "change", "privacy"),
    *("review with a pass", "booking with a pass", "cancel what is to pay", "no credits"),
)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("who", WHO)
def test_each_page_fits_its_screen_however_its_text_is_read(page: OpenPage, who: str) -> None:
    world = make_world()
    tab = page(user=world.people[who])
    faults = {}

    for name, path in pages_of(who):
        tab.goto(world.address(path))
        unfold(tab)
        for reading in READINGS:
            show(tab, reading)
            if found := misfits(tab):
                faults[f"{name}: {reading.name}"] = found

    assert faults == {}


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("language", ["fr", "de"])
def test_no_word_of_a_button_is_parted_in_text_twice_as_large(
    page: OpenPage, language: str
) -> None:
    world = make_world()
    User.objects.update(language=language)
    tabs = world.tabs(page, locale=language)
    parted = {}

    for name, path, who in [line for line in PAGES if line[0] in PRESSED]:
        tab = tabs[who]
        tab.goto(world.address(path))
        unfold(tab)
        show(tab, PHONE_DOUBLED)
        assert tab.locator("html").get_attribute("lang") == language
        if found := [*broken(tab), *misfits(tab)]:
            parted[name] = found

    assert parted == {}


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_privacy_table_stands_in_one_column_in_text_twice_as_large(page: OpenPage) -> None:
    tab = page("/privacy/")

    show(tab, PHONE_DOUBLED)

    columns = tab.evaluate(
        """() => [...document.querySelectorAll(".table [data-label]")]
        .map((cell) => getComputedStyle(cell).gridTemplateColumns.split(" ").length)"""
    )
    assert len(columns) > 4
    assert set(columns) == {1}


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("language", ["fr", "de"])
def test_results_fit_the_narrowest_screen_in_text_twice_as_large(
    page: OpenPage, language: str
) -> None:
    world, hours = make_world(), (("08:30", "12:00"), ("13:30", "17:30"))
    ville = Commune.objects.get(name="Villé")
    site = make_site("La Scierie", hours, holidays=Site.Holidays.NONE, commune=ville)
    for weekday in (SATURDAY, SUNDAY):
        open_on(site, weekday, *hours)
    for kind in ("desk", "meeting_room"):
        make_space(site, kind=kind)
    tab = page(locale=language)

    for asked in ("", "&starts=10:15&ends=11:45", "&kind=meeting_room"):
        tab.goto(world.address(f"/search/?where=Villé&on={{on}}{asked}"))
        unfold(tab)
        show(tab, NARROWEST_DOUBLED)
        assert tab.locator("html").get_attribute("lang") == language
        assert tab.get_by_role("link", name="La Scierie").count()
        assert misfits(tab) == []


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("language", ["fr", "de", "en"])
def test_the_first_time_to_book_is_on_the_second_screen_in_text_twice_as_large(
    page: OpenPage, language: str
) -> None:
    world = make_world()
    tab = page(world.address("/search/?where=Villé&on={on}"), locale=language)
    tab.wait_for_load_state("networkidle")

    show(tab, PHONE_DOUBLED)

    first = tab.locator(".result .slot").first.bounding_box()
    assert first is not None
    assert first["y"] < 1100


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("path", "dropped"),
    [
        ("/", []),
        ("/search/?where=Villé", ["SPAN.recap-rest", "P.soft small"]),
        ("/sites/la-fabrique/", []),
        ("/legal/", []),
    ],
)
def test_all_text_grows_with_the_size_that_the_reader_asks_for(
    page: OpenPage, path: str, dropped: list[str]
) -> None:
    make_world()
    tab = page(path)
    tab.wait_for_load_state("networkidle")  # the week's counts come after the page
    show(tab, PHONE)
    usual = sizes(tab)

    show(tab, Reading("phone, text doubled", 360, css=DOUBLED))
    doubled = sizes(tab)

    larger = dict(doubled)
    assert len(usual) > 10
    assert [told.split(" : ")[0] for told, _ in usual if told not in larger] == dropped
    assert [told for told, size in usual if larger.get(told, LARGE) < 1.75 * size] == []


@pytest.mark.browser
@pytest.mark.django_db
def test_a_browser_is_told_the_size_of_its_text(page: OpenPage) -> None:
    tab = page("/legal/")

    enlarge(tab, LARGE)
    large = tab.evaluate("getComputedStyle(document.documentElement).fontSize")
    enlarge(tab, USUAL)

    assert large == "32px"
    assert tab.evaluate("getComputedStyle(document.documentElement).fontSize") == "16px"


@pytest.mark.browser
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("css", "fault"),
    [
        ("h1 { white-space: nowrap; font-size: 4rem; }", "leaves: H1"),
        ("h1 { position: relative; top: 4rem; }", "overlaps: "),
        ("h1 { height: 1rem; overflow: hidden; }", "cut: H1"),
        ("h1 { clip-path: inset(0 50% 0 0); }", "cut: H1"),
        ("h1 { clip-path: inset(50%); }", "cut: H1"),
    ],
)
def test_text_that_does_not_fit_is_found(page: OpenPage, css: str, fault: str) -> None:
    tab = page("/legal/")

    show(tab, Reading("phone", 360, css=css))

    assert [one for one in misfits(tab) if one.startswith(fault)] != []


def test_layouts_follow_the_size_of_the_text_not_of_the_screen() -> None:
    sheets = sorted((Path(settings.BASE_DIR) / "static" / "css").glob("*.css"))
    queries = [
        query
        for sheet in sheets
        for query in re.findall(r"@(?:media|container)[^{]*width[^{]*", sheet.read_text())
    ]

    assert len(queries) > 10
    assert [query for query in queries if "px" in query] == []
