"""The schematic map: outlines drawn from commune points, placed in an SVG picture.

No file of administrative limits is needed: each commune owns the ground that is nearer to it
than to any other (its Voronoi cell), a département is the union of its communes' cells, and the
whole stops at the concave hull of all communes. Neighbours so share their borders exactly.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from math import cos, hypot, radians
from typing import NamedTuple

import shapely
from shapely import MultiPoint, Polygon
from shapely.geometry.base import BaseGeometry

from sites.geo import Point
from sites.models import Space

MOST_VERTICES = 120
HULL_RATIO = 0.04  # of concave_hull: low enough to follow the Rhine and the hollow of the Moselle
HULL_MARGIN = 0.03  # degrees of latitude, some 3 km: communes are points, their land is not
FIRST_TOLERANCE = 0.004  # degrees of latitude; grows until a ring has few enough vertices

Ring = list[list[float]]
LonLat = tuple[float, float]


def outline(points: Sequence[LonLat]) -> Ring:
    """Return the ring of [longitude, latitude] around `points`, empty for fewer than three."""
    return outlines({"": points}).get("", [])


def outlines(points_by_departement: Mapping[str, Sequence[LonLat]]) -> dict[str, Ring]:
    """Return one closed ring per département, neighbours sharing their borders.

    Rings have at most `MOST_VERTICES` vertices, counter-clockwise, rounded to some 10 m.
    Places of one name that were given twice count once.
    """
    owners = {point: code for code, points in points_by_departement.items() for point in points}
    if len(owners) < 3:
        return {}
    squeeze = _squeeze(lat for _lon, lat in owners)
    flat = MultiPoint([(lon * squeeze, lat) for lon, lat in owners])
    codes = sorted(set(owners.values()))
    shapes = _land(flat, list(owners.values()), codes)
    return {
        code: [[round(x / squeeze, 4), round(y, 4)] for x, y in shape.exterior.coords]
        for code, shape in zip(codes, _simplified(shapes), strict=True)
    }


def _squeeze(latitudes: Iterable[float]) -> float:
    """Return how much shorter a degree of longitude is than one of latitude, around there."""
    known = list(latitudes)
    return cos(radians((min(known) + max(known)) / 2))


def _land(flat: MultiPoint, owners: Sequence[str], codes: Sequence[str]) -> list[Polygon]:
    """Return the land of each département: the union of its communes' cells, within the hull."""
    hull = shapely.concave_hull(flat, ratio=HULL_RATIO).buffer(HULL_MARGIN)
    cells = shapely.voronoi_polygons(flat, extend_to=hull, ordered=True).geoms
    cells_of: dict[str, list[BaseGeometry]] = {code: [] for code in codes}
    for owner, cell in zip(owners, cells, strict=True):
        cells_of[owner].append(cell)
    lands = [shapely.union_all(cells_of[code]).intersection(hull) for code in codes]
    return _whole(lands)


def _whole(lands: Sequence[BaseGeometry]) -> list[Polygon]:
    """Make each land one piece: a smaller one goes to the neighbour it shares most border with."""
    mains = [_largest(land) for land in lands]
    pieces = [piece for land in lands for piece in shapely.get_parts(land)]
    for piece in pieces:
        if not any(main.covers(piece) for main in mains):
            borders = [main.intersection(piece).length for main in mains]
            nearest = borders.index(max(borders))
            mains[nearest] = _largest(mains[nearest].union(piece))
    return mains


def _largest(shape: BaseGeometry) -> Polygon:
    """Return the largest piece of `shape`, without holes."""
    pieces = [piece for piece in shapely.get_parts(shape) if isinstance(piece, Polygon)]
    return Polygon(max(pieces, key=lambda piece: piece.area).exterior)


def _simplified(shapes: Sequence[Polygon]) -> list[Polygon]:
    """Drop vertices from all shapes at once, so that borders stay shared."""
    tolerance = FIRST_TOLERANCE
    simple = list(shapely.coverage_simplify(shapes, tolerance))
    while max(shapely.get_num_coordinates(simple)) > MOST_VERTICES:
        tolerance *= 1.3
        simple = list(shapely.coverage_simplify(shapes, tolerance))
    return [shapely.orient_polygons(shape) for shape in simple]


SMALLEST_RADIUS = 12.0
MOST_ROUNDS = 30
LABEL_GAP = 5.0
MARK_RADIUS = 22.0
LETTER = 8.0  # width of a letter of a name, and half the height of its line, in picture units


