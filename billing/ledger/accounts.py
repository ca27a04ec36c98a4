"""The accounts there are. Each is made when it is first needed."""

from billing.models import Account
from network.models import Organisation, User

CENT, HALF_DAY = Account.Unit.CENT, Account.Unit.HALF_DAY


def account(code: str, kind: Account.Kind, unit: Account.Unit, **fields: object) -> Account:
    """Return the account of that code; made if need be, by whoever comes first."""
    row, _made = Account.objects.get_or_create(
        code=code, defaults={"kind": kind, "unit": unit, **fields}
    )
    return row


def owed_by(payer: User | Organisation) -> Account:
    """Return what a person or an organisation owes: below zero by as much."""
    if isinstance(payer, User):
        return account(f"owed:person:{payer.pk}", Account.Kind.OWED, CENT, person=payer)
    return account(f"owed:organisation:{payer.pk}", Account.Kind.OWED, CENT, organisation=payer)


def earned_by(operator: Organisation) -> Account:
    """Return what an operator earned."""
    return account(f"earned:{operator.pk}", Account.Kind.EARNED, CENT, organisation=operator)


def sold() -> Account:
    """Return where the half-days of passes come from: below zero by all that were sold."""
    return account("sold", Account.Kind.SOLD, HALF_DAY)


def used_at(operator: Organisation) -> Account:
    """Return the half-days that were used at an operator's sites."""
    return account(f"used:{operator.pk}", Account.Kind.USED, HALF_DAY, organisation=operator)


def expired() -> Account:
    """Return the half-days that nobody used in time."""
    return account("expired", Account.Kind.EXPIRED, HALF_DAY)


def of_new_pass(code: str, person: User) -> Account:
    """Return a new pass's account: it never holds less than nothing."""
    return Account.objects.create(
        code=f"pass:{code}", kind=Account.Kind.PASS, unit=HALF_DAY, person=person, floor=0
    )
