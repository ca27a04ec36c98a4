"""Which spaces a search is about, before asking whether they are free: one query."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import OuterRef, QuerySet, Subquery, TextChoices

from bookings.search.conditions import CONDITIONS
from network.sql import Asked, Whole, kept, together
from network.wording import worded_once
from sites.geo import Point, bounding_box
from sites.models import Site, Space, Unit

EVERYWHERE_KM = 20_100.0  # half the Earth's circumference


@dataclass(frozen=True, kw_only=True)
class Search:
    """What somebody looks for, but when. Empty choices mean any."""

    kinds: tuple[str, ...] = ()
    near: Point | None = None
    radius_km: float = EVERYWHERE_KM
    people: int = 1
    site: str = ""
    sites: tuple[int, ...] = ()
    categories: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    equipment: tuple[str, ...] = ()
    specialisations: tuple[str, ...] = ()
    step_free: bool = False
    min_mbps: int = 0
    on_saturday: bool = False


@worded_once
def label_of(choices: type[TextChoices], value: str) -> str:
    """Return what one of those choices is in words."""
    return str(choices(value).label)


class SiteRow(NamedTuple):
    """What results show of a site, and what opening needs to know of it."""

    id: int
    slug: str
    name: str
    category: str
    commune: str
    insee_code: str
    latitude: float
    longitude: float
    time_zone: str
    is_itinerant: bool
    holidays: str
    technology: str
    download_mbps: int
    step_free_access: bool
    host: str

    @property
    def zone(self) -> ZoneInfo:
        """Return the time zone in which the site's days and hours are told."""
        return ZoneInfo(self.time_zone)

    @property
    def point(self) -> Point:
        """Return where the site's own address is."""
        return Point(self.latitude, self.longitude)

    @property
    def category_label(self) -> str:
        """Return the category in words."""
        return label_of(Site.Category, self.category)

    @property
    def technology_label(self) -> str:
        """Return the connection's technology in words."""
        return label_of(Site.Technology, self.technology)

    @property
    def host_label(self) -> str:
        """Return what hosts the site in words, or nothing."""
        return label_of(Site.Host, self.host) if self.host else ""


class SpaceRow(NamedTuple):
    """What results show of a space, and what its rules need. `units` can be taken."""

    site: SiteRow
    id: int
    name: str
    kind: str
    capacity: int
    sold_by: str
    is_fungible: bool
    min_minutes: int
    max_minutes: int
    advance_days: int
    description: str
    position: int
    units: int

    @property
    def kind_label(self) -> str:
        """Return the kind in words."""
        return label_of(Space.Kind, self.kind)

    def units_for(self, people: int) -> int:
        """Return how many units a booking for `people` takes."""
        return people if self.sold_by == Space.SoldBy.PLACE else 1


SPACE_FIELDS = (
    "id", "name", "kind", "capacity", "sold_by", "is_fungible", "min_minutes", "max_minutes",
    "advance_days", "description", "position", "active_units",
)  # fmt: skip
SITE_ID = len(SPACE_FIELDS)
SITE_FIELDS = (
    "site_id", "site__slug", "site__name", "site__category", "site__commune__name",
    "site__commune__insee_code", "site__latitude", "site__longitude", "site__time_zone",
    "site__is_itinerant", "site__holidays", "site__technology", "site__download_mbps",
    "site__step_free_access", "site__host",
)  # fmt: skip
ACTIVE_UNITS = Unit.objects.active().filter(space=OuterRef("pk")).order_by().values("pk")


class HowMany(Whole, Subquery):
    """How many rows a query set has, for PostgreSQL to count in an index alone."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"


@kept
def matching_spaces(*chosen: str) -> QuerySet[Space, tuple[Any, ...]]:
    """Return the bookable spaces that meet the conditions of those names."""
    return told(Space.objects.bookable().filter(*(CONDITIONS[name] for name in chosen)))


def told(spaces: QuerySet[Space]) -> QuerySet[Space, tuple[Any, ...]]:
    """Return what `candidates_of` takes of spaces."""
    counted = spaces.annotate(active_units=HowMany(ACTIVE_UNITS))
    return counted.values_list(*SPACE_FIELDS, *SITE_FIELDS)


def chosen_of(search: Search) -> dict[str, Any]:
    """Return what is chosen of a search, by the name of its condition; the radius as a box."""
    chosen = {name: getattr(search, name) for name in CONDITIONS if name != "box"}
    if search.near is not None and search.radius_km < EVERYWHERE_KM:
        chosen["box"] = bounding_box(search.near, search.radius_km)
    return {name: value for name, value in chosen.items() if value}


def values_of(chosen: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values that the conditions of those names compare with."""
    sides = chosen["box"]._asdict() if "box" in chosen else {}
    return {**chosen, **sides, "equipment_number": len(set(chosen.get("equipment", ())))}


def find_candidates(search: Search) -> list[SpaceRow]:
    """Read the spaces that a search is about, with their sites and numbers of units."""
    asked = asked_candidates(search)
    together(asked)
    return candidates_of(asked.rows)


def asked_candidates(search: Search) -> Asked[tuple[Any, ...]]:
    """Return what `find_candidates` reads, to be asked together with something else."""
    chosen = chosen_of(search)
    return matching_spaces(*chosen).asked(**values_of(chosen))


def candidates_of(rows: Iterable[tuple[Any, ...]]) -> list[SpaceRow]:
    """Return the spaces that were read; those of one site share its row."""
    sites: dict[int, SiteRow] = {}
    found = []
    for row in rows:
        site = sites.get(row[SITE_ID])
        if site is None:
            site = sites[row[SITE_ID]] = SiteRow._make(row[SITE_ID:])
        found.append(SpaceRow(site, *row[:SITE_ID]))
    return found
