"""Sites say what cancelling costs within what the network allows; the network says the rest."""

from typing import Any

import pytest
from django.test import Client

from billing.cancelling.policies import Terms, terms_at
from billing.models import CancellationPolicy
from sites.models import Site
from tests.billing.pages.reading import signed_in, words_of
from tests.factories import holder, make_manager, make_site, make_space, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
OF_SITE, OF_DESKS = "/manage/cancelling/sites/fabrique/", "/manage/cancelling/sites/fabrique/desk/"
NETWORK, NETWORK_DESKS = "/manage/cancelling/", "/manage/cancelling/desk/"
RULE = {"free_hours": "12", "late_percent": "30"}
BOUNDS = {"strictest_hours": "36", "strictest_percent": "80"}


@pytest.fixture
def site() -> Site:
    return make_space(make_site("La Fabrique", slug="fabrique")).site


@pytest.fixture
def manager(client: Client, site: Site) -> Client:
    return signed_in(client, make_manager(site))


def of_network(**fields: int) -> CancellationPolicy:
    return CancellationPolicy.objects.create(kind="desk", **fields)


def send(client: Client, address: str, **fields: str) -> Any:
    return client.post(address, RULE | fields)


def test_a_site_sees_the_rule_of_the_network_its_bounds_and_sets_its_own(
    manager: Client, site: Site
) -> None:
    of_network(strictest_percent=80)

    before = words_of(manager.get(OF_SITE))
    answer = send(manager, OF_DESKS)

    assert "Desk free until 24 h before; after that, 50% is kept at most 48 h before" in before
    assert "80% kept the network’s Change" in before
    assert "Meeting room" not in before
    assert "of what a subsidy pays, nothing" in before
    assert answer.headers["Location"] == OF_SITE
    assert "free until 12 h before; after that, 30% is kept Change" in words_of(
        manager.get(OF_SITE)
    )
    assert terms_at(site, "desk") == Terms(12, 30)


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"free_hours": "49"}, "The network allows at most: free until 48 hours before, 80% kept"),
        ({"late_percent": "81"}, "The network allows at most: free until 48 hours before, 80%"),
        ({"late_percent": "101"}, "100"),
        ({"free_hours": "-1"}, "0"),
        ({"free_hours": "721"}, "720"),
        ({"free_hours": "soon"}, "whole number"),
        ({"free_hours": ""}, "An answer is missing here."),
    ],
)
def test_beyond_the_bounds_it_is_refused_with_them_and_nothing_is_written(
    manager: Client, site: Site, fields: dict[str, str], why: str
) -> None:
    of_network(strictest_percent=80)

    answer = send(manager, OF_DESKS, **fields)

    assert answer.status_code == 409
    assert why in words_of(answer)
    assert list(answer.context["form"].errors) == list(fields)
    assert not CancellationPolicy.objects.filter(site=site).exists()


def test_a_site_goes_back_to_the_rule_of_the_network(manager: Client, site: Site) -> None:
    assert "Go back to the network’s rule" not in words_of(manager.get(OF_DESKS))
    send(manager, OF_DESKS)
    assert "Go back to the network’s rule" in words_of(manager.get(OF_DESKS))

    assert manager.get(f"{OF_DESKS}withdraw/").status_code == 405
    manager.post(f"{OF_DESKS}withdraw/")

    assert terms_at(site, "desk") == Terms(24, 50)


@pytest.mark.parametrize("address", [OF_SITE, OF_DESKS, f"{OF_DESKS}withdraw/"])
def test_who_does_not_run_the_site_does_not_see_it(
    client: Client, site: Site, address: str
) -> None:
    assert client.get(address).status_code == 302
    for stranger in (make_user(), make_manager(make_site()), holder("change_cancellationpolicy")):
        signed_in(client, stranger)
        assert client.get(address).status_code in (404, 405)
        assert send(client, address).status_code in (404, 405)
    assert not CancellationPolicy.objects.exists()


@pytest.mark.parametrize("kind", ["office", "boat"])
def test_a_kind_that_the_site_has_not_is_not_there(manager: Client, kind: str) -> None:
    assert manager.get(f"{OF_SITE}{kind}/").status_code == 404
    assert manager.post(f"{OF_SITE}{kind}/withdraw/").status_code == 404


def test_the_network_sets_its_rule_and_bounds_kind_by_kind(client: Client, site: Site) -> None:
    signed_in(client, holder("change_cancellationpolicy"))

    refused = send(client, NETWORK_DESKS, **BOUNDS | {"late_percent": "81"})
    send(client, NETWORK_DESKS, **BOUNDS)

    assert refused.status_code == 409
    assert "at most: free until 36 hours before, 80% kept" in words_of(refused)
    told = words_of(client.get(NETWORK))
    assert "Desk free until 12 h before; after that, 30% is kept at most 36 h before" in told
    assert "Office free until 24 h before" in told
    assert terms_at(site, "desk") == Terms(12, 30)
    assert client.get(f"{NETWORK}boat/").status_code == 404


@pytest.mark.parametrize("address", [NETWORK, NETWORK_DESKS])
def test_only_who_may_sets_the_rule_of_the_network(
    client: Client, site: Site, address: str
) -> None:
    assert client.get(address).status_code == 302
    for stranger in (make_user(), make_manager(site), holder("adopt_tariffgrid")):
        signed_in(client, stranger)
        assert client.get(address).status_code == 403
    assert send(client, NETWORK_DESKS, **BOUNDS).status_code == 403
