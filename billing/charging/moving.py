"""What the ledger moves for charge lines: cents that are owed, half-days that passes hold."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple, TypeVar
from uuid import NAMESPACE_OID, uuid5

from billing.charging.quotes import HUNDRED
from billing.ledger.accounts import (
    code_of_operator,
    code_of_organisation,
    code_of_person,
    code_of_use,
    earned_by,
    owed_by,
    owed_by_organisation,
    used_at,
)
from billing.ledger.posting import Entry
from billing.models import Account, Charge, Pass, Transfer
from network.models import Organisation, User
from sites.models import Site

#: Keys of transfers are made of what they are for.
CHARGES = uuid5(NAMESPACE_OID, "maillage:charges")
Way = TypeVar("Way", "Debt", "Spending")


class Known(NamedTuple):
    """Accounts that were read before: by code, and by key those of passes."""

    by_code: Mapping[str, Account]
    purses: Mapping[int, Account]


class Debt(NamedTuple):
    """For which booking money moves, from whom to whom: a person or an organisation pays."""

    subject: str
    person: int | None
    organisation: int | None
    operator: int

    def accounts(self, known: Known) -> tuple[Account, Account]:
        """Return from which account to which."""
        earned = known.by_code.get(code_of_operator(self.operator))
        return self.owed(known), earned or earned_by(Organisation(pk=self.operator))

    def owed(self, known: Known) -> Account:
        """Return the account of who pays."""
        if self.organisation is not None:
            there = known.by_code.get(code_of_organisation(self.organisation))
            return there or owed_by_organisation(Organisation(pk=self.organisation))
        return known.by_code.get(code_of_person(self.person)) or owed_by(User(pk=self.person))


class Spending(NamedTuple):
    """For which booking half-days move, from which pass, to be used where."""

    subject: str
    account: int
    site: int

    def accounts(self, known: Known) -> tuple[Account, Account]:
        """Return from which account to which."""
        used = known.by_code.get(code_of_use(self.site)) or used_at(Site(pk=self.site))
        return known.purses[self.account], used


def debt(line: Charge) -> Debt:
    """Return who owes a line to whom."""
    organisation = line.owing_organisation_id
    person = None if organisation else line.person_id
    return Debt(line.subject, person, organisation, line.operator_id)


def spending(line: Charge, spent: Pass) -> Spending:
    """Return what a line takes from a pass."""
    assert line.site_id is not None
    return Spending(line.subject, spent.account_id, line.site_id)


def half_days_of(line: Charge) -> int:
    """Return the half-days that a line takes of its pass; below zero, gives back."""
    count = line.quantity // HUNDRED
    return -count if line.kind == Charge.Kind.GIVEN_BACK else count


def money_moved(lines: Iterable[Charge]) -> Counter[Debt]:
    """Return the cents that lines move, by for what, from whom and to whom."""
    moved: Counter[Debt] = Counter()
    for line in lines:
        moved[debt(line)] += line.amount_cents
    return moved


def half_days_moved(lines: Iterable[Charge]) -> Counter[Spending]:
    """Return the half-days that lines move, by for what, from which pass and to where."""
    moved: Counter[Spending] = Counter()
    for line in lines:
        if line.spent_pass:
            moved[spending(line, line.spent_pass)] += half_days_of(line)
    return moved


def entries(lines: Iterable[Charge], cause: str, accounts: Mapping[str, Account]) -> list[Entry]:
    """Return the transfers of the lines that one turn, named `cause`, writes.

    What is given back comes first, for it may be spent again at once.
    """
    every = list(lines)
    known = Known(accounts, purses(every))
    found = [
        *(
            entry(way, amount, cause, Transfer.Kind.CHARGE, known)
            for way, amount in moves(money_moved(every))
        ),
        *(
            entry(way, amount, cause, Transfer.Kind.CONSUME, known)
            for way, amount in moves(half_days_moved(every))
        ),
    ]
    return sorted(found, key=lambda one: one.kind != Transfer.Kind.REFUND)


def purses(lines: Iterable[Charge]) -> dict[int, Account]:
    """Return the accounts of the passes that lines are about."""
    passes = [one.spent_pass for one in lines if one.spent_pass]
    return {one.account_id: one.account for one in passes}


def moves(moved: Counter[Way]) -> Iterator[tuple[Way, int]]:
    """Yield what really moves."""
    return ((way, amount) for way, amount in moved.items() if amount)


def entry(
    way: Debt | Spending, amount: int, cause: str, kind: Transfer.Kind, known: Known
) -> Entry:
    """Return one transfer; below zero it goes the other way."""
    source, target = way.accounts(known)
    if amount < 0:
        source, target, kind = target, source, Transfer.Kind.REFUND
    return Entry(
        key=uuid5(CHARGES, f"{cause}:{':'.join(map(str, way))}"),
        kind=kind,
        source=source,
        target=target,
        amount=abs(amount),
        subject=way.subject,
    )
