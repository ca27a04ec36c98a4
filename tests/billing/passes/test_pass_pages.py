"""The pages of passes: what is sold, buying, what is left and what became of the rest."""

from datetime import date, timedelta
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from billing.models import Charge, Pass, PassOffer, TariffGrid
from billing.passes.expiring import expire_passes
from billing.prices.durations import Duration
from network.models import Organisation, User
from sites.models import Site
from tests.billing.bought import bought, make_offer, mornings, selling_site, spent_on
from tests.billing.charged import make_charge
from tests.billing.charging.turns import use
from tests.billing.tariffs import make_draft, make_grid, price
from tests.factories import at, make_user, reads_english
from tests.words import plain

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


@pytest.fixture
def ada(client: Client) -> User:
    person = reads_english(make_user())
    client.force_login(person)
    return person


def words_of(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status
    return plain(" ".join(unescape(strip_tags(answer.content.decode())).split()))


def page(client: Client, address: str, status: int = 200) -> str:
    return words_of(client.get(address), status)


def test_whoever_comes_sees_what_passes_there_are(client: Client) -> None:
    client.cookies["django_language"] = "en"
    make_offer(10, name="Carnet de dix", price_cents=6500)

    told = page(client, "/passes/")

    assert "Carnet de dix" in told
    assert "€65.00" in told


def test_before_there_is_a_grid_there_is_none(client: Client) -> None:
    client.cookies["django_language"] = "en"

    assert "sells no passes for now" in page(client, "/passes/")


def test_beside_what_is_bought_no_other_site_can_be_chosen(client: Client, ada: User) -> None:
    offer, site = make_offer(), selling_site()

    asked = client.get(f"/passes/{offer.pk}/").content.decode()
    shown = client.get(f"/passes/{offer.pk}/?site={site.slug}").content.decode()

    assert '<select name="site"' in asked
    assert "<select" not in shown.partition("<main")[2].partition("</main>")[0]
    assert f'<a href="/passes/{offer.pk}/">' in shown


def test_to_buy_one_must_say_who_one_is(client: Client) -> None:
    answer = client.get(f"/passes/{make_offer().pk}/")

    assert answer.status_code == 302
    assert "/account/login/" in answer["Location"]


def test_before_the_click_it_is_said_who_sells_what_at_which_price_until_when(
    client: Client, ada: User
) -> None:
    site, offer = selling_site("La Fabrique"), make_offer(10, price_cents=6500, valid_months=6)

    told = page(client, f"/passes/{offer.pk}/?site={site.slug}")

    assert f"Seller {site.operator.name}" in told
    assert "€65.00" in told
    assert "VAT 20%" in told
    assert "Valid through 23 May 2027" in told
    assert "it will stand on your statement" in told
    assert not Pass.objects.exists()


def test_bought_it_is_confirmed_where_its_history_will_be(client: Client, ada: User) -> None:
    site, offer = selling_site(), make_offer(10, name="Carnet de dix")

    answer = client.post(f"/passes/{offer.pk}/", {"site": site.slug, "key": uuid4()}, follow=True)

    told = words_of(answer)
    assert answer.redirect_chain == [(f"/account/credits/{Pass.objects.get().pk}/", 302)]
    assert "The pass is yours" in told
    assert "10 of 10 half-days left" in told


def test_pressed_twice_it_is_bought_once(client: Client, ada: User) -> None:
    site, offer = selling_site(), make_offer()
    sent = {"site": site.slug, "key": uuid4()}

    first = client.post(f"/passes/{offer.pk}/", sent)
    again = client.post(f"/passes/{offer.pk}/", sent)

    assert first["Location"] == again["Location"]
    assert Charge.objects.count() == 1


@pytest.mark.parametrize(
    "sent", [{"site": "nowhere"}, {"site": ""}, {"site": "la-fabrique", "key": "no key"}]
)
def test_what_is_not_understood_buys_nothing(
    client: Client, ada: User, sent: dict[str, str]
) -> None:
    selling_site(slug="la-fabrique")

    answer = client.post(f"/passes/{make_offer().pk}/", {"key": uuid4()} | sent)

    assert answer.status_code == 200
    assert not Pass.objects.exists()


def test_a_pass_that_is_no_longer_sold_is_refused_in_words(client: Client, ada: User) -> None:
    site, offer = selling_site(), make_offer()
    TariffGrid.objects.update(in_force_from=date(2026, 1, 1))
    make_grid()

    answer = client.post(f"/passes/{offer.pk}/", {"site": site.slug, "key": uuid4()})

    assert "not sold here any more" in words_of(answer, 409)


def test_a_pass_of_a_grid_to_come_is_told_with_its_first_day_and_no_button(
    client: Client, ada: User
) -> None:
    offer = make_offer(grid=make_grid(from_day=date(2027, 1, 1)))
    address = f"/passes/{offer.pk}/"

    for chosen in (address, f"{address}?site={selling_site().slug}"):
        told = page(client, chosen)
        assert "This pass is sold from 1 January 2027 on." in told
        assert "Buy on account" not in told
        assert "Go on" not in told


def test_the_pass_of_a_draft_is_not_to_be_seen(client: Client, ada: User) -> None:
    offer = make_offer(grid=make_draft())

    assert client.get(f"/passes/{offer.pk}/").status_code == 404


def test_one_sees_what_is_left_until_when_and_what_is_owed(client: Client, ada: User) -> None:
    mine = bought(ada, 10, name="Carnet de dix", price_cents=6500)
    spent_on(ada, site_of(mine), 3)

    told = page(client, "/account/credits/")

    assert "Carnet de dix" in told
    assert "7 of 10 half-days left" in told
    assert "Valid through 23 May 2027" in told
    assert "Owed this month: €65.00" in told
    assert "November 2026" in told


def test_without_a_pass_the_page_says_what_one_is(client: Client, ada: User) -> None:
    told = page(client, "/account/credits/")

    assert "You have no pass" in told
    assert "Owed this month: €0.00" in told


def test_the_history_says_in_words_what_became_of_it(client: Client, ada: User) -> None:
    mine = bought(ada, 10)
    site = site_of(mine)
    somebody = spent_on(ada, site, 3)
    somebody.change("ABCD-EFGH", use(site, *mornings(1)))

    answer = client.get(f"/account/credits/{mine.pk}/")

    told = words_of(answer)
    assert "Bought +10 10" in told
    assert "Spent on the booking ABCD-EFGH, of 30 November 2026 −3 7" in told
    assert "Given back from the booking ABCD-EFGH, of 30 November 2026 +2 9" in told
    assert 'href="/bookings/ABCD-EFGH/"' in answer.content.decode()


def test_the_history_says_on_which_day_a_booking_is_that_was_moved(
    client: Client, ada: User
) -> None:
    mine = bought(ada, 10)
    site = site_of(mine)
    first, _second, third = mornings(3)
    spent_on(ada, site, 1).change("ABCD-EFGH", use(site, third))

    told = page(client, f"/account/credits/{mine.pk}/")

    assert first.starts_at.day == 30
    assert "of 2 December 2026" in told
    assert "30 November 2026" not in told


def test_the_history_says_what_was_kept_of_what_was_cancelled_late(
    client: Client, ada: User
) -> None:
    mine = bought(ada, 10)
    (morning,) = mornings(1)
    spent_on(ada, site_of(mine), 1).cancel("ABCD-EFGH", morning.starts_at - timedelta(hours=1))

    told = page(client, f"/account/credits/{mine.pk}/")

    assert (
        "Spent on the booking ABCD-EFGH, of 30 November 2026. Cancelled late: 1 half-day kept −1 9"
    ) in told


def test_of_a_month_with_many_lines_the_newest_are_told_and_the_way_to_all(
    client: Client, ada: User
) -> None:
    operator = selling_site().operator
    for number in range(12):
        make_charge(ada, operator, words=f"Desk {number}")

    told = page(client, "/account/credits/")

    assert "Owed this month: €96.00" in told
    assert told.index("Desk 11") < told.index("Desk 7")
    assert "Desk 6" not in told
    assert "See all 12 lines of this month" in told


def test_passes_that_are_over_are_told_ten_at_a_time_the_last_first(
    client: Client, ada: User, frozen: Any
) -> None:
    site = selling_site()
    for number in range(12):
        mine = bought(ada, site=site, name=f"Ten {number}", valid_months=1)
    frozen.move_to(mine.valid_until)
    client.force_login(ada)

    pages = (page(client, f"/account/credits/?page={number}") for number in (1, 2))
    first, second = (one.partition("Passes that are spent or over")[2] for one in pages)

    assert ("Ten 11" in first, "Ten 0 " in first) == (True, False)
    assert ("Ten 11" in second, "Ten 0 " in second) == (False, True)


def test_a_pass_that_is_over_is_told_apart(client: Client, ada: User, frozen: Any) -> None:
    mine = bought(ada, 10, name="Carnet de dix", valid_months=1)

    frozen.move_to(mine.valid_until)
    client.force_login(ada)

    told = page(client, "/account/credits/")
    assert "Your pass has expired “Carnet de dix” could be used through 23 December 2026" in told
    assert "You have no pass" not in told
    assert "Passes that are spent or over Pass Bought on Last day Price Carnet de dix" in told


def test_a_pass_that_was_spent_before_its_end_is_said_to_be_spent(
    client: Client, ada: User, frozen: Any
) -> None:
    mine = bought(ada, 2, name="Deux", valid_months=1)
    spent_on(ada, site_of(mine), 2)
    before = page(client, "/account/credits/")

    frozen.move_to(mine.valid_until)
    client.force_login(ada)

    for told in (before, page(client, "/account/credits/")):
        assert "Your pass is spent Nothing is left of “Deux”." in told


def test_once_the_rest_of_it_is_written_off_it_has_still_expired(
    client: Client, ada: User, frozen: Any
) -> None:
    mine = bought(ada, 2, name="Deux", valid_months=1)
    frozen.move_to(mine.valid_until)
    expire_passes(mine.valid_until)
    client.force_login(ada)

    assert "Your pass has expired" in page(client, "/account/credits/")


def test_half_days_are_called_cheaper_only_as_far_as_the_grid_makes_them_so(
    client: Client, ada: User
) -> None:
    offer = make_offer(2, price_cents=1600)
    assert "With a pass you pay half-days in advance. " in page(client, "/account/credits/")

    PassOffer.objects.filter(pk=offer.pk).update(price_cents=1500)
    assert "in advance, at less than their price." in page(client, "/account/credits/")

    price(offer.grid, Duration.HALF_DAY, 700, category="urban")
    assert "in advance, some at less than their price" in page(client, "/account/credits/")


def test_what_is_owed_in_all_is_told_beside_the_month_with_the_way_to_the_statements(
    client: Client, ada: User
) -> None:
    bought(ada, grid=make_grid(from_day=date(2026, 1, 1)), now=at(date(2026, 10, 31), "12:00"))
    make_charge(ada, Organisation.objects.get(), words="Desk")

    answer = client.get("/account/credits/")

    told = words_of(answer)
    assert "Owed this month: €8.00" in told
    assert "Owed in all: €65.00 See my statements" in told
    assert 'href="#statements"' in answer.content.decode()


def test_the_pass_of_somebody_else_is_not_there(client: Client, ada: User) -> None:
    other = bought(make_user())

    assert client.get(f"/account/credits/{other.pk}/").status_code == 404


def test_however_many_passes_the_page_asks_as_often(client: Client, ada: User) -> None:
    site = selling_site()
    counts = []
    for _ in range(2):
        for _ in range(3):
            bought(ada, site=site)
        with CaptureQueriesContext(connection) as asked:
            client.get("/account/credits/")
        counts.append(len(asked))

    assert counts[0] == counts[1]


def site_of(mine: Pass) -> Site:
    """Return where a pass was bought."""
    site = Charge.objects.get(subject=mine.subject).site
    assert site
    return site
