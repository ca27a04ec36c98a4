"""The schematic map: outlines from commune points, and where things stand in the picture."""

from collections.abc import Sequence
from itertools import combinations
from math import hypot

import shapely

from sites.geo import Point
from sites.maps.frames import Frame
from sites.maps.outlines import MOST_VERTICES, outlines
from sites.maps.pins import Marker, Pin
from sites.maps.rings import LonLat, Ring, middle_of
from sites.maps.schematic import Mark, draw

# A grid of villages, half of them in the west, half in the east.
WEST = [(7.0 + 0.05 * x, 48.0 + 0.05 * y) for x in range(10) for y in range(20)]
EAST = [(7.5 + 0.05 * x, 48.0 + 0.05 * y) for x in range(10) for y in range(20)]


def outline(points: Sequence[LonLat]) -> Ring:
    """Return the ring around the communes of the only département."""
    return outlines({"67": points}).get("67", [])


def test_every_commune_lies_in_the_outline_of_its_own_departement() -> None:
    rings = outlines({"67": WEST, "68": EAST})

    west, east = shapely.Polygon(rings["67"]), shapely.Polygon(rings["68"])
    assert all(west.covers(shapely.Point(point)) for point in WEST)
    assert all(east.covers(shapely.Point(point)) for point in EAST)


def test_neighbours_share_their_border_without_overlap_or_gap() -> None:
    rings = outlines({"67": WEST, "68": EAST})

    west, east = shapely.Polygon(rings["67"]), shapely.Polygon(rings["68"])
    assert west.intersection(east).area < 0.0001
    assert west.intersection(east).length > 0.9
    assert shapely.union(west, east).geom_type == "Polygon"


def test_a_ring_is_closed_and_has_few_vertices_however_ragged_the_border() -> None:
    ragged = {"67": WEST + EAST[1::2], "68": EAST[::2]}

    rings = outlines(ragged)

    assert all(len(ring) <= MOST_VERTICES for ring in rings.values())
    assert all(ring[0] == ring[-1] for ring in rings.values())


def test_places_given_twice_count_once() -> None:
    assert outlines({"67": WEST + WEST}) == outlines({"67": WEST})


def test_the_order_in_which_communes_come_changes_no_outline() -> None:
    forward = shapely.Polygon(outlines({"67": WEST, "68": EAST})["67"])
    backward = shapely.Polygon(outlines({"68": EAST[::-1], "67": WEST[::-1]})["67"])

    assert forward.symmetric_difference(backward).area < 0.001


def test_fewer_than_three_communes_make_no_outline() -> None:
    assert outline([(7.0, 48.0), (7.1, 48.1)]) == []
    assert outlines({}) == {}


def test_communes_in_a_line_still_make_an_outline() -> None:
    ring = outline([(7.0, 48.0), (7.1, 48.0), (7.2, 48.0), (7.3, 48.0)])

    assert shapely.Polygon(ring).is_valid
    assert shapely.Polygon(ring).covers(shapely.Point(7.15, 48.0))


def test_a_name_stands_in_the_middle_of_its_land() -> None:
    ring = outlines({"67": WEST, "68": EAST})["67"]

    lon, lat = middle_of(ring)

    assert (abs(lon - 7.22) < 0.02, abs(lat - 48.475) < 0.01) == (True, True)


def test_a_name_stands_on_its_land_also_where_that_is_hollow() -> None:
    bay = [[0.0, 0.0], [9.0, 0.0], [9.0, 4.0], [7.0, 4.0], [7.0, 1.0], [3.0, 1.0], [3.0, 4.0]]
    ring = [*bay, [0.0, 4.0], [0.0, 0.0]]

    assert middle_of(ring) == (1.5, 2.0)


def test_a_corner_halfway_up_moves_no_name_off_its_land() -> None:
    diamond = [[0.0, 1.0], [1.0, 0.0], [4.0, 1.0], [1.0, 2.0], [0.0, 1.0]]

    assert middle_of(diamond) == (2.0, 1.0)


def test_a_frame_shows_all_its_points_within_its_size() -> None:
    frame = Frame.around([(7.0, 47.5), (8.0, 49.0)], width=420, height=600, margin=10)

    assert (frame.x(7.0) >= 10, frame.x(8.0) <= frame.width - 10) == (True, True)
    assert (frame.y(49.0), frame.y(47.5)) == (10, frame.height - 10)
    assert frame.width <= 420
    assert frame.height == 600


def test_ten_kilometres_are_as_long_across_as_up() -> None:
    frame = Frame.around([(7.0, 47.5), (8.0, 49.0)])
    ten_km_up = 10 / 111.195  # in degrees
    ten_km_across = ten_km_up / 0.66588  # by cos(48.25°)

    up = frame.y(48.25) - frame.y(48.25 + ten_km_up)
    across = frame.x(7.5 + ten_km_across) - frame.x(7.5)

    assert abs(up - across) < 0.15


def test_a_single_place_stands_in_the_middle_of_its_frame() -> None:
    frame = Frame.around([(7.3, 48.3)])

    assert frame.x(7.3) * 2 == frame.width
    assert frame.y(48.3) * 2 == frame.height


