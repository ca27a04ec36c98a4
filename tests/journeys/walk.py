"""Somebody on their way through the product, whose clicks, pages and seconds are counted."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from playwright.sync_api import Frame, Locator, Page

#: Characters a second of somebody who types 40 words of five a minute.
TYPED_A_SECOND = 40 * 5 / 60
#: Under this name a test keeps what a walk cost.
COST = "cost of a journey"


class Walk:
    """Clicks, pages, characters typed and seconds of the machine from `start` on."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.pages: list[str] = []
        self.start()
        page.on("framenavigated", self.note)

    def note(self, frame: Frame) -> None:
        """Keep the path of each page shown."""
        if frame == self.page.main_frame:
            self.pages.append(urlsplit(frame.url).path)

    def start(self) -> None:
        """Count from here."""
        self.clicks = 0
        self.characters = 0
        self.machine_s = 0.0
        self.pages.clear()

    @property
    def typing_s(self) -> float:
        """Return how long it takes to type what was typed."""
        return self.characters / TYPED_A_SECOND

    @property
    def seconds(self) -> float:
        """Return what the machine and typing take; reading and thinking are anybody's own."""
        return self.machine_s + self.typing_s

    def cost(self, name: str) -> str:
        """Return the line that tells all of it."""
        times = (f"{one:.1f} s" for one in (self.machine_s, self.typing_s, self.seconds))
        machine, typing, together = times
        counts = (self.clicks, len(self.pages), machine, self.characters, typing, together)
        return " ".join(("|", name, *(f"| {one}" for one in counts), "|"))

    @contextmanager
    def machine(self) -> Iterator[None]:
        """Count what passes until the page that comes is loaded."""
        started = time.perf_counter()
        with self.page.expect_navigation():
            yield
        self.machine_s += time.perf_counter() - started

    def click(self, target: Locator) -> None:
        """Press it, and wait for the page that comes."""
        self.clicks += 1
        with self.machine():
            target.click()

    def type(self, field: str, text: str) -> None:
        """Type into the field of that name: it takes its time, and no click where it is focused."""
        self.characters += len(text)
        self.page.fill(f"[name={field}]", text)

    def search(self, where: str, day: str) -> None:
        """Ask for desks as a person types it, and see the results."""
        self.page.get_by_label("Where").fill(where)
        self.page.get_by_label("When").fill(day)
        self.page.get_by_role("button", name="Search", exact=True).click()
        self.page.wait_for_url("**/search/**")

    def sign_in(self, email: str, password: str) -> None:
        self.type("login", email)
        self.type("password", password)
        self.click(self.page.locator("main form.form").get_by_role("button", name="Sign in"))

    def confirm(self) -> None:
        self.click(self.page.get_by_role("button", name="Book this desk"))
        self.page.wait_for_url("**/bookings/**")
