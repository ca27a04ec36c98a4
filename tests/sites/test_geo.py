"""Distances, and boxes that must never leave a near site out."""

from math import asin, atan2, cos, degrees, radians, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sites.geo import EARTH_RADIUS_KM, Box, Point, bounding_box, distance_km

STRASBOURG = Point(48.5734, 7.7521)
MULHOUSE = Point(47.7508, 7.3359)


def reached(start: Point, bearing: float, km: float) -> Point:
    """Return where one is after `km` on the great circle that leaves at `bearing` degrees."""
    angle, course, lat = km / EARTH_RADIUS_KM, radians(bearing), radians(start.latitude)
    end_lat = asin(sin(lat) * cos(angle) + cos(lat) * sin(angle) * cos(course))
    turn = atan2(sin(course) * sin(angle) * cos(lat), cos(angle) - sin(lat) * sin(end_lat))
    longitude = (start.longitude + degrees(turn) + 540) % 360 - 180
    return Point(degrees(end_lat), longitude)


def is_in(box: Box, point: Point) -> bool:
    """Tell whether an index asked for `box` finds `point`, but for the last bits of a float."""
    return (
        box.south - 1e-7 <= point.latitude <= box.north + 1e-7
        and box.west - 1e-7 <= point.longitude <= box.east + 1e-7
    )


def test_strasbourg_is_96_km_from_mulhouse() -> None:
    assert distance_km(STRASBOURG, MULHOUSE) == pytest.approx(96.5, abs=0.5)


def test_a_degree_of_latitude_is_111_km_and_half_the_earth_is_the_farthest() -> None:
    assert distance_km(Point(48, 7), Point(49, 7)) == pytest.approx(111.195, abs=0.001)
    assert distance_km(Point(0, 0), Point(0, 180)) == pytest.approx(20_015.1, abs=0.1)
    assert distance_km(Point(90, 0), Point(-90, 77)) == pytest.approx(20_015.1, abs=0.1)


def test_a_place_is_at_no_distance_from_itself() -> None:
    assert distance_km(STRASBOURG, STRASBOURG) == 0


def test_the_date_line_is_no_barrier_to_distance() -> None:
    assert distance_km(Point(0, 179.9), Point(0, -179.9)) == pytest.approx(22.24, abs=0.01)


@given(
    st.floats(-89.9, 89.9),
    st.floats(-180, 180),
    st.floats(0.1, 3000),
    st.floats(0, 359.9),
    st.floats(0, 0.999),
)
def test_the_box_holds_every_point_of_the_circle(
    latitude: float, longitude: float, radius: float, bearing: float, part: float
) -> None:
    center = Point(latitude, longitude)
    near = reached(center, bearing, radius * part)

    assert distance_km(center, near) <= radius + 1e-3
    assert is_in(bounding_box(center, radius), near)


def test_near_a_pole_every_longitude_is_in_the_box() -> None:
    box = bounding_box(Point(89.95, 10), 20)

    assert (box.west, box.east, box.north) == (-180, 180, 90)
    assert is_in(box, Point(89.95, -170))


def test_across_the_date_line_the_box_holds_both_sides() -> None:
    assert is_in(bounding_box(Point(-17, 179.95), 20), Point(-17, -179.95))
    assert is_in(bounding_box(Point(-17, -179.95), 20), Point(-17, 179.95))


def test_in_alsace_the_box_is_tight() -> None:
    box = bounding_box(STRASBOURG, 20)

    assert box.north - box.south == pytest.approx(0.36, abs=0.01)
    assert box.east - box.west == pytest.approx(0.54, abs=0.01)
