"""Where on Earth a picture is, and where a place of the Earth is in it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, radians

from sites.maps.rings import LonLat


def squeeze_at(latitudes: Iterable[float]) -> float:
    """Return how much shorter a degree of longitude is than one of latitude, around there."""
    known = list(latitudes)
    return cos(radians((min(known) + max(known)) / 2))


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
        squeeze = squeeze_at(lats)
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
