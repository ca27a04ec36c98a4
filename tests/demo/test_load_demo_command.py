import gc
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from pytest_django.fixtures import Settings

from billing.models import Proposal
from bookings.models import Booking
from demo.loading import load_demo
from network.models import Organisation, User
from sites.management.commands.load_territories import load_territories
from sites.models import Site
from tests.factories import make_site

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
A_DAY, A_WEEK = timedelta(days=1), timedelta(days=7)


def loaded() -> list[tuple[object, ...]]:
    """Load a short demo, say what it made, and take it back."""
    with transaction.atomic():
        load_demo(TODAY, past=A_WEEK, ahead=A_WEEK)
        columns = ("reference", "person__email", "site__slug", "starts_at", "created_at", "status")
        rows = list(Booking.objects.order_by("reference").values_list(*columns))
        transaction.set_rollback(True)
    return rows


def test_one_day_always_gives_the_same_demo() -> None:
    load_territories()

    first, second = loaded(), loaded()

    assert len(first) > 1000
    assert first == second


@pytest.mark.once
@pytest.mark.parametrize("days", [1, 90])
def test_the_demo_obeys_however_long_a_vote_must_last(days: int, settings: Settings) -> None:
    settings.VOTE_LEAST_DAYS = days
    load_territories()

    with transaction.atomic():
        load_demo(TODAY, past=A_DAY, ahead=A_DAY)
        votes = [one.closes_at - one.opened_at for one in Proposal.objects.all()]
        transaction.set_rollback(True)

    assert len(votes) == 2
    assert all(one >= timedelta(days=days) for one in votes)


def test_a_network_that_has_sites_is_left_alone() -> None:
    make_site("Un vrai site")
    out = StringIO()

    call_command("load_demo", stdout=out)

    assert "nothing was loaded" in out.getvalue()
    assert "maillage-demo-2026" not in out.getvalue()
    assert Site.objects.count() == 1


def test_a_crash_on_the_way_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*args: object) -> None:
        raise RuntimeError("out of power")

    monkeypatch.setattr("demo.loading.build_regulars", crash)

    with pytest.raises(RuntimeError):
        load_demo(TODAY, past=A_WEEK)

    assert gc.isenabled()
    assert not Site.objects.exists()
    assert not Organisation.objects.exists()
    assert not User.objects.exists()
