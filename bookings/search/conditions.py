"""What a space must meet to be found: a condition for each choice of a search."""

from collections.abc import Mapping
from typing import Any

from django.db.models import (
    CharField,
    Count,
    Exists,
    FloatField,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
)
from django.db.models.lookups import Exact

from network.sql import Among, Given
from sites.geo import Box
from sites.models import OpeningHours, Site, Space
from sites.models.hours import Weekday
from sites.models.site import maybe_in

WORD, NUMBER = CharField(), IntegerField()
SIDES: Any = [Given(side, FloatField()) for side in Box._fields]
OPEN_ON_SATURDAY = OpeningHours.objects.filter(site=OuterRef("site"), weekday=Weekday.SATURDAY)
SPECIALISED = Site.specialisations.through.objects.filter(
    Among("specialisation__code", "specialisations", WORD), site=OuterRef("site")
)
#: How many of the chosen pieces of equipment a space has.
EQUIPPED = (
    Space.equipment.through.objects.filter(
        Among("equipment__code", "equipment", WORD), space=OuterRef("pk")
    )
    .order_by()
    .values("space")
    .annotate(number=Count("pk"))
    .values("number")  # type: ignore[misc]  # annotated above
)
HAS_ALL: Any = Exact(Subquery(EQUIPPED), Given("equipment_number", NUMBER))

#: By the name of the choice. "box" is around the place searched: itinerant sites may come there.
CONDITIONS: Mapping[str, Q | Exists | Among] = {
    "box": maybe_in(Box(*SIDES), "site__"),
    "kinds": Among("kind", "kinds", WORD),
    "site": Q(site__slug=Given("site", WORD)),
    "sites": Among("site_id", "sites", NUMBER),
    "categories": Among("site__category", "categories", WORD),
    "hosts": Among("site__host", "hosts", WORD),
    "step_free": Q(site__step_free_access=True),
    "min_mbps": Q(site__download_mbps__gte=Given("min_mbps", NUMBER)),
    "people": Q(capacity__gte=Given("people", NUMBER)),
    "equipment": HAS_ALL,
    "specialisations": Exists(SPECIALISED),
    "on_saturday": Exists(OPEN_ON_SATURDAY),
}
