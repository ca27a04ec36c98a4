"""The group of the network team, made once and completed at a later release when asked."""

from io import StringIO

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command

from bookings.admin.team import NAME, powers

pytestmark = pytest.mark.django_db


def said(*options: str) -> list[str]:
    out = StringIO()
    call_command("create_network_team", *options, stdout=out)
    return out.getvalue().splitlines()


def older_team() -> Group:
    """Return the group as an earlier release made it, with a power that somebody added."""
    team = Group.objects.create(name=NAME)
    since = ("view_territory", "change_funding")
    team.permissions.set(one for one in powers() if one.codename not in since)
    team.permissions.add(Permission.objects.get(codename="delete_site"))
    return team


def test_a_new_group_lacks_nothing() -> None:
    told = said()

    assert told == [f"The group “{NAME}” has {len(powers())} permissions."]


def test_what_an_older_group_lacks_is_named_and_not_given() -> None:
    team = older_team()
    before = team.permissions.count()

    told = said()

    assert told[1:] == [
        "It lacks network.view_territory, sites.change_funding: give them with --complete."
    ]
    assert team.permissions.count() == before


def test_an_older_group_is_completed_and_keeps_what_it_was_given() -> None:
    team = older_team()

    told = said("--complete")

    held = set(team.permissions.values_list("codename", flat=True))
    assert told == [f"The group “{NAME}” has {len(powers()) + 1} permissions."]
    assert {"view_territory", "change_funding", "delete_site"} <= held
