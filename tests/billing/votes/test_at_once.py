"""Two who decide on grids at once: one after the other, the second in view of the first."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.db import connection

from billing.models import TariffGrid, Vote
from billing.votes.adopting import Deliberation, adopt
from network.errors import Refusal
from network.models import User
from tests.billing.tariffs import make_draft, make_proposal
from tests.factories import NOW, holder, make_site

pytestmark = [
    pytest.mark.skipif(connection.vendor == "sqlite", reason="its tests share one connection"),
    pytest.mark.django_db(transaction=True),
]
NEW_YEAR, SPRING = date(2027, 1, 1), date(2027, 4, 1)
AFTER = NOW + timedelta(days=22)


def attempt(grid: TariffGrid, by: User, together: threading.Barrier) -> str:
    """Put a grid in force when all are there; return in a word how it went."""
    together.wait(timeout=60)
    try:
        adopt(grid=grid, deliberation=Deliberation(AFTER.date(), "2026-41"), by=by, now=AFTER)
    except Refusal as refusal:
        return refusal.code
    else:
        return "done"
    finally:
        connection.close()


def adopted_at_once(*grids: TariffGrid) -> list[str]:
    together, by = threading.Barrier(len(grids)), holder("adopt_tariffgrid")
    with ThreadPoolExecutor(len(grids)) as pool:
        return sorted(pool.map(lambda grid: attempt(grid, by, together), grids))


def test_of_two_carried_grids_with_one_first_day_one_is_adopted() -> None:
    site, grids = make_site(), [make_draft(from_day=NEW_YEAR) for _number in range(2)]
    for grid in grids:
        make_proposal(grid).votes.create(site=site, choice=Vote.Choice.YES, cast_at=NOW)

    assert adopted_at_once(*grids) == ["done", "grid_day_refused"]
    assert TariffGrid.objects.adopted().count() == 1


def test_of_two_first_grids_without_a_vote_one_is_adopted() -> None:
    grids = [make_draft(from_day=day) for day in (NEW_YEAR, SPRING)]

    assert adopted_at_once(*grids) == ["done", "vote_not_carried"]
