"""An assistant books five people at three sites of three operators in one press."""

from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from billing.charging.days import monday_of
from bookings.models import Booking
from network.models import Organisation, User
from sites.models import Site, Space
from tests.chromium import Viewport, follow
from tests.factories import make_space, make_user, reads_english
from tests.journeys.test_pages import faults_of
from tests.journeys.world import make_open_site
from tests.subscriptions.employers import make_employee, make_employer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OpenPage = Callable[..., Page]
NAMES = ("Ada", "Bob", "Cléa", "Dan", "Eve")


@pytest.fixture
def sites() -> list[Site]:
    """Make three sites of three operators, near each other, with room for two."""
    names = ("La Fabrique", "Le Comptoir", "La Forge")
    made = [make_open_site(name, latitude=48.34 + number / 50) for number, name in enumerate(names)]
    for one in made:
        make_space(one, units=2)
    return made


@pytest.fixture
def employer() -> Organisation:
    employer = make_employer(name="Scierie du Ried")
    for name in NAMES:
        make_employee(employer, make_user(name=name), since=timezone.localdate())
    return employer


@pytest.fixture
def assistant(employer: Organisation) -> User:
    person = reads_english(make_user(name="Odile Kuntz"))
    make_employee(employer, person, since=timezone.localdate(), books_for_others=True)
    return person


def choose(tab: Page, wished: Sequence[str]) -> None:
    """Add each of the people, and choose a site for the first day of each."""
    for name in NAMES:
        tab.get_by_label("Add a person").select_option(name)
        follow(tab.get_by_role("button", name="Show"))
    for name, site in zip(NAMES, wished, strict=True):
        first = tab.get_by_role("group", name=name).get_by_role("combobox").first
        first.select_option(label=f"{site} (Villé)")


@pytest.mark.parametrize(("viewport", "script"), [("phone", True), ("desktop", False)])
def test_five_people_at_three_sites_in_one_press(
    page: OpenPage,
    employer: Organisation,
    assistant: User,
    sites: list[Site],
    viewport: Viewport,
    script: bool,
) -> None:
    tab = page(
        "/account/employers/", viewport=viewport, script=script, user=assistant, locale="en-GB"
    )
    follow(tab.get_by_role("link", name="Book for several people"))
    choose(tab, ["La Fabrique", "La Fabrique", "La Fabrique", "La Forge", "Le Comptoir"])
    faults = faults_of(tab) if script else []
    follow(tab.get_by_role("button", name="Check what would be booked"))

    expect(tab.get_by_role("heading", name="1 place cannot be booked")).to_be_visible()
    faults += faults_of(tab) if script else []
    follow(tab.get_by_role("button", name="Le Comptoir"))
    follow(tab.get_by_role("button", name="Book all of it"))

    main = tab.get_by_role("main")
    expect(main).to_contain_text("5 places are booked.")
    for name in NAMES:
        expect(main.get_by_role("table")).to_contain_text(name)
    assert faults == []
    made = Booking.objects.filter(organisation=employer, booked_by=assistant)
    assert {one.person.name for one in made} == set(NAMES)
    assert {one.site_id for one in made} == {one.pk for one in sites}
    monday = monday_of(timezone.localdate()) + timedelta(days=7)
    assert {timezone.localdate(one.starts_at) for one in made} == {monday}
    assert Space.objects.count() == 3
