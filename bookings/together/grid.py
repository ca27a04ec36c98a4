"""A week of several people, as the address of its page tells it: who is where on which day."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import Exists, OuterRef
from django.http import QueryDict

from billing.charging.days import monday_of
from bookings.models import Booking
from bookings.search.parts import Part
from bookings.together.alternatives import WORKING_DAYS
from bookings.together.booking import MOST_CELLS
from bookings.together.cells import Alternative, Cell
from network.models import Organisation
from sites.models import Site, Space
from subscriptions.models import Employee
from subscriptions.people.listing import people_of

MOST_ROWS = MOST_CELLS // WORKING_DAYS
WEEK = timedelta(days=7)
WEEKS_AHEAD = 26
#: What is offered of a day, and so many sites that the employer's people went to last.
PARTS = (Part.DAY, Part.MORNING, Part.AFTERNOON)
RECENT_BOOKINGS, MOST_RECENT = 200, 6
DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
INSTEAD = re.compile(f"([0-9]+) ({DAY}) ({DAY}) ([0-9]+)", re.ASCII)


@dataclass(frozen=True)
class Row:
    """One person's week: the key of a site for each working day, or nothing."""

    employee: Employee
    part: Part
    kind: str
    sites: Sequence[str]

    def named(self, name: str) -> str:
        """Return a field of this row."""
        return f"{name}_{self.employee.person_id}"

    def fields(self) -> Iterator[tuple[str, str]]:
        """Yield what an address tells of the row."""
        yield "person", str(self.employee.person_id)
        yield self.named("part"), self.part
        yield self.named("kind"), self.kind
        for number, site in enumerate(self.sites):
            if site:
                yield self.named(f"site{number}"), site


@dataclass(frozen=True)
class Grid:
    """A week of rows, and the sites that may be chosen, by their keys."""

    monday: date
    rows: Sequence[Row]
    sites: Mapping[str, Site]
    is_full: bool = False

    @property
    def days(self) -> list[date]:
        """Return the working days of the week."""
        return [self.monday + timedelta(days=number) for number in range(WORKING_DAYS)]

    @property
    def cells(self) -> list[Cell]:
        """Return what is asked for, of sites that may be chosen."""
        return [
            Cell(row.employee.person, self.sites[site], day, row.part, row.kind)
            for row in self.rows
            for day, site in zip(self.days, row.sites, strict=True)
            if row.employee.person and site in self.sites
        ]

    @property
    def strangers(self) -> list[Row]:
        """Return the rows with a site that may not be chosen."""
        return [row for row in self.rows if any(one and one not in self.sites for one in row.sites)]

    def fields(self) -> list[tuple[str, str]]:
        """Return what an address tells of it."""
        told = (field for row in self.rows for field in row.fields())
        return [("week", self.monday.isoformat()), *told]

    @property
    def query(self) -> str:
        """Return its address, behind the question mark."""
        query = QueryDict(mutable=True)
        for name, value in self.fields():
            query.appendlist(name, value)
        return query.urlencode()

    def without(self, row: Row) -> "Grid":
        """Return it without somebody."""
        return replace(self, rows=[one for one in self.rows if one != row])

    def having(self, code: str) -> "Grid":
        """Return it with what a code tells instead of one of its cells, all else as it is."""
        if not (told := INSTEAD.fullmatch(code)):
            return self
        person, before, after, site = told.groups()
        rows = [
            replaced(row, self.days, {before: "", after: site})
            if str(row.employee.person_id) == person
            else row
            for row in self.rows
        ]
        return replace(self, rows=rows)


def replaced(row: Row, days: Sequence[date], others: Mapping[str, str]) -> Row:
    """Return a row with other sites on some days, told as in an address."""
    told = zip((day.isoformat() for day in days), row.sites, strict=True)
    return replace(row, sites=[others.get(day, site) for day, site in told])


def instead_code(cell: Cell, other: Alternative) -> str:
    """Return how a form tells something else instead of a cell: who, which days, where."""
    return f"{cell.person.pk} {cell.day} {other.day} {other.site.id}"


def grid_in(query: QueryDict, employer: Organisation, today: date) -> Grid:
    """Return the week that an address or a form tells; what cannot be read is as at first."""
    people = {str(one.person_id): one for one in people_of(employer, today)}
    named = dict.fromkeys([*query.getlist("person"), query.get("add", "")])
    known = [people[one] for one in named if one in people]
    rows = [row_in(query, one) for one in known[:MOST_ROWS]]
    week = week_in(query.get("week", ""), today)
    return Grid(week, rows, bookable_sites(), is_full=len(known) > MOST_ROWS)


def row_in(query: QueryDict, employee: Employee) -> Row:
    """Return the week of somebody as an address tells it."""
    row = Row(employee, Part.DAY, Space.Kind.DESK, ())
    part, kind = query.get(row.named("part"), ""), query.get(row.named("kind"), "")
    return replace(
        row,
        part=Part(part) if part in PARTS else row.part,
        kind=kind if kind in Space.Kind.values else row.kind,
        sites=[query.get(row.named(f"site{number}"), "") for number in range(WORKING_DAYS)],
    )


def week_in(text: str, today: date) -> date:
    """Return the Monday of a week that is not over, nor too far; next week's for any other text."""
    this = monday_of(today)
    try:
        asked = date.fromisoformat(text)
    except ValueError:
        return this + WEEK
    weeks = weeks_ahead(today)
    return monday_of(asked) if weeks[0] <= asked < weeks[-1] + WEEK else this + WEEK


def weeks_ahead(today: date) -> list[date]:
    """Return the Mondays of the weeks that may be chosen."""
    return [monday_of(today) + number * WEEK for number in range(WEEKS_AHEAD)]


def bookable_sites() -> dict[str, Site]:
    """Return the sites that take bookings, by their keys as text, by name."""
    spaces = Space.objects.bookable().filter(site=OuterRef("pk"))
    rows = Site.objects.active().filter(Exists(spaces)).select_related("commune")
    return {str(one.pk): one for one in rows.order_by("name", "pk")}


def recent_sites(employer: Organisation) -> list[str]:
    """Return the keys of the sites where an employer's people last booked on its account.

    Of all of them together: where one of them goes is not told.
    """
    rows = Booking.objects.active().filter(organisation=employer).order_by("-created_at", "-pk")
    keys = rows.values_list("site", flat=True)[:RECENT_BOOKINGS]
    return [str(one) for one in dict.fromkeys(keys)][:MOST_RECENT]
