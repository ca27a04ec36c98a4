"""What a person asks for."""

from dataclasses import dataclass

from sites.intervals import Interval


@dataclass(frozen=True, kw_only=True)
class Wish:
    """Units of one space over one interval or several (days, or a day cut by lunch).

    `unit_id` asks for one numbered unit; without it any will do.
    """

    space_id: int
    intervals: tuple[Interval, ...]
    people: int = 1
    unit_id: int | None = None
    note: str = ""
