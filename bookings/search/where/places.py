"""Where somebody wants to work: a commune or another named place, or the browser's position."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import cos, degrees, radians

from django.db.models import Exists, OuterRef, prefetch_related_objects

from bookings.search.where.named import Named, find_named, is_called, whereabouts
from network.models import Commune
from network.models.territories import Rank, asked
from sites.geo import EARTH_RADIUS_KM, Point
from sites.models import Site

MOST_NAMESAKES = 6
#: No postcode of the région has so many communes (51300 has 46): all can be shown.
MOST_OF_A_POSTCODE = 60
#: Of communes that answer equally well, those with a site so near come first.
NEAR_KM = 25.0
#: So many communes are weighed; of more, the most inhabited.
MOST_WEIGHED = 200
MOST_SUGGESTIONS, MOST_NAMED = 8, 3


@dataclass(frozen=True)
class Place:
    """A point and its words; `namesakes` are other communes the same words may mean.

    `code` is what a form keeps of a choice, empty for the browser's position; a territory reaches
    some km from its middle.
    """

    label: str
    point: Point
    code: str = ""
    namesakes: tuple[Commune, ...] = ()
    reach_km: float = 0.0


@dataclass(frozen=True)
class Suggestion:
    """A place that what is typed may mean: what the field then holds, and words beside it."""

    value: str
    label: str
    code: str
    kind: str
    note: str


@dataclass(frozen=True)
class Suggestions:
    """The likeliest places, and how many communes were left out."""

    shown: Sequence[Suggestion]
    total: int
    more: int

    @property
    def can_show_all(self) -> bool:
        """Tell whether those left out are few enough to be shown on demand."""
        return self.more > 0 and self.total <= MOST_OF_A_POSTCODE


def place_of(commune: Commune, namesakes: tuple[Commune, ...] = ()) -> Place:
    """Return the place a commune is."""
    point = Point(commune.latitude, commune.longitude)
    return Place(commune.label, point, commune.insee_code, namesakes)


def place_named(named: Named) -> Place | None:
    """Return the place that something named is, None when it is nowhere."""
    where = whereabouts(named)
    if where is None:
        return None
    return Place(named.name, where.point, named.code, reach_km=where.reach_km)


def find_place(text: str, picked: str = "") -> Place | None:
    """Return the likeliest place for `text`: the one of code `picked` if it fits as well.

    A postcode stands for its most inhabited commune; all others of it are namesakes. A commune
    goes before what else is called so.
    """
    found = likeliest_communes(text, picked)
    first = found[0] if found else None
    if first and first.insee_code == picked:
        return place_of(first)
    if may_be_named(text, picked, first):
        named = likeliest_named(text, picked, beyond=Rank(first.rank) if first else None)
        if place := place_named(named) if named else None:
            return place
    return with_namesakes(found, text) if found else None


def may_be_named(text: str, picked: str, first: Commune | None) -> bool:
    """Tell whether something else may be meant than a commune of that very name, or a postcode."""
    if ":" in picked or first is None:
        return True
    return has_name(text) and first.rank > Rank.OTHER_NAME


def has_name(text: str) -> bool:
    """Tell whether `text` is more than a postcode."""
    question = asked(text)
    return question is not None and question.has_name


def likeliest_named(text: str, picked: str, beyond: Rank | None) -> Named | None:
    """Return what is called `text`: what was picked, else what answers better than `beyond`."""
    found = find_named(text)
    for one in found:
        if one.code == picked and is_called(one, text):
            return one
    if found and (beyond is None or found[0].rank < beyond):
        return found[0]
    return None


def with_namesakes(found: Sequence[Commune], text: str) -> Place:
    """Return the first of the communes as a place, and those that it may be taken for."""
    question = asked(text)
    most = MOST_OF_A_POSTCODE if question and question.is_postcode else MOST_NAMESAKES
    first, *others = found[:most]
    if first.rank <= Rank.OTHER_NAME:
        others = [one for one in others if one.rank <= Rank.OTHER_NAME]
    return place_of(first, tuple(others))


def likeliest_communes(text: str, picked: str = "") -> list[Commune]:
    """Return the communes that `text` may mean, likeliest first: two queries at most.

    Of those that answer equally well, the picked one, then those with a site near them.
    """
    found, near = weighed(text, picked)
    return sorted(found, key=lambda one: (one.rank, one.insee_code != picked, one.pk not in near))


def communes_to_tell(text: str) -> list[Commune]:
    """Return the same, but of other names than the very one any with a site near them first."""
    found, near = weighed(text, "")
    in_order = sorted(found, key=lambda one: (one.rank, one.pk not in near))
    likeliest = in_order[:1]
    return sorted(
        in_order,
        key=lambda one: (one.rank > Rank.OTHER_NAME, one not in likeliest, one.pk not in near),
    )


def weighed(text: str, picked: str) -> tuple[list[Commune], Collection[int]]:
    """Return the communes that `text` may mean, and the keys of those with a site near them."""
    found = list(Commune.objects.matching(text, picked=picked).counted()[:MOST_WEIGHED])
    return found, near_sites(found) if len(found) > 1 else ()


def near_sites(communes: Sequence[Commune]) -> Collection[int]:
    """Return the keys of the communes that have a site within `NEAR_KM`, by an index: one query.

    Some 25 km north, south, east or west: good enough to put one suggestion before another.
    """
    up = degrees(NEAR_KM / EARTH_RADIUS_KM)
    across = up / max(cos(radians(communes[0].latitude)), 0.1)
    sites = Site.objects.active().filter(
        latitude__range=(OuterRef("latitude") - up, OuterRef("latitude") + up),
        longitude__range=(OuterRef("longitude") - across, OuterRef("longitude") + across),
    )
    found = Commune.objects.filter(Exists(sites), pk__in=[one.pk for one in communes])
    return set(found.values_list("pk", flat=True))


def suggestions(text: str, *, every: bool = False, only_communes: bool = False) -> Suggestions:
    """Return what to offer somebody who typed `text`: four queries at most.

    At least one of each kind that bears the name, if there is room for it.
    """
    communes = communes_to_tell(text)
    named = find_named(text) if has_name(text) and not only_communes else []
    most = MOST_OF_A_POSTCODE if every else MOST_SUGGESTIONS
    chosen = one_of_each_kind(named)
    room = max(most - len(communes), MOST_NAMED, len({one.kind for one in named}))
    told = communes[: max(most - min(len(named), room), 1)]
    prefetch_related_objects(told, "postal_codes")
    shown = in_order(told, chosen[: most - len(told)])
    total = len(named) + (communes[0].total if communes else 0)
    return Suggestions(shown, total, total - len(shown))


def one_of_each_kind(named: Sequence[Named]) -> list[Named]:
    """Return the first of each kind, then the others, each likeliest first."""
    first: dict[str, Named] = {}
    for one in named:
        first.setdefault(one.kind, one)
    return sorted(named, key=lambda one: first[one.kind] is not one)


def in_order(communes: Sequence[Commune], named: Sequence[Named]) -> list[Suggestion]:
    """Return both as suggestions: the very names first, a commune before what is called alike.

    Then the likeliest commune where none is called so, what bears the word, and other communes.
    """
    both = [(step_of(one, communes[0]), of_commune(one)) for one in communes]
    both += [(1 if one.rank == Rank.NAME else 3, of_named(one)) for one in named]
    return [one for _step, one in sorted(both, key=lambda one: one[0])]


def step_of(commune: Commune, likeliest: Commune) -> int:
    """Return where among the steps of `in_order` a commune stands."""
    if commune.rank <= Rank.OTHER_NAME:
        return 0
    return 2 if commune is likeliest else 4


def of_commune(commune: Commune) -> Suggestion:
    """Return a commune as a suggestion, with its first postcode."""
    code = next((one.code for one in commune.postal_codes.all()), "")
    value = f"{commune.label} ({code})" if code else commune.label
    return Suggestion(value, commune.label, commune.insee_code, "", code)


def of_named(named: Named) -> Suggestion:
    """Return something named as a suggestion."""
    return Suggestion(named.name, named.name, named.code, named.kind_label, named.beside)
