"""What was kept of invitations and of people who left is erased when its time is over."""

from datetime import timedelta
from typing import Any

import pytest

from network.jobs.chores import purge
from subscriptions.models import Employee, Invitation
from tests.factories import MONDAY, NOW
from tests.subscriptions.employers import make_employee, make_employer, make_invitation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
LONG_AGO = NOW - timedelta(days=30)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize("fields", [("expires_at",), ("withdrawn_at",), ("accepted_at",)])
def test_an_invitation_goes_thirty_days_after_it_was_over(fields: tuple[str]) -> None:
    over: dict[str, Any] = dict.fromkeys(fields, LONG_AGO)
    make_invitation(make_employer(), **over)

    early = purge(now=NOW)["invitations"]
    late = purge(now=NOW + SECOND)["invitations"]

    assert (early, late) == (0, 1)
    assert not Invitation.objects.exists()


def test_an_invitation_that_can_be_accepted_stays() -> None:
    make_invitation(make_employer(), made_at=NOW - timedelta(days=300))

    assert purge(now=NOW)["invitations"] == 0


def test_who_left_is_forgotten_after_two_years_and_who_stays_is_not() -> None:
    before = MONDAY - timedelta(days=731)
    employer = make_employer()
    make_employee(employer, since=before, until=before)
    kept = {
        make_employee(employer, since=before, until=before + timedelta(days=1)).pk,
        make_employee(employer, since=before).pk,
    }

    assert purge(now=NOW)["employments"] == 1
    assert set(Employee.objects.values_list("pk", flat=True)) == kept
