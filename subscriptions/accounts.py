"""On whose account somebody may book. Reads only."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from network.models import Capacity, Organisation, User
from network.models.organisations import OrganisationQuerySet
from subscriptions.errors import NotOnAccount
from subscriptions.models import Employee


def accounts_of(person: User, now: datetime) -> OrganisationQuerySet:
    """Return the organisations on whose account a person may book at an instant, by name.

    They are employers of whom the person is one of the people on that day.
    """
    theirs = Employee.objects.on(timezone.localdate(now)).filter(person=person)
    found = Organisation.objects.with_capacity(Capacity.Kind.EMPLOYER)
    return found.filter(pk__in=theirs.values("organisation")).order_by("name", "pk")


def refuse_unless_on_account(person: User, organisation: int, now: datetime) -> None:
    """Refuse to book on account of an organisation, told by its key, that does not let a person.

    It says the same of one that does not exist. Raises NotOnAccount.
    """
    if not accounts_of(person, now).filter(pk=organisation).exists():
        raise NotOnAccount(_("You cannot book on account of this organisation. Choose another."))
