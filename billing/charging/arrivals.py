"""Since when a booking has something of a week: who came first pays, who came later saves."""

from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import groupby
from typing import NamedTuple

from billing.charging.standing import GIVEN_BACK, USE
from billing.models import Charge


class Arrival(NamedTuple):
    """When a booking came to a week, and the number of the first line that it had there."""

    at: datetime
    number: int


#: That of a booking that has nothing of the week yet: after all that have.
ANEW = Arrival(datetime.max.replace(tzinfo=UTC), 0)


def arrival(lines: Iterable[Charge], of_week: Iterable[int]) -> Arrival:
    """Return since when a booking has had, without a break, some of its lines `of_week`.

    `lines` are all of the booking, in their order. Changed within the week it keeps its place;
    moved away and back it comes anew. Else an older booking, moved beside one that is late, would
    take over what that one cost, and the share that is kept of it.
    """
    wanted, there, since = set(of_week), set[int](), ANEW
    for made_at, turn in groupby(lines, lambda line: line.made_at):
        rows = list(turn)
        came = [one.pk for one in rows if one.kind == USE and one.pk in wanted]
        left = {one.corrects_id for one in rows if one.kind == GIVEN_BACK}
        since = min(since, Arrival(made_at, came[0])) if came else since
        there = (there | {*came}) - left
        since = since if there else ANEW
    return since
