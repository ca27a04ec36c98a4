"""Outlines of départements, drawn from the points of their communes.

No file of administrative limits is needed: each commune owns the ground that is nearer to it
than to any other (its Voronoi cell), a département is the union of its communes' cells, and the
whole stops at the concave hull of all communes. Neighbours so share their borders exactly.

Only the command that loads territories comes here: the libraries of shapes take 14 MB of a process.
"""

from collections.abc import Mapping, Sequence

import shapely
from shapely import MultiPoint, Polygon
from shapely.geometry.base import BaseGeometry

from sites.maps.frames import squeeze_at
from sites.maps.rings import LonLat, Ring

MOST_VERTICES = 120
HULL_RATIO = 0.04  # of concave_hull: low enough to follow the Rhine and the hollow of the Moselle
HULL_MARGIN = 0.03  # degrees of latitude, some 3 km: communes are points, their land is not
FIRST_TOLERANCE = 0.004  # degrees of latitude; grows until a ring has few enough vertices


def outlines(points_by_departement: Mapping[str, Sequence[LonLat]]) -> dict[str, Ring]:
    """Return one closed ring per département, neighbours sharing their borders.

    Rings have at most `MOST_VERTICES` vertices, counter-clockwise, rounded to some 10 m.
    Places of one name that were given twice count once.
    """
    owners = {point: code for code, points in points_by_departement.items() for point in points}
    if len(owners) < 3:
        return {}
    squeeze = squeeze_at(lat for _lon, lat in owners)
    flat = MultiPoint([(lon * squeeze, lat) for lon, lat in owners])
    codes = sorted(set(owners.values()))
    shapes = _land(flat, list(owners.values()), codes)
    return {
        code: [[round(x / squeeze, 4), round(y, 4)] for x, y in shape.exterior.coords]
        for code, shape in zip(codes, _simplified(shapes), strict=True)
    }


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
