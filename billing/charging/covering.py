"""Which days of a booking passes cover. A day is covered as a whole or not at all.

What a booking takes of a day beside others is only what they do not take already. When it leaves,
they take what it took for them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from billing.charging.days import Piece, Spot, half_days
from billing.charging.quotes import Use
from billing.charging.standing import Standing
from billing.charging.subjects import Subject, spots
from billing.errors import NotEnough
from billing.models import Pass
from billing.passes.holding import Held
from billing.passes.spending import shares
from sites.intervals import Interval

#: What is taken of some passes, in their half-days: a half-day may take several of one.
Shares = list[tuple[Pass, int]]


class Purse:
    """The half-days that can be spent: what passes hold, and what bookings let go of."""

    def __init__(self, held: Iterable[Held] = ()) -> None:
        self.left = {one.row: one.left for one in held}

    def copy(self) -> "Purse":
        """Return another one that holds the same."""
        return Purse(Held(row, left) for row, left in self.left.items())

    def put(self, some: Iterable[Standing]) -> None:
        """Have lines let go of what they took."""
        for one in some:
            if row := one.covered_by:
                self.left[row] = self.left.get(row, 0) + one.half_days

    def take(self, count: int, use: Use, time: Interval) -> Shares | None:
        """Take so many half-days of a use then, in the order of means; None without enough."""
        try:
            taken = shares(self.fitting(use, time), count)
        except NotEnough:
            return None
        found = [(held.row, amount * taken_for(held.row, use)) for held, amount in taken]
        for row, amount in found:
            self.left[row] -= amount
        return found

    def take_of(self, rows: Iterable[Pass], count: int) -> Shares:
        """Take so many half-days of some passes, or what they have, whatever they hold for now."""
        found = []
        for row in rows:
            if amount := min(self.left.get(row, 0), count):
                found.append((row, amount))
                self.left[row] -= amount
                count -= amount
        return found

    def fitting(self, use: Use, time: Interval) -> list[Held]:
        """Return the passes that hold for a use at that time, in the order of means.

        What a subscription grants before what was bought, of either the nearest expiry first. Each
        with the half-days there that what is left of it suffices for.
        """
        rows = [row for row in self.left if row.holds_for(use.kind, use.site, time)]
        rows.sort(key=lambda row: (row.offer_id is not None, row.valid_until, row.pk))
        return [Held(row, self.left[row] // taken_for(row, use)) for row in rows]


def taken_for(row: Pass, use: Use) -> int:
    """Return how many half-days of a pass a half-day of a use takes."""
    return row.taken_at(use.kind, use.site.category)


@dataclass(frozen=True)
class Neighbour:
    """Another booking of the same person that passes cover at a spot, with its lines there."""

    subject: Subject
    piece: Piece
    lines: Sequence[Standing]

    @property
    def order(self) -> tuple[datetime, int]:
        """Return what tells which of two was booked first."""
        return self.subject.booked_at, self.lines[0].line.pk

    @property
    def half_days(self) -> int:
        """Return the half-days of it that are covered, whatever these took of passes."""
        use = self.subject.use
        return sum(
            one.half_days // (taken_for(one.covered_by, use) or 1)
            for one in self.lines
            if one.covered_by
        )

    @property
    def passes(self) -> list[Pass]:
        """Return the passes that cover it."""
        return list(dict.fromkeys(one.covered_by for one in self.lines if one.covered_by))


@dataclass(frozen=True)
class Cover:
    """What passes cover of one booking on one day, and how."""

    reference: str
    use: Use
    piece: Piece
    shares: Shares
    #: The lines that it stands in the place of.
    instead_of: Sequence[Standing] = field(default_factory=list)


def neighbours(
    spot: Spot, beside: Iterable[Subject], books: Mapping[str, Sequence[Standing]]
) -> list[Neighbour]:
    """Return the other bookings that passes cover at a spot, the first booked first."""
    found = []
    for one in beside:
        lines = [line for line in books.get(one.reference, ()) if line.is_cover(spot)]
        piece = spots(one.use).get(spot)
        if lines and piece:
            found.append(Neighbour(one, piece, lines))
    return sorted(found, key=lambda one: one.order)


def left_alone(some: Sequence[Neighbour], purse: Purse) -> Iterator[Cover]:
    """Yield what bookings must take, or let go of, once another one of their day has left."""
    had = [one.half_days for one in some]
    if not some:
        return
    zone = some[0].subject.use.site.zone
    most = [half_days([one.piece], zone) for one in some]
    wanted = rebalanced(had, most, half_days([one.piece for one in some], zone))
    changed = [
        (one, count)
        for one, before, count in zip(some, had, wanted, strict=True)
        if before != count
    ]
    for one, _count in changed:
        purse.put(one.lines)
    for one, count in changed:
        taken = taken_instead(one, count, purse)
        yield Cover(one.subject.reference, one.subject.use, one.piece, taken, one.lines)


def taken_instead(one: Neighbour, count: int, purse: Purse) -> Shares:
    """Return what a booking takes instead: at the least, nothing of the pass that covers it.

    Where its passes hold no longer, for its site is now of another category, they cover it all the
    same: nobody is refused to leave for that.
    """
    taken = purse.take(count, one.subject.use, one.piece.span)
    return taken or purse.take_of(one.passes, count) or nothing_of(one.lines)


def nothing_of(lines: Sequence[Standing]) -> Shares:
    """Return that the pass of those lines covers a use that takes nothing more of it."""
    return [(one.covered_by, 0) for one in lines[:1] if one.covered_by]


def rebalanced(had: Sequence[int], most: Sequence[int], total: int) -> list[int]:
    """Return counts that make a total, from 0 to `most` each, the first ones changed first.

    >>> rebalanced([0, 1], [1, 1], 2)
    [1, 1]
    >>> rebalanced([0, 1], [1, 2], 1)
    [0, 1]
    """
    gap, result = total - sum(had), []
    for count, bound in zip(had, most, strict=True):
        step = max(-count, min(bound - count, gap))
        result.append(count + step)
        gap -= step
    return result


def cover_beside(some: Sequence[Neighbour], use: Use, piece: Piece, purse: Purse) -> Shares | None:
    """Return what covers a day beside bookings that passes cover; None when too little is left."""
    others = [one.piece for one in some]
    zone = use.site.zone
    count = half_days([*others, piece], zone) - half_days(others, zone)
    if count or not some:
        return purse.take(count, use, piece.span)
    return nothing_of(some[0].lines)
