"""Turns of bookings for tests: who books what, and what stands then."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from django.db import transaction

from billing.charging.checking import faults_of_charges
from billing.charging.quotes import Use
from billing.charging.settling import settle
from billing.charging.subjects import Subject, Turn
from billing.charging.weeks import weeks_of
from billing.ledger.accounts import account
from billing.ledger.balances import balance
from billing.ledger.checking import faults
from billing.models import Account, Charge, Pass, PassBearer, PassOffer, TariffGrid, Transfer
from network.models import Organisation, User
from sites.intervals import Interval
from sites.models import Site, Space
from tests.billing.accounts import move, world
from tests.factories import NOW, make_user

DESK = Space.Kind.DESK


@dataclass
class Customer:
    """Somebody and their bookings, settled as they are made, changed and cancelled."""

    person: User = field(default_factory=make_user)
    subjects: dict[str, Subject] = field(default_factory=dict)
    turns: Counter[str] = field(default_factory=Counter)

    #: The names of bookings that are paid in money by choice.
    in_money: str = ""
    #: The organisation, by its key, on whose account they book.
    payer: int | None = None
    #: How many days ahead what they book can be booked.
    advance_days: int = 90

    def book(self, name: str, use: Use, now: datetime = NOW) -> None:
        ahead = self.advance_days
        subject = Subject(reference=name, booked_at=now, use=use, advance_days=ahead)
        self.turn(subject, None, use, now)
        self.subjects[name] = subject

    def change(self, name: str, use: Use, now: datetime = NOW) -> None:
        subject = self.subjects.pop(name)
        self.turn(subject, subject.use, use, now)
        self.subjects[name] = replace(subject, use=use)

    def cancel(self, name: str, now: datetime = NOW, *, is_free: bool = False) -> None:
        subject = self.subjects.pop(name)
        self.turn(subject, subject.use, None, now, is_free=is_free)

    def turn(
        self,
        subject: Subject,
        before: Use | None,
        after: Use | None,
        now: datetime,
        *,
        is_free: bool = False,
    ) -> None:
        self.turns[subject.reference] += 1
        where = {*weeks_of(before, after)}
        turn = Turn(
            reference=subject.reference,
            revision=self.turns[subject.reference],
            person=self.person,
            booked_at=subject.booked_at,
            advance_days=subject.advance_days,
            payer=self.payer,
            before=before,
            after=after,
            spends_passes=subject.reference not in self.in_money,
            beside=[one for one in self.subjects.values() if where & {*weeks_of(one.use)}],
            is_free=is_free,
        )
        settle(turn=turn, now=now)

    def owes(self, name: str | None = None) -> int:
        """Return the cents that they, or their payer, owe: of all bookings or of one."""
        lines = Charge.objects.of_customer(self.person, self.payer)
        lines = lines if name is None else lines.of_subject(name)
        return sum(line.amount_cents for line in lines)

    def owed(self) -> int:
        """Return what the ledger says that they owe, or their payer."""
        whose = f"organisation:{self.payer}" if self.payer else f"person:{self.person.pk}"
        mine = Account.objects.filter(code=f"owed:{whose}").first()
        return -balance(mine) if mine else 0


def use(site: Site, *times: Interval, units: int = 1, kind: Space.Kind = DESK) -> Use:
    return Use(site, kind, times, units)


def told(name: str) -> list[tuple[str, int]]:
    """Return the lines of a booking in the order they were written: kind and cents."""
    return [(one.kind, one.amount_cents) for one in Charge.objects.of_subject(name).order_by("pk")]


def all_adds_up() -> bool:
    return [*faults(), *faults_of_charges()] == []


@contextmanager
def taken_back() -> Iterator[None]:
    """Take back all that an example writes."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def make_pass(
    person: User, grid: TariffGrid, half_days: int, until: datetime, **fields: object
) -> Pass:
    """Give somebody a pass for desks, valid until then."""
    number = Pass.objects.count() + 1
    offer = PassOffer.objects.create(
        grid=grid, code=f"pass-{number}", name="Ten", half_days=half_days, price_cents=6000
    )
    purse = account(
        f"pass:{number}", Account.Kind.PASS, Account.Unit.HALF_DAY, person=person, floor=0
    )
    move(world(), purse, half_days, kind=Transfer.Kind.GRANT)
    seller = Organisation.objects.filter(capacities__kind="operator").first()
    usual = {
        "account": purse,
        "offer": offer,
        "person": person,
        "operator": seller,
        "name": "Ten",
        "kind": "desk",
        "half_days": half_days,
        "price_cents": 6000,
        "bought_at": NOW,
        "last_on": until.date() - timedelta(days=1),
        "valid_until": until,
    }
    made = Pass.objects.create(**usual | fields)
    PassBearer.objects.create(spent=made, person=person)
    return made


def left(some: Pass) -> int:
    """Return the half-days that are left of a pass."""
    return balance(some.account)
