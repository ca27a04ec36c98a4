"""Bookings on an employer's account, as they stand in charge lines, for tests of teams' rules."""

from datetime import date
from typing import Any

from sites.models import Site, Space
from subscriptions.models import Employee, OnAccount
from subscriptions.teams.asking import Verdict, verdict
from subscriptions.teams.rules import Asked
from tests.billing.charging.turns import Customer, use
from tests.factories import NOW, interval

DESK, OFFICE = Space.Kind.DESK, Space.Kind.OFFICE


def on_account(employee: Employee, reference: str) -> OnAccount:
    """Say that a booking is on an employer's account."""
    return OnAccount.objects.create(
        subject=reference,
        organisation=employee.organisation,
        person=employee.person,
        team=employee.team,
        made_at=NOW,
    )


def books(employee: Employee, site: Site, *days: date, reference: str = "AAAA-AAAA") -> Customer:
    """Have somebody book whole days of a desk on their employer's account."""
    assert employee.person
    customer = Customer(employee.person)
    customer.book(reference, use(site, *(interval(day, "08:00", "18:00") for day in days)))
    on_account(employee, reference)
    return customer


def asked(site: Site, *days: date, **fields: Any) -> Asked:
    """Return what is asked of a desk at a site on some days, for nothing."""
    usual: dict[str, Any] = {"site": site, "kind": DESK, "days": frozenset(days)}
    return Asked(**usual | fields)


def said(employee: Employee, site: Site, *days: date, **fields: Any) -> Verdict:
    """Return what the rules say now."""
    return verdict(employee=employee, asked=asked(site, *days, **fields), now=NOW)


def words_said(found: Verdict) -> list[str]:
    """Return what is refused, in words."""
    return [one.words for one in found.refusals]


def codes_said(found: Verdict) -> list[str]:
    """Return the codes of what is refused."""
    return [one.code for one in found.refusals]
