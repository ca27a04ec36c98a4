"""Where somebody wants to work: a commune by name, postcode or code, or the browser's position."""

from dataclasses import dataclass

from network.models import Commune
from network.rules import search_key
from sites.geo import Point

MOST_NAMESAKES = 6


@dataclass(frozen=True)
class Place:
    """A point and its words; `namesakes` are other communes the same words may mean."""

    label: str
    point: Point
    insee_code: str = ""
    namesakes: tuple[Commune, ...] = ()


def place_of(commune: Commune, namesakes: tuple[Commune, ...] = ()) -> Place:
    """Return the place a commune is."""
    point = Point(commune.latitude, commune.longitude)
    return Place(commune.name, point, commune.insee_code, namesakes)


def find_place(text: str, insee_code: str = "") -> Place | None:
    """Return the commune chosen by code, else the likeliest one of that name or postcode."""
    if insee_code:
        chosen = Commune.objects.filter(insee_code=insee_code).first()
        if chosen is not None:
            return place_of(chosen)
    found = list(Commune.objects.matching(text)[:MOST_NAMESAKES])
    if not found:
        return None
    likeliest, *others = found
    if likeliest.search_key == search_key(text):
        others = [one for one in others if one.search_key == likeliest.search_key]
    return place_of(likeliest, tuple(others))
