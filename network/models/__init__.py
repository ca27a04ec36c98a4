"""People, organisations, territories and tokens."""

from network.models.organisations import Membership, Organisation
from network.models.people import User
from network.models.territories import (
    Commune,
    CommuneName,
    Departement,
    Epci,
    PostalCode,
    Region,
)
from network.models.tokens import ApiToken

__all__ = [
    "ApiToken",
    "Commune",
    "CommuneName",
    "Departement",
    "Epci",
    "Membership",
    "Organisation",
    "PostalCode",
    "Region",
    "User",
]
