"""When sites are really open: weekly hours or stops, less public holidays and closures."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Protocol
from zoneinfo import ZoneInfo

from django.db.models import BigIntegerField, DateTimeField, Q, QuerySet, SmallIntegerField

from network.sql import Among, Asked, Given, Statement, kept, together
from sites.clocks import joined_hours
from sites.intervals import Interval, merged
from sites.models import Closure, OpeningHours, Stop
from sites.rules import (
    clipped,
    is_within_a_day,
    local_day,
    local_hours,
    minus,
    public_holiday,
)

#: What clocks read at the openings and ends of one weekday.
Hours = tuple[tuple[time, time], ...]
#: Wider than any two zones differ, to load every closure that a local day may meet.
ZONE_MARGIN = timedelta(days=1)


class OpenPlace(Protocol):
    """What opening needs to know of a site."""

    @property
    def id(self) -> int: ...  # noqa: D102  # the primary key
    @property
    def zone(self) -> ZoneInfo: ...  # noqa: D102  # where its clocks are
    @property
    def is_itinerant(self) -> bool: ...  # noqa: D102  # open at its stops
    @property
    def holidays(self) -> str: ...  # noqa: D102  # calendar of public holidays


@dataclass
class Openings:
    """What `load_openings` read; answers without another query."""

    weekly: Mapping[tuple[int, int], Hours]
    closures: Mapping[int, Sequence[Closure]]
    stops: Mapping[int, Sequence[Stop]]
    _open: dict[tuple[int, date], list[Interval]] = field(default_factory=dict)

    def open_intervals(
        self, site: OpenPlace, day: date, space_id: int | None = None
    ) -> list[Interval]:
        """Return when `site` (or one of its spaces) is open on its local `day`, sorted."""
        key = (site.id, day)
        intervals = self._open.get(key)
        if intervals is None:
            intervals = self._open[key] = self._site_intervals(site, day)
        closures = self.closures.get(site.id)
        if not closures or space_id is None:
            return intervals
        return minus(intervals, [one.interval for one in closures if one.space_id == space_id])

    def scheduled(self, site: OpenPlace, day: date) -> list[Interval]:
        """Return the hours of an ordinary such day: no holiday, no closure."""
        week = self._week_hours(site, day)
        if not site.is_itinerant:
            return week
        window = local_day(day, site.zone)
        stops = [one for one in self.stops.get(site.id, ()) if one.interval.overlaps(window)]
        brief = [one for one in stops if is_within_a_day(one.interval, site.zone)]
        # A stop of hours says when the site is open; one of days or months, where it is meanwhile.
        long = [part for one in stops if one not in brief for part in clipped(week, one.interval)]
        return sorted([*stays(brief), *long])

    def _week_hours(self, site: OpenPlace, day: date) -> list[Interval]:
        hours = self.weekly.get((site.id, day.weekday()))
        return list(hours_on(day, hours, site.zone)) if hours else []

    def stop_on(self, site: OpenPlace, day: date) -> Stop | None:
        """Return where an itinerant site stands on its local `day`, if anywhere."""
        window = local_day(day, site.zone)
        stops = (stop for stop in self.stops.get(site.id, ()) if stop.interval.overlaps(window))
        return next(stops, None)

    def why_closed(self, site: OpenPlace, day: date, space_id: int | None = None) -> str:
        """Return the holiday or the closure (the site's, the space's) that `day` meets."""
        window = local_day(day, site.zone)
        reasons = (
            closure.reason
            for closure in self.closures.get(site.id, ())
            if closure.space_id in (None, space_id) and closure.interval.overlaps(window)
        )
        return public_holiday(site.holidays, day) or next(reasons, "")

    def _site_intervals(self, site: OpenPlace, day: date) -> list[Interval]:
        if public_holiday(site.holidays, day):
            return []
        scheduled = self.scheduled(site, day)
        closures = self.closures.get(site.id)
        if not closures:
            return scheduled
        return minus(scheduled, [one.interval for one in closures if one.space_id is None])


# Few sites of a network keep other hours than the rest.
@lru_cache(maxsize=4096)
def hours_on(day: date, hours: Hours, zone: ZoneInfo) -> tuple[Interval, ...]:
    """Return the hours of a weekday as instants of that `day`, sorted."""
    spans = (local_hours(day, opens_at, closes_at, zone) for opens_at, closes_at in hours)
    return tuple(sorted(span for span in spans if span))


def stays(stops: Iterable[Stop]) -> list[Interval]:
    """Return when an itinerant site stands somewhere: stops that touch at one place are one."""
    by_place = defaultdict(list)
    for stop in stops:
        by_place[stop.place, stop.point].append(stop.interval)
    return sorted(stay for intervals in by_place.values() for stay in merged(intervals))


def load_openings(sites: Iterable[OpenPlace], first_day: date, last_day: date) -> Openings:
    """Read what opens and closes `sites` from `first_day` to `last_day`.

    Three queries at most: weekly hours, closures and, if one is itinerant, stops.
    """
    asked = AskedOpeningsOfSites(sites, first_day, last_day)
    together(*asked.statements)
    return asked.found()


class AskedOpeningsOfSites:
    """What `load_openings` reads, to be asked together with something else."""

    def __init__(self, sites: Iterable[OpenPlace], first_day: date, last_day: date) -> None:
        is_itinerant = {site.id: site.is_itinerant for site in sites}
        days = min((last_day - first_day).days + 1, 7)
        weekdays = [(first_day + timedelta(days=number)).weekday() for number in range(days)]
        told = window_told(days_in_any_zone(first_day, last_day))
        # Of itinerant sites too: they keep their week's hours at stops of several days.
        self.hours = hours_of_sites().asked(sites=is_itinerant, weekdays=weekdays)
        self.closures: Asked[Closure] = closures_of_sites().asked(sites=is_itinerant, **told)
        moving = [site_id for site_id, moves in is_itinerant.items() if moves]
        self.stops: Asked[Stop] = stops_of_sites().asked(sites=moving, **told)
        self.statements: list[Statement] = [self.hours, self.closures] if is_itinerant else []
        self.statements += [self.stops] if moving else []

    def found(self) -> Openings:
        """Return what was read, once it was asked."""
        closures, stops = defaultdict(list), defaultdict(list)
        for closure in self.closures.rows:
            closures[closure.site_id].append(closure)
        for stop in self.stops.rows:
            stops[stop.site_id].append(stop)
        return Openings(weekly_of(self.hours.rows), closures, stops)


def days_in_any_zone(first_day: date, last_day: date) -> Interval:
    """Return a window that holds those days, wherever clocks are."""
    utc = ZoneInfo("UTC")
    return Interval(
        local_day(first_day, utc).starts_at - ZONE_MARGIN,
        local_day(last_day, utc).ends_at + ZONE_MARGIN,
    )


class AskedOpenings:
    """What opens and closes the site of a space, to be asked together with the space itself."""

    def __init__(self, space_id: int, window: Interval) -> None:
        self.window = window
        self.hours = hours_at_space().asked(space=space_id)
        self.closures: Asked[Closure] = closures_at_space().asked(
            space=space_id, **window_told(window)
        )

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Return what to ask."""
        return self.hours, self.closures

    def of(self, site: OpenPlace) -> Openings:
        """Return what was read of the site, which is the space's; its stops, if it has any."""
        stops = load_stops([site.id] if site.is_itinerant else [], self.window)
        return Openings(weekly_of(self.hours.rows), {site.id: self.closures.rows}, stops)


