"""What somebody else than its person made worse of a booking is cancelled free until it begins.

Worse is what costs more than before, or would be cancelled on stricter terms: from earlier on, or
for a greater share. Of several days the strictest one of before stands for the strictest of after.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import zip_longest
from typing import NamedTuple

from billing.charging.cases import Case
from billing.charging.clocks import Day, days_of, free_until, late_percent
from billing.charging.draft import Draft, spent

#: When cancelling what is free until it begins stops being so.
NEVER = datetime.max.replace(tzinfo=UTC)


class Strictness(NamedTuple):
    """Until when a day is free to cancel, and the share that is kept then, below zero."""

    free_until: datetime
    less_percent: int = 0

    def is_beyond(self, other: "Strictness") -> bool:
        """Tell whether these terms are worse than others in anything."""
        return self.free_until < other.free_until or self.less_percent < other.less_percent


def free_what_others_made_worse(case: Case, draft: Draft) -> None:
    """Have what others than its person made worse of a booking be cancelled free."""
    if case.turn.is_free and case.turn.before:
        for day in made_worse(case, draft):
            for line in day.lines:
                line.free_until, line.late_percent = None, 0


def made_worse(case: Case, draft: Draft) -> Iterator[Day]:
    """Yield the new days of a booking that cost more than before or are stricter."""
    before = sorted(strictness_before(case, draft))
    after = sorted(days_of(draft, draft.own_new), key=lambda day: strictness(day, case.now))
    is_dearer = costs_more(draft)
    for day, its in zip_longest(after, before[: len(after)]):
        if is_dearer or its is None or strictness(day, case.now).is_beyond(its):
            yield day


def strictness_before(case: Case, draft: Draft) -> Iterable[Strictness]:
    """Yield the terms of the days that are taken off: nothing is kept of one that is closed."""
    for day in days_of(draft, draft.own_drops):
        is_closed = day.spot.day in case.turn.closed
        yield Strictness(NEVER) if is_closed else strictness(day, case.now)


def strictness(day: Day, now: datetime) -> Strictness:
    """Return the terms of a day: what is late now is as late as can be."""
    clock = free_until(day.lines)
    return Strictness(max(clock, now), -late_percent(day.lines)) if clock else Strictness(NEVER)


def costs_more(draft: Draft) -> bool:
    """Tell whether the booking itself costs its person more, or takes more of passes."""
    half_days = sum(spent(draft.own_drops, draft.own_new).values())
    return draft.own_saved < 0 or half_days < 0
