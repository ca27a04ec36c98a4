"""Half-days are spent nearest expiry first, all or none, and go back to where they came from."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from billing.errors import KeyOfAnother, NotEnough
from billing.ledger.balances import balance
from billing.ledger.checking import faults
from billing.ledger.posting import post
from billing.models import Pass, Transfer
from billing.passes.holding import Need, usable
from billing.passes.spending import give_back, spend
from network.models import User
from sites.models import Site
from tests.billing.accounts import entry, world
from tests.billing.bought import bought, selling_site
from tests.billing.tariffs import make_grid
from tests.factories import NOW, at, make_user

pytestmark = pytest.mark.django_db


def spent(person: User, half_days: int, **asked: Any) -> list[Transfer]:
    """Spend half-days of somebody's for a booking at the first site."""
    fields: dict[str, Any] = {"site": Site.objects.earliest("pk"), "kind": "desk"}
    now, key = asked.pop("now", NOW), asked.pop("key", None) or uuid4()
    subject = asked.pop("subject", "ABCD")
    need = Need(person=person, **fields | asked)
    return spend(need=need, half_days=half_days, subject=subject, key=key, now=now)


def returned(transfers: list[Transfer], half_days: int, key: UUID | None = None) -> list[Transfer]:
    return give_back(transfers=transfers, half_days=half_days, key=key or uuid4(), now=NOW)


def left(*passes: Pass) -> list[int]:
    return [balance(one.account) for one in passes]


def test_the_pass_that_ends_first_is_spent_first() -> None:
    ada = make_user()
    later, sooner = bought(ada, 2, valid_months=6), bought(ada, 2, valid_months=1)

    spent(ada, 3)

    assert left(sooner, later) == [0, 1]


def test_more_than_all_passes_hold_is_refused_and_nothing_spent() -> None:
    ada = make_user()
    first, second = bought(ada, 2), bought(ada, 1)

    with pytest.raises(NotEnough):
        spent(ada, 4)

    assert left(first, second) == [2, 1]


def test_nobody_spends_the_pass_of_somebody_else() -> None:
    mine = bought(make_user())

    with pytest.raises(NotEnough):
        spent(make_user(), 1)

    assert left(mine) == [10]


def test_a_pass_holds_for_its_kind_category_and_site_alone() -> None:
    ada, site = make_user(), selling_site()
    bought(ada, site=site, is_of_one_site=True)
    bought(ada, site=site, category="rural")
    urban = selling_site(category="urban")

    assert len(usable(Need(person=ada, kind="desk", site=site), NOW)) == 2
    assert len(usable(Need(person=ada, kind="desk", site=selling_site()), NOW)) == 1
    assert usable(Need(person=ada, kind="desk", site=urban), NOW) == []
    assert usable(Need(person=ada, kind="office", site=site), NOW) == []


def test_a_pass_counts_for_nothing_from_its_end_on_with_no_job_run() -> None:
    ada = make_user()
    mine = bought(ada, valid_months=1)
    midnight = at(date(2026, 12, 24), "00:00")

    spent(ada, 1, now=midnight - timedelta(seconds=1))

    with pytest.raises(NotEnough):
        spent(ada, 1, now=midnight)
    assert left(mine) == [9]


def test_a_pass_covers_a_use_that_is_over_by_its_end_and_none_that_is_not() -> None:
    ada = make_user()
    bought(ada, valid_months=1)
    midnight = at(date(2026, 12, 24), "00:00")

    spent(ada, 1, ends_at=midnight)

    with pytest.raises(NotEnough):
        spent(ada, 1, ends_at=midnight + timedelta(minutes=15))


def test_the_pass_of_the_day_that_clocks_change_holds_through_its_last_hour() -> None:
    ada = make_user()
    bought(
        ada,
        now=at(date(2026, 9, 25), "12:00"),
        valid_months=1,
        grid=make_grid(from_day=date(2026, 1, 1)),
    )
    midnight = at(date(2026, 10, 26), "00:00")

    assert spent(ada, 1, now=midnight - timedelta(seconds=1), ends_at=midnight)
    with pytest.raises(NotEnough):
        spent(ada, 1, now=midnight)


def test_what_is_reserved_of_a_pass_is_not_spent() -> None:
    ada = make_user()
    mine = bought(ada, 2)
    kept = entry(mine.account, world(), 2, until=NOW + timedelta(minutes=15))
    post(entries=[kept], now=NOW)

    with pytest.raises(NotEnough):
        spent(ada, 1)


def test_asked_again_with_its_key_a_spending_is_the_same() -> None:
    ada, key = make_user(), uuid4()
    first, second = bought(ada, 1), bought(ada, 5)

    once = spent(ada, 3, key=key)
    again = spent(ada, 3, key=key)

    assert again == once
    assert left(first, second) == [0, 3]


@pytest.mark.parametrize("other", [{"half_days": 2}, {"half_days": 3, "subject": "OTHER"}])
def test_its_key_never_stands_on_another_spending(other: dict[str, Any]) -> None:
    ada, key = make_user(), uuid4()
    bought(ada)
    spent(ada, 3, key=key)

    with pytest.raises(KeyOfAnother):
        spent(ada, key=key, **other)


def test_what_goes_back_goes_to_the_pass_that_ends_last_first() -> None:
    ada = make_user()
    sooner, later = bought(ada, 2, valid_months=1), bought(ada, 2, valid_months=6)
    taken = spent(ada, 4)

    returned(taken, 3)

    assert left(sooner, later) == [1, 2]
    assert not list(faults())


def test_never_more_goes_back_than_was_taken() -> None:
    ada = make_user()
    mine = bought(ada, 5)
    taken = spent(ada, 3)
    returned(taken, 2)

    with pytest.raises(ValueError, match="more than were taken"):
        returned(taken, 2)

    assert left(mine) == [4]


def test_asked_again_with_its_key_nothing_more_goes_back() -> None:
    ada, key = make_user(), uuid4()
    mine = bought(ada, 5)
    taken = spent(ada, 3)

    once = returned(taken, 2, key)
    again = returned(taken, 2, key)

    assert again == once
    assert left(mine) == [4]


def test_what_goes_back_to_a_pass_that_is_over_cannot_be_spent() -> None:
    ada = make_user()
    mine = bought(ada, 2, valid_months=1)
    taken = spent(ada, 2)

    back = give_back(transfers=taken, half_days=2, key=uuid4(), now=mine.valid_until)

    assert [one.target for one in back] == [mine.account]
    with pytest.raises(NotEnough):
        spent(ada, 1, now=mine.valid_until)


def test_half_days_of_somebody_forgotten_still_go_back() -> None:
    ada = make_user()
    mine = bought(ada, 2)
    taken = spent(ada, 2)
    ada.delete()

    returned(taken, 1)

    assert left(mine) == [1]


@pytest.mark.parametrize("half_days", [0, -1])
def test_nothing_and_less_is_neither_spent_nor_given_back(half_days: int) -> None:
    ada = make_user()
    bought(ada)
    taken = spent(ada, 1)

    with pytest.raises(ValueError, match="half-days"):
        spent(ada, half_days)
    with pytest.raises(ValueError, match="half-days"):
        returned(taken, half_days)


def test_however_many_passes_what_is_usable_is_one_query(
    django_assert_num_queries: Any,
) -> None:
    ada, site = make_user(), selling_site()
    for _ in range(5):
        bought(ada, site=site)

    with django_assert_num_queries(1):
        assert len(usable(Need(person=ada, kind="desk", site=site), NOW)) == 5
