"""Which cancellation policy holds, and how strict a site may be."""

import pytest
from django.core.exceptions import PermissionDenied

from billing.cancelling.policies import Terms, terms_at
from billing.cancelling.setting import (
    Bounds,
    set_network_policy,
    set_site_policy,
    withdraw_site_policy,
)
from billing.errors import PolicyTooStrict
from billing.models import CancellationPolicy
from network.models import User
from tests.factories import NOW, holder, make_manager, make_site, make_user

pytestmark = pytest.mark.django_db


def of_network(**fields: int) -> CancellationPolicy:
    return CancellationPolicy.objects.create(kind="desk", **fields)


def test_without_any_rule_cancelling_is_free_until_the_day_before() -> None:
    assert terms_at(make_site(), "desk") == Terms(24, 50)


def test_the_rule_of_the_network_is_of_one_kind() -> None:
    of_network(free_hours=12, late_percent=30)
    site = make_site()

    assert terms_at(site, "desk") == Terms(12, 30)
    assert terms_at(site, "office") == Terms(24, 50)


def test_a_site_has_its_own_rule() -> None:
    of_network(free_hours=12, late_percent=30)
    site = make_site()
    manager = make_manager(site)

    row = set_site_policy(site=site, kind="desk", terms=Terms(48, 100), by=manager, now=NOW)

    assert (row.set_by, row.set_at) == (manager, NOW)
    assert terms_at(site, "desk") == Terms(48, 100)
    assert terms_at(make_site(), "desk") == Terms(12, 30)


def test_a_site_changes_its_mind() -> None:
    site = make_site()
    manager = make_manager(site)
    set_site_policy(site=site, kind="desk", terms=Terms(2, 10), by=manager, now=NOW)

    set_site_policy(site=site, kind="desk", terms=Terms(4, 20), by=manager, now=NOW)

    assert terms_at(site, "desk") == Terms(4, 20)


@pytest.mark.parametrize("terms", [Terms(49, 50), Terms(24, 81)])
def test_a_site_is_not_stricter_than_the_network_allows(terms: Terms) -> None:
    of_network(strictest_percent=80)
    site = make_site()

    with pytest.raises(PolicyTooStrict, match="48"):
        set_site_policy(site=site, kind="desk", terms=terms, by=make_manager(site), now=NOW)

    assert not CancellationPolicy.objects.filter(site=site).exists()


def test_a_bound_that_the_network_sets_later_holds_at_once() -> None:
    site = make_site()
    set_site_policy(site=site, kind="desk", terms=Terms(48, 100), by=make_manager(site), now=NOW)

    of_network(strictest_hours=24, strictest_percent=60)

    assert terms_at(site, "desk") == Terms(24, 60)


def test_only_who_runs_the_site_sets_its_rule() -> None:
    site = make_site()

    for stranger in (make_user(), make_manager(make_site())):
        with pytest.raises(PermissionDenied):
            set_site_policy(site=site, kind="desk", terms=Terms(1, 1), by=stranger, now=NOW)


def test_a_site_goes_back_to_the_rule_of_the_network() -> None:
    of_network(free_hours=12, late_percent=30)
    site = make_site()
    manager = make_manager(site)
    set_site_policy(site=site, kind="desk", terms=Terms(1, 1), by=manager, now=NOW)

    with pytest.raises(PermissionDenied):
        withdraw_site_policy(site=site, kind="desk", by=make_manager(make_site()))
    withdraw_site_policy(site=site, kind="desk", by=manager)

    assert terms_at(site, "desk") == Terms(12, 30)


def setter() -> User:
    return holder("change_cancellationpolicy")


def test_the_network_sets_its_rule_and_the_bounds_of_sites_and_changes_its_mind() -> None:
    site = make_site()
    for terms in (Terms(6, 10), Terms(12, 30)):
        set_network_policy(kind="desk", terms=terms, bounds=Bounds(20, 60), by=setter(), now=NOW)

    assert terms_at(site, "desk") == Terms(12, 30)
    assert CancellationPolicy.objects.count() == 1
    with pytest.raises(PolicyTooStrict, match="20"):
        set_site_policy(site=site, kind="desk", terms=Terms(21, 60), by=make_manager(site), now=NOW)


@pytest.mark.parametrize("terms", [Terms(21, 60), Terms(20, 61)])
def test_the_network_is_no_stricter_than_its_own_bounds(terms: Terms) -> None:
    with pytest.raises(PolicyTooStrict):
        set_network_policy(kind="desk", terms=terms, bounds=Bounds(20, 60), by=setter(), now=NOW)


def test_only_who_may_sets_the_rule_of_the_network() -> None:
    for stranger in (make_user(), make_manager(make_site()), holder("adopt_tariffgrid")):
        with pytest.raises(PermissionDenied):
            set_network_policy(
                kind="desk", terms=Terms(1, 1), bounds=Bounds(2, 2), by=stranger, now=NOW
            )
