"""The public page of the simulator: what a regular use costs, and how the least is paid."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from billing.models import PassOffer, TariffGrid
from billing.prices.durations import Duration
from billing.prices.groups import Group
from tests.billing.pages.reading import page
from tests.billing.pages.reading import simulated as ask
from tests.billing.tariffs import make_draft, make_grid, off_peak, price, subsidy
from tests.factories import make_site

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
NEXT_YEAR = date(2027, 1, 1)


@pytest.fixture
def english(client: Client) -> Client:
    client.cookies["django_language"] = "en"
    return client


LATE = (("08:00", "23:00"),)


def test_a_use_is_reckoned_over_four_weeks(english: Client) -> None:
    make_grid()
    make_site("Villé")

    assert "€112.00 for four weeks" in ask(english)


def test_three_sites_are_compared(english: Client) -> None:
    make_grid()
    for name in ("Villé", "Erstein", "Barr"):
        make_site(name)

    told = ask(english, site2="erstein", days2=1, half_days2=1, site3="Barr", days3=5)

    assert "Villé – 2 days a week" in told
    assert "Erstein – 1 day and 1 half-day a week" in told
    assert "Barr – 5 days a week" in told


def offer(grid: TariffGrid, name: str, half_days: int, cents: int) -> PassOffer:
    return PassOffer.objects.create(
        grid=grid,
        code=name,
        name=name,
        half_days=half_days,
        valid_months=6,
        price_cents=cents,
    )


def test_passes_are_reckoned_beside_it(english: Client) -> None:
    grid = make_grid()
    make_site("Villé")
    PassOffer.objects.create(
        grid=grid, code="ten", name="Ten", half_days=10, valid_months=6, price_cents=4000
    )

    told = ask(english)

    assert "€80.00 (2 × Ten, 4 half-days left)" in told
    assert "€80.00 for four weeks" in told


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"site1": "Nowhere"}, "No site of the network is called “Nowhere”."),
        ({"days1": 0}, "Villé: between one and five days a week"),
        ({"days1": 4, "half_days1": 2}, "Villé: between one and five days a week"),
        ({"site1": "", "days1": 0}, "Name a site"),
        ({"site1": ""}, "Name the site, or say zero times a week here."),
        ({"half_days2": 1}, "Name the site, or say zero times a week here."),
        ({"site2": "villé", "days2": 1}, "Villé is named twice: say all of it in one line."),
    ],
)
def test_what_cannot_be_reckoned_is_said_at_its_field(
    english: Client, asked: dict[str, object], words: str
) -> None:
    make_grid()
    make_site("Villé")

    assert words in ask(english, **asked)


def test_passes_of_several_kinds_are_mixed_when_that_is_cheapest(english: Client) -> None:
    grid = make_grid({Duration.DAY: 2000})
    make_site("Villé")
    offer(grid, "ten", 10, 6500)
    offer(grid, "day", 2, 1500)

    told = ask(english)

    assert "€110.00 (1 × ten, 3 × day)" in told
    assert "€110.00 for four weeks" in told


def test_passes_cover_what_they_are_cheaper_for_and_the_rest_is_paid_by_use(
    english: Client,
) -> None:
    grid = make_grid({Duration.HALF_DAY: 600, Duration.DAY: 1000})
    make_site("Villé")
    offer(grid, "ten", 10, 5200)

    told = ask(english, half_days1=1)

    # Ten half-days: the four for which one has the dearest price, and three of the eight days.
    assert "€104.00 €102.00 (1 × ten, €50.00 by use for 5 days) €102.00" in told
    assert "Villé: €102.00 – 1 × ten, €50.00 by use for 5 days." in told
    assert "choose to pay in money what is counted by use here" in told


def test_off_peak_visits_that_a_pass_is_too_dear_for_are_named_as_to_be_paid_in_money(
    english: Client,
) -> None:
    grid = make_grid({Duration.HALF_DAY: 800})
    price(grid, Duration.HOUR, 300, off_peak_cents=100)
    off_peak(grid, 0, "18:00", "00:00")
    make_site("Villé", hours=LATE)
    offer(grid, "four", 4, 2000)

    mixed = ask(english, days1=0, half_days1=1, off_peak1=1)

    assert "Villé: €28.00 – 1 × four, €8.00 by use for 4 off-peak visits." in mixed
    assert "choose to pay in money what is counted by use here" in mixed


def test_where_visits_are_alike_or_none_is_paid_by_use_there_is_nothing_to_choose(
    english: Client,
) -> None:
    grid = make_grid({Duration.DAY: 1000})
    make_site("Villé")

    assert "Villé: €80.00 by use." in ask(english)
    offer(grid, "ten", 10, 4500)
    told = ask(english)
    assert "Villé: €75.00 – 1 × ten, €30.00 by use for 3 days." in told
    assert "pay in money" not in told


def test_it_says_which_rule_made_the_price(english: Client) -> None:
    grid = make_grid()
    make_site("Villé")
    make_site("Barr")

    told = ask(english, days1=5, site2="Barr", days2=1, half_days2=2)

    assert "Villé – each week: price of the week for 5 days." in told
    assert "Barr – each week: 1 × Day at €14.00, 2 × Half-day at €8.00." in told
    assert "several bookings never cost more than the week" in told
    shown = page(english, f"/tariffs/{grid.pk}/")
    assert "several bookings never cost more than the week" in shown


def test_a_months_price_which_no_booking_of_ten_days_comes_to_is_not_promised(
    english: Client,
) -> None:
    make_grid()
    make_site("Villé")

    told = ask(english, days1=5)

    # Four weeks of 50 €; a month of 150 € is for one booking, longer than the pages make.
    assert "€200.00 for four weeks" in told
    assert "month" not in told
    assert "in one go, ten at most on these pages" in page(english, "/tariffs/")


def test_the_next_grid_can_be_reckoned_with_and_stays_chosen(english: Client) -> None:
    make_grid()
    following = make_grid({Duration.DAY: 1500}, from_day=NEXT_YEAR)
    price(following, Duration.DAY, 900, group=Group.PUBLIC_BODY)
    make_site("Villé")

    now, then = ask(english), ask(english, grid=following.pk, group="public_body")

    assert "€112.00 for four weeks" in now
    assert "The prices are those of the grid in force." in now
    assert "€72.00 for four weeks" in then
    assert "the grid that comes into force on 1 January 2027" in then
    link = english.get(f"/tariffs/{following.pk}/").content.decode()
    assert f"/tariffs/simulator/?group=standard&amp;grid={following.pk}" in link
    form = english.get("/tariffs/simulator/", {"grid": following.pk}).content.decode()
    assert f'<option value="{following.pk}" selected>' in form
    assert "public_body" in form


def test_a_grid_that_is_not_adopted_or_over_cannot_be_reckoned_with(english: Client) -> None:
    over, _now = make_grid(from_day=date(2026, 1, 1)), make_grid()
    make_grid({Duration.DAY: 1500}, from_day=NEXT_YEAR)
    make_site("Villé")

    for other in (over.pk, make_draft(from_day=NEXT_YEAR).pk, "x"):
        told = ask(english, grid=other)
        assert "for four weeks" not in told


def test_sites_share_the_passes_that_hold_at_each_of_them(english: Client) -> None:
    grid = make_grid({Duration.HALF_DAY: 1200, Duration.DAY: 2000})
    make_site("Villé")
    make_site("Barr")
    offer(grid, "ten", 10, 6500)
    half_days = {"days1": 0, "half_days1": 2, "site2": "Barr", "days2": 0, "half_days2": 3}

    shared = ask(english, **half_days)
    assert "€130.00 for four weeks" in shared
    assert "Villé and Barr: €130.00 – 2 × ten." in shared
    assert "save €24.00 of what the lines add up to" in shared
    PassOffer.objects.update(is_of_one_site=True)
    alone = ask(english, **half_days)
    assert "€154.00 for four weeks" in alone
    assert "of what the lines add up to" not in alone


def test_of_shared_passes_it_is_told_what_is_paid_by_use_at_which_site(english: Client) -> None:
    grid = make_grid({Duration.HALF_DAY: 1000})
    price(grid, Duration.HALF_DAY, 600, category="urban")
    make_site("Villé")
    make_site("Barr", category="urban")
    offer(grid, "six", 6, 3700)

    told = ask(english, days1=0, half_days1=1, site2="Barr", half_days2=1)

    assert "€49.00 for four weeks" in told
    assert "Villé and Barr: €49.00 – 1 × six, €12.00 by use for 2 half-days (Barr)." in told
    assert "choose to pay in money what is counted by use here" in told


def test_of_three_sites_two_share_passes_and_one_is_paid_by_use(english: Client) -> None:
    grid = make_grid({Duration.HALF_DAY: 1000})
    price(grid, Duration.HALF_DAY, 600, category="urban")
    for name, category in (("Villé", "rural"), ("Barr", "urban"), ("Erstein", "rural")):
        make_site(name, category=category)
    offer(grid, "eight", 8, 5600)
    often: dict[str, Any] = {"days1": 0, "half_days1": 1, "half_days2": 1, "half_days3": 1}

    told = ask(english, site2="Barr", site3="Erstein", **often)

    assert "€80.00 for four weeks" in told
    assert "Villé and Erstein: €56.00 – 1 × eight." in told
    assert "Barr: €24.00 by use." in told
    assert "pay in money" not in told


def test_visits_off_peak_are_reckoned_at_their_price_on_weekdays_that_have_such_hours(
    english: Client,
) -> None:
    grid = make_grid({})
    price(grid, Duration.HOUR, 300, off_peak_cents=200)
    price(grid, Duration.DAY, 1400)
    for weekday in (0, 4):
        off_peak(grid, weekday, "18:00", "00:00")
    off_peak(grid, 4, "16:00", "17:30", kind="desk")
    off_peak(grid, 5, "08:00", "00:00")
    off_peak(grid, 1, "08:00", "00:00", kind="office")
    site = make_site("Villé", hours=LATE)
    site.opening_hours.filter(weekday=4).update(closes_at="17:30")

    both = ask(english, days1=3, off_peak1=2)

    assert "Villé – 3 days and 2 off-peak visits a week" in both
    # On Mondays two hours, on Fridays the hour and a half there is: 4 × (3 × 14 + 4 + 3).
    assert "€196.00 for four weeks" in both
    assert "An off-peak visit lasts two hours" in both
    assert "for four weeks" not in ask(english, days1=0, off_peak1=3)


def test_visits_off_peak_are_refused_where_the_site_is_closed_in_such_hours(
    english: Client,
) -> None:
    grid = make_grid()
    for weekday in (0, 4):
        off_peak(grid, weekday, "18:00", "00:00")
    make_site("Barr", hours=(("08:00", "18:00"),))
    make_site("Villé", hours=(("08:00", "18:00"),)).opening_hours.filter(weekday=4).update(
        closes_at="20:00"
    )

    early = ask(english, site1="Barr", days1=0, off_peak1=1)
    fewer = ask(english, days1=0, off_peak1=2)

    assert "Barr is closed in off-peak hours." in early
    assert "Villé is open in off-peak hours on 1 weekday alone." in fewer
    assert "for four weeks" not in early + fewer
    assert "Villé – 1 off-peak visit a week" in ask(english, days1=0, off_peak1=1)


def test_a_visit_off_peak_takes_a_half_day_of_a_pass_and_a_day_of_the_week(
    english: Client,
) -> None:
    grid = make_grid()
    off_peak(grid, 0, "22:00", "23:00")
    make_site("Villé", hours=LATE)
    offer(grid, "one", 1, 100)

    assert "€4.00 (4 × one)" in ask(english, days1=0, off_peak1=1)
    assert "between one and five days a week" in ask(english, days1=5, off_peak1=1)


def test_without_off_peak_hours_visits_in_them_are_not_asked_for(english: Client) -> None:
    grid = make_grid()
    make_site("Villé")

    assert "off-peak" not in ask(english)
    off_peak(grid, 0, "18:00", "00:00")
    assert "Off-peak visits a week" in ask(english)


def test_a_subsidised_price_is_told_with_the_full_one(english: Client) -> None:
    make_grid({Duration.DAY: 1400})
    subsidy(make_site("Villé"), Duration.DAY, 500)

    assert "€40.00, subsidised (full price €112.00)" in ask(english)


def test_a_site_without_a_price_is_named_as_such(english: Client) -> None:
    make_grid()
    make_site("Villé", category="urban")

    assert "has no price for a desk" in ask(english)
