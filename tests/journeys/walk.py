"""Somebody on their way through the product, whose clicks, pages and seconds are counted."""

import time
from urllib.parse import urlsplit

from playwright.sync_api import Frame, Locator, Page

#: Seconds that a character takes somebody who types 40 words of five a minute.
S_A_CHARACTER = 60 / (40 * 5)


class Walk:
    """Clicks and pages from `start` on; and seconds: those of the machine, and those of typing."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.clicks = 0
        self.seconds = 0.0
        self.pages: list[str] = []
        page.on("framenavigated", self.note)

    def note(self, frame: Frame) -> None:
        """Keep the path of each page shown."""
        if frame == self.page.main_frame:
            self.pages.append(urlsplit(frame.url).path)

    def start(self) -> None:
        """Count from here."""
        self.clicks = 0
        self.seconds = 0.0
        self.pages.clear()

    def click(self, target: Locator) -> None:
        """Press it, and wait for the page that comes."""
        self.clicks += 1
        started = time.perf_counter()
        target.click()
        self.page.wait_for_load_state()
        self.seconds += time.perf_counter() - started

    def type(self, field: str, text: str) -> None:
        """Type into the field of that name: it takes its time, and no click where it is focused."""
        self.seconds += len(text) * S_A_CHARACTER
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
