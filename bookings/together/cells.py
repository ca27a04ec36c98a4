"""What is asked of one person on one day, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from django.utils.functional import Promise

from billing.showing.telling import Price
from bookings.models import Booking
from bookings.search.candidates import SiteRow
from bookings.search.parts import Part
from network.errors import Refusal
from network.models import Organisation, User
from sites.models import Site, Space


@dataclass(frozen=True)
class Cell:
    """A place for one person at one site, over a part of one day by the site's clocks."""

    person: User
    site: Site
    day: date
    part: Part = Part.DAY
    kind: str = Space.Kind.DESK


@dataclass(frozen=True)
class Order:
    """What is to be booked on account of an employer, all or none, by whom and when."""

    cells: Sequence[Cell]
    employer: Organisation
    by: User
    now: datetime


class Alternative(NamedTuple):
    """Where or when else a cell can be had; `distance_km` is None at its own site."""

    site: SiteRow
    day: date
    distance_km: float | None = None


@dataclass(frozen=True)
class Tried:
    """What a cell would get and for which price, if any is set; or why not, and what else it can.

    `booking` is undone with the rest where anything is refused.
    """

    cell: Cell
    booking: Booking | None = None
    price: Price | None = None
    refusal: Refusal | None = None
    alternatives: Sequence[Alternative] = field(default=())


class Refused(Refusal):
    """Some cells cannot be had, so none is booked: `cells` are those, each with why."""

    code = "together_refused"

    def __init__(self, message: str | Promise, cells: Sequence[Tried]) -> None:
        super().__init__(message)
        self.cells = cells
