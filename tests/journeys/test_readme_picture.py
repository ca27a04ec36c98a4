"""The pictures of the README are real: with README_PICTURE=1 this file takes them anew."""

import os
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Page

from demo.loading import load_demo
from tests.journeys.world import tomorrow

IMAGES = Path(settings.BASE_DIR) / "docs" / "images"
PICTURES = {"search.png": "desktop", "search-phone.png": "phone"}
MOST_BYTES = 300_000
PNG = b"\x89PNG\r\n\x1a\n"
FRIDAY = 4


def next_working_day() -> date:
    day = tomorrow()
    return day if day.weekday() <= FRIDAY else day + timedelta(days=7 - day.weekday())


def take_pictures(open_page: Callable[..., Page], folder: Path) -> None:
    address = f"/search/?where=Vill%C3%A9&radius_km=25&on={next_working_day()}"
    for name, viewport in PICTURES.items():
        tab = open_page(address, viewport=viewport)
        tab.wait_for_load_state("networkidle")
        if viewport == "phone":
            tab.locator(".results article").first.evaluate("card => card.scrollIntoView()")
        tab.screenshot(path=folder / name)


if "README_PICTURE" in os.environ:

    @pytest.mark.browser
    @pytest.mark.django_db(transaction=True)
    def test_the_pictures_are_taken_from_the_demo_network(page: Callable[..., Page]) -> None:
        load_demo(tomorrow() - timedelta(days=1))

        take_pictures(page, IMAGES)

        assert all((IMAGES / name).read_bytes().startswith(PNG) for name in PICTURES)


@pytest.mark.parametrize("name", PICTURES)
def test_the_readme_has_its_pictures_and_they_are_light(name: str) -> None:
    picture = (IMAGES / name).read_bytes()

    assert picture.startswith(PNG)
    assert len(picture) <= MOST_BYTES
