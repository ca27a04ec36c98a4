"""One rule of counting: what a site, or several, have on the days of a question.

Home, results, week, map and site page all ask here, so the same question has the same answer.
A question is a kind of space (desks unless said otherwise), a number of people and days, or a
part of them. A site's figure is how many of its units can be had together in the best part of
the days; the figure of several sites is the sum of theirs.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from bookings.search.candidates import SpaceRow
from sites.intervals import Interval
from sites.models import Space

#: Fewer free units than this are told as the last ones.
FEW = 4


class State(StrEnum):
    """What can be said of a day: nothing else is."""

    FREE = "free"
    FULL = "full"
    CLOSED = "closed"


class Why(StrEnum):
    """Why nothing is to be had where all is not simply taken."""

    SHUT = "shut"
    OVER = "over"
    TOO_SMALL = "too_small"  # open, but no space there is for so many people
    NOT_THEN = "not_then"  # open, but not for what is asked: too short, too long, too far ahead


#: With these nobody is let in, whatever is asked; with the others the answer is no for this wish.
CLOSING = (Why.SHUT, Why.OVER)


@dataclass(frozen=True, slots=True)
class Count:
    """What there is: `free` units, or none because all are taken, or for the reason `why`.

    `opens` is when a closed site is open next, where that was looked for and is near. `part` is the
    only half of the day in which one site has so many; of both, or of several sites, nothing.
    """

    free: int = 0
    why: Why | None = None
    opens: Interval | None = None
    part: str = field(default="", compare=False)

    @property
    def state(self) -> State:
        """Return which of the three states this is."""
        if self.why in CLOSING:
            return State.CLOSED
        return State.FREE if self.free else State.FULL

    @property
    def is_few(self) -> bool:
        """Tell whether the last units are left."""
        return 0 < self.free < FEW


def total(counts: Iterable[Count]) -> Count:
    """Return the figure of several sites: none only if all have none, by the mildest reason."""
    every = list(counts)
    open_ones = [one for one in every if one.why is None]
    if len(open_ones) == 1:
        return open_ones[0]
    if open_ones:
        return Count(sum(one.free for one in open_ones))
    reasons = {one.why for one in every}
    mildest = (Why.NOT_THEN, Why.TOO_SMALL, Why.OVER)
    why = next((one for one in mildest if one in reasons), Why.SHUT)
    if why not in CLOSING:
        return Count(why=why)
    soonest = min((one.opens for one in every if one.opens), default=None)
    return Count(why=why, opens=soonest)


def counted_kind(spaces: Sequence[SpaceRow], wanted: str = "") -> str:
    """Return which kind is counted at a site: the one wanted if it has it, else desks, else any."""
    kinds = {space.kind for space in spaces}
    for kind in (wanted, Space.Kind.DESK):
        if kind in kinds:
            return kind
    return next((one.kind for one in spaces), Space.Kind.DESK)
