"""The schematic map: outlines drawn from commune points, placed in an SVG picture.

No file of administrative limits is needed: each commune owns the ground that is nearer to it
than to any other (its Voronoi cell), a département is the union of its communes' cells, and the
whole stops at the concave hull of all communes. Neighbours so share their borders exactly.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import cos, radians

import shapely
from shapely import MultiPoint, Polygon
from shapely.geometry.base import BaseGeometry

from sites.geo import Point
from sites.pins import LABEL_GAP, Marker, Pin, markers_of

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


MARK_RADIUS = 22.0


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
    return SchematicMap(frame, paths, markers_of(frame, pins), mark and placed(mark, frame))


def placed(mark: Mark, frame: Frame) -> Mark:
    """Return the mark with where it is in the picture."""
    return replace(mark, x=frame.x(mark.point.longitude), y=frame.y(mark.point.latitude))
