"""An employer subscribes five seats, invites two; they book in two towns, one cancels in time."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from billing.prices.durations import Duration
from network.models import User
from sites.models import Space
from subscriptions.models import Invitation, Subscription
from tests.billing.tariffs import make_tariffs, price
from tests.chromium import follow
from tests.factories import at, make_commune, make_space, reads_english
from tests.journeys.world import make_open_site
from tests.network.people import make_member
from tests.subscriptions.employers import make_employer
from tests.subscriptions.plans import RURAL, URBAN, make_plan, make_version

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OpenPage = Callable[..., Page]
DESK = Space.Kind.DESK


@pytest.fixture
def boss() -> User:
    person = reads_english(make_member("boss@scierie.example", "Odile Kuntz"))
    make_employer(person, "Scierie du Ried", commune=make_commune("Sélestat", "67462"))
    return person


@pytest.fixture
def desks() -> dict[str, Space]:
    """Make a desk in Villé and one in Strasbourg, at sites of two operators."""
    price(make_tariffs(), Duration.HALF_DAY, 1200, category=URBAN)
    places = {"Villé": ("67507", RURAL), "Strasbourg": ("67482", URBAN)}
    return {
        name: make_space(
            make_open_site(name, commune=make_commune(name, code), category=category), units=4
        )
        for name, (code, category) in places.items()
    }


@pytest.fixture(autouse=True)
def _plan() -> None:
    plan = make_plan("equipe", holders="organisations", is_shared=True)
    make_version(
        plan,
        timezone.localdate() - timedelta(days=1),
        name="Équipe",
        half_days=62,
        costs={(RURAL, DESK): 1, (URBAN, DESK): 2},
    )


def subscribe(tab: Page) -> None:
    follow(tab.get_by_role("main").get_by_role("link", name="Subscribe"))
    tab.get_by_label("Seats").fill("5")
    tab.get_by_label("For whom").select_option(label="Scierie du Ried")
    follow(tab.get_by_role("button", name="Go on"))
    expect(tab.get_by_role("main")).to_contain_text("A month")
    follow(tab.get_by_role("button", name="Subscribe on account"))
    expect(tab.get_by_role("main")).to_contain_text("0 of 5 seats are taken.")


def invite(tab: Page, people: list[User]) -> None:
    follow(tab.get_by_role("link", name="Invite people"))
    tab.locator("[name=addresses]").fill("\n".join(one.email for one in people))
    follow(tab.get_by_role("button", name="Invite", exact=True))
    expect(tab.get_by_role("main")).to_contain_text("2 people are invited.")


def book(tab: Page) -> int:
    """Book on the employer's account, which is chosen already; return what is left of credits."""
    expect(tab.get_by_role("main")).to_contain_text("On account of Scierie du Ried")
    follow(tab.get_by_role("main").get_by_role("button", name="Book"))
    words = tab.get_by_role("main").inner_text()
    told = re.search(r"(\d+) half-days are left of “Équipe”", words)
    assert told, words
    return int(told[1])


def morning() -> str:
    """Return the morning after tomorrow, as addresses tell it."""
    day = timezone.localdate() + timedelta(days=2)
    ends = (at(day, clock).isoformat().replace("+00:00", "Z") for clock in ("08:00", "12:00"))
    return "/".join(ends)


def test_two_people_of_an_employer_book_in_two_towns_with_its_subscription(
    page: OpenPage, boss: User, desks: dict[str, Space]
) -> None:
    people = [reads_english(make_member(f"{one}@scierie.example", one)) for one in ("ada", "bob")]
    tab = page("/plans/", viewport="phone", user=boss, locale="en-GB")
    subscribe(tab)
    tab.goto("/employer/")
    invite(tab, people)

    left = []
    for person, desk in zip(people, desks.values(), strict=True):
        invitation = Invitation.objects.get(email=person.email)
        one = page(f"/invitation/{invitation.key}/", viewport="phone", user=person, locale="en-GB")
        follow(one.get_by_role("button", name="Accept"))
        one.goto(f"/book/{desk.pk}/?at={morning()}")
        left.append(book(one))

    in_town, in_city = left
    assert in_town - in_city == 2

    follow(one.get_by_role("main").get_by_role("link", name="Cancel"))
    follow(one.get_by_role("main").get_by_role("button", name="Cancel"))
    expect(one.get_by_role("main")).to_contain_text("2 half-days are back on “Équipe”.")
    assert Subscription.objects.get().seats.count() == 2
