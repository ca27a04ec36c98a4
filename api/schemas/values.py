"""Values that answers hold: choices, told in place, and local instants."""

from datetime import datetime
from typing import Annotated, Literal

from django.db.models import TextChoices
from django.utils.translation import gettext_noop as _
from pydantic import Field, WithJsonSchema

from billing.prices.durations import Duration
from billing.prices.groups import Group
from bookings.models import Booking
from network.models import Capacity, Membership, User
from sites.models import Site, Space
from subscriptions.models import Plan

Local = Annotated[
    datetime,
    WithJsonSchema({"type": "string", "format": "date-time"}),
    Field(description=_("with the offset of the site's own time")),
]


def one_of(choices: type[TextChoices]) -> WithJsonSchema:
    """Return the JSON schema of a choice, in place: two of our enumerations share a name."""
    return WithJsonSchema({"type": "string", "enum": choices.values})


SpaceKind = Annotated[Space.Kind, one_of(Space.Kind)]
Category = Annotated[Site.Category, one_of(Site.Category)]
CustomerGroup = Annotated[Group, one_of(Group)]
PricedDuration = Annotated[Duration, one_of(Duration)]
Status = Annotated[Booking.Status, one_of(Booking.Status)]
CapacityKind = Annotated[Capacity.Kind, one_of(Capacity.Kind)]
PlanHolders = Annotated[Plan.Holders, one_of(Plan.Holders)]
PayWith = Literal["passes", "money"]
Role = Annotated[Membership.Role, one_of(Membership.Role)]
PersonStatus = Annotated[str, WithJsonSchema({"type": "string", "enum": ["", *User.Status.values]})]
