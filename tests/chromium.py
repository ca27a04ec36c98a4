"""Fixtures for tests marked `browser`: Debian's Chromium, driven by Playwright."""

import os
from collections.abc import Callable, Iterator
from typing import Literal
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    sync_playwright,
)
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from network.models import User

Viewport = Literal["phone", "tablet", "desktop"]
VIEWPORTS = {"phone": (360, 740), "tablet": (768, 1024), "desktop": (1440, 900)}
FLAGS = [
    "--no-sandbox",  # containers have no user namespaces to make one with
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # No other machine is found. A route of Playwright would do it too, and switch the cache off.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost, EXCLUDE [::1]",
]
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the Chromium that `CHROMIUM` names, by default the distribution's."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright's synchronous calls run an event loop in this thread, which Django takes for
        # asynchronous code; the tests themselves are not.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        chromium = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=FLAGS
        )
        yield chromium
        chromium.close()


class Tabs:
    """Opens pages on the live server, and keeps what went wrong in any of them."""

    def __init__(self, browser: Browser, base_url: str) -> None:
        self.browser = browser
        self.base_url = base_url
        self.contexts: list[BrowserContext] = []
        self.errors: list[str] = []

    def open(
        self,
        path: str | None = None,
        *,
        viewport: Viewport = "desktop",
        dark: bool = False,
        script: bool = True,
        locale: str = "fr-FR",
        user: User | None = None,
    ) -> Page:
        """Return a page of a browser of its own, at `path`, signed in as `user` if one is given."""
        width, height = VIEWPORTS[viewport]
        context = self.browser.new_context(
            base_url=self.base_url,
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            java_script_enabled=script,
            locale=locale,
            timezone_id="Europe/Paris",
            service_workers="block",
        )
        self.contexts.append(context)
        context.on("console", self.note_console)
        context.on("page", self.watch)
        if user is not None:
            sign_in(context, self.base_url, user)
        page = context.new_page()
        if path is not None:
            page.goto(path)
        return page

    def watch(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def note_console(self, message: ConsoleMessage) -> None:
        """Keep errors but those of addresses elsewhere, and of a page that is itself a refusal.

        Nor is a page to blame that is only text and names no icon: browsers then ask for one.
        """
        address = message.location["url"]
        if urlsplit(address).path == "/favicon.ico":
            return
        is_own_status = message.page is not None and address == message.page.url
        if message.type != "error" or is_own_status and "status of 4" in message.text:
            return
        if urlsplit(address).hostname in {*LOOPBACK, None}:
            self.errors.append(f"{message.text} ({address})")

    def close(self) -> None:
        for context in self.contexts:
            context.close()


def follow(target: Locator) -> None:
    """Press what leads to another page, and return once that page is there.

    A click alone returns before: what is asked next, asks the old page or one that is going.
    """
    with target.page.expect_navigation():
        target.click()


def sign_in(context: BrowserContext, base_url: str, user: User) -> None:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": base_url}])


@pytest.fixture
def tabs(browser: Browser, live_server: LiveServer, settings: Settings) -> Iterator[Tabs]:
    """Open pages on the live server; an error in any page or console fails the test."""
    # The address that people use, which passkeys are bound to.
    settings.PUBLIC_URL = live_server.url
    opened = Tabs(browser, live_server.url)
    yield opened
    opened.close()
    assert not opened.errors, "\n".join(opened.errors)


@pytest.fixture
def page(tabs: Tabs) -> Callable[..., Page]:
    """Return what opens a page: `page("/", viewport="phone", dark=True, user=someone)`."""
    return tabs.open
