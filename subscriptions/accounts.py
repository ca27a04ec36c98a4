"""On whose account somebody may book. Reads only."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from network.models import Capacity, Organisation, User
from network.models.organisations import OrganisationQuerySet
from subscriptions.errors import CreditsUsedUp, NotOnAccount
from subscriptions.models import Employee, Seat


def accounts_of(person: User, now: datetime) -> OrganisationQuerySet:
    """Return the organisations on whose account a person may book at an instant, by name.

    They are employers of whom the person is one of the people on that day.
    """
    theirs = Employee.objects.on(timezone.localdate(now)).filter(person=person)
    found = Organisation.objects.with_capacity(Capacity.Kind.EMPLOYER)
    return found.filter(pk__in=theirs.values("organisation")).order_by("name", "pk")


def employee_of(person: User, organisation: int | None, now: datetime) -> Employee:
    """Return somebody as one of an employer's people, with their team. Raises NotOnAccount."""
    rows = Employee.objects.on(timezone.localdate(now)).filter(person=person)
    told = rows.select_related("organisation", "team__organisation", "person")
    found = told.filter(organisation=organisation).order_by("-since", "-pk").first()
    if found is None:
        raise not_on_account()
    return found


def refuse_overage(employee: Employee, now: datetime) -> None:
    """Refuse to owe anything where the plans of somebody's seats have nothing beyond credits.

    Without a seat, or with one that has it, the employer's rules alone count. Raises
    CreditsUsedUp.
    """
    seats = Seat.objects.on(timezone.localdate(now)).filter(
        person=employee.person, subscription__organisation=employee.organisation
    )
    told = set(seats.values_list("subscription__version__has_overage", flat=True))
    if told == {False}:
        raise CreditsUsedUp(
            _("The credits are not enough, and %(employer)s pays nothing beyond them.")
            % {"employer": employee.organisation.name}
        )


def not_on_account() -> NotOnAccount:
    """Return the refusal of an account that is not open to somebody."""
    return NotOnAccount(_("You cannot book on account of this organisation. Choose another."))


def refuse_unless_on_account(person: User, organisation: int, now: datetime) -> None:
    """Refuse to book on account of an organisation, told by its key, that does not let a person.

    It says the same of one that does not exist. Raises NotOnAccount.
    """
    if not accounts_of(person, now).filter(pk=organisation).exists():
        raise not_on_account()
