"""Who was where on which day on an employer's account, as what lies above tells it: never when.

Bookings know the days that they take, and register here how to read them.
"""

from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple

from billing.statements.months import Month
from network.models import Organisation


class Presence(NamedTuple):
    """A day that a booking, by its reference, takes at a site, by its key, of a kind of space."""

    subject: str
    site: int
    space_kind: str
    day: date


Reader = Callable[[Organisation, Month], Iterator[Presence]]
READERS: list[Reader] = []


def register(reader: Reader) -> None:
    """Have days be read so too, in one query; told twice it counts once."""
    if reader not in READERS:
        READERS.append(reader)


def days_in(employer: Organisation, month: Month) -> Iterator[Presence]:
    """Yield the days of a month that bookings take on an employer's account, some of them twice."""
    for read in READERS:
        yield from read(employer, month)
