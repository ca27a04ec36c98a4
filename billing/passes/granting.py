"""Half-days are granted that nobody buys: a pass without an offer, which some people may spend."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from django.db import transaction

from billing.ledger.accounts import account, sold_by
from billing.ledger.posting import Entry, post
from billing.models import Account, Pass, PassBearer, Transfer
from network.models import Organisation, User
from sites.intervals import Interval


class Bearer(NamedTuple):
    """Somebody who may spend what is granted, from `until` on no more."""

    person: User
    until: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Grant:
    """What is granted: for what is used within `time`, whose last day is `last_on`.

    `takes`: half-days of it that a half-day takes, by category of site and kind of space. Without
    a number of half-days it has no bound. `price_cents` is what they cost together.
    """

    seller: Organisation
    name: str
    other_words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    takes: Mapping[str, Mapping[str, int]]
    half_days: int | None
    price_cents: int
    time: Interval
    last_on: date
    person: User | None = None
    on_account_of: Organisation | None = None

    @property
    def columns(self) -> dict[str, Any]:
        """Return what stands in the row of a pass, but for what it holds."""
        return {
            "operator": self.seller,
            "name": self.name,
            "other_words": dict(self.other_words),
            "takes": {category: dict(kinds) for category, kinds in self.takes.items()},
            "half_days": self.half_days or 0,
            "is_unbounded": self.half_days is None,
            "price_cents": self.price_cents,
            "valid_from": self.time.starts_at,
            "valid_until": self.time.ends_at,
            "last_on": self.last_on,
            "person": self.person,
            "on_account_of": self.on_account_of,
        }


@transaction.atomic
def grant_pass(*, grant: Grant, bearers: Iterable[Bearer], now: datetime, key: UUID) -> Pass:
    """Write a pass that `bearers` may spend, once however often it is asked with one key."""
    purse = purse_of(grant, key)
    before = Pass.objects.filter(account=purse).first()
    if before:
        return before
    granted = Pass.objects.create(account=purse, bought_at=now, **grant.columns)
    PassBearer.objects.bulk_create(
        PassBearer(spent=granted, person=one.person, until=one.until) for one in bearers
    )
    if grant.half_days:
        add_to(granted=granted, half_days=grant.half_days, now=now, key=uuid5(key, "granted"))
    return granted


def purse_of(grant: Grant, key: UUID) -> Account:
    """Return the account of a pass: without a floor where nothing bounds it."""
    floor = None if grant.half_days is None else 0
    whose = {"person": grant.person, "organisation": grant.on_account_of, "floor": floor}
    return account(f"pass:{key}", Account.Kind.PASS, Account.Unit.HALF_DAY, **whose)


def add_to(*, granted: Pass, half_days: int, now: datetime, key: UUID) -> None:
    """Grant so many half-days, some at least, of a pass: once, by their key."""
    entry = Entry(
        key=key,
        kind=Transfer.Kind.GRANT,
        source=sold_by(granted.operator),
        target=granted.account,
        amount=half_days,
        subject=granted.subject,
    )
    post(entries=[entry], now=now)


def pass_to(*, granted: Pass, person: User) -> None:
    """Have somebody spend a pass too; who did before and no longer does, does again."""
    PassBearer.objects.update_or_create(spent=granted, person=person, defaults={"until": None})


def take_from(*, granted: Iterable[Pass], person: User, at: datetime) -> None:
    """Have somebody spend no more of some passes from an instant on."""
    PassBearer.objects.filter(spent__in=[*granted], person=person).update(until=at)
