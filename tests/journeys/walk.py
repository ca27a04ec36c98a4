"""Somebody on their way through the product, whose clicks and pages are counted."""

from urllib.parse import urlsplit

from playwright.sync_api import Frame, Locator, Page


class Walk:
    """Clicks and pages from `start` on; typing is not counted."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.clicks = 0
        self.pages: list[str] = []
        page.on("framenavigated", self.note)

    def note(self, frame: Frame) -> None:
        """Keep the path of each page shown."""
        if frame == self.page.main_frame:
            self.pages.append(urlsplit(frame.url).path)

    def start(self) -> None:
        """Count from here."""
        self.clicks = 0
        self.pages.clear()

    def click(self, target: Locator) -> None:
        self.clicks += 1
        target.click()

    def search(self, where: str, day: str) -> None:
        """Ask for desks as a person types it, and see the results."""
        self.page.get_by_label("Where").fill(where)
        self.page.get_by_label("When").fill(day)
        self.page.get_by_role("button", name="Search", exact=True).click()
        self.page.wait_for_url("**/search/**")

    def sign_in(self, email: str, password: str) -> None:
        self.page.fill("[name=login]", email)
        self.page.fill("[name=password]", password)
        self.click(self.page.locator("main form.form").get_by_role("button", name="Sign in"))

    def confirm(self) -> None:
        self.click(self.page.get_by_role("button", name="Book this desk"))
        self.page.wait_for_url("**/bookings/**")
