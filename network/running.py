"""Who runs an organisation: its owners and managers. Reads only."""

from collections.abc import Iterable

from django.db.models import QuerySet

from network.models import Membership, User


def people_running(organisations: Iterable[int]) -> QuerySet[User]:
    """Return the people who run any of some organisations, told by key, each once."""
    running = Membership.objects.filter(
        organisation__in=set(organisations), role__in=Membership.RUNNING_ROLES
    )
    return User.objects.filter(is_active=True, pk__in=running.values("person")).order_by("pk")
