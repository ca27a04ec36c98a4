"""The way to holds and back, on the real tables: bookings stay, holds end, the guard stands."""

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from bookings.holds.holding import confirm
from bookings.models import Allocation, Hold
from tests.bookings.bookings import booked
from tests.bookings.holds.holding import held
from tests.factories import NOW, make_space, make_user

pytestmark = pytest.mark.django_db(transaction=True)
BEFORE = "0009_constraints_in_words"
INSERT_AGAIN = """
    INSERT INTO bookings_allocation
        (booking_id, site_id, space_id, unit_id, starts_at, ends_at, status)
    SELECT booking_id, site_id, space_id, unit_id, starts_at, ends_at, status
    FROM bookings_allocation
"""


@pytest.fixture
def back_and_forth() -> Iterator[None]:
    """Come forward again at the end, whatever the test did."""
    yield
    call_command("migrate", verbosity=0)


@pytest.mark.usefixtures("back_and_forth")
def test_on_the_way_back_holds_end_and_what_was_confirmed_stays_and_is_guarded() -> None:
    space = make_space(units=4)
    one, other = booked(space), confirm(hold=held(space), person=make_user(), now=NOW)
    held(space)

    call_command("migrate", "bookings", BEFORE, verbosity=0)

    with connection.cursor() as cursor:
        cursor.execute("SELECT booking_id FROM bookings_allocation ORDER BY booking_id")
        assert [row[0] for row in cursor.fetchall()] == [one.pk, other.pk]
        with (
            pytest.raises(IntegrityError, match="allocation_unit_not_shared"),
            transaction.atomic(),
        ):
            cursor.execute(INSERT_AGAIN)

    call_command("migrate", verbosity=0)

    assert not Hold.objects.exists()
    assert Allocation.objects.confirmed().count() == 2
    assert held(space, people=2).allocations.count() == 2
