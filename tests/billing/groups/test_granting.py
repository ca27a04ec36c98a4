"""Who runs a site or the network says that somebody belongs to a group; the proof is not kept."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from billing.errors import GroupRefused
from billing.groups.belonging import groups_of_person
from billing.groups.granting import Grant, end_group, grant_group, groups_visible_to
from billing.models import GroupMembership
from billing.prices.groups import Group
from network.jobs.chores import purge
from network.models import Membership, Organisation, User
from tests.billing.bought import bought, selling_site
from tests.billing.charged import make_charge
from tests.factories import (
    MONDAY,
    NOW,
    PARIS,
    at,
    holder,
    make_manager,
    make_operator,
    make_site,
    make_user,
)
from tests.waiting import ON_POSTGRESQL, has_to_wait

pytestmark = pytest.mark.django_db
JUNE, SECOND = date(2027, 6, 30), timedelta(seconds=1)


@pytest.fixture
def operator() -> Organisation:
    return make_operator()


@pytest.fixture
def manager(operator: Organisation) -> User:
    return make_manager(make_site(operator=operator))


@pytest.fixture
def ada(operator: Organisation) -> User:
    """Somebody whom the operator charged for half a day."""
    person = make_user()
    make_charge(person, operator)
    return person


def student(person: User, operator: Organisation | None = None, ends_on: date = JUNE) -> Grant:
    return Grant(person, Group.STUDENT, ends_on, operator)


def granted(grant: Grant, by: User) -> GroupMembership:
    return grant_group(grant=grant, by=by, now=NOW)


def groups_of(person: User, instant: datetime) -> tuple[Group, ...]:
    return groups_of_person(person, instant, instant.astimezone(PARIS).date())


def test_who_runs_a_site_says_it_of_its_customers_until_a_day(
    manager: User, ada: User, operator: Organisation
) -> None:
    granted(student(ada, operator), manager)

    assert groups_of(ada, NOW) == (Group.STUDENT,)
    assert groups_of(ada, at(JUNE, "23:59")) == (Group.STUDENT,)
    assert groups_of(ada, at(JUNE + timedelta(days=1), "00:00")) == ()
    assert groups_of(make_user(), NOW) == ()


def test_what_was_booked_earlier_that_day_is_not_of_the_group(
    manager: User, ada: User, operator: Organisation
) -> None:
    granted(student(ada, operator), manager)

    assert groups_of(ada, NOW - SECOND) == ()


def test_who_bought_a_pass_is_a_customer_of_who_sold_it() -> None:
    site, ada = selling_site(), make_user()
    bought(ada, site=site)

    assert granted(student(ada, site.operator), make_manager(site)).operator == site.operator


def test_the_team_says_it_of_anybody() -> None:
    assert granted(student(make_user()), holder("add_groupmembership")).operator is None


def test_nobody_else_does_nor_of_others_nor_of_themselves(
    manager: User, ada: User, operator: Organisation
) -> None:
    make_charge(manager, operator)
    make_charge(ada, other := make_operator())
    make_site(operator=other)

    for grant, by in (
        (student(ada, operator), make_user()),
        (student(ada, operator), make_manager(make_site())),
        (student(ada, other), manager),
        (student(ada), manager),
        (student(make_user(), operator), manager),
        (student(manager, operator), manager),
        (student(ada, operator), holder("add_groupmembership")),
    ):
        with pytest.raises(PermissionDenied):
            granted(grant, by)


def test_a_member_who_runs_no_site_says_nothing(ada: User, operator: Organisation) -> None:
    make_site(operator=operator)
    member = make_user()
    Membership.objects.create(person=member, organisation=operator, role="member")

    with pytest.raises(PermissionDenied):
        granted(student(ada, operator), member)


@pytest.mark.parametrize("ends_on", [MONDAY - timedelta(days=1), MONDAY + timedelta(days=367)])
def test_it_is_of_days_to_come_and_of_a_year_at_most(
    manager: User, ada: User, operator: Organisation, ends_on: date
) -> None:
    with pytest.raises(GroupRefused):
        granted(student(ada, operator, ends_on), manager)


def test_the_standard_group_needs_no_word(manager: User, ada: User, operator: Organisation) -> None:
    with pytest.raises(GroupRefused):
        granted(Grant(ada, Group.STANDARD, JUNE, operator), manager)


def test_said_again_its_last_day_moves(manager: User, ada: User, operator: Organisation) -> None:
    granted(student(ada, operator, MONDAY), manager)
    granted(student(ada, operator), manager)
    granted(student(ada), holder("add_groupmembership"))

    grant_group(grant=student(ada, operator), by=manager, now=NOW + timedelta(hours=9))

    assert groups_of(ada, NOW) == (Group.STUDENT,)
    told = GroupMembership.objects.order_by("pk").values_list("operator", "ends_on")
    assert list(told) == [(operator.pk, JUNE), (None, JUNE)]


def test_it_is_read_by_who_says_it_and_by_the_team(
    manager: User, ada: User, operator: Organisation
) -> None:
    row = granted(student(ada, operator), manager)
    colleague = make_manager(make_site(operator=operator))

    for person in (manager, colleague, holder("view_groupmembership")):
        assert list(groups_visible_to(person)) == [row]
    for person in (ada, make_manager(make_site()), holder("adopt_tariffgrid")):
        assert not groups_visible_to(person)


def test_ended_it_counts_for_what_was_booked_before_and_no_longer(
    manager: User, ada: User, operator: Organisation
) -> None:
    row, evening = granted(student(ada, operator), manager), NOW + timedelta(hours=9)

    end_group(membership=row, by=manager, now=evening)

    assert groups_of(ada, evening - SECOND) == (Group.STUDENT,)
    assert groups_of(ada, evening) == ()


def test_ended_it_can_be_given_anew_and_is_not_ended_twice(
    manager: User, ada: User, operator: Organisation
) -> None:
    row = granted(student(ada, operator), manager)
    noon, evening = NOW + timedelta(hours=3), NOW + timedelta(hours=9)
    end_group(membership=row, by=manager, now=noon)
    end_group(membership=row, by=manager, now=evening)

    grant_group(grant=student(ada, operator), by=manager, now=evening)

    assert [groups_of(ada, one) for one in (noon, evening)] == [(), (Group.STUDENT,)]


def test_it_is_ended_by_who_says_it_or_the_team_and_nobody_else(
    manager: User, ada: User, operator: Organisation
) -> None:
    row = granted(student(ada, operator), manager)
    Membership.objects.create(person=ada, organisation=operator, role="manager")

    for stranger in (ada, make_user(), make_manager(make_site()), holder("view_groupmembership")):
        with pytest.raises(PermissionDenied):
            end_group(membership=row, by=stranger, now=NOW)
    end_group(membership=row, by=holder("add_groupmembership"), now=NOW)
    assert groups_of(ada, NOW) == ()


def test_a_month_after_its_end_it_is_erased(
    manager: User, ada: User, operator: Organisation
) -> None:
    granted(student(ada, operator, MONDAY), manager)

    purge(now=NOW + timedelta(days=30))
    assert GroupMembership.objects.exists()
    purge(now=NOW + timedelta(days=31))
    assert not GroupMembership.objects.exists()


def test_ended_early_it_is_erased_a_month_later(
    manager: User, ada: User, operator: Organisation
) -> None:
    end_group(membership=granted(student(ada, operator), manager), by=manager, now=NOW)

    purge(now=NOW + timedelta(days=30))
    assert GroupMembership.objects.exists()
    purge(now=NOW + timedelta(days=30) + SECOND)
    assert not GroupMembership.objects.exists()


@ON_POSTGRESQL
@pytest.mark.django_db(transaction=True)
def test_of_two_who_say_it_at_once_the_second_waits_so_that_it_stands_once(
    manager: User, ada: User, operator: Organisation
) -> None:
    with transaction.atomic():
        granted(student(ada, operator, MONDAY), manager)
        assert has_to_wait(lambda: granted(student(ada, operator), manager))
    granted(student(ada, operator), manager)

    assert GroupMembership.objects.get().ends_on == JUNE
