"""On whose account somebody may book. Reads only."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from network.models import Capacity, Organisation, User
from subscriptions.errors import NotOnAccount


def accounts_of(person: User, now: datetime) -> QuerySet[Organisation]:
    """Return the organisations on whose account a person may book at an instant, by name."""
    employers = Organisation.objects.with_capacity(Capacity.Kind.EMPLOYER)
    return employers.filter(memberships__person=person).order_by("name", "pk")


def refuse_unless_on_account(person: User, organisation: int, now: datetime) -> None:
    """Refuse to book on account of an organisation, told by its key, that does not let a person.

    It says the same of one that does not exist. Raises NotOnAccount.
    """
    if not accounts_of(person, now).filter(pk=organisation).exists():
        raise NotOnAccount(_("You cannot book on account of this organisation. Choose another."))
