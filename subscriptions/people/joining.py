"""Somebody comes to book on an employer's account. Nothing else makes an `Employee`."""

from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network.models import Capacity, Organisation, User
from subscriptions.employers.locking import lock_employer
from subscriptions.errors import EmployeeRefused
from subscriptions.models import CostCentre, Employee, Team
from subscriptions.taking.seats import seat_newcomer


class Place(NamedTuple):
    """Where somebody is within an employer."""

    team: Team | None = None
    cost_centre: CostCentre | None = None


@transaction.atomic
def join(*, organisation: Organisation, person: User, place: Place, now: datetime) -> Employee:
    """Let a person book on an employer's account from today on, with a seat where one is free.

    Who was to leave, today or later, stays. Raises EmployeeRefused for who is there already, and
    for an organisation that is no employer any more.
    """
    locked, today = lock_employer(organisation), timezone.localdate(now)
    if Capacity.Kind.EMPLOYER not in locked.kinds():
        raise EmployeeRefused(_("This organisation is no employer in the network any more."))
    row = Employee.objects.on(today).filter(organisation=locked, person=person).first()
    if row is None:
        row = Employee(organisation=locked, person=person, since=today)
    elif row.until is None:
        raise EmployeeRefused(_("You are there already."))
    row.until, row.team, row.cost_centre = None, place.team, place.cost_centre
    row.save()
    seat_newcomer(employee=row, now=now)
    return row
