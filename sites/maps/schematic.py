"""The schematic map: outlines, markers and their names, placed in an SVG picture."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sites.geo import Point
from sites.maps.frames import Frame
from sites.maps.pins import LABEL_GAP, Marker, Pin, markers_of

MARK_RADIUS = 22.0
#: Rings of [longitude, latitude], by name.
Lands = Mapping[str, Sequence[Sequence[float]]]


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


def everything(lands: Lands, pins: Iterable[Pin]) -> Iterator[Point]:
    """Yield where the outlines turn, and where the pins are."""
    yield from (Point(lat, lon) for ring in lands.values() for lon, lat in ring)
    yield from (pin.point for pin in pins)


def draw(
    lands: Lands,
    pins: Sequence[Pin],
    around: Sequence[Point] = (),
    mark: Mark | None = None,
) -> SchematicMap:
    """Return the map of `lands` (name to ring) with `pins`, showing `around`, by default all."""
    shown = around or everything(lands, pins)
    frame = Frame.around((point.longitude, point.latitude) for point in shown)
    paths = [(name, frame.path(ring)) for name, ring in lands.items() if ring]
    markers, spot = markers_of(frame, pins, mark.point if mark else None)
    return SchematicMap(frame, paths, markers, mark and replace(mark, x=spot[0], y=spot[1]))
