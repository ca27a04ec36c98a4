"""Allocations written with neither lock nor check before."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from bookings.errors import is_unit_shared
from bookings.models import Allocation, Booking, Hold
from sites.models import Unit
from tests.factories import NOW, make_space, make_user


def row(
    unit: Unit | None, starts_at: datetime, ends_at: datetime, status: str = "confirmed"
) -> Allocation:
    """Return an allocation not saved, of a saved booking."""
    space = unit.space if unit else make_space()
    person = make_user()
    booking = Booking.objects.create(
        site=space.site,
        space=space,
        person=person,
        booked_by=person,
        status=Booking.Status.CONFIRMED,
        starts_at=starts_at,
        ends_at=ends_at,
        created_at=NOW,
        changed_at=NOW,
    )
    return Allocation(
        booking=booking,
        site=space.site,
        space=space,
        unit=unit,
        starts_at=starts_at,
        ends_at=ends_at,
        status=status,
    )


def held_row(unit: Unit, starts_at: datetime, ends_at: datetime, **fields: object) -> Allocation:
    """Return an allocation not saved, of a saved hold."""
    until = NOW + timedelta(minutes=15)
    hold = Hold.objects.create(site=unit.site, space=unit.space, created_at=NOW, until=until)
    usual: dict[str, object] = {"hold": hold, "held_until": until, "status": "held"}
    times = {"starts_at": starts_at, "ends_at": ends_at}
    place = {"site": unit.site, "space": unit.space, "unit": unit}
    return Allocation(**usual | times | place | fields)


def refused(write: object, *args: object, **kwargs: object) -> bool:
    """Tell whether the database refuses `write` because a unit would be shared."""
    try:
        with transaction.atomic():
            write(*args, **kwargs)  # type: ignore[operator]  # any write of the ORM
    except IntegrityError as error:
        if not is_unit_shared(error):
            raise
        return True
    return False
