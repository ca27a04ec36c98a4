"""Who runs sites sees which of their passes hold, and corrects one; not what it was spent on."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from billing.ledger.balances import balance
from billing.models import Pass
from network.models import User
from sites.models import Site
from tests.billing.bought import bought, selling_site, spent_on
from tests.billing.pages.reading import signed_in, words_of
from tests.factories import make_manager, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
LIST = "/manage/passes/"


@pytest.fixture
def site() -> Site:
    return selling_site("La Fabrique")


@pytest.fixture
def ada() -> User:
    return make_user("ada@maillage.example", name="Ada Klein")


@pytest.fixture
def sold(site: Site, ada: User) -> Pass:
    return bought(ada, site=site)


@pytest.fixture
def manager(client: Client, site: Site) -> Client:
    return signed_in(client, make_manager(site))


def correct(client: Client, sold: Pass, half_days: str, reason: str = "Panne") -> Any:
    """Open the page of a pass and send its form."""
    page = f"{LIST}{sold.pk}/"
    key = re.search(r'name="key" value="([^"]+)"', client.get(page).content.decode())
    assert key
    return client.post(page, {"half_days": half_days, "reason": reason, "key": key[1]})


def test_a_pass_is_found_and_corrected_and_its_holder_reads_why(
    manager: Client, sold: Pass, ada: User
) -> None:
    assert "Ada Klein ada@maillage.example Pass 1 10 of 10 half-days left" in words_of(
        manager.get(LIST)
    )

    answer = correct(manager, sold, "+2", "Panne du réseau")

    assert answer["Location"] == f"{LIST}{sold.pk}/"
    told = words_of(manager.get(answer["Location"]))
    assert "12 half-days left" in told
    assert "Panne du réseau +2" in told
    own = words_of(signed_in(Client(), ada).get(f"/account/credits/{sold.pk}/"))
    assert "Corrected by the seller: Panne du réseau +2 12" in own


@pytest.mark.parametrize(
    ("half_days", "reason", "why"),
    [
        ("0", "x", "No half-day is nothing to correct."),
        ("101", "x", "Write a whole number from -100 to 100."),
        ("1,5", "x", "Write a whole number from -100 to 100."),
        ("٣", "x", "Write a whole number from -100 to 100."),
        ("", "x", "An answer is missing here."),
        ("2", " ", "An answer is missing here."),
        ("2", "x" * 201, "200"),
        ("-11", "x", "There is not enough left for this."),
    ],
)
def test_anything_else_is_refused_and_stays_typed(
    manager: Client, sold: Pass, half_days: str, reason: str, why: str
) -> None:
    answer = correct(manager, sold, half_days, reason)

    assert answer.status_code == 409
    assert why in words_of(answer)
    assert list(answer.context["form"].errors) == ["half_days" if reason == "x" else "reason"]
    assert f'value="{half_days}"' in answer.content.decode() or not half_days
    assert balance(sold.account) == 10


def test_what_a_pass_was_spent_on_is_not_the_sellers_business(
    manager: Client, sold: Pass, ada: User, site: Site
) -> None:
    spent_on(ada, site, 3, reference="WXYZ-2345")

    page = words_of(manager.get(f"{LIST}{sold.pk}/"))

    assert "7 of 10 half-days left" in page
    assert "WXYZ-2345" not in page


def test_others_passes_are_neither_listed_nor_opened(manager: Client, ada: User) -> None:
    other = bought(ada, site=selling_site())

    assert "Nobody has a pass that still holds." in words_of(manager.get(LIST))
    assert manager.get(f"{LIST}{other.pk}/").status_code == 404
    assert manager.post(f"{LIST}{other.pk}/").status_code == 404


def test_who_runs_no_site_is_kept_out_and_a_visitor_signs_in(client: Client, ada: User) -> None:
    assert client.get(LIST)["Location"].startswith("/account/login/")
    assert signed_in(client, ada).get(LIST).status_code == 403


def test_ones_own_pass_is_left_to_a_colleague(client: Client, site: Site) -> None:
    person = make_manager(site)
    own = bought(person, site=site)

    page = signed_in(client, person).get(f"{LIST}{own.pk}/")

    assert "Nobody corrects a pass of their own: a colleague may." in words_of(page)
    assert 'name="half_days"' not in page.content.decode()


def test_the_list_takes_as_many_queries_however_long(
    manager: Client, site: Site, sold: Pass
) -> None:
    with CaptureQueriesContext(connection) as short:
        manager.get(LIST)
    for _one in range(5):
        bought(make_user(), site=site)
    with CaptureQueriesContext(connection) as long:
        manager.get(LIST)

    assert len(long) == len(short)
