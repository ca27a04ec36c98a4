"""Pure rules of a booking's times. They are told the time and read no row."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Protocol
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bookings.errors import (
    Edge,
    EndsBeforeStart,
    InThePast,
    OffGrid,
    OverlapsItself,
    TooFarAhead,
    TooLong,
    TooShort,
)
from sites.intervals import Interval, envelope, is_covered, merged
from sites.rules import local_day, split_at_midnights
from sites.templatetags.when import duration

GRID = timedelta(minutes=15)
#: One booking covers at most this many stretches of time (two months of days cut by lunch).
MOST_INTERVALS = 124


class Limits(Protocol):
    """What a space allows."""

    @property
    def min_minutes(self) -> int: ...  # noqa: D102  # least time a day
    @property
    def max_minutes(self) -> int: ...  # noqa: D102  # most time a day
    @property
    def advance_days(self) -> int: ...  # noqa: D102  # how far ahead


#: What is said of times, by forms under their fields and by refusals.
BACKWARDS = gettext_lazy("The end must come after the start.")
OFF_GRID = gettext_lazy("Times go by quarters of an hour: 9:00, 9:15, 9:30, 9:45.")


def next_on_grid(instant: datetime) -> datetime:
    """Return `instant`, or the next quarter of an hour."""
    past = timedelta(minutes=instant.minute % 15, seconds=instant.second) + timedelta(
        microseconds=instant.microsecond
    )
    return instant if not past else instant - past + GRID


def previous_on_grid(instant: datetime) -> datetime:
    """Return `instant`, or the last quarter of an hour."""
    following = next_on_grid(instant)
    return instant if following == instant else following - GRID


def is_on_grid(instant: datetime) -> bool:
    """Tell whether `instant` is a quarter of an hour."""
    return next_on_grid(instant) == instant


def is_quarter(clock: time) -> bool:
    """Tell whether clocks that show it are at a quarter of an hour."""
    return is_on_grid(datetime.combine(date.min, clock))


def days_of(intervals: Iterable[Interval], zone: ZoneInfo) -> dict[date, list[Interval]]:
    """Return the intervals of each local day; none may cross midnight."""
    days: dict[date, list[Interval]] = defaultdict(list)
    for interval in intervals:
        days[interval.starts_at.astimezone(zone).date()].append(interval)
    return days


def admitted_times(
    intervals: Sequence[Interval], *, limits: Limits, zone: ZoneInfo, now: datetime
) -> list[Interval]:
    """Return the asked times sorted and cut at the site's midnights, or refuse them.

    Raises a Refusal: ends_before_start, in_the_past, too_far_ahead, off_grid, overlaps_itself,
    too_short or too_long. Whether the site is open is not looked at here.
    """
    wished = sorted(intervals)
    refuse_backwards(wished)
    refuse_past(wished, now)
    refuse_far(wished, limits.advance_days, zone, now)
    refuse_off_grid(wished)
    refuse_self_overlap(wished)
    parts = [part for interval in wished for part in split_at_midnights(interval, zone)]
    refuse_length(parts, limits, zone)
    return parts


def edge_outside(parts: Iterable[Interval], scheduled: Sequence[Interval]) -> Edge:
    """Return what to correct of a day's times that go past its opening hours, `scheduled`.

    It is the day when the site does not open, and the end of what starts while it is open.
    """
    if not scheduled:
        return "on"
    outside = next(part for part in parts if not is_covered(part, scheduled))
    starts_open = any(one.starts_at <= outside.starts_at < one.ends_at for one in scheduled)
    return "ends" if starts_open else "starts"


def kept_and_fresh(
    wished: Sequence[Interval], held: Sequence[Interval], zone: ZoneInfo
) -> tuple[list[Interval], list[Interval]]:
    """Return the wished times of days that stay as they are held, and all others."""
    span = envelope(held)
    inside = [one for one in wished if span.covers(one) and one.starts_at < one.ends_at]
    outside = [one for one in wished if one not in inside]
    parts = [part for one in inside for part in split_at_midnights(one, zone)]
    before = {day: sorted(some) for day, some in days_of(held, zone).items()}
    kept: list[Interval] = []
    for day, some in days_of(parts, zone).items():
        whole_day = local_day(day, zone)
        if sorted(some) == before.get(day) and not any(map(whole_day.overlaps, outside)):
            kept += some
    return sorted(kept), [*outside, *(part for part in parts if part not in kept)]


def access_shown_during(times: Iterable[Interval], zone: ZoneInfo) -> list[Interval]:
    """Return when how to get in (door code, where the key is) is shown to who has booked `times`.

    From the day before each, by the clocks of the site, until its end: a code told earlier or kept
    longer, also between two days far apart, opens the door to whoever reads the mailbox.
    """
    return merged(Interval(day_before(one, zone), one.ends_at) for one in times)


def day_before(time: Interval, zone: ZoneInfo) -> datetime:
    """Return when the day before `time` begins."""
    return local_day(time.starts_at.astimezone(zone).date() - timedelta(days=1), zone).starts_at


def minutes_of(intervals: Iterable[Interval]) -> int:
    """Return how many whole minutes `intervals` last together."""
    return sum((one.length for one in intervals), timedelta()) // timedelta(minutes=1)


# Searches ask it for each slot of each space; few spaces differ.
@lru_cache(maxsize=64)
def last_bookable(advance_days: int, zone: ZoneInfo, now: datetime) -> datetime:
    """Return until when a space of so many days ahead can be booked: the end of that local day."""
    last_day = now.astimezone(zone).date() + timedelta(days=advance_days)
    return local_day(last_day, zone).ends_at


def refuse_backwards(intervals: Sequence[Interval]) -> None:
    """Refuse times that are empty or run backwards, and a wish without any."""
    if not intervals or any(one.ends_at <= one.starts_at for one in intervals):
        raise EndsBeforeStart(str(BACKWARDS))


def refuse_past(intervals: Sequence[Interval], now: datetime) -> None:
    """Refuse times that have begun."""
    if intervals[0].starts_at < now:
        raise InThePast(_("This time has already begun. Choose a later one."))


def refuse_far(
    intervals: Sequence[Interval], advance_days: int, zone: ZoneInfo, now: datetime
) -> None:
    """Refuse times later than `advance_days` local days from today."""
    if max(one.ends_at for one in intervals) > last_bookable(advance_days, zone, now):
        raise TooFarAhead(
            ngettext(
                "This space can be booked one day ahead. Choose an earlier date.",
                "This space can be booked %(days)d days ahead. Choose an earlier date.",
                advance_days,
            )
            % {"days": advance_days}
        )


def refuse_off_grid(intervals: Sequence[Interval]) -> None:
    """Refuse times that are not on a quarter of an hour."""
    if not all(is_on_grid(one.starts_at) and is_on_grid(one.ends_at) for one in intervals):
        raise OffGrid(str(OFF_GRID))


def refuse_self_overlap(intervals: Sequence[Interval]) -> None:
    """Refuse sorted times that overlap one another."""
    if any(one.overlaps(following) for one, following in pairwise(intervals)):
        raise OverlapsItself(_("Two of the chosen times overlap."))


def refuse_length(parts: Sequence[Interval], limits: Limits, zone: ZoneInfo) -> None:
    """Refuse a day with less or more time than the space is given for."""
    if len(parts) > MOST_INTERVALS:
        raise TooLong(_("This is too much for one booking. Make several."))
    for day_parts in days_of(parts, zone).values():
        minutes = minutes_of(day_parts)
        if minutes < limits.min_minutes:
            raise TooShort(
                _("This space is booked for at least %(length)s.")
                % {"length": duration(limits.min_minutes)}
            )
        if minutes > limits.max_minutes:
            raise TooLong(
                _("This space is booked for at most %(length)s a day.")
                % {"length": duration(limits.max_minutes)}
            )
