"""The sites nearest to a point, by the database: with thousands of sites few are read."""

from datetime import datetime, timedelta
from math import cos, radians

from django.db.models import Case, Exists, F, FloatField, OuterRef, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable

from sites.geo import Point, bounding_box
from sites.models import Site, Space, Stop


def sites_about(
    point: Point, radius_km: float, kind: str, now: datetime, ahead: timedelta
) -> QuerySet[Site]:
    """Return the active sites with bookable spaces of `kind` about the circle, nearest first.

    Before all others come itinerant sites with a stop there within `ahead`: where each stands on
    which day is for the caller to look at.
    """
    box = bounding_box(point, radius_km)
    inside = Q(latitude__range=(box.south, box.north), longitude__range=(box.west, box.east))
    stops = Stop.objects.filter(
        inside, site=OuterRef("pk"), ends_at__gt=now, starts_at__lt=now + ahead
    )
    spaces = Space.objects.bookable().filter(site=OuterRef("pk"), kind=kind)
    stands = (inside & Q(is_itinerant=False)) | (Q(is_itinerant=True) & Exists(stops))
    return Site.objects.active().filter(stands, Exists(spaces)).order_by(nearness(point), "pk")


def nearness(point: Point) -> Case:
    """Return what orders sites by their distance: its square in degrees of latitude."""
    squeeze = cos(radians(point.latitude))
    north = F("latitude") - Value(point.latitude)
    east: Combinable = (F("longitude") - Value(point.longitude)) * Value(squeeze)
    square = north * north + east * east
    return Case(
        When(is_itinerant=True, then=Value(-1.0)), default=square, output_field=FloatField()
    )
