"""A person's other bookings of the same weeks, told as billing knows them. Reads only."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import BigIntegerField, CharField, DateTimeField, QuerySet, Value
from django.db.models.functions import Coalesce

from billing.charging.days import Place, local_date, monday_of, place_of
from billing.charging.quotes import Use
from billing.charging.subjects import Subject, Turn
from billing.prices.durations import first_after_week
from bookings.models import Allocation
from network.sql import Asked, Given, Statement, kept
from sites.intervals import Interval, envelope
from sites.rules import local_day

#: A booking's key, reference, when it was made, how many days ahead its space can be booked, and
#: one time of it, for each unit a row.
Row = tuple[int, str, datetime, int, datetime, datetime]
#: Stands for the person in the place of an organisation's key: a column of SQL never is None.
OWN = 0


@kept
def held_near() -> QuerySet[Allocation, tuple[Any, ...]]:
    """Return what a person holds of a kind at a site in a window, on account of one payer."""
    person, site, payer = (Given(one, BigIntegerField()) for one in ("person", "site", "payer"))
    start, end = (Given(one, DateTimeField()) for one in ("start", "end"))
    mine = Allocation.objects.held_by(person, after=start).filter(starts_at__lt=end)
    here = mine.filter(booking__site=site, space__kind=Given("kind", CharField()))
    paid = here.annotate(payer=Coalesce("booking__organisation", Value(OWN))).filter(payer=payer)
    booking = ("booking_id", "booking__reference", "booking__created_at", "space__advance_days")
    return paid.order_by("starts_at").values_list(*booking, "starts_at", "ends_at")


def window_of(use: Use) -> Interval:
    """Return the weeks of a use, each from Monday to Sunday by the site's clocks, and between."""
    span = envelope(use.intervals)
    zone = use.site.zone
    first, last = (monday_of(local_date(one, use.site)) for one in (span.starts_at, span.ends_at))
    return Interval(
        local_day(first, zone).starts_at, local_day(first_after_week(last), zone).starts_at
    )


class AskedBeside:
    """What a person has beside uses of one of their bookings, to be asked with other things.

    What one payer saves together is its own: on account of another stands nothing beside it.
    """

    def __init__(self, turn: Turn, booking: int | None) -> None:
        self.booking = booking
        uses = (turn.before, turn.after)
        self.asked = [(one, ask(turn, one)) for one in uses if one]

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Return what to ask."""
        return tuple(asked for _use, asked in self.asked)

    @property
    def subjects(self) -> list[Subject]:
        """Return the other bookings, with their times near the uses."""
        rows: dict[Place, Counter[Row]] = {}
        for use, asked in self.asked:
            rows[place_of(use)] = rows.get(place_of(use), Counter()) | Counter(asked.rows)
        uses = {place_of(use): use for use, _asked in self.asked}
        return [
            one
            for place, some in rows.items()
            for one in subjects_of(uses[place], some.elements(), self.booking)
        ]


def ask(turn: Turn, use: Use) -> Asked[Row]:
    """Return the question what the person of a turn has beside a use, of the same payer."""
    window = window_of(use)
    return held_near().asked(
        person=turn.person.pk,
        payer=turn.payer or OWN,
        site=use.site.pk,
        kind=use.kind,
        start=window.starts_at,
        end=window.ends_at,
    )


def subjects_of(use: Use, rows: Iterable[Row], booking: int | None) -> list[Subject]:
    """Return the bookings of some rows but one, at the place of a use."""
    times: dict[tuple[str, datetime, int], Counter[Interval]] = {}
    for key, reference, booked_at, advance_days, starts_at, ends_at in rows:
        if key != booking:
            units = times.setdefault((reference, booked_at, advance_days), Counter())
            units[Interval(starts_at, ends_at)] += 1
    return [
        Subject(
            reference=reference,
            booked_at=booked_at,
            use=Use(use.site, use.kind, tuple(units), max(units.values())),
            advance_days=advance_days,
        )
        for (reference, booked_at, advance_days), units in times.items()
    ]
