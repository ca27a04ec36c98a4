"""Places that bear a name beside communes: sites, their stations and stops, territories."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    Case,
    CharField,
    F,
    IntegerField,
    Max,
    Min,
    Model,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Cast
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from network.models import Territory
from network.models.territories import LONGEST_QUESTION, Rank
from network.rules import search_key
from sites.geo import Point, distance_km
from sites.models import Site, TransitStop

SITE = "site"
#: What the codes of places that are no commune look like: "site:la-fabrique", "epci:246700744".
CODE = r"[a-z_]+:[0-9A-Za-z_-]+"
#: So many of them are read; among more, nobody finds theirs without typing on.
MOST_READ = 40
#: What lies at the very end of a territory is in it, however distances round.
EDGE_KM = 0.1
#: How the official names of EPCI begin, and what that stands for: people type either.
EPCI_WORDS = {
    "cc": ("communaute de communes", _("Community of communes")),
    "ca": ("communaute d agglomeration", _("Agglomeration community")),
    "cu": ("communaute urbaine", _("Urban community")),
}
KINDS: Mapping[str, str | Promise] = {
    SITE: _("Site"),
    TransitStop.Mode.TRAIN: _("Station"),
    TransitStop.Mode.TRAM: _("Tram stop"),
    TransitStop.Mode.BUS: _("Bus stop"),
    **dict(Territory.Kind.choices),
    Territory.Kind.EPCI: _("Group of communes"),
}


@dataclass(frozen=True, slots=True)
class Named:
    """A name and what bears it. `beside` is the commune that tells it from its like, or nothing."""

    kind: str
    ref: str
    name: str
    key: str
    beside: str
    rank: Rank

    @property
    def code(self) -> str:
        """Return what forms know it by."""
        return f"{self.kind}:{self.ref}"

    @property
    def kind_label(self) -> str:
        """Return its kind in words."""
        first = self.key.partition(" ")[0]
        if self.kind == Territory.Kind.EPCI and first in EPCI_WORDS:
            return str(EPCI_WORDS[first][1])
        return str(KINDS[self.kind])


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where something is: its middle, and how far from there it reaches."""

    point: Point
    reach_km: float = 0.0


def asked_key(text: str) -> str:
    """Return the key of what is typed, groupings of communes told as their names begin.

    >>> asked_key("Communauté de communes de la Vallée de Villé")
    'cc de la vallee de ville'
    """
    key = search_key(text[:LONGEST_QUESTION])
    for short, (long, _label) in EPCI_WORDS.items():
        if key.startswith(long):
            return short + key.removeprefix(long)
    return key


def find_named(text: str) -> list[Named]:
    """Return what bears a name of which a word starts like `text`, likeliest first: one query."""
    key = asked_key(text)
    if not key:
        return []
    first, *others = (graded(rows, key) for rows in nameable())
    rows = first.union(*others, all=True).order_by("rank", "key")[:MOST_READ]
    found: dict[tuple[str, str, str], Named] = {}
    for kind, ref, name, name_key, beside, rank in rows:
        one = Named(kind, ref, name, name_key, beside, Rank(rank))
        # A station near two sites is one place.
        is_stop = one.kind in TransitStop.Mode.values
        found.setdefault((one.kind, one.key, "" if is_stop else one.ref), one)
    return list(found.values())


def nameable() -> Iterator[QuerySet[Any]]:
    """Yield the rows of each table whose names can be asked for, told alike."""
    yield Site.objects.active().annotate(
        what=Value(SITE, CharField()), ref=F("slug"), beside=F("commune__name")
    )
    yield TransitStop.objects.filter(site__is_active=True).annotate(
        what=F("mode"), ref=Cast("pk", CharField()), beside=F("site__commune__name")
    )
    yield Territory.objects.annotate(what=F("kind"), ref=F("code"), beside=Value("", CharField()))


def graded(rows: QuerySet[Any], key: str) -> QuerySet[Any]:
    """Keep rows of which a word of the name starts like `key`, with how well it does."""
    starts = Q(search_key__startswith=key)
    rank = Case(
        When(search_key=key, then=Rank.NAME),
        When(starts, then=Rank.START),
        default=Rank.WORD,
        output_field=IntegerField(),
    )
    matching = rows.filter(starts | Q(search_key__contains=f" {key}")).order_by()
    columns = {"key": F("search_key"), "rank": rank}
    found: QuerySet[Any] = matching.annotate(**columns).values_list(
        "what", "ref", "name", "key", "beside", "rank"
    )
    return found


def is_called(named: Named, text: str) -> bool:
    """Tell whether `text` is the very name."""
    return named.key == asked_key(text)


def whereabouts(named: Named) -> Whereabouts | None:
    """Return where it is: one query. A stop is where its site is, some minutes on foot away.

    None for a territory without communes, and for what has just gone.
    """
    if named.kind == SITE:
        return at_point(Site.objects.filter(slug=named.ref), "")
    if named.kind in TransitStop.Mode.values:
        return at_point(TransitStop.objects.filter(pk=named.ref), "site__")
    return around(Territory.objects.filter(kind=named.kind, code=named.ref))


def at_point(rows: QuerySet[Model], prefix: str) -> Whereabouts | None:
    """Return where the row's site is."""
    found = rows.values_list(f"{prefix}latitude", f"{prefix}longitude").first()
    return Whereabouts(Point(*found)) if found else None


def around(territories: QuerySet[Territory]) -> Whereabouts | None:
    """Return the middle of the territory's communes, and a reach that holds them all."""
    ends = territories.aggregate(
        south=Min("communes__latitude"),
        north=Max("communes__latitude"),
        west=Min("communes__longitude"),
        east=Max("communes__longitude"),
    )
    if ends["south"] is None:
        return None
    middle = Point((ends["south"] + ends["north"]) / 2, (ends["west"] + ends["east"]) / 2)
    corners = (Point(ends["north"], ends["east"]), Point(ends["south"], ends["east"]))
    reach_km = max(distance_km(middle, corner) for corner in corners)
    return Whereabouts(middle, reach_km + EDGE_KM)
