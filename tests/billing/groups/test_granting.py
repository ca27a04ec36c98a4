"""Who runs a site or the network says that somebody belongs to a group; the proof is not kept."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from billing.errors import GroupRefused
from billing.groups.belonging import groups_of_person
from billing.groups.granting import end_group, grant_group
from billing.models import GroupMembership
from billing.prices.groups import Group
from network.jobs.chores import purge
from network.models import User
from tests.factories import MONDAY, NOW, holder, make_manager, make_site, make_user

pytestmark = pytest.mark.django_db
JUNE = date(2027, 6, 30)


def granted(by: User, person: User | None = None, ends_on: date = JUNE) -> GroupMembership:
    return grant_group(
        person=person or make_user(), group=Group.STUDENT, ends_on=ends_on, by=by, now=NOW
    )


def test_who_runs_a_site_says_so_until_a_day() -> None:
    ada = make_user()

    granted(make_manager(make_site()), ada)

    assert groups_of_person(ada, MONDAY) == (Group.STUDENT,)
    assert groups_of_person(ada, JUNE) == (Group.STUDENT,)
    assert groups_of_person(ada, JUNE + timedelta(days=1)) == ()
    assert groups_of_person(make_user(), MONDAY) == ()


def test_the_team_says_so_too() -> None:
    assert granted(holder("add_groupmembership")).group == "student"


def test_nobody_else_does_and_nobody_of_themselves() -> None:
    manager = make_manager(make_site())

    with pytest.raises(PermissionDenied):
        granted(make_user())
    with pytest.raises(PermissionDenied):
        granted(manager, manager)


@pytest.mark.parametrize("ends_on", [MONDAY - timedelta(days=1), MONDAY + timedelta(days=367)])
def test_it_is_of_days_to_come_and_of_a_year_at_most(ends_on: date) -> None:
    with pytest.raises(GroupRefused):
        granted(make_manager(make_site()), ends_on=ends_on)


def test_the_standard_group_needs_no_word() -> None:
    with pytest.raises(GroupRefused):
        grant_group(
            person=make_user(),
            group=Group.STANDARD,
            ends_on=JUNE,
            by=make_manager(make_site()),
            now=NOW,
        )


def test_ended_it_counts_no_longer_that_day() -> None:
    manager, ada = make_manager(make_site()), make_user()
    row = granted(manager, ada)
    GroupMembership.objects.update(starts_on=MONDAY - timedelta(days=9))

    end_group(membership=row, by=manager, now=NOW)

    assert groups_of_person(ada, MONDAY) == ()
    assert groups_of_person(ada, MONDAY - timedelta(days=1)) == (Group.STUDENT,)


def test_ended_the_day_it_began_it_never_was() -> None:
    manager = make_manager(make_site())

    end_group(membership=granted(manager), by=manager, now=NOW)

    assert not GroupMembership.objects.exists()


def test_nobody_ends_what_they_may_not_grant() -> None:
    ada = make_user()
    row = granted(make_manager(make_site()), ada)

    with pytest.raises(PermissionDenied):
        end_group(membership=row, by=ada, now=NOW)


def test_a_month_after_its_end_it_is_erased() -> None:
    granted(make_manager(make_site()), ends_on=MONDAY)

    purge(now=NOW + timedelta(days=30))
    assert GroupMembership.objects.exists()
    purge(now=NOW + timedelta(days=31))
    assert not GroupMembership.objects.exists()
