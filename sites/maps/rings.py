"""Rings: the closed outline of a land, as a list of [longitude, latitude]."""

from collections.abc import Iterator
from itertools import pairwise

Ring = list[list[float]]
LonLat = tuple[float, float]


def middle_of(ring: Ring) -> LonLat:
    """Return where a land's name stands: in the middle of its widest stretch, halfway up.

    It lies within the land however hollow that is, as the mean of its corners might not.
    """
    latitudes = [lat for _lon, lat in ring]
    halfway = (min(latitudes) + max(latitudes)) / 2
    crossings = sorted(crossings_at(halfway, ring))
    stretches = zip(crossings[::2], crossings[1::2], strict=True)
    west, east = max(stretches, key=lambda ends: ends[1] - ends[0])
    return (west + east) / 2, halfway


def crossings_at(latitude: float, ring: Ring) -> Iterator[float]:
    """Yield the longitudes at which the ring passes a latitude: by turns into the land and out."""
    for (lon, lat), (next_lon, next_lat) in pairwise(ring):
        if (lat > latitude) != (next_lat > latitude):
            yield lon + (next_lon - lon) * (latitude - lat) / (next_lat - lat)
