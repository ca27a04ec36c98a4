"""Which customer groups a person belongs to. Reads only."""

from datetime import date

from billing.models import GroupMembership
from billing.prices.groups import Group
from network.models import User


def groups_of_person(person: User, day: date) -> tuple[Group, ...]:
    """Return the groups that a person belongs to on a day, beside the standard one: one query."""
    rows = GroupMembership.objects.filter(person=person).on(day).order_by("group")
    return tuple(Group(word) for word in rows.values_list("group", flat=True).distinct())
