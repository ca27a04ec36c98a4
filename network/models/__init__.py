"""People, organisations, territories and tokens."""

from network.models.commune_sets import Territory
from network.models.levels import Departement, Epci, Region
from network.models.organisations import Capacity, Membership, Organisation
from network.models.people import User
from network.models.territories import Commune, CommuneName, PostalCode
from network.models.tokens import ApiToken

__all__ = [
    "ApiToken",
    "Capacity",
    "Commune",
    "CommuneName",
    "Departement",
    "Epci",
    "Membership",
    "Organisation",
    "PostalCode",
    "Region",
    "Territory",
    "User",
]
