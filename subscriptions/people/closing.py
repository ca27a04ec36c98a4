"""Whose account is closed or deleted leaves their employers that day."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from network.models import User
from subscriptions.models import Employee
from subscriptions.people.leaving import end, lock_employee


def leave_employers(sender: object, person: User, by: User, now: datetime, **told: Any) -> None:
    """Let a person whose account was closed leave at the end of today."""
    end_all(person, by, now)


def leave_deleted(sender: object, instance: User, **told: Any) -> None:
    """Let a person whose account is being deleted leave: their employers' seats are free again."""
    end_all(instance, None, timezone.now())


@transaction.atomic
def end_all(person: User, by: User | None, now: datetime) -> None:
    """Tell the last day of a person at each employer where they stay longer."""
    today = timezone.localdate(now)
    rows = Employee.objects.filter(person=person).on(today).exclude(until=today)
    for one in rows.order_by("pk"):
        end(employee=lock_employee(one), last_day=max(today, one.since), by=by, now=now)
