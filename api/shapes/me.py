"""Who asks, as plain JSON types."""

from collections.abc import Iterable

from api.shapes.plain import Json
from network.models import Membership, User
from sites.models import Site


def me_out(person: User, memberships: Iterable[Membership], sites: Iterable[Site]) -> Json:
    """Return what the API knows of the person who asks."""
    return {
        "email": person.email,
        "name": person.name,
        "status": person.status,
        "organisations": [
            {
                "name": one.organisation.name,
                "capacities": one.organisation.kinds(),
                "role": one.role,
            }
            for one in memberships
        ],
        "sites": [{"slug": site.slug, "name": site.name} for site in sites],
    }
