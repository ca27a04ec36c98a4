"""Pins of the schematic map: what each shows, and where its marker and its name find room."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot
from typing import NamedTuple

from sites.geo import Point
from sites.maps.crowding import make_room
from sites.maps.frames import Frame
from sites.models import Space

SMALLEST_RADIUS, LARGEST_RADIUS = 12.0, 18.0
#: What stays bare of pins around the place searched.
DOT_RADIUS = 6.0
Spot = tuple[float, float]
LABEL_GAP = 5.0
LETTER = 8.0  # width of a letter of a name, and half the height of its line, in picture units
#: A name meets no marker, and no other name, whose middle is farther above or below its own.
BAND = LETTER + LARGEST_RADIUS


@dataclass(frozen=True, slots=True)
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


class Marker(NamedTuple):
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
        pin, x, y, radius, _side = circle
        across = max(self.west - x, x - self.east, 0)
        # Most are far to the left or right: they are not looked at further.
        if across > radius:
            return False
        return hypot(across, max(self.north - y, y - self.south, 0)) <= radius


def markers_of(
    frame: Frame, pins: Sequence[Pin], dot: Point | None = None
) -> tuple[list[Marker], Spot]:
    """Place the pins, and beside them a dot if there is one; return it apart.

    Those that would cover one another are moved apart, as far as they need.
    """
    more = LARGEST_RADIUS - SMALLEST_RADIUS
    radii = [SMALLEST_RADIUS + min((pin.count or 0) / 8, more) for pin in pins]
    dots = [dot] if dot else []
    points = [*(pin.point for pin in pins), *dots]
    places = [[frame.x(one.longitude), frame.y(one.latitude)] for one in points]
    make_room(places, [*radii, *(DOT_RADIUS for _one in dots)], frame.width, frame.height)
    spots = [(round(x, 1), round(y, 1)) for x, y in places]
    bare = [
        Marker(pin, x, y, round(radius, 1))
        for pin, (x, y), radius in zip(pins, spots, radii, strict=False)
    ]
    return named(frame, bare), spots[-1] if dots else (0.0, 0.0)


def named(frame: Frame, markers: Sequence[Marker]) -> list[Marker]:
    """Print names where there is room for them, those of the largest figures first."""
    taken = Taken(frame, markers)
    sides: dict[str, str] = {}
    for marker in sorted(markers, key=lambda marker: -(marker.pin.count or 0)):
        side = taken.side_of(marker) if marker.pin.name else ""
        if side:
            sides[marker.pin.key] = side
    return [
        one._replace(label_side=sides[one.pin.key]) if one.pin.key in sides else one
        for one in markers
    ]


class Taken:
    """The ground of a picture that markers and names stand on, by bands from top to bottom."""

    def __init__(self, frame: Frame, markers: Sequence[Marker]) -> None:
        self.frame = frame
        self.circles: dict[int, list[Marker]] = defaultdict(list)
        self.names: dict[int, list[Ground]] = defaultdict(list)
        for marker in markers:
            self.circles[band_of(marker)].append(marker)

    def side_of(self, marker: Marker) -> str:
        """Return the side on which the marker's name has room, which it then takes, or nothing."""
        for side in ("right", "left"):
            ground = marker.label_box(side)
            if self.is_inside(ground) and self.is_bare(ground, band_of(marker)):
                self.names[band_of(marker)].append(ground)
                return side
        return ""

    def is_inside(self, ground: Ground) -> bool:
        """Tell whether the whole of it is in the picture."""
        if not (ground.west >= 0 and ground.east <= self.frame.width):
            return False
        return ground.north >= 0 and ground.south <= self.frame.height

    def is_bare(self, ground: Ground, band: int) -> bool:
        """Tell whether nothing stands yet on that ground, nor in the bands beside it."""
        return not any(
            any(map(ground.meets, self.names[one]))
            or any(map(ground.meets_circle, self.circles[one]))
            for one in (band, band - 1, band + 1)
        )


def band_of(marker: Marker) -> int:
    """Return which band of the picture a marker's middle is in."""
    return int(marker.y // BAND)
