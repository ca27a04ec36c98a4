"""Who asks, as plain JSON types."""

from collections.abc import Iterable

from api.shapes.plain import Json
from network.models import Membership, Organisation, User
from sites.models import Site


def me_out(
    person: User,
    memberships: Iterable[Membership],
    accounts: Iterable[Organisation],
    sites: Iterable[Site],
) -> Json:
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
        "accounts": [{"id": one.pk, "name": one.name} for one in accounts],
        "sites": [{"slug": site.slug, "name": site.name} for site in sites],
    }
