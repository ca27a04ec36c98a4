"""The database itself refuses to share a unit: raw writes, with neither lock nor check before."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from bookings.errors import is_unit_shared
from bookings.models import Allocation
from sites.models import Unit
from tests.bookings.guard.consistency import drop_guard
from tests.bookings.guard.rows import held_row, refused, row
from tests.factories import NOW, TUESDAY, at, make_space

pytestmark = pytest.mark.django_db
NINE, TEN, ELEVEN = at(TUESDAY, "09:00"), at(TUESDAY, "10:00"), at(TUESDAY, "11:00")
TICK = timedelta(microseconds=1)


@pytest.fixture
def unit() -> Unit:
    return make_space().units.get()


def test_an_overlap_of_one_microsecond_is_refused(unit: Unit) -> None:
    row(unit, NINE, TEN).save()

    assert refused(row(unit, TEN - TICK, ELEVEN).save)
    assert refused(row(unit, NINE - TICK, NINE + TICK).save)


@pytest.mark.parametrize(
    ("starts_at", "ends_at"),
    [
        (NINE, TEN),
        (NINE + TICK, TEN - TICK),
        (NINE - TICK, TEN + TICK),
        (NINE, TEN + TICK),
        (NINE - TICK, TEN),
    ],
    ids=["same", "inside", "around", "longer", "earlier"],
)
def test_every_way_to_overlap_is_refused(
    unit: Unit, starts_at: datetime, ends_at: datetime
) -> None:
    row(unit, NINE, TEN).save()

    assert refused(row(unit, starts_at, ends_at).save)


def test_allocations_that_only_touch_are_accepted(unit: Unit) -> None:
    row(unit, TEN, ELEVEN).save()

    assert not refused(row(unit, NINE, TEN).save)
    assert not refused(row(unit, ELEVEN, ELEVEN + TICK).save)


def test_a_gap_between_two_takes_exactly_what_fits(unit: Unit) -> None:
    row(unit, NINE - TICK, NINE).save()
    row(unit, TEN, TEN + TICK).save()

    assert refused(row(unit, NINE, TEN + TICK).save)
    assert refused(row(unit, NINE - TICK, TEN).save)
    assert not refused(row(unit, NINE, TEN).save)


def test_another_unit_is_free_at_the_same_time() -> None:
    one, other = make_space(units=2).units.all()
    row(one, NINE, TEN).save()

    assert not refused(row(other, NINE, TEN).save)


def test_what_is_held_keeps_out_as_a_confirmed_booking_does(unit: Unit) -> None:
    held_row(unit, NINE, TEN).save()

    assert refused(row(unit, NINE, TEN).save)
    assert refused(held_row(unit, NINE, TEN).save)
    assert not refused(row(unit, TEN, ELEVEN).save)
    assert refused(held_row(unit, TEN, ELEVEN).save)


def test_the_database_knows_no_clock_what_has_ended_keeps_out_until_it_is_let_go(
    unit: Unit,
) -> None:
    ended = held_row(unit, NINE, TEN, held_until=NOW - timedelta(days=1))
    ended.save()

    assert refused(row(unit, NINE, TEN).save)
    ended.delete()
    assert not refused(row(unit, NINE, TEN).save)


@pytest.mark.parametrize(
    "wrong",
    [
        {"hold": None},
        {"hold": None, "held_until": None, "status": "confirmed"},
        {"held_until": None},
        {"status": "confirmed"},
        {"status": "confirmed", "held_until": None},
        {"status": "released", "held_until": None},
    ],
    ids=str,
)
def test_an_allocation_is_a_bookings_or_is_held_until_an_instant(
    unit: Unit, wrong: dict[str, object]
) -> None:
    with pytest.raises(IntegrityError, match="allocation_"), transaction.atomic():
        held_row(unit, NINE, TEN, **wrong).save()


def test_no_allocation_is_of_a_booking_and_of_a_hold(unit: Unit) -> None:
    both = held_row(unit, NINE, TEN, booking=row(unit, NINE, TEN).booking)

    with pytest.raises(IntegrityError, match="allocation_of_booking_or_hold"), transaction.atomic():
        both.save()


def test_a_released_allocation_neither_holds_nor_can_take_its_unit_back(unit: Unit) -> None:
    released = row(unit, NINE, TEN, status="released")
    released.save()
    row(unit, NINE, TEN).save()

    released.status = Allocation.Status.CONFIRMED

    assert refused(released.save)


def test_a_move_in_time_into_another_is_refused(unit: Unit) -> None:
    row(unit, NINE, TEN).save()
    later = row(unit, TEN, ELEVEN)
    later.save()

    sooner = Allocation.objects.filter(pk=later.pk)

    assert refused(sooner.update, starts_at=TEN - TICK)
    assert not refused(sooner.update, ends_at=ELEVEN + TICK)


def test_a_longer_stay_into_the_next_is_refused(unit: Unit) -> None:
    first = row(unit, NINE, TEN)
    first.save()
    row(unit, TEN, ELEVEN).save()

    assert refused(Allocation.objects.filter(pk=first.pk).update, ends_at=TEN + TICK)


def test_a_move_to_a_unit_that_is_taken_is_refused() -> None:
    one, other = make_space(units=2).units.all()
    row(one, NINE, TEN).save()
    moved = row(other, NINE, TEN)
    moved.save()

    assert refused(Allocation.objects.filter(pk=moved.pk).update, unit=one)


def test_an_allocation_may_be_saved_again_where_it_is(unit: Unit) -> None:
    allocation = row(unit, NINE, TEN)
    allocation.save()

    assert not refused(allocation.save)


def test_without_a_unit_nothing_is_held_until_one_is_given(unit: Unit) -> None:
    row(unit, NINE, TEN).save()
    freed = row(None, NINE, TEN)

    assert not refused(freed.save)
    assert not refused(row(None, NINE, TEN).save)
    assert refused(Allocation.objects.filter(pk=freed.pk).update, unit=unit)


def test_one_clash_refuses_the_whole_of_a_bulk_insert() -> None:
    one, other = make_space(units=2).units.all()
    rows = [row(one, NINE, TEN), row(other, NINE, TEN), row(one, TEN - TICK, ELEVEN)]

    assert refused(Allocation.objects.bulk_create, rows)
    assert Allocation.objects.count() == 0


def test_one_clash_refuses_the_whole_of_a_bulk_update() -> None:
    one, other = make_space(units=2).units.all()
    swapped = [row(one, NINE, TEN), row(other, NINE, TEN)]
    Allocation.objects.bulk_create(swapped)
    swapped[0].unit, swapped[1].unit = other, other

    assert refused(Allocation.objects.bulk_update, swapped, ["unit"])


def test_without_the_guard_the_same_insert_double_books(unit: Unit) -> None:
    """The control: the tests above can fail."""
    drop_guard()
    row(unit, NINE, TEN).save()

    assert not refused(row(unit, NINE, TEN).save)
    assert Allocation.objects.guarded().filter(unit=unit, starts_at=NINE).count() == 2


def test_an_allocation_lasts_25_hours_at_most(unit: Unit) -> None:
    with pytest.raises(IntegrityError, match="allocation_within_a_day"), transaction.atomic():
        row(unit, NINE, NINE + timedelta(hours=25) + TICK).save()

    row(unit, NINE, NINE + timedelta(hours=25)).save()
    assert Allocation.objects.count() == 1


@pytest.mark.parametrize("ends_at", [NINE, NINE - TICK])
def test_an_allocation_ends_after_it_starts(unit: Unit, ends_at: datetime) -> None:
    allocation = row(unit, NINE, TEN)
    allocation.ends_at = ends_at

    with pytest.raises(IntegrityError, match="allocation_ends_after_it_starts"):
        allocation.save()


def test_an_error_of_another_kind_is_not_taken_for_a_shared_unit(unit: Unit) -> None:
    allocation = row(unit, NINE, NINE + timedelta(days=2))

    with pytest.raises(IntegrityError) as error:
        allocation.save()

    assert not is_unit_shared(error.value)
