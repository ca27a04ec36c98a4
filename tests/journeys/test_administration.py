"""The administration of the demo network keeps its tables inside their pages."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib import admin
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from playwright.sync_api import Page

from bookings.models import Booking
from demo.loading import load_demo
from network.models import User
from tests.chromium import follow
from tests.factories import make_user
from tests.journeys.world import fill_diary, make_fabrique, tomorrow

OpenPage = Callable[..., Page]
#: Tables, and what else is wider than the box that it stands in without scrolling there.
WIDER = """() => [...document.querySelectorAll("#content table")].flatMap(table => {
  let box = table.parentElement;
  while (box !== document.body && getComputedStyle(box).overflowX === "visible") {
    box = box.parentElement;
  }
  const scrolls = getComputedStyle(box).overflowX === "auto";
  return table.offsetWidth > box.clientWidth + 1 && !scrolls ? [table.className] : [];
})"""
LIST_FITS = """() => {
  const list = document.querySelector("#result_list");
  return !list || list.scrollWidth <= list.parentElement.clientWidth;
}"""
A_WEEK = timedelta(days=7)
WIDTHS = (360, 1280)
NOTHING_SIDEWAYS = "document.documentElement.scrollWidth <= window.innerWidth"


@pytest.fixture
def boss() -> User:
    """Load a short demo and a task, for somebody who may see all of it."""
    load_demo(tomorrow() - timedelta(days=1), past=timedelta(days=2), ahead=A_WEEK)
    boss = make_user("boss@maillage.example", is_staff=True, is_superuser=True)
    DBTaskResult.objects.create(
        task_path="bookings.messages.tasks.send_booking_mail",
        args_kwargs={},
        run_after=timezone.now(),
        backend_name="default",
        exception_class_path="smtplib.SMTPRecipientsRefused",
    )
    assert Booking.objects.count() > 100
    return boss


def lists() -> list[str]:
    names = [f"{model._meta.app_label}_{model._meta.model_name}" for model in admin.site._registry]
    return [reverse(f"admin:{name}_changelist") for name in names]


def first_row(tab: Page) -> str | None:
    link = tab.locator("#result_list tbody th a").first
    return link.get_attribute("href") if link.count() else None


def faults_at(tab: Page, address: str) -> list[str]:
    """Open a page once, and return what is wrong with it on a phone and on a desk."""
    tab.goto(address)
    return [fault for width in WIDTHS for fault in faults_on(tab, address, width)]


def faults_on(tab: Page, address: str, width: int) -> list[str]:
    tab.set_viewport_size({"width": width, "height": 900})
    faults = [f"{address} scrolls sideways"] if not tab.evaluate(NOTHING_SIDEWAYS) else []
    faults += [f"{address}: {table} sticks out" for table in tab.evaluate(WIDER)]
    if width == 1280 and not tab.evaluate(LIST_FITS):
        faults.append(f"{address}: the list is wider than its page")
    return faults


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_no_table_is_wider_than_its_page(page: OpenPage, boss: User) -> None:
    tab = page(user=boss)
    faults, opened = [], 0

    faults += faults_at(tab, reverse("admin:index"))
    for address in lists():
        faults += faults_at(tab, address)
        if row := first_row(tab):
            opened += 1
            faults += faults_at(tab, row)

    assert opened > 15
    assert faults == []


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_filters_leave_the_list_in_sight(page: OpenPage) -> None:
    boss = make_user("boss@maillage.example", is_staff=True, is_superuser=True)
    fill_diary(make_fabrique(), boss)
    tab = page(reverse("admin:bookings_booking_changelist"), user=boss)
    filters = tab.locator("#changelist-filter")

    assert filters.locator("details[open]").count() == 0
    row = tab.locator("#result_list tbody tr").first.bounding_box()
    assert row is not None
    assert row["y"] < 600

    filters.get_by_text("État", exact=True).click()
    follow(filters.get_by_role("link", name="Annulée", exact=True))

    assert tab.locator("#result_list tbody tr").count() == 1
    assert filters.locator("details[open]").count() == 1
