"""Where somebody wants to work: a commune by name, postcode or code, or the browser's position."""

from dataclasses import dataclass

from network.models import Commune
from network.models.territories import Rank, asked
from sites.geo import Point

MOST_NAMESAKES = 6
#: No postcode of the région has so many communes (51300 has 46): all can be shown.
MOST_OF_A_POSTCODE = 60


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
    return Place(commune.label, point, commune.insee_code, namesakes)


def find_place(text: str, picked: str = "") -> Place | None:
    """Return the likeliest commune for `text`: the one of INSEE code `picked` if it fits as well.

    A postcode stands for its most inhabited commune; all others of it are namesakes.
    """
    question = asked(text)
    most = MOST_OF_A_POSTCODE if question and question.is_postcode else MOST_NAMESAKES
    found = list(Commune.objects.matching(text, picked=picked)[:most])
    if not found:
        return None
    likeliest, *others = found
    if likeliest.insee_code == picked:
        return place_of(likeliest)
    if likeliest.rank <= Rank.OTHER_NAME:
        others = [one for one in others if one.rank <= Rank.OTHER_NAME]
    return place_of(likeliest, tuple(others))
