"""What cancelling a booking may still keep, beside what was kept of it before. Reads nothing."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from billing.charging.late import kept_cents_if_late
from billing.charging.standing import LATE, USE, Standing
from billing.models import Charge
from billing.prices.durations import Duration

#: What several days have a price of together.
LONG = (Duration.WEEK, Duration.MONTH)


class SharedClock(NamedTuple):
    """The price that gives several days of a booking one time limit; all of its days, or some."""

    duration: Duration
    is_of_all: bool


def cents_at_stake(there: Sequence[Standing], written: Sequence[Charge]) -> int | None:
    """Return the most cents that cancelling would keep more, once some were kept; else None.

    `there` is what stands of all that was `written` for its person. Until something is kept, that
    is the share of the price.
    """
    if not any(one.kind == LATE and one.spent_pass_id is None for one in written):
        return None
    return kept_cents_if_late([one for one in there if not one.covered_by], written)


def keeps_clock(there: Iterable[Standing], written: Iterable[Charge]) -> bool:
    """Tell whether a day of a booking is cancelled by the clock of another day that it moved from.

    Of two days the clocks are never the same by themselves.
    """
    stands = list(there)
    keys = {one.line.pk for one in stands}
    gone = [Standing(one) for one in written if one.kind == USE and one.pk not in keys]
    return any(
        one.line.free_until is not None
        and one.line.free_until == other.line.free_until
        and one.day != other.day
        for one in stands
        for other in gone
    )


def shared_clock(there: Iterable[Standing]) -> SharedClock | None:
    """Return what gives days of a booking one time limit: the price of a week or a month."""
    stands = list(there)
    together = [one for one in stands if one.line.duration in LONG and len(one.days) > 1]
    if not together:
        return None
    clocks = {one.line.free_until for one in stands}
    return SharedClock(Duration(together[0].line.duration), len(clocks) == 1)
