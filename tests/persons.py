"""Everybody who may stand before somebody else's booking, and what they may do with it."""

from collections.abc import Callable

from network.models import Membership, User
from sites.models import Site
from tests.factories import holder, make_manager, make_site, make_user

Role = Membership.Role
#: name → how to make that person, told the site where the booking is.
PERSONS: dict[str, Callable[[Site], User]] = {
    "stranger": lambda site: make_user(),
    "colleague": lambda site: in_operator(site, Role.MEMBER),
    "manager": lambda site: make_manager(site),
    "administrator": lambda site: in_operator(site, Role.ADMINISTRATOR),
    "manager elsewhere": lambda site: make_manager(make_site()),
    "administration only": lambda site: make_user(is_staff=True),
    "looks at any": lambda site: holder("view_booking", is_staff=True),
    "manages any": lambda site: holder("manage_any_booking"),
    "exceeds quotas": lambda site: holder("exceed_quotas"),
    "other right": lambda site: holder("change_booking", "delete_booking", is_staff=True),
    "superuser": lambda site: make_user(is_superuser=True),
    "closed superuser": lambda site: make_user(is_superuser=True, is_active=False),
    "closed holder": lambda site: holder("view_booking", "manage_any_booking", is_active=False),
}


def in_operator(site: Site, role: Membership.Role) -> User:
    person = make_user()
    Membership.objects.create(person=person, organisation=site.operator, role=role)
    return person
