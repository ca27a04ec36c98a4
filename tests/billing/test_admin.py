"""The administration shows tariffs; subsidies are written there, with all that holds of them."""

from datetime import date
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from billing.admin.local_prices import SubsidyForm
from billing.models import Subsidy, TariffGrid
from billing.prices.durations import Duration
from network.models import Organisation
from sites.models import Site
from tests.billing.pages.reading import words_of
from tests.billing.tariffs import local_price, make_grid, make_tariffs, subsidy
from tests.factories import holder, make_organisation, make_site
from tests.waiting import ON_POSTGRESQL, has_to_wait

pytestmark = pytest.mark.django_db
SHOWN = ("tariffgrid", "localprice", "vatregime", "cancellationpolicy")

#: The day before `NOW`.
LAST_DAY = date(2026, 11, 22)


@pytest.fixture
def site() -> Site:
    make_tariffs()
    return make_site()


@pytest.fixture
def funder() -> Organisation:
    return make_organisation("CC de la Vallée de Villé", "collectivity")


def wish(site: Site, funder: Organisation, **fields: Any) -> dict[str, Any]:
    usual = {
        "site": site.pk,
        "kind": "desk",
        "duration": "day",
        "group": "standard",
        "price": "7,00",
        "funder": funder.pk,
        "reason": "Telework in the valley",
        "starts_on": "2030-01-01",
    }
    return usual | fields


@pytest.mark.parametrize("model", SHOWN)
def test_tariffs_are_shown_and_not_written(team: Client, site: Site, model: str) -> None:
    local_price(site, Duration.DAY, 1400)

    assert team.get(f"/admin/billing/{model}/").status_code == 200
    assert team.get(f"/admin/billing/{model}/add/").status_code == 403


def test_a_grid_is_shown_with_all_that_it_says(team: Client, site: Site) -> None:
    grid = TariffGrid.objects.order_by("pk")[0]

    told = words_of(team.get(f"/admin/billing/tariffgrid/{grid.pk}/change/"))

    assert "8,00" in told
    assert "Carnet de dix" in told


def test_the_team_writes_a_subsidised_price_in_euros(
    team: Client, site: Site, funder: Organisation
) -> None:
    answer = team.post("/admin/billing/subsidy/add/", wish(site, funder))

    assert answer.status_code == 302
    row = Subsidy.objects.get()
    assert (row.price_cents, row.off_peak_cents, row.funder) == (700, None, funder)
    assert "7,00" in words_of(team.get("/admin/billing/subsidy/"))
    assert 'value="7,00"' in team.get(f"/admin/billing/subsidy/{row.pk}/change/").content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"price": "14"},
        {"price": "-1"},
        {"price": "7 CHF"},
        {"off_peak": "8"},
        {"reason": ""},
        {"starts_on": ""},
        {"kind": "office"},
        {"ends_on": "2029-01-01"},
        {"starts_on": "2026-11-23"},
    ],
)
def test_what_is_no_subsidy_is_refused(
    team: Client, site: Site, funder: Organisation, wrong: dict[str, str]
) -> None:
    answer = team.post("/admin/billing/subsidy/add/", wish(site, funder, **wrong))

    assert answer.status_code == 200
    assert not Subsidy.objects.exists()


def test_who_may_only_look_sees_amounts_and_no_form(client: Client, site: Site) -> None:
    row = subsidy(site, Duration.DAY, 700)
    client.force_login(
        holder("view_subsidy", is_staff=True),
        backend="django.contrib.auth.backends.ModelBackend",
    )

    answer = client.get(f"/admin/billing/subsidy/{row.pk}/change/")

    assert answer.status_code == 200
    assert "7,00" in words_of(answer)


@pytest.mark.parametrize(
    ("days", "is_refused"),
    [
        (("2029-12-01", "2029-12-31"), False),
        (("2029-12-01", "2030-01-01"), True),
        (("2029-12-01", ""), True),
        (("2030-01-31", ""), True),
        (("2030-02-01", ""), False),
        (("2030-01-10", "2030-01-20"), True),
    ],
)
def test_one_price_is_subsidised_once_on_each_day(
    team: Client, site: Site, funder: Organisation, days: tuple[str, str], is_refused: bool
) -> None:
    subsidy(site, Duration.DAY, 700, starts_on=date(2030, 1, 1), ends_on=date(2030, 1, 31))

    asked = dict(zip(("starts_on", "ends_on"), days, strict=True))
    answer = team.post("/admin/billing/subsidy/add/", wish(site, funder, **asked))

    assert ("subventionné certains de ces jours" in words_of(answer)) is is_refused
    assert Subsidy.objects.count() == (1 if is_refused else 2)


def test_another_price_or_site_is_subsidised_beside_it_and_one_is_changed(
    team: Client, site: Site, funder: Organisation
) -> None:
    row = subsidy(site, Duration.DAY, 700, starts_on=date(2030, 1, 1))
    half_day = wish(site, funder, duration="half_day", price="4")

    team.post("/admin/billing/subsidy/add/", half_day)
    team.post("/admin/billing/subsidy/add/", wish(make_site(), funder))
    team.post(f"/admin/billing/subsidy/{row.pk}/change/", wish(site, funder, price="6"))

    row.refresh_from_db()
    assert (Subsidy.objects.count(), row.price_cents) == (3, 600)


@pytest.mark.parametrize(
    ("fields", "is_refused"),
    [
        ({"price": "6,00"}, True),
        ({"starts_on": "2026-11-24"}, True),
        ({"ends_on": "2026-11-22"}, True),
        ({"ends_on": "2026-11-23"}, False),
        ({"reason": "Telework"}, False),
    ],
)
@pytest.mark.usefixtures("frozen")
def test_of_a_subsidised_price_that_has_begun_only_end_and_reason_are_changed(
    team: Client, site: Site, funder: Organisation, fields: dict[str, str], *, is_refused: bool
) -> None:
    row = subsidy(site, Duration.DAY, 700, funder)
    asked = wish(site, funder, starts_on="2026-11-23") | fields

    answer = team.post(f"/admin/billing/subsidy/{row.pk}/change/", asked)

    assert (answer.status_code == 200) is is_refused
    assert ("au plus tôt demain" in words_of(answer)) is is_refused


@pytest.mark.usefixtures("frozen")
def test_one_that_is_over_is_not_taken_up_again(
    team: Client, site: Site, funder: Organisation
) -> None:
    make_grid(from_day=date(2026, 11, 1))
    row = subsidy(site, Duration.DAY, 700, funder, starts_on=date(2026, 11, 1), ends_on=LAST_DAY)
    asked = wish(site, funder, starts_on="2026-11-01")

    answer = team.post(f"/admin/billing/subsidy/{row.pk}/change/", asked)

    row.refresh_from_db()
    assert "au plus tôt demain" in words_of(answer)
    assert row.ends_on == LAST_DAY


@ON_POSTGRESQL
@pytest.mark.django_db(transaction=True)
def test_of_two_who_write_one_subsidy_at_once_the_second_waits_and_is_refused(
    site: Site, funder: Organisation
) -> None:
    def valid() -> bool:
        return SubsidyForm(wish(site, funder)).is_valid()

    with transaction.atomic():
        first = SubsidyForm(wish(site, funder))
        assert first.is_valid()
        first.save()
        assert has_to_wait(valid)

    with transaction.atomic():
        assert not valid()
