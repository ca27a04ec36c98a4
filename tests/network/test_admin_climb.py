"""Somebody with a little power in the administration tries to get more."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse

from network.models import Membership, Organisation, User
from tests.factories import holder, make_manager, make_operator, make_site, make_user

pytestmark = pytest.mark.django_db
Role = Membership.Role
PEOPLE = ("view_user", "change_user", "add_user")
MEMBERSHIPS = ("view_membership", "add_membership", "change_membership", "delete_membership")
ORGANISATIONS = ("view_organisation", "change_organisation")
EVERYTHING_ABOUT_PEOPLE = (*PEOPLE, *MEMBERSHIPS, *ORGANISATIONS)
GROUPS = ("view_group", "add_group", "change_group", "delete_group")


def clerk(client: Client, *permissions: str) -> User:
    """Sign in somebody of the administration who has those permissions."""
    person = holder(*permissions, is_staff=True)
    client.force_login(person)
    return person


def rows(*memberships: dict[str, Any], known: int = 0) -> dict[str, Any]:
    """Return the fields of an inline of memberships."""
    fields: dict[str, Any] = {
        "memberships-TOTAL_FORMS": len(memberships),
        "memberships-INITIAL_FORMS": known,
    }
    for number, one in enumerate(memberships):
        fields |= {f"memberships-{number}-{name}": value for name, value in one.items()}
    return fields


def edit(client: Client, person: User, **fields: Any) -> Any:
    page = reverse("admin:network_user_change", args=[person.pk])
    return client.post(page, {"name": "Taken", "is_active": "on"} | (fields or rows()))


def test_rights_are_given_by_superusers_only(client: Client) -> None:
    person, group = make_user(), Group.objects.create(name="All")
    clerk(client, *EVERYTHING_ABOUT_PEOPLE, "appoint_managers")

    edit(client, person, is_staff="on", is_superuser="on", groups=[group.pk], **rows())

    person.refresh_from_db()
    assert person.name == "Taken"
    assert (person.is_staff, person.is_superuser) == (False, False)
    assert not person.groups.exists()


def test_a_superuser_gives_them(client: Client) -> None:
    person, group = make_user(), Group.objects.create(name="All")
    client.force_login(make_user(is_staff=True, is_superuser=True))

    edit(client, person, is_staff="on", groups=[group.pk], **rows())

    person.refresh_from_db()
    assert person.is_staff
    assert list(person.groups.all()) == [group]


@pytest.mark.parametrize("what", ["change", "delete", "add"])
def test_a_group_is_written_by_superusers_only(client: Client, what: str) -> None:
    me = clerk(client, *GROUPS)
    group = Group.objects.create(name="Team")
    me.groups.add(group)
    every = list(Permission.objects.values_list("pk", flat=True))
    page = reverse(f"admin:auth_group_{what}", args=[] if what == "add" else [group.pk])

    answer = client.post(page, {"name": "Mine", "permissions": every, "post": "yes"})

    assert answer.status_code == 403
    assert list(Group.objects.values_list("name", flat=True)) == ["Team"]
    assert not group.permissions.exists()


STRONGER: dict[str, Callable[[], User]] = {
    "superuser": lambda: make_user(is_superuser=True),
    "closed superuser": lambda: make_user(is_superuser=True, is_active=False),
    "more permissions": lambda: holder("manage_any_booking"),
    "closed holder": lambda: holder("manage_any_booking", is_active=False),
    "a group's permissions": lambda: grouped("delete_site"),
    "manager of a site": lambda: make_manager(make_site()),
}


def grouped(codename: str) -> User:
    group = Group.objects.create(name=codename)
    group.permissions.set(Permission.objects.filter(codename=codename))
    person = make_user()
    person.groups.add(group)
    return person


@pytest.mark.parametrize("name", STRONGER)
def test_nobody_edits_somebody_stronger(client: Client, name: str) -> None:
    person = STRONGER[name]()
    clerk(client, *EVERYTHING_ABOUT_PEOPLE)

    answer = edit(client, person)

    assert answer.status_code == 403
    assert User.objects.get(pk=person.pk).name == person.name


def test_as_strong_is_not_stronger(client: Client) -> None:
    clerk(client, *EVERYTHING_ABOUT_PEOPLE, "appoint_managers")

    answers = [edit(client, one) for one in (holder(*PEOPLE), make_manager(make_site()))]

    assert [answer.status_code for answer in answers] == [302, 302]


@pytest.mark.parametrize(
    ("permissions", "role", "is_given"),
    [
        (MEMBERSHIPS, Role.MEMBER, True),
        (MEMBERSHIPS, Role.MANAGER, False),
        (MEMBERSHIPS, Role.ADMINISTRATOR, False),
        ((*MEMBERSHIPS, "appoint_managers"), Role.MANAGER, True),
        (("view_membership", "appoint_managers"), Role.MANAGER, False),
    ],
)
@pytest.mark.parametrize("side", ["person", "organisation"])
def test_only_who_appoints_managers_gives_a_role_that_manages(
    client: Client, side: str, permissions: tuple[str, ...], role: str, is_given: bool
) -> None:
    person, operator = make_user(), make_operator()
    clerk(client, *PEOPLE, *ORGANISATIONS, *permissions)

    if side == "person":
        edit(client, person, **rows({"organisation": operator.pk, "role": role}))
    else:
        save(client, operator, {"person": person.pk, "role": role})

    assert Membership.objects.filter(person=person, role=role).exists() == is_given


def save(client: Client, organisation: Organisation, *memberships: dict[str, Any]) -> Any:
    page = reverse("admin:network_organisation_change", args=[organisation.pk])
    known = sum("id" in one for one in memberships)
    fields = {"name": organisation.name, "capacity_kinds": organisation.kinds(), "siret": ""}
    return client.post(page, fields | rows(*memberships, known=known))


@pytest.mark.parametrize(
    "change", [{"role": Role.ADMINISTRATOR}, {"role": Role.MEMBER}, {"DELETE": "on"}]
)
def test_a_manager_is_not_made_more_or_less_by_who_does_not_appoint(
    client: Client, change: dict[str, str]
) -> None:
    site = make_site()
    manager = make_manager(site)
    clerk(client, *EVERYTHING_ABOUT_PEOPLE)
    membership = manager.memberships.get()
    row = {"id": membership.pk, "person": manager.pk, "role": Role.MANAGER} | change

    save(client, site.operator, row)

    assert manager.memberships.get().role == Role.MANAGER


def test_a_managers_row_is_not_handed_to_somebody_else(client: Client) -> None:
    site, friend = make_site(), make_user()
    manager = make_manager(site)
    clerk(client, *EVERYTHING_ABOUT_PEOPLE)
    row = {"id": manager.memberships.get().pk, "person": friend.pk, "role": Role.MEMBER}

    save(client, site.operator, row)

    assert not friend.memberships.exists()


@pytest.mark.parametrize("role", [Role.MEMBER, Role.MANAGER])
def test_nobody_gives_themselves_a_membership(client: Client, role: str) -> None:
    operator = make_operator()
    me = clerk(client, *EVERYTHING_ABOUT_PEOPLE, "appoint_managers")

    edit(client, me, **rows({"organisation": operator.pk, "role": role}))
    save(client, operator, {"person": me.pk, "role": role})

    assert not me.memberships.exists()


def test_a_site_is_not_handed_to_ones_own_organisation(client: Client) -> None:
    site = make_site()
    mine = make_manager(make_site()).memberships.get().organisation
    clerk(client, "view_site", "change_site")

    page = client.get(reverse("admin:sites_site_change", args=[site.pk]))
    form = page.context["adminform"].form

    assert "operator" not in form.fields
    assert site.operator != mine


def test_who_appoints_managers_may_hand_a_site_over(client: Client) -> None:
    clerk(client, "view_site", "change_site", "appoint_managers")

    page = client.get(reverse("admin:sites_site_change", args=[make_site().pk]))

    assert "operator" in page.context["adminform"].form.fields


@pytest.mark.parametrize(
    "path",
    ["account/emailaddress/", "account/emailaddress/add/", "mfa/authenticator/",
     "usersessions/usersession/", "sessions/session/"],
)  # fmt: skip
def test_addresses_factors_and_sessions_are_not_there(client: Client, path: str) -> None:
    client.force_login(make_user(is_staff=True, is_superuser=True))

    assert client.get(f"/admin/{path}").status_code == 404


def test_no_verified_address_is_added_to_somebody_stronger(client: Client) -> None:
    boss = make_user(is_superuser=True)
    clerk(client, *PEOPLE, "add_emailaddress", "change_emailaddress", "view_emailaddress")
    fields = {"user": boss.pk, "email": "mine@evil.example", "verified": "on", "primary": "on"}

    client.post("/admin/account/emailaddress/add/", fields)

    assert not EmailAddress.objects.filter(email="mine@evil.example").exists()


@pytest.mark.parametrize(("extra", "is_offered"), [((), False), (("add_unit",), True)])
def test_units_are_added_by_who_may_add_units(
    client: Client, extra: tuple[str, ...], is_offered: bool
) -> None:
    clerk(client, "view_space", "change_space", "add_space", *extra)

    page = client.get(reverse("admin:sites_space_add"))

    assert ("more_units" in page.context["adminform"].form.fields) == is_offered