@dataclass(frozen=True)
class Frame:
    """Where on Earth a picture is: equirectangular, true to shape at its middle latitude.

    `west` and `north` in degrees; scales in picture units per degree; sizes in picture units.
    """

    west: float
    north: float
    scale_x: float
    scale_y: float
    width: float
    height: float

    @classmethod
    def around(
        cls, points: Iterable[LonLat], *, width: float = 420, height: float = 600, margin: float = 8
    ) -> "Frame":
        """Return the frame that shows all `points`, at most `width` by `height`."""
        known = list(points) or [(0.0, 0.0)]
        lons, lats = [lon for lon, _lat in known], [lat for _lon, lat in known]
        squeeze = _squeeze(lats)
        # A single place is shown with a tenth of a degree around it.
        across = max((max(lons) - min(lons)) * squeeze, 0.1)
        up = max(max(lats) - min(lats), 0.1)
        scale = min((width - 2 * margin) / across, (height - 2 * margin) / up)
        middle_lon, middle_lat = (min(lons) + max(lons)) / 2, (min(lats) + max(lats)) / 2
        return cls(
            west=middle_lon - (across / 2 + margin / scale) / squeeze,
            north=middle_lat + up / 2 + margin / scale,
            scale_x=scale * squeeze,
            scale_y=scale,
            width=round(across * scale + 2 * margin, 1),
            height=round(up * scale + 2 * margin, 1),
        )

    def x(self, lon: float) -> float:
        """Return how far right of the picture's left edge `lon` is."""
        return round((lon - self.west) * self.scale_x, 1)

    def y(self, lat: float) -> float:
        """Return how far below the picture's top edge `lat` is."""
        return round((self.north - lat) * self.scale_y, 1)

    @property
    def view_box(self) -> str:
        """Return the SVG viewBox."""
        return f"0 0 {self.width} {self.height}"

    def path(self, ring: Sequence[Sequence[float]]) -> str:
        """Return the SVG path of a ring of [longitude, latitude]."""
        if not ring:
            return ""
        return "M" + "L".join(f"{self.x(lon)},{self.y(lat)}" for lon, lat in ring) + "Z"


@dataclass(frozen=True)
class Pin:
    """A place to show. `count`: what the marker says, such as places left; None for no figure.

    One that is closed is shown so, without a figure. `kind` is the kind of spaces counted.
    """

    key: str
    label: str
    href: str
    point: Point
    count: int | None = None
    name: str = ""
    is_closed: bool = False
    kind: str = Space.Kind.DESK

    @property
    def state(self) -> str:
        """Return the state to show: closed, free, few, full, or none when nothing is counted."""
        if self.is_closed:
            return "closed"
        if self.count is None:
            return ""
        if self.count == 0:
            return "full"
        return "few" if self.count < 4 else "free"


@dataclass(frozen=True)
class Marker:
    """A pin in a picture: where its centre is, and how large it is."""

    pin: Pin
    x: float
    y: float
    radius: float
    label_side: str = ""

    @property
    def label_x(self) -> float:
        """Return where its name starts, or ends when it stands on the left."""
        away = self.radius + LABEL_GAP
        return round(self.x + (away if self.label_side == "right" else -away), 1)

    def label_box(self, side: str) -> "Ground":
        """Return the ground that its name would cover on `side`."""
        near, far = self.radius + LABEL_GAP, self.radius + LABEL_GAP + LETTER * len(self.pin.name)
        west, east = (near, far) if side == "right" else (-far, -near)
        return Ground(self.x + west, self.y - LETTER, self.x + east, self.y + LETTER)


class Ground(NamedTuple):
    """A rectangle of a picture."""

    west: float
    north: float
    east: float
    south: float

    def meets(self, other: "Ground") -> bool:
        """Tell whether both share a point."""
        is_beside = self.east < other.west or other.east < self.west
        return not (is_beside or self.south < other.north or other.south < self.north)

    def meets_circle(self, circle: Marker) -> bool:
        """Tell whether a marker's circle covers a point of it."""
        across = circle.x - min(max(circle.x, self.west), self.east)
        down = circle.y - min(max(circle.y, self.north), self.south)
        return hypot(across, down) <= circle.radius


@dataclass(frozen=True)
class Mark:
    """The place that was searched, no link. `x`, `y` are where it is in the picture.

    `name` is printed beside it, unless a pin says the same.
    """

    label: str
    point: Point
    name: str = ""
    x: float = 0.0
    y: float = 0.0

    @property
    def label_x(self) -> float:
        """Return where its name starts."""
        return round(self.x + MARK_RADIUS + LABEL_GAP, 1)


