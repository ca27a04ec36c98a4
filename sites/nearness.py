"""The sites nearest to a point, by the database: with thousands of sites few are read."""

from datetime import datetime, timedelta
from math import cos, radians

from django.db.models import (
    Case,
    CharField,
    DateTimeField,
    Exists,
    F,
    FloatField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)

from network.sql import Given
from sites.geo import Point, bounding_box
from sites.models import Site, Space, Stop

#: So many are looked at: full ones, and itinerant ones that stand elsewhere, fall out.
MOST_ABOUT = 12

REAL, INSTANT = FloatField(), DateTimeField()
INSIDE = Q(
    latitude__gte=Given("south", REAL),
    latitude__lte=Given("north", REAL),
    longitude__gte=Given("west", REAL),
    longitude__lte=Given("east", REAL),
)
NORTH = F("latitude") - Given("latitude", REAL)
EAST = (F("longitude") - Given("longitude", REAL)) * Given("squeeze", REAL)
#: What orders sites by their distance: its square in degrees of latitude, itinerant ones first.
NEARNESS = Case(
    When(is_itinerant=True, then=Value(-1.0)),
    default=NORTH * NORTH + EAST * EAST,
    output_field=REAL,
)


def about(
    point: Point, radius_km: float, kind: str, now: datetime, ahead: timedelta
) -> dict[str, object]:
    """Return what `sites_about` is told: a point, how far from it, which spaces, when."""
    around = bounding_box(point, radius_km)._asdict() | point._asdict()
    times = {"now": now, "until": now + ahead}
    return around | times | {"squeeze": cos(radians(point.latitude)), "kind": kind}


def sites_about() -> QuerySet[Site]:
    """Return some active sites with bookable spaces of a kind about a point, the nearest.

    At most `MOST_ABOUT`. Before all others come itinerant sites with a stop there within the time:
    where each stands on which day is for the caller to look at.
    """
    stops = Stop.objects.filter(
        INSIDE,
        site=OuterRef("pk"),
        ends_at__gt=Given("now", INSTANT),
        starts_at__lt=Given("until", INSTANT),
    )
    # That the site is active is asked of the site itself: not of each space's site once more.
    of_kind = Space.objects.filter(is_active=True, kind=Given("kind", CharField()))
    stands = (INSIDE & Q(is_itinerant=False)) | (Q(is_itinerant=True) & Exists(stops))
    sites = Site.objects.active().filter(stands, Exists(of_kind.filter(site=OuterRef("pk"))))
    return sites.order_by(NEARNESS, "pk")[:MOST_ABOUT]
