"""The schematic map: outlines, markers and their names, placed in an SVG picture."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from math import hypot
from typing import NamedTuple

from sites.geo import Point
from sites.maps.frames import Frame
from sites.models import Space

SMALLEST_RADIUS = 12.0
MOST_ROUNDS = 30
LABEL_GAP = 5.0
MARK_RADIUS = 22.0
DOT_RADIUS = 6.0  # what stays bare of pins around the place searched
LETTER = 8.0  # width of a letter of a name, and half the height of its line, in picture units


@dataclass(frozen=True)
class Pin:
    """A place to show. `count`: what the marker says, such as places left; None for no figure.

    One that is closed is shown so, without a figure. `kind` is the kind of spaces counted, `is_few`
    tells that the last ones are left.
    """

    key: str
    label: str
    href: str
    point: Point
    count: int | None = None
    name: str = ""
    is_closed: bool = False
    kind: str = Space.Kind.DESK
    is_few: bool = False

    @property
    def state(self) -> str:
        """Return the state to show: closed, free, few, full, or none when nothing is counted."""
        if self.is_closed:
            return "closed"
        if self.count is None:
            return ""
        if self.count == 0:
            return "full"
        return "few" if self.is_few else "free"


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
    """The place that was searched, no link. `x`, `y` are where it is in the picture, beside pins.

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
    radii = [SMALLEST_RADIUS + min((pin.count or 0) / 8, 6) for pin in pins]
    places = [on_picture(frame, pin.point) for pin in pins]
    marked = [on_picture(frame, mark.point)] if mark else []
    _spread([*places, *marked], [*radii, *(DOT_RADIUS for _one in marked)])
    beside = replace(mark, x=round(marked[0][0], 1), y=round(marked[0][1], 1)) if mark else None
    return SchematicMap(frame, paths, _markers(frame, pins, places, radii), beside)


def on_picture(frame: Frame, point: Point) -> list[float]:
    """Return where a point is in the picture: how far right, how far down."""
    return [frame.x(point.longitude), frame.y(point.latitude)]


def _markers(
    frame: Frame, pins: Sequence[Pin], places: Sequence[list[float]], radii: Sequence[float]
) -> list[Marker]:
    """Return the pins where they are in the picture, and the names there is room for."""
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