def window_told(window: Interval) -> dict[str, datetime]:
    """Return the ends of a window by the names that queries give them."""
    return {"start": window.starts_at, "end": window.ends_at}


IN_SITES = Among("site", "sites", BigIntegerField())
AT_SPACE = Q(site__spaces=Given("space", BigIntegerField()))
IN_WINDOW = Q(
    starts_at__lt=Given("end", DateTimeField()), ends_at__gt=Given("start", DateTimeField())
)


@kept
def closures_of_sites() -> QuerySet[Closure]:
    """Return the closures of some sites that share an instant with a window."""
    return Closure.objects.filter(IN_SITES, IN_WINDOW)


@kept
def closures_at_space() -> QuerySet[Closure]:
    """Return the closures of the site of a space that share an instant with a window."""
    return Closure.objects.filter(AT_SPACE, IN_WINDOW)


@kept
def stops_of_sites() -> QuerySet[Stop]:
    """Return the stops of some sites that share an instant with a window, with their communes."""
    return Stop.objects.filter(IN_SITES, IN_WINDOW).select_related("commune")


@kept
def hours_at_space() -> QuerySet[OpeningHours, tuple[int, int, time, time]]:
    """Return the hours of the week at the site of a space."""
    hours = OpeningHours.objects.filter(AT_SPACE)
    return hours.values_list("site_id", "weekday", "opens_at", "closes_at")


@kept
def hours_of_sites() -> QuerySet[OpeningHours, tuple[int, int, time, time]]:
    """Return the hours of some weekdays at some sites."""
    in_week = Among("weekday", "weekdays", SmallIntegerField())
    hours = OpeningHours.objects.filter(IN_SITES, in_week)
    return hours.values_list("site_id", "weekday", "opens_at", "closes_at")


def weekly_of(
    rows: Iterable[tuple[int, int, time, time]],
) -> dict[tuple[int, int], Hours]:
    """Return hours by site and weekday, joined."""
    weekly = defaultdict(list)
    for site_id, weekday, opens_at, closes_at in rows:
        weekly[site_id, weekday].append((opens_at, closes_at))
    return {key: tuple(joined_hours(hours)) for key, hours in weekly.items()}


def load_stops(site_ids: Sequence[int], window: Interval) -> dict[int, list[Stop]]:
    """Read the stops that meet `window`, by site."""
    if not site_ids:
        return {}
    stops = defaultdict(list)
    for stop in stops_of_sites().read(sites=site_ids, **window_told(window)):
        stops[stop.site_id].append(stop)
    return stops
