"""What a person asks for."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sites.intervals import Interval

#: A month from the ends of Python's calendar: weeks and time zones must not reach beyond.
EARLIEST_DAY, LATEST_DAY = date(1, 2, 1), date(9999, 12, 1)
#: With what a booking is paid, as forms and programs say it.
PASSES, MONEY = "passes", "money"
#: On whose account, as forms say it: followed by the key of an organisation.
ACCOUNT = re.compile(r"account_([1-9][0-9]{0,17})")


class Means(NamedTuple):
    """With what a booking is paid, and by whom: chosen when it is made, for good."""

    spends_passes: bool = True
    on_account_of: int | None = None

    @property
    def code(self) -> str:
        """Return how forms say it."""
        if self.on_account_of is not None:
            return f"account_{self.on_account_of}"
        return PASSES if self.spends_passes else MONEY


def means_in(code: str) -> Means | None:
    """Return what a form says; None for what cannot be read."""
    if account := ACCOUNT.fullmatch(code):
        return Means(on_account_of=int(account[1]))
    return {PASSES: Means(), MONEY: Means(spends_passes=False)}.get(code)


#: The person pays, with passes that hold before money.
PERSONS_OWN = Means()


@dataclass(frozen=True, kw_only=True)
class Wish:
    """Units of one space over one interval or several (days, or a day cut by lunch).

    `unit_id` asks for one numbered unit; without it any will do. One that does not spend passes is
    paid in money, once it is booked, for good. `on_account_of` is the key of the organisation that
    pays in the place of the person: that, too, is for good.
    """

    space_id: int
    intervals: tuple[Interval, ...]
    people: int = 1
    unit_id: int | None = None
    note: str = ""
    spends_passes: bool = True
    on_account_of: int | None = None

    @property
    def means(self) -> Means:
        """Return by what and by whom it is paid."""
        return Means(self.spends_passes, self.on_account_of)

    def paid_by(self, means: Means) -> "Wish":
        """Return the same, paid so."""
        return replace(self, **means._asdict())


def interval_text(interval: Interval, zone: ZoneInfo) -> str:
    """Return `interval` for an address: ISO 8601 instants with the zone's offset, and a slash."""
    ends = (interval.starts_at, interval.ends_at)
    return "/".join(end.astimezone(zone).isoformat(timespec="minutes") for end in ends)


def parse_interval(text: str) -> Interval:
    """Read what `interval_text` wrote.

    Raises ValueError for anything else, naive times and what no zone may hold too.
    """
    try:
        starts_at, ends_at = (datetime.fromisoformat(end) for end in text.split("/"))
    except OverflowError as error:
        raise ValueError(str(error)) from error
    if starts_at.tzinfo is None or ends_at.tzinfo is None:
        raise ValueError("An instant needs an offset from UTC.")
    if not all(EARLIEST_DAY <= end.date() <= LATEST_DAY for end in (starts_at, ends_at)):
        raise ValueError("No booking can be so early or so late.")
    return Interval(starts_at.astimezone(UTC), ends_at.astimezone(UTC))


def place_text(space_id: int, intervals: Iterable[Interval], zone: ZoneInfo) -> str:
    """Return a space and times for a form: its key, then each time as in an address."""
    return " ".join([str(space_id), *(interval_text(one, zone) for one in intervals)])


def parse_place(text: str) -> tuple[int, tuple[Interval, ...]]:
    """Read what `place_text` wrote: at least one time. Raises ValueError for anything else."""
    space_id, first, *others = text.split(" ")
    if not (space_id.isascii() and space_id.isdecimal()):
        raise ValueError("A space is told by its number.")
    return int(space_id), tuple(parse_interval(one) for one in (first, *others))
