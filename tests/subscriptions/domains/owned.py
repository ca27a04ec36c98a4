"""Domains of employers, for tests."""

from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress

from network.models import Organisation, User
from subscriptions.models import Domain
from tests.factories import NOW, make_user, numbers


def make_domain(employer: Organisation, name: str = "adira.example", **fields: Any) -> Domain:
    """Make a domain that waits for its proof."""
    usual = {"proof": f"maillage-verification=secret{next(numbers)}", "made_at": NOW}
    return Domain.objects.create(organisation=employer, name=name, **usual | fields)


def make_proved(
    employer: Organisation, name: str = "adira.example", at: datetime = NOW, **fields: Any
) -> Domain:
    """Make a domain that was proved then."""
    return make_domain(employer, name, verified_at=at, checked_at=at, **fields)


def somebody_at(domain: str = "adira.example", *, is_confirmed: bool = True) -> User:
    """Make somebody who has shown that an address at a domain is theirs."""
    person = make_user(f"person{next(numbers)}@{domain}")
    EmailAddress.objects.create(
        user=person, email=person.email, verified=is_confirmed, primary=True
    )
    return person
