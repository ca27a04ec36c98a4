"""What a person may spend: passes, what is left of each, until when. Reads only.

What they hold for themselves, or what they may spend on account of one organisation: `payer` is its
key, None for themselves.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter

from django.db.models import BigIntegerField, DateTimeField, QuerySet

from billing.ledger.balances import moved, reserved
from billing.models import Account, Pass, PassBearer
from billing.models.passes import PassQuerySet
from network.models import Organisation, User
from network.sql import Asked, Given, Instant, kept

#: What the query below adds to a row.
free = attrgetter("free")
#: What is left of a pass without bound: more than anybody books.
UNBOUNDED = 1_000_000


@dataclass(frozen=True)
class Held:
    """A pass, and the half-days of it that may still be taken."""

    row: Pass
    left: int


def held(rows: PassQuerySet, now: datetime) -> list[Held]:
    """Return passes with what is left of each, in their order: one query.

    What is reserved cannot be taken; a pass that is over has nothing left, whatever it holds.
    """
    told = with_left(rows.select_related("account", "site"), now)
    return [Held(row, left_of(row) if row.valid_until > now else 0) for row in told]


def left_of(row: Pass) -> int:
    """Return what may still be taken of a pass that is not over."""
    return UNBOUNDED if row.is_unbounded else int(free(row))


def with_left(rows: PassQuerySet, now: Instant) -> PassQuerySet:
    """Have each pass tell what its account may still give."""
    return rows.annotate(free=moved("account") - reserved(now, "account"))


def paid_by(has_payer: bool) -> Given | None:
    """Return on whose account passes are to be: nobody's else, or one's that is told."""
    return Given("payer", BigIntegerField()) if has_payer else None


@kept
def purses(has_payer: bool, is_locking: bool) -> QuerySet[Account, tuple[int]]:
    """Return the accounts of all passes that a person may spend, locked if asked, in that order."""
    mine = Account.objects.filter(
        of_pass__bearers__person=Given("person", BigIntegerField()),
        of_pass__on_account_of=paid_by(has_payer),
    ).order_by("pk")
    locked = mine.select_for_update(no_key=True, of=("self",)) if is_locking else mine
    return locked.values_list("pk")


@kept
def passes_that_hold(has_payer: bool) -> QuerySet[Pass]:
    """Return the passes that a person may spend, with their accounts and what is left of each."""
    now = Given("now", DateTimeField())
    borne = PassBearer.objects.of(Given("person", BigIntegerField()), now)
    mine = Pass.objects.filter(
        pk__in=borne.values("spent"), on_account_of=paid_by(has_payer), valid_until__gt=now
    )
    return with_left(mine.select_related("account"), now)


def ask_purses(person: int, payer: int | None, *, is_locking: bool) -> Asked[tuple[int]]:
    """Return the accounts of all passes that a person may spend, to be asked with other things.

    Locked, they stay as they are read afterwards, until the transaction ends.
    """
    has_payer = payer is not None
    return purses(has_payer, is_locking).asked(person=person, payer=payer)


def ask_held(person: int, payer: int | None, now: datetime) -> Asked[Pass]:
    """Return the passes that a person may spend now, to be asked with other things."""
    return passes_that_hold(payer is not None).asked(person=person, payer=payer, now=now)


def held_of(rows: Sequence[Pass]) -> list[Held]:
    """Return what was read of passes that hold."""
    return [Held(row, left_of(row)) for row in rows]


def lock_purses(people: Iterable[User], payer: Organisation) -> None:
    """Make whoever takes of the passes that some people may spend, paid by another, wait.

    Who books for several people takes them all first, in their order, before any is taken of.
    """
    theirs = Account.objects.filter(
        of_pass__bearers__person__in=[*people], of_pass__on_account_of=payer
    )
    locked = theirs.select_for_update(no_key=True, of=("self",))
    list(locked.order_by("pk").values_list("pk"))