@dataclass(frozen=True)
class SchematicMap:
    """All that `components/map.html` draws."""

    frame: Frame
    lands: list[tuple[str, str]]
    markers: list[Marker]
    mark: Mark | None = None


def draw(
    lands: Mapping[str, Sequence[Sequence[float]]],
    pins: Sequence[Pin],
    around: Sequence[Point] = (),
    mark: Mark | None = None,
) -> SchematicMap:
    """Return the map of `lands` (name to ring) with `pins`, showing `around`, by default all."""
    corners = [(lon, lat) for ring in lands.values() for lon, lat in ring]
    shown = [(point.longitude, point.latitude) for point in around] or corners
    shown += [] if around else [(pin.point.longitude, pin.point.latitude) for pin in pins]
    frame = Frame.around(shown)
    paths = [(name, frame.path(ring)) for name, ring in lands.items() if ring]
    return SchematicMap(frame, paths, _markers(frame, pins), mark and placed(mark, frame))


def placed(mark: Mark, frame: Frame) -> Mark:
    """Return the mark with where it is in the picture."""
    return replace(mark, x=frame.x(mark.point.longitude), y=frame.y(mark.point.latitude))


def _markers(frame: Frame, pins: Sequence[Pin]) -> list[Marker]:
    """Place the pins, those that would cover one another moved apart, as far as they need."""
    radii = [SMALLEST_RADIUS + min((pin.count or 0) / 8, 6) for pin in pins]
    places = [[frame.x(pin.point.longitude), frame.y(pin.point.latitude)] for pin in pins]
    _spread(places, radii)
    bare = [
        Marker(pin, round(x, 1), round(y, 1), round(radius, 1))
        for pin, (x, y), radius in zip(pins, places, radii, strict=True)
    ]
    return _named(frame, bare)


def _named(frame: Frame, markers: Sequence[Marker]) -> list[Marker]:
    """Print names where there is room for them, those of the largest figures first."""
    taken: list[Ground] = []
    sides: dict[str, str] = {}
    for marker in sorted(markers, key=lambda marker: -(marker.pin.count or 0)):
        for side in ("right", "left") if marker.pin.name else ():
            ground = marker.label_box(side)
            if _is_bare(ground, frame, markers, taken):
                sides[marker.pin.key] = side
                taken.append(ground)
                break
    return [
        replace(one, label_side=sides[one.pin.key]) if one.pin.key in sides else one
        for one in markers
    ]


def _is_bare(
    ground: Ground, frame: Frame, markers: Sequence[Marker], taken: Sequence[Ground]
) -> bool:
    """Tell whether nothing stands yet on that ground of the picture."""
    if not (ground.west >= 0 and ground.east <= frame.width):
        return False
    if not (ground.north >= 0 and ground.south <= frame.height):
        return False
    return not (any(map(ground.meets, taken)) or any(map(ground.meets_circle, markers)))


def _spread(places: list[list[float]], radii: Sequence[float]) -> None:
    """Push apart, a little at a time, circles that overlap; those at one place go side by side."""
    widest = 2 * max(radii, default=0) + 2
    for _step in range(MOST_ROUNDS):
        in_order = sorted(zip(places, radii, strict=True), key=lambda one: one[0][0])
        pushed = [_push_all(in_order, number, widest) for number in range(len(in_order))]
        if not any(pushed):
            return


def _push_all(in_order: Sequence[tuple[list[float], float]], number: int, widest: float) -> bool:
    """Push one circle and those to its right apart; tell whether any two overlapped."""
    here, radius = in_order[number]
    x, y = here
    moved = False
    for there, other in islice(in_order, number + 1, None):
        across, down = there[0] - x, there[1] - y
        if across > widest:
            break  # all further ones are farther to the right
        wanted = radius + other + 2
        if -wanted < down < wanted and across * across + down * down < wanted * wanted:
            moved |= _push_apart(here, there, wanted)
            x, y = here
    return moved


def _push_apart(a: list[float], b: list[float], wanted: float) -> bool:
    """Move `a` and `b` half of what they lack each; tell whether they lacked any."""
    across, down = b[0] - a[0], b[1] - a[1]
    distance = hypot(across, down)
    if distance >= wanted - 0.1:
        return False
    if distance < 0.1:
        across, down, distance = 1.0, 0.0, 1.0
        lacking = wanted / 2
    else:
        lacking = (wanted - distance) / 2
    step_x, step_y = across / distance * lacking, down / distance * lacking
    a[0], a[1], b[0], b[1] = a[0] - step_x, a[1] - step_y, b[0] + step_x, b[1] + step_y
    return True
