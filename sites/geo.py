"""Distances on the globe."""

from math import asin, cos, degrees, radians, sin, sqrt
from typing import NamedTuple
from urllib.parse import urlencode

EARTH_RADIUS_KM = 6371.0088  # mean radius R1, IUGG


class Point(NamedTuple):
    """A place, in decimal degrees (WGS 84)."""

    latitude: float
    longitude: float


class Box(NamedTuple):
    """A rectangle of latitudes and longitudes, for an index to find candidates."""

    south: float
    north: float
    west: float
    east: float


def distance_km(a: Point, b: Point) -> float:
    """Return the great-circle distance between `a` and `b` (haversine), in km."""
    lat_a, lat_b = radians(a.latitude), radians(b.latitude)
    half_lat = sin((lat_b - lat_a) / 2)
    half_lon = sin(radians(b.longitude - a.longitude) / 2)
    return 2 * EARTH_RADIUS_KM * asin(sqrt(half_lat**2 + cos(lat_a) * cos(lat_b) * half_lon**2))


def bounding_box(center: Point, radius_km: float) -> Box:
    """Return a box that holds every point within `radius_km` of `center`.

    Near a pole, across the date line or for a radius of a hemisphere, it holds every longitude.
    """
    angle = radius_km / EARTH_RADIUS_KM
    lat = radians(center.latitude)
    south, north = center.latitude - degrees(angle), center.latitude + degrees(angle)
    if south <= -90 or north >= 90 or sin(angle) >= cos(lat):
        return Box(max(south, -90.0), min(north, 90.0), -180.0, 180.0)
    half_width = degrees(asin(sin(angle) / cos(lat)))
    west, east = center.longitude - half_width, center.longitude + half_width
    if west < -180 or east > 180:
        return Box(south, north, -180.0, 180.0)
    return Box(south, north, west, east)


def coordinates(point: Point) -> str:
    """Return "48.34270,7.30290": latitude and longitude to the metre, as other programs read it."""
    return f"{point.latitude:.5f},{point.longitude:.5f}"


def directions_url(point: Point) -> str:
    """Return the page of OpenStreetMap that tells the way there, from where one is."""
    query = urlencode({"to": coordinates(point)})
    return f"https://www.openstreetmap.org/directions?{query}"
