"""Who books for an employer's people on its account. Reads only."""

from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from network.models import Capacity, Organisation, User
from network.models.organisations import OrganisationQuerySet
from subscriptions.employers.rights import employers_run_by
from subscriptions.models import Employee


def employers_booked_for_by(person: User, now: datetime) -> OrganisationQuerySet:
    """Return the employers for whose people somebody may book at an instant, by name.

    They run them, or are on that day one of its people who books for the others.
    """
    today = timezone.localdate(now)
    assisting = Employee.objects.on(today).filter(person=person, books_for_others=True)
    mine = Q(pk__in=employers_run_by(person).values("pk")) | Q(
        pk__in=assisting.values("organisation")
    )
    found = Organisation.objects.with_capacity(Capacity.Kind.EMPLOYER)
    return found.filter(mine).order_by("name", "pk")


def books_for(by: User, employer: int | None, now: datetime) -> bool:
    """Tell whether somebody may book for the people of an employer, told by its key."""
    return employer is not None and employers_booked_for_by(by, now).filter(pk=employer).exists()
