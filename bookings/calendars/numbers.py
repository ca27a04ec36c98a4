"""Which number each event of a booking has: it keeps the one that its person's calendar knows.

RFC 5545 §3.8.4.7: a UID names one event for good. What is read here changes while the mails of a
revision go out, but never the answer: what they write says what was found before.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import count, product
from zoneinfo import ZoneInfo

from bookings.calendars.clocks import by_clocks
from bookings.models import SentAppointment
from sites.intervals import Interval

Times = tuple[Interval, ...]
Likeness = tuple[int, int]


def numbers_of(
    events: Sequence[Times], sent: Iterable[SentAppointment], sequence: int, zone: ZoneInfo
) -> list[int]:
    """Return the number of each event at revision `sequence`, given all that was ever sent.

    An event is the one told before that has its hours, else one that shares time with it; an only
    event stays itself when it is moved. Others take numbers that were never used.
    """
    rows = list(sent)
    known = [row for row in latest(rows) if may_go_on(row, sequence)]
    found = {index: row.number for index, row in matched(events, known, sequence, zone)}
    if not found and len(events) == len(known) == 1:
        found[0] = known[0].number
    unused = unused_numbers(rows, found.values(), sequence)
    return [found[index] if index in found else next(unused) for index in range(len(events))]


def latest(rows: Iterable[SentAppointment]) -> list[SentAppointment]:
    """Return one row a number, the last that was sent to whichever address."""
    found: dict[int, SentAppointment] = {}
    for row in rows:
        known = found.get(row.number)
        if known is None or row.requested > known.requested:
            found[row.number] = row
    return [found[number] for number in sorted(found)]


def may_go_on(row: SentAppointment, sequence: int) -> bool:
    """Tell whether an event of revision `sequence` may be the one that the row tells of.

    What this revision takes out was found to be none of its events; an address that the person
    has left loses its events, the person does not.
    """
    return row.is_former or not row.is_out or row.withdrawn == sequence


def matched(
    events: Sequence[Times], known: Sequence[SentAppointment], sequence: int, zone: ZoneInfo
) -> list[tuple[int, SentAppointment]]:
    """Return which event is which row, the likest pairs first."""
    pairs = []
    for (index, event), row in product(enumerate(events), known):
        if alike := likeness(event, row, sequence, zone):
            pairs.append((alike, -row.number, -index, row))
    found: dict[int, SentAppointment] = {}
    for _alike, number, index, row in sorted(pairs, key=lambda pair: pair[:3], reverse=True):
        if -index not in found and -number not in {one.number for one in found.values()}:
            found[-index] = row
    return list(found.items())


def likeness(event: Times, row: SentAppointment, sequence: int, zone: ZoneInfo) -> Likeness | None:
    """Return how alike both are, to be compared, or None when they are not."""
    told = row.intervals
    if row.requested == sequence:
        return (3, 0) if set(event) == set(told) else None
    same = len(set(event) & set(told))
    if by_clocks(event[0], zone)[2:] == by_clocks(told[0], zone)[2:]:
        return 2, same
    if any(one.overlaps(other) for one, other in product(event, told)):
        return 1, same
    return None


def unused_numbers(
    rows: Iterable[SentAppointment], taken: Iterable[int], sequence: int
) -> Iterator[int]:
    """Return the numbers that no earlier revision used and that are not `taken`, in order."""
    last = max((row.number for row in rows if row.since < sequence), default=0)
    used = set(taken)
    return (number for number in count(last + 1) if number not in used)
