"""The accounts there are. Each is made when it is first needed."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import CharField, QuerySet

from billing.models import Account
from network.models import Organisation, User
from network.sql import Among, Asked, kept, together
from sites.models import Site


def account(code: str, kind: Account.Kind, unit: Account.Unit, **fields: object) -> Account:
    """Return the account of that code; made if need be, by whoever comes first."""
    there = ask_accounts([code])
    together(there)
    return there.rows[0] if there.rows else made(Account(code=code, kind=kind, unit=unit, **fields))


def made(row: Account) -> Account:
    """Write an account that was not there; whoever comes second gets the one of the first."""
    code = ["code"]
    Account.objects.bulk_create(
        [row], update_conflicts=True, unique_fields=code, update_fields=code
    )
    return row


@kept
def accounts_named() -> QuerySet[Account]:
    """Return the accounts there are of some codes."""
    return Account.objects.filter(Among("code", "codes", CharField()))


def ask_accounts(codes: Collection[str]) -> Asked[Account]:
    """Return the accounts there are of some codes, to be asked with other things."""
    return accounts_named().asked(codes=list(codes))


def code_of_person(person: int | None) -> str:
    """Return the code of what a person owes."""
    return f"owed:person:{person}"


def code_of_organisation(organisation: int) -> str:
    """Return the code of what an organisation owes."""
    return f"owed:organisation:{organisation}"


def code_of_operator(operator: int) -> str:
    """Return the code of what an operator earned."""
    return f"earned:operator:{operator}"


def code_of_use(site: int) -> str:
    """Return the code of where half-days go that are used at a site."""
    return f"used:site:{site}"


def owing(person: User) -> dict[str, Any]:
    """Return the fields of the account of what a person owes, in cents: below zero."""
    kind, unit = Account.Kind.OWED, Account.Unit.CENT
    return {"code": code_of_person(person.pk), "kind": kind, "unit": unit, "person": person}


def owed_by(person: User) -> Account:
    """Return what a person owes."""
    return account(**owing(person))


def owed_by_many(people: Iterable[User]) -> list[Account]:
    """Return what each person owes, made and asked all together."""
    rows = [Account(**owing(person)) for person in people]
    Account.objects.bulk_create(rows, ignore_conflicts=True)
    return list(Account.objects.filter(code__in=[row.code for row in rows]))


def owed_by_organisation(organisation: Organisation) -> Account:
    """Return what an organisation owes, in cents: what is owed is below zero."""
    code, kind = code_of_organisation(organisation.pk), Account.Kind.OWED
    return account(code, kind, Account.Unit.CENT, organisation=organisation)


def owed_by_forgotten() -> Account:
    """Return what people owe whose accounts were erased before it was charged."""
    return account("owed:forgotten", Account.Kind.OWED, Account.Unit.CENT)


def earned_by(operator: Organisation) -> Account:
    """Return what an operator earned, in cents."""
    code, kind = code_of_operator(operator.pk), Account.Kind.EARNED
    return account(code, kind, Account.Unit.CENT, organisation=operator)


def sold_by(operator: Organisation) -> Account:
    """Return where the half-days of an operator's passes come from."""
    code, kind = f"sold:operator:{operator.pk}", Account.Kind.SOLD
    return account(code, kind, Account.Unit.HALF_DAY, organisation=operator)


def expired_of(operator: Organisation) -> Account:
    """Return where half-days of an operator's passes go that nobody used."""
    code, kind = f"expired:operator:{operator.pk}", Account.Kind.EXPIRED
    return account(code, kind, Account.Unit.HALF_DAY, organisation=operator)


def used_at(site: Site) -> Account:
    """Return where half-days go that are used at a site."""
    return account(code_of_use(site.pk), Account.Kind.USED, Account.Unit.HALF_DAY)