def test_a_frame_around_nothing_can_be_drawn() -> None:
    assert Frame.around([]).width > 0


def test_a_ring_becomes_a_closed_path_and_no_ring_none() -> None:
    frame = Frame(west=7.0, north=49.0, scale_x=100, scale_y=200, width=100, height=200)

    assert frame.path([[7.0, 49.0], [7.5, 49.0], [7.5, 48.5]]) == "M0.0,0.0L50.0,0.0L50.0,100.0Z"
    assert frame.path([]) == ""


def pin(key: str, lat: float, lon: float, count: int | None = 5, name: str = "") -> Pin:
    return Pin(key, f"Site {key}", f"/{key}", Point(lat, lon), count, name)


def test_markers_of_one_place_stand_side_by_side() -> None:
    drawn = draw({"Bas-Rhin": outline(WEST)}, [pin("a", 48.5, 7.2), pin("b", 48.5, 7.2)])

    a, b = drawn.markers
    assert abs(a.x - b.x) >= a.radius + b.radius


def covered(markers: list[Marker]) -> int:
    """Return how many pairs of markers share a point."""
    return sum(
        hypot(a.x - b.x, a.y - b.y) < a.radius + b.radius for a, b in combinations(markers, 2)
    )


def test_no_marker_of_a_crowd_covers_another_or_leaves_the_picture() -> None:
    lone = pin("lone", 48.9, 7.0)
    crowd = [pin(str(n), 48.4 + n % 10 / 900, 7.4 + n / 9000, n) for n in range(60)]

    drawn = draw({"Bas-Rhin": outline(WEST + EAST)}, [*crowd, lone])

    markers, frame = drawn.markers, drawn.frame
    assert covered(markers) == 0
    assert all(0 < one.x < frame.width and 0 < one.y < frame.height for one in markers)
    assert (markers[-1].x, markers[-1].y) == (frame.x(7.0), frame.y(48.9))


def test_markers_that_find_no_room_stay_where_their_sites_are() -> None:
    drawn = draw(
        {"Bas-Rhin": outline(WEST)}, [pin(str(n), 48.4, 7.2 + n / 99_000) for n in range(900)]
    )

    last = drawn.markers[-1]
    assert (last.x, last.y) == (drawn.frame.x(7.2 + 899 / 99_000), drawn.frame.y(48.4))


def test_a_marker_alone_stands_where_its_site_is() -> None:
    drawn = draw({"Bas-Rhin": outline(WEST)}, [pin("a", 48.5, 7.2), pin("b", 48.1, 7.4)])

    assert (drawn.markers[0].x, drawn.markers[0].y) == (drawn.frame.x(7.2), drawn.frame.y(48.5))


def test_a_name_turns_left_when_it_would_leave_the_picture_on_the_right() -> None:
    east, west = pin("e", 48.5, 7.45, name="Gerstheim"), pin("w", 48.1, 7.0, name="Saales")

    drawn = draw({"Bas-Rhin": outline(WEST)}, [east, west])

    assert [marker.label_side for marker in drawn.markers] == ["left", "right"]


def test_of_two_names_with_room_for_one_that_of_the_larger_figure_is_printed() -> None:
    small = pin("small", 48.5, 7.0, 2, "Sainte-Croix-en-Plaine")
    large = pin("large", 48.5, 7.45, 40, "Strasbourg-Meinau")

    drawn = draw({"Bas-Rhin": outline(WEST)}, [small, large])

    assert [marker.label_side for marker in drawn.markers] == ["", "left"]


def test_a_map_can_show_the_surroundings_of_a_place_only() -> None:
    whole = draw({"Bas-Rhin": outline(WEST)}, [])
    near = draw({"Bas-Rhin": outline(WEST)}, [], around=[Point(48.4, 7.1), Point(48.6, 7.3)])

    assert near.frame.scale_y > 2 * whole.frame.scale_y


def test_a_pin_says_whether_places_are_free_few_or_gone() -> None:
    here = Point(48, 7)
    states = [Pin("a", "A", "/a", here, count).state for count in (4, 0, None)]

    assert states == ["free", "full", ""]
    assert Pin("a", "A", "/a", here, 1, is_few=True).state == "few"
    assert Pin("a", "A", "/a", here, is_closed=True).state == "closed"


def test_a_commune_cut_off_from_its_departement_leaves_no_hole() -> None:
    enclave = (7.2, 48.5)
    west = [point for point in WEST if abs(point[0] - 7.2) + abs(point[1] - 48.5) > 0.01]

    rings = outlines({"67": west, "68": [*EAST, enclave]})

    assert shapely.Polygon(rings["67"]).covers(shapely.Point(enclave))


def test_the_place_searched_stands_beside_a_pin_of_the_same_place() -> None:
    here = Point(48.34, 7.30)

    found = draw({}, [Pin("a", "A", "/a/", here, count=7)], [here], Mark("Villé", here))

    (marker,) = found.markers
    assert found.mark
    assert hypot(found.mark.x - marker.x, found.mark.y - marker.y) >= marker.radius
