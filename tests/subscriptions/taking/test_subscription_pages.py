"""Pages of subscriptions: taken after what it comes to was shown, looked at, changed, ended."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from network.models import User
from subscriptions.models import Subscription
from subscriptions.plans.publishing import withdraw
from tests.billing.pages.reading import page, signed_in, words_of
from tests.factories import MONDAY, NOW, holder, make_space, make_user
from tests.subscriptions.employers import make_employer
from tests.subscriptions.taken import taken, version

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
ENGLISH = {"headers": {"accept-language": "en"}}


@pytest.fixture
def ada() -> User:
    return make_user(language="en", name="Ada")


@pytest.fixture
def reader(client: Client, ada: User) -> Client:
    return signed_in(client, ada)


def hidden(reader: Client, address: str) -> dict[str, Any]:
    """Return what the confirming form of a page sends."""
    told = reader.get(address).context
    fields = {field.html_name: field.value() or "" for field in told["form"].visible_fields()}
    return fields | {"version": told["version"].pk, "key": told["key"]}


def test_what_it_comes_to_is_shown_before_it_is_taken(reader: Client, ada: User) -> None:
    of = version(name="Discovery", trial_days=3)
    address = f"/plans/{of.plan.code}/subscribe/"

    told = page(reader, f"{address}?starts_on=2026-11-23")
    for words in ("A month €28.00", "November 2026 €4.67", "Free until 25 November 2026", "VAT"):
        assert words in told
    assert not Subscription.objects.exists()

    sent = hidden(reader, f"{address}?starts_on=2026-11-23")
    for _time in range(2):
        answer = reader.post(address, sent, follow=True)

    assert "The subscription is yours." in words_of(answer)
    assert [one.person for one in Subscription.objects.all()] == [ada]


def test_who_runs_an_employer_takes_seats_for_it(reader: Client, ada: User) -> None:
    of, employer = version(name="Team"), make_employer(ada, "Adira")
    asked = f"organisation={employer.pk}&seats=5&starts_on=2026-12-01&purchase_order=BC-1"
    address = f"/plans/{of.plan.code}/subscribe/"

    told = page(reader, f"{address}?{asked}")
    assert "For whom Adira Seats 5 First day 1 December 2026 A month €140.00" in told

    answer = reader.post(address, hidden(reader, f"{address}?{asked}"), follow=True)
    assert "0 of 5 seats are taken." in words_of(answer)
    assert "Purchase order: BC-1" in words_of(answer)


def test_an_employer_that_somebody_else_runs_cannot_be_chosen(reader: Client, ada: User) -> None:
    make_employer(ada)
    of, other = version(), make_employer(make_user())
    address = f"/plans/{of.plan.code}/subscribe/"

    asked = f"organisation={other.pk}&seats=1&starts_on=2026-12-01"
    answer = reader.get(f"{address}?{asked}")

    assert "wish" not in answer.context


def test_a_plan_withdrawn_meanwhile_is_refused_with_a_way_on(reader: Client) -> None:
    of = version()
    address = f"/plans/{of.plan.code}/subscribe/"
    sent = hidden(reader, f"{address}?starts_on=2026-11-23")
    withdraw(plan=of.plan, from_day=MONDAY, by=holder("manage_plans"), now=NOW)

    answer = reader.post(address, sent)

    assert answer.status_code == 409
    assert "no longer on offer" in words_of(answer)
    assert "Subscribe on account" not in words_of(answer)


def test_a_plan_for_employers_leads_who_has_none_to_register_one(reader: Client) -> None:
    of = version(plan={"holders": "organisations"})

    told = page(reader, f"/plans/{of.plan.code}/subscribe/")

    assert "say first which one is yours" in told


def test_who_has_a_seat_reads_what_is_left_this_month(reader: Client, ada: User) -> None:
    taken(version(name="Discovery"), ada, starts_on=MONDAY)

    told = page(reader, "/subscriptions/")

    assert "Discovery" in told
    assert "2 half-days left, until 30 November 2026." in told


def test_who_has_none_is_led_to_the_plans(reader: Client) -> None:
    told = page(reader, "/subscriptions/")

    assert "You have no subscription" in told
    assert "See the subscriptions" in told


def test_seats_are_changed_after_what_it_comes_to_was_shown(reader: Client, ada: User) -> None:
    make_space(advance_days=30)
    employer = make_employer(ada)
    of = taken(version(), ada, organisation=employer, seats=5, starts_on=MONDAY)
    address = f"/subscriptions/{of.pk}/seats/"

    told = page(reader, f"{address}?seats=7")
    assert "7 seats from 23 November 2026 on." in told
    assert "Of this month €14.94 more: by its days." in told
    assert of.seat_counts.count() == 1

    answer = reader.post(address, {"seats": "7"}, follow=True)
    assert "0 of 7 seats are taken." in words_of(answer)


def test_it_ends_with_a_month_and_goes_on_after_all(reader: Client, ada: User) -> None:
    of = taken(version(), ada)

    answer = reader.post(f"/subscriptions/{of.pk}/end/", {"ends_on": "2026-11-30"}, follow=True)
    assert "Ends on: 30 November 2026" in words_of(answer)

    answer = reader.post(f"/subscriptions/{of.pk}/go-on/", follow=True)
    assert "Ends on:" not in words_of(answer)
    assert Subscription.objects.get().ends_on is None


def test_a_day_within_a_month_is_refused_at_its_field(reader: Client, ada: User) -> None:
    of = taken(version(), ada)

    answer = reader.post(f"/subscriptions/{of.pk}/end/", {"ends_on": "2026-12-15"})

    assert answer.status_code == 409
    assert "the last day of a month" in words_of(answer)


@pytest.mark.parametrize("page_of", ["", "seats/", "end/", "go-on/"])
def test_nobody_else_sees_a_subscription(reader: Client, page_of: str) -> None:
    boss = make_user()
    of = taken(version(), boss, organisation=make_employer(boss))

    assert reader.get(f"/subscriptions/{of.pk}/{page_of}").status_code == 404
    assert reader.post(f"/subscriptions/{of.pk}/{page_of}").status_code in (404, 405)


def test_strangers_sign_in_first_and_come_back_to_what_they_chose() -> None:
    of = version()
    address = f"/plans/{of.plan.code}/subscribe/?starts_on=2026-12-01"

    answer = Client().get(address)

    assert answer.status_code == 302
    assert "starts_on" in answer["Location"]


def test_the_network_team_lists_all_of_them(client: Client) -> None:
    boss = make_user()
    taken(version(), boss, organisation=make_employer(boss, "Adira"), seats=3, starts_on=MONDAY)
    team = signed_in(client, holder("manage_plans", language="en"))

    told = page(team, "/manage/subscriptions/")

    assert "Adira" in told
    assert "€84.00" in told
    stranger = signed_in(Client(), make_user())
    assert stranger.get("/manage/subscriptions/").status_code == 403


def test_a_closed_month_stands_on_its_page(reader: Client, ada: User) -> None:
    of = taken(version(name="Discovery"), ada, starts_on=date(2026, 11, 23))

    assert "No month of it is over yet." in page(reader, f"/subscriptions/{of.pk}/")
