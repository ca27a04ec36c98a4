"""The browser of the tests is a real one, kept to this machine, whose errors do not go unseen."""

import pytest
from playwright.sync_api import Error

from tests.chromium import Tabs
from tests.factories import make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(
    ("viewport", "width"), [("phone", 360), ("tablet", 768), ("desktop", 1440)]
)
def test_a_page_is_as_wide_as_its_device(tabs: Tabs, viewport: str, width: int) -> None:
    page = tabs.open("/healthz", viewport=viewport)  # type: ignore[arg-type]  # one of three

    assert page.evaluate("innerWidth") == width


def test_a_page_is_dark_where_people_want_it_dark(tabs: Tabs) -> None:
    dark, light = tabs.open("/healthz", dark=True), tabs.open("/healthz")

    query = "matchMedia('(prefers-color-scheme: dark)').matches"
    assert (dark.evaluate(query), light.evaluate(query)) == (True, False)


@pytest.mark.parametrize("host", ["tiles.example", "192.0.2.1", "[2001:db8::1]"])
def test_other_machines_are_not_asked(tabs: Tabs, host: str) -> None:
    page = tabs.open()

    with pytest.raises(Error, match="ERR_NAME_NOT_RESOLVED"):
        page.goto(f"https://{host}/1.png")


def test_an_error_of_a_script_is_kept(tabs: Tabs) -> None:
    page = tabs.open("/healthz")

    with page.expect_event("pageerror"):
        page.evaluate("setTimeout(() => { throw new Error('broken button') })")

    assert "broken button" in tabs.errors.pop()
    assert not tabs.errors


def test_somebody_is_signed_in(tabs: Tabs) -> None:
    anna = make_user("anna@maillage.example", is_staff=True, is_superuser=True)

    page = tabs.open("/admin/", user=anna)

    assert page.url.endswith("/admin/")
