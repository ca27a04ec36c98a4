"""What the ledger moves for charge lines: cents that are owed, half-days that passes hold."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from uuid import NAMESPACE_OID, UUID, uuid5

from billing.charging.quotes import HUNDRED
from billing.ledger.accounts import account
from billing.ledger.posting import Entry
from billing.models import Account, Charge, Pass, Transfer
from billing.passes.spending import used_at
from network.models import Organisation, User
from sites.models import Site

Kind, Unit = Account.Kind, Account.Unit
#: Keys of transfers are made of what they are for.
CHARGES = uuid5(NAMESPACE_OID, "maillage:charges")


class Way(NamedTuple):
    """For which booking something moves, from and to what."""

    subject: str
    source: str
    target: str


def owed_by(line: Charge) -> str:
    """Return the code of the account of who owes a line; of a forgotten person, of nobody."""
    if line.organisation_id:
        return f"owed:organisation:{line.organisation_id}"
    return f"owed:person:{line.person_id or 0}"


def earned_by(line: Charge) -> str:
    """Return the code of the account of who earns a line."""
    return f"earned:operator:{line.operator_id}"


def half_days_of(line: Charge) -> int:
    """Return the half-days that a line takes of its pass; below zero, gives back."""
    if not line.spent_pass_id:
        return 0
    count = line.quantity // HUNDRED
    return -count if line.kind == Charge.Kind.GIVEN_BACK else count


def money_moves(lines: Iterable[Charge]) -> Counter[Way]:
    """Return the cents that lines move each way."""
    moves: Counter[Way] = Counter()
    for line in lines:
        moves[Way(line.subject, owed_by(line), earned_by(line))] += line.amount_cents
    return moves


def entries(lines: Iterable[Charge], cause: str) -> Iterator[Entry]:
    """Yield the transfers of lines that one turn, named `cause`, writes: what is given back first.

    The accounts of passes come with the lines.
    """
    every = list(lines)
    found = [*money_entries(every, cause), *half_day_entries(every, cause)]
    yield from sorted(found, key=lambda entry: entry.kind != Transfer.Kind.REFUND)


def money_entries(lines: Iterable[Charge], cause: str) -> Iterator[Entry]:
    """Yield what is owed: of each booking, payer and operator one transfer."""
    every = list(lines)
    known = {code: one for line in every for code, one in accounts_of(line)}
    for way, cents in money_moves(every).items():
        if cents:
            yield moved(way, known, cents, cause, Transfer.Kind.CHARGE)


def accounts_of(line: Charge) -> Iterator[tuple[str, tuple[Kind, Unit, dict[str, object]]]]:
    """Yield what the accounts of a line are made of, by code."""
    whose: dict[str, object] = (
        {"organisation_id": line.organisation_id}
        if line.organisation_id
        else {"person_id": line.person_id}
    )
    yield owed_by(line), (Kind.OWED, Unit.CENT, whose)
    yield earned_by(line), (Kind.EARNED, Unit.CENT, {"organisation_id": line.operator_id})
