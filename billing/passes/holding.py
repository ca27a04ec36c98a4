"""What a person holds: their passes, what is left of each, until when. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter

from django.db.models import BigIntegerField, DateTimeField, QuerySet

from billing.ledger.balances import moved, reserved
from billing.models import Account, Pass
from billing.models.passes import PassQuerySet
from network.sql import Asked, Given, Instant, kept

#: What the query below adds to a row.
free = attrgetter("free")


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
    return [Held(row, free(row) if row.valid_until > now else 0) for row in told]


def with_left(rows: PassQuerySet, now: Instant) -> PassQuerySet:
    """Have each pass tell what its account may still give."""
    return rows.annotate(free=moved("account") - reserved(now, "account"))


@kept
def purses(is_locking: bool) -> QuerySet[Account, tuple[int]]:
    """Return the accounts of all passes of a person, locked if asked, in the order of locks."""
    mine = Account.objects.filter(
        kind=Account.Kind.PASS, person=Given("person", BigIntegerField())
    ).order_by("pk")
    return (mine.select_for_update(no_key=True) if is_locking else mine).values_list("pk")


@kept
def passes_that_hold() -> QuerySet[Pass]:
    """Return a person's passes that are not over, with their accounts and what is left of each."""
    now = Given("now", DateTimeField())
    mine = Pass.objects.filter(person=Given("person", BigIntegerField()), valid_until__gt=now)
    return with_left(mine.select_related("account"), now)


def ask_purses(person: int, *, is_locking: bool) -> Asked[tuple[int]]:
    """Return the accounts of all passes of a person, to be asked with other things.

    Locked, they stay as they are read afterwards, until the transaction ends.
    """
    return purses(is_locking).asked(person=person)


def ask_held(person: int, now: datetime) -> Asked[Pass]:
    """Return the passes of a person that are not over, to be asked with other things."""
    return passes_that_hold().asked(person=person, now=now)


def held_of(rows: Sequence[Pass]) -> list[Held]:
    """Return what was read of passes that hold."""
    return [Held(row, free(row)) for row in rows]
