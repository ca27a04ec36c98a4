"""Pure rules about days and hours, told in a site's own time."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays
from django.utils.translation import gettext, gettext_noop

from sites.clocks import MIDNIGHT
from sites.intervals import Interval
from sites.models.site import Site

#: Where a day is cut in half: « 8 h – 13 h », « 13 h – 18 h ».
NOON = time(13)
#: A shorter rest of a day is not sold as a half-day.
SHORTEST_HALF_DAY = timedelta(hours=1)
#: Subdivisions of the `holidays` library: Alsace's also has Good Friday and 26 December
#: (local law, code du travail L3134-13); "67" or "GES" would be refused or silently plain.
SUBDIVISIONS = {Site.Holidays.ALSACE_MOSELLE: "6AE", Site.Holidays.FRANCE: None}
#: What the library calls the holidays; it has no German names for those of France.
HOLIDAY_NAMES = (
    gettext_noop("New Year's Day"),
    gettext_noop("Good Friday"),
    gettext_noop("Easter Monday"),
    gettext_noop("Labor Day"),
    gettext_noop("Victory Day"),
    gettext_noop("Ascension Day"),
    gettext_noop("Pentecost Monday"),
    gettext_noop("National Day"),
    gettext_noop("Assumption Day"),
    gettext_noop("All Saints' Day"),
    gettext_noop("Armistice Day"),
    gettext_noop("Christmas Day"),
    gettext_noop("Saint Stephen's Day"),
)


def local_instant(day: date, clock: time, zone: ZoneInfo, *, last: bool = False) -> datetime:
    """Return the instant (UTC) at which clocks of `zone` read `clock` on `day`.

    A time that comes twice, when clocks go back, is its first occurrence, or the last if asked.
    """
    return datetime.combine(day, clock, tzinfo=zone).replace(fold=int(last)).astimezone(UTC)


# Searches ask the same of each site and space: few differ.
@lru_cache(maxsize=1024)
def local_day(day: date, zone: ZoneInfo) -> Interval:
    """Return the day from midnight to midnight: 23, 24 or 25 hours."""
    return Interval(
        local_instant(day, time(), zone), local_instant(day + timedelta(days=1), time(), zone)
    )


def is_within_a_day(interval: Interval, zone: ZoneInfo) -> bool:
    """Tell whether `interval` does not pass a midnight of `zone`."""
    return local_day(interval.starts_at.astimezone(zone).date(), zone).covers(interval)


def local_span(day: date, starts: time, ends: time, zone: ZoneInfo) -> Interval:
    """Return from `starts` to `ends` of a day as instants; an end at 00:00 is the day's end.

    It is empty or runs backwards when it was so written, or when the clocks' change swallows it.
    """
    starts_at = local_instant(day, starts, zone)
    if ends == MIDNIGHT:
        return Interval(starts_at, local_day(day, zone).ends_at)
    return Interval(starts_at, local_instant(day, ends, zone, last=True))


@lru_cache(maxsize=4096)
def local_hours(day: date, opens_at: time, closes_at: time, zone: ZoneInfo) -> Interval | None:
    """Return one opening of a day as instants, None when the clocks' change swallows it whole."""
    span = local_span(day, opens_at, closes_at, zone)
    return span if span.starts_at < span.ends_at else None


def split_at_midnights(interval: Interval, zone: ZoneInfo) -> list[Interval]:
    """Return `interval` cut at each midnight of `zone`: one part a local day."""
    parts = []
    rest: Interval | None = interval
    while rest is not None:
        day = local_day(rest.starts_at.astimezone(zone).date(), zone)
        parts.append(Interval(rest.starts_at, min(rest.ends_at, day.ends_at)))
        rest = Interval(day.ends_at, rest.ends_at) if rest.ends_at > day.ends_at else None
    return parts


def minus(intervals: Iterable[Interval], taken: Iterable[Interval]) -> list[Interval]:
    """Return what is left of `intervals` once all of `taken` is out."""
    left = list(intervals)
    for hole in taken:
        left = [part for interval in left for part in interval.without(hole)]
    return left


def clipped(intervals: Iterable[Interval], window: Interval) -> list[Interval]:
    """Return the parts of `intervals` inside `window`."""
    parts = (interval.clipped_to(window) for interval in intervals)
    return [part for part in parts if part is not None]


def half_days(
    intervals: Sequence[Interval], day: date, zone: ZoneInfo
) -> tuple[list[Interval], list[Interval]]:
    """Return the morning's and the afternoon's part of a day's open `intervals`."""
    noon = local_instant(day, NOON, zone)
    whole = local_day(day, zone)
    halves = (Interval(whole.starts_at, noon), Interval(noon, whole.ends_at))
    morning, afternoon = (worth_selling(clipped(intervals, half)) for half in halves)
    return morning, afternoon


def worth_selling(intervals: list[Interval]) -> list[Interval]:
    """Return `intervals`, or nothing when they add up to less than a half-day is."""
    total = sum((interval.length for interval in intervals), timedelta())
    return intervals if total >= SHORTEST_HALF_DAY else []


@lru_cache(maxsize=64)
def holidays_of_year(calendar: str, year: int) -> dict[date, str]:
    """Return each public holiday of `year` with its English name, one of `HOLIDAY_NAMES`."""
    if calendar not in SUBDIVISIONS:
        return {}
    subdivision = SUBDIVISIONS[Site.Holidays(calendar)]
    return dict(
        holidays.country_holidays("FR", subdiv=subdivision, years=year, language="en_US").items()
    )


def public_holiday(calendar: str, day: date) -> str:
    """Return the name of the public holiday that `day` is, in the active language, or nothing.

    Two that fall on one day are both named.
    """
    names = holidays_of_year(calendar, day.year).get(day)
    return "; ".join(gettext(name) for name in names.split("; ")) if names else ""
