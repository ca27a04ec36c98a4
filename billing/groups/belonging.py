"""Which customer groups a person belongs to, beside the standard one. Reads only."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import BigIntegerField, DateField, DateTimeField, QuerySet

from billing.models import GroupMembership
from billing.prices.groups import Group
from network.models import User
from network.sql import Given, kept


@kept
def groups_at() -> QuerySet[GroupMembership, tuple[str]]:
    """Return the groups that a person belongs to at an instant of a site's day, as words."""
    mine = GroupMembership.objects.filter(person=Given("person", BigIntegerField()))
    at = mine.at(Given("instant", DateTimeField()), Given("day", DateField()))
    return at.order_by("group").values_list("group")


def groups_told(rows: Iterable[tuple[str]]) -> tuple[Group, ...]:
    """Return the groups of those rows, each once."""
    return tuple(dict.fromkeys(Group(word) for (word,) in rows))


def groups_of_person(person: User, instant: datetime, day: date) -> tuple[Group, ...]:
    """Return the groups that a person belongs to at an instant of a site's day: one query."""
    return groups_told(groups_at().read(person=person.pk, instant=instant, day=day))
