"""Which sites have what further choices ask for, kept for a minute: each site a bit of numbers."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.core.cache import cache
from django.db.models import Exists, OuterRef, QuerySet

from bookings.search.candidates import EVERYWHERE_KM
from bookings.search.conditions import WORD
from network.sql import Given, kept
from sites.geo import Point, bounding_box, distance_km
from sites.intervals import Interval
from sites.models import OpeningHours, Site, Space
from sites.models.hours import Weekday
from sites.openings import load_stops
from sites.rules import local_day

KEPT_S = 60
#: An itinerant site is looked for no later, and no earlier than yesterday on other clocks.
AHEAD, BEFORE = timedelta(days=402), timedelta(days=2)
#: By question and answer, those that have it: bit n is the n-th site.
Bits = Mapping[tuple[str, Any], int]
PLACE_FIELDS = ("pk", "latitude", "longitude", "is_itinerant", "time_zone")
#: What is asked of a site, and the field that answers.
ASKED = {
    "category": "category",
    "host": "host",
    "mbps": "download_mbps",
    "step_free": "step_free_access",
    "on_saturday": "saturday",
    "specialisation": "specialisations__code",
}


class Moving(NamedTuple):
    """Where an itinerant site stands, and when, by the clocks of its zone."""

    time_zone: str
    stays: tuple[tuple[Interval, Point], ...]

    def on(self, day: date) -> Point | None:
        """Return where the site is on its local `day`, if anywhere."""
        window = local_day(day, ZoneInfo(self.time_zone))
        return next((point for stay, point in self.stays if stay.overlaps(window)), None)


@dataclass(frozen=True)
class Having:
    """The sites that have spaces of a kind: where they are, and what they have.

    `moving` are the itinerant ones, by their number. `spaces` tell of the first space of each site,
    then of the second of each that has two…
    """

    latitudes: "array[float]"
    longitudes: "array[float]"
    moving: Mapping[int, Moving]
    sites: Bits
    spaces: Sequence[Bits]

    @property
    def every(self) -> int:
        """Return all of the sites."""
        return (1 << len(self.latitudes)) - 1

    def within(self, near: Point, radius_km: float, day: date) -> int:
        """Return the sites so near on that day; of itinerant ones, those that stand somewhere."""
        is_everywhere = radius_km >= EVERYWHERE_KM
        bits = self.every if is_everywhere else self.placed_within(near, radius_km)
        for number, one in self.moving.items():
            point = one.on(day)
            is_near = point is not None and distance_km(near, point) <= radius_km
            bits = bits | 1 << number if is_near else bits & ~(1 << number)
        return bits

    def placed_within(self, near: Point, radius_km: float) -> int:
        """Return the sites of which the address is so near; distances are for those in a box."""
        south, north, west, east = bounding_box(near, radius_km)
        return sum(
            1 << number
            for number, (latitude, longitude) in enumerate(
                zip(self.latitudes, self.longitudes, strict=True)
            )
            if south <= latitude <= north
            and west <= longitude <= east
            and distance_km(near, Point(latitude, longitude)) <= radius_km
        )


def sites_having(kind: str, now: datetime) -> Having:
    """Return the sites with spaces of that kind as they were a minute ago at most."""
    key = f"bookings.sites-having.{kind}"
    found: Having | None = cache.get_or_set(key, lambda: read_sites(kind, now), KEPT_S)
    return found or read_sites(kind, now)


def read_sites(kind: str, now: datetime) -> Having:
    """Read the same: two queries, and a third where sites are itinerant."""
    rows = sites_with_spaces().read(kind=kind)
    numbers = {pk: number for number, pk in enumerate(dict.fromkeys(row[0] for row in rows))}
    has: dict[tuple[str, Any], int] = defaultdict(int)
    for pk, *answers in ((row[0], *row[len(PLACE_FIELDS) :]) for row in rows):
        for answer in zip(ASKED, answers, strict=True):
            has[answer] |= 1 << numbers[pk]
    places = {numbers[row[0]]: row for row in rows}.values()
    return Having(
        latitudes=array("d", (row[1] for row in places)),
        longitudes=array("d", (row[2] for row in places)),
        moving={numbers[pk]: one for pk, one in read_moving(places, now).items()},
        sites=dict(has),
        spaces=read_spaces(kind, numbers),
    )


@kept
def sites_with_spaces() -> QuerySet[Site, tuple[Any, ...]]:
    """Return the active sites with bookable spaces of a kind, a row for each speciality."""
    spaces = Space.objects.bookable().filter(kind=Given("kind", WORD), site=OuterRef("pk"))
    saturdays = OpeningHours.objects.filter(site=OuterRef("pk"), weekday=Weekday.SATURDAY)
    sites = Site.objects.active().filter(Exists(spaces)).annotate(saturday=Exists(saturdays))
    return sites.order_by("pk").values_list(*PLACE_FIELDS, *ASKED.values())


def read_moving(places: Iterable[tuple[Any, ...]], now: datetime) -> dict[int, Moving]:
    """Return where the itinerant ones of the sites stand, by their keys: a query if there are."""
    zones = {row[0]: row[4] for row in places if row[3]}
    stops = load_stops(list(zones), Interval(now - BEFORE, now + AHEAD))
    return {
        pk: Moving(zone, tuple((one.interval, one.point) for one in stops.get(pk, ())))
        for pk, zone in zones.items()
    }


def read_spaces(kind: str, numbers: Mapping[int, int]) -> list[Bits]:
    """Return what the spaces of those sites have: for how many people they are, and equipment."""
    layers: list[dict[tuple[str, Any], int]] = []
    rows = (row for row in spaces_with_equipment().read(kind=kind) if row[0] in numbers)
    for pk, of_site in groupby(rows, key=lambda row: row[0]):
        for layer, (_space, some) in enumerate(groupby(of_site, key=lambda row: row[1])):
            if layer == len(layers):
                layers.append(defaultdict(int))
            note(layers[layer], 1 << numbers[pk], some)
    return [dict(layer) for layer in layers]


def note(has: dict[tuple[str, Any], int], bit: int, rows: Iterable[tuple[Any, ...]]) -> None:
    """Note for how many people one space is, and what it has: a row for each piece of equipment."""
    for _site, _space, capacity, equipment in rows:
        has["capacity", capacity] |= bit
        has["equipment", equipment] |= bit


@kept
def spaces_with_equipment() -> QuerySet[Space, tuple[Any, ...]]:
    """Return the bookable spaces of a kind, site by site, a row for each piece of equipment."""
    spaces = Space.objects.bookable().filter(kind=Given("kind", WORD)).order_by("site", "pk")
    return spaces.values_list("site_id", "pk", "capacity", "equipment__code")
