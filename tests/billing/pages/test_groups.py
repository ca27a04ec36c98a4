"""Customer groups are given and ended at the counter, and seen by who needs to know them alone."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from billing.models import GroupMembership
from network.models import Membership, User
from sites.models import Site
from tests.billing.charged import make_charge
from tests.billing.pages.reading import signed_in, words_of
from tests.factories import MONDAY, NOW, holder, make_manager, make_operator, make_site, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
NEW_YEAR = date(2027, 1, 1)


@pytest.fixture
def site() -> Site:
    return make_site("La Fabrique", operator=make_operator("Giessen"))


@pytest.fixture
def ada(site: Site) -> User:
    person = make_user("ada@maillage.example", name="Ada Klein")
    make_charge(person, site.operator)
    return person


@pytest.fixture
def manager(client: Client, site: Site) -> Client:
    return signed_in(client, make_manager(site))


def give(client: Client, **fields: str) -> Any:
    usual = {"email": "ada@maillage.example", "group": "student", "ends_on": "2027-01-01"}
    return client.post("/manage/groups/new/", usual | {"is_seen": "on"} | fields)


def member(person: User, site: Site | None = None, **fields: Any) -> GroupMembership:
    """Have somebody belong to a group since Monday until New Year."""
    usual = {"group": "student", "ends_on": NEW_YEAR, "granted_at": NOW}
    operator = site.operator if site else None
    return GroupMembership.objects.create(person=person, operator=operator, **usual | fields)


def test_a_group_is_given_by_the_address_of_a_customer(
    manager: Client, ada: User, site: Site
) -> None:
    answer = give(manager, email=" Ada@Maillage.example ")

    assert answer.headers["Location"] == "/manage/groups/"
    row = GroupMembership.objects.get()
    assert (row.person, row.group, row.ends_on, row.operator) == (
        *(ada, "student", NEW_YEAR, site.operator),
    )
    told = words_of(manager.get("/manage/groups/"))
    assert "The group is given." in told
    assert "Ada Klein ada@maillage.example Student 1 January 2027 Giessen End it" in told


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"email": "nobody@maillage.example"}, "None of your customers signs in with this"),
        ({"email": "other@maillage.example"}, "None of your customers signs in with this"),
        ({"email": "ada"}, "e-mail address"),
        ({"group": "standard"}, "is not in the list"),
        ({"group": "kings"}, "is not in the list"),
        ({"ends_on": "2026-11-22"}, "Choose a day from today on, within a year."),
        ({"ends_on": "2027-12-01"}, "Choose a day from today on, within a year."),
        ({"is_seen": ""}, "An answer is missing here."),
    ],
)
def test_anything_else_is_refused_and_a_stranger_is_told_as_nobody(
    manager: Client, ada: User, fields: dict[str, str], why: str
) -> None:
    make_user("other@maillage.example")

    answer = give(manager, **fields)

    assert answer.status_code == 409
    assert why in words_of(answer)
    assert not GroupMembership.objects.exists()


def test_the_team_gives_a_group_to_anybody(client: Client) -> None:
    make_user("ada@maillage.example")
    signed_in(client, holder("add_groupmembership", "view_groupmembership"))

    assert give(client, email="nobody@maillage.example").status_code == 409
    assert give(client).status_code == 302
    assert "Network team" in words_of(client.get("/manage/groups/"))


def test_who_runs_sites_of_two_operators_says_for_which(
    client: Client, ada: User, site: Site
) -> None:
    person, other = make_manager(site), make_site().operator
    Membership.objects.create(person=person, organisation=other, role="manager")
    signed_in(client, person)

    foreign = give(client, body=str(other.pk))
    give(client, body=str(site.operator_id))

    assert foreign.status_code == 409
    assert GroupMembership.objects.get().operator == site.operator


def test_a_group_is_ended_once_it_is_asked(manager: Client, ada: User, site: Site) -> None:
    row = member(ada, site)

    asked = words_of(manager.get(f"/manage/groups/{row.pk}/end/"))
    assert "Ada Klein – Student, until 1 January 2027" in asked
    assert GroupMembership.objects.exists()
    answer = manager.post(f"/manage/groups/{row.pk}/end/")

    assert answer.status_code == 302
    assert "Nobody belongs to a group." in words_of(manager.get("/manage/groups/"))
    assert manager.get(f"/manage/groups/{row.pk}/end/").status_code == 404


def test_what_others_said_is_neither_listed_nor_ended(manager: Client, ada: User) -> None:
    rows = [member(ada), member(ada, make_site())]

    assert "Ada" not in words_of(manager.get("/manage/groups/"))
    for row in rows:
        assert manager.get(f"/manage/groups/{row.pk}/end/").status_code == 404
        assert manager.post(f"/manage/groups/{row.pk}/end/").status_code == 404
    assert GroupMembership.objects.count() == 2


def test_what_is_over_is_not_listed_and_the_list_takes_as_many_queries_however_long(
    manager: Client, site: Site, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    member(make_user(name="Past"), site, ends_on=MONDAY)
    GroupMembership.objects.update(ends_on=date(2026, 11, 22))
    for number in range(5):
        member(make_user(name=f"Student {number}"), site)
    manager.get("/manage/groups/")

    with django_assert_num_queries(8):
        told = words_of(manager.get("/manage/groups/"))

    assert told.count("1 January 2027") == 5
    assert "Past" not in told


def test_only_who_runs_sites_or_the_team_comes_in(client: Client, ada: User, site: Site) -> None:
    row = member(ada, site)
    addresses = ["/manage/groups/", "/manage/groups/new/", f"/manage/groups/{row.pk}/end/"]

    assert {client.get(one).status_code for one in addresses} == {302}
    signed_in(client, ada)
    assert {client.get(one).status_code for one in addresses} == {403}
    assert {client.post(one).status_code for one in addresses} == {403}


def test_a_person_sees_their_own_groups_with_their_credits(
    client: Client, ada: User, site: Site
) -> None:
    member(ada, site)
    member(ada, group="resident")
    member(make_user(), group="job_seeker")

    told = words_of(signed_in(client, ada).get("/account/credits/"))

    assert "Student until 1 January 2027 · said by Giessen" in told
    assert "Resident of the intercommunality until 1 January 2027 · said by the network" in told
    assert "Job seeker" not in told
