"""Markers of the schematic map, written: a search has hundreds, a template takes ten times as long.

Each is a link with what JavaScript needs to place it on a map with tiles.
"""

from collections.abc import Iterable

from django import template
from django.utils.safestring import SafeString

from config.design.controls import written
from config.design.pieces import attributes, marker_label
from sites.maps.pins import Marker

register = template.Library()


@register.simple_tag
def draw_markers(markers: Iterable[Marker]) -> SafeString:
    """Return the markers of a map as SVG."""
    return SafeString("\n".join(map(drawn, markers)))


def drawn(marker: Marker) -> str:
    """Return one marker: its circle and, where there are any, its figure and its name."""
    pin = marker.pin
    about = attributes(data_name=pin.name) if pin.name else ""
    return (
        f'<a class="{f"marker {pin.state}".rstrip()}"'
        f' href="{written(pin.href)}" aria-label="{written(marker_label(pin))}"'
        f' data-key="{written(pin.key)}"'
        f' data-lat="{pin.point.latitude}" data-lon="{pin.point.longitude}"'
        f"{about}>"
        f'<circle cx="{marker.x}" cy="{marker.y}" r="{marker.radius}"/>'
        f"{figure(marker)}{name(marker)}</a>"
    )


def figure(marker: Marker) -> str:
    """Return how many places it tells of, or nothing."""
    if marker.pin.count is None:
        return ""
    where = f'x="{marker.x}" y="{marker.y}"'
    return f'<text class="count" {where} aria-hidden="true">{marker.pin.count}</text>'


def name(marker: Marker) -> str:
    """Return the name beside it, or nothing where there is no room."""
    if not marker.label_side:
        return ""
    where = f'x="{marker.label_x}" y="{marker.y}"'
    words = written(marker.pin.name)
    return f'<text class="place {marker.label_side}" {where} aria-hidden="true">{words}</text>'
