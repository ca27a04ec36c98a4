"""Operators read and tell how they stand to VAT."""

from typing import Any

import pytest
from django.test import Client

from billing.models import VatRegime
from sites.models import Site
from tests.billing.pages.reading import signed_in, words_of
from tests.factories import MONDAY, holder, make_manager, make_operator, make_site, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


@pytest.fixture
def site() -> Site:
    return make_site(operator=make_operator("Giessen"))


@pytest.fixture
def manager(client: Client, site: Site) -> Client:
    return signed_in(client, make_manager(site))


def tell(client: Client, site: Site, **fields: str) -> Any:
    usual = {"regime": "taxable", "rate": "5,5", "starts_on": "2026-11-24"}
    return client.post(f"/manage/vat/{site.operator_id}/", usual | fields)


def test_without_a_word_the_standard_rate_is_told(manager: Client) -> None:
    assert "Giessen Today: Subject to VAT, 20%" in words_of(manager.get("/manage/vat/"))


def test_a_regime_is_told_from_a_day_on_and_the_history_stays(manager: Client, site: Site) -> None:
    VatRegime.objects.create(operator=site.operator, starts_on=MONDAY, regime="franchise", rate=0)

    answer = tell(manager, site)

    assert answer.headers["Location"] == "/manage/vat/"
    words = words_of(manager.get("/manage/vat/"))
    assert "Today: VAT not applicable, article 293 B of the CGI" in words
    assert "24 November 2026 Subject to VAT, 5.5% To come" in words
    assert "23 November 2026 VAT not applicable, article 293 B of the CGI In force" in words


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"rate": "0"}, "Give the rate of VAT"),
        ({"rate": "20", "regime": "non_profit"}, "There is no rate with this regime"),
        ({"rate": "101"}, "100"),
        ({"rate": "-5"}, "0"),
        ({"rate": "5,555"}, "2"),
        ({"rate": "much"}, "number"),
        ({"starts_on": "2026-11-22"}, "A regime begins today or on a day to come."),
        ({"starts_on": ""}, "An answer is missing here."),
        ({"regime": "none"}, "is not in the list"),
    ],
)
def test_anything_else_is_refused_in_words(
    manager: Client, site: Site, fields: dict[str, str], why: str
) -> None:
    answer = tell(manager, site, **fields)

    assert answer.status_code == 409
    assert why in words_of(answer)
    assert list(answer.context["form"].errors) == [next(iter(fields))]
    assert not VatRegime.objects.exists()


@pytest.mark.parametrize(("regime", "rate"), [("taxable", 2000), ("non_profit", 0)])
def test_without_a_rate_the_standard_one_counts_where_there_is_vat(
    manager: Client, site: Site, regime: str, rate: int
) -> None:
    tell(manager, site, regime=regime, rate="")

    assert VatRegime.objects.get().rate == rate


def test_only_who_runs_the_sites_of_the_operator_comes_in(client: Client, site: Site) -> None:
    address = f"/manage/vat/{site.operator_id}/"

    assert {client.get(one).status_code for one in ("/manage/vat/", address)} == {302}
    for stranger in (make_user(), make_manager(make_site()), holder("adopt_tariffgrid")):
        signed_in(client, stranger)
        assert client.get(address).status_code == 404
        assert tell(client, site).status_code == 404
    assert client.get("/manage/vat/").status_code == 403
    assert not VatRegime.objects.exists()
