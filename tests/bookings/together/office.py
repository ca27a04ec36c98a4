"""An employer with people who work at several sites, each of another operator."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from bookings.models import Booking
from bookings.search.parts import Part
from bookings.together.booking import book_together
from bookings.together.cells import Cell
from network.models import Organisation, User
from sites.models import Site, Space
from tests.factories import MONDAY, NOW, make_site, make_space, make_user
from tests.subscriptions.employers import make_employee, make_employer

#: Of next week.
DAYS = [MONDAY + timedelta(days=7 + number) for number in range(5)]


@dataclass(frozen=True)
class Office:
    """Who books, for whom, and where."""

    assistant: User
    employer: Organisation
    people: Sequence[User]
    sites: Sequence[Site]
    spaces: Sequence[Space]

    def cell(self, person: int, site: int, day: int = 0, part: Part = Part.DAY) -> Cell:
        """Return a cell of people, sites and days of next week, told by their numbers."""
        return Cell(self.people[person], self.sites[site], DAYS[day], part)

    @property
    def five(self) -> list[Cell]:
        """Return five people at three sites on two days."""
        told = ((0, 0, 0), (1, 1, 0), (2, 2, 0), (3, 0, 1), (4, 1, 1))
        return [self.cell(*one) for one in told]

    def book(self, *cells: Cell, by: User | None = None, key: str = "") -> list[Booking]:
        """Book some cells, by the assistant unless told otherwise."""
        return book_together(
            cells=cells,
            employer=self.employer,
            by=by or self.assistant,
            now=NOW,
            key=key or str(uuid4()),
        )


def make_office(units: int = 2) -> Office:
    """Make five people and their assistant, and three sites so near that any may do for another."""
    employer, assistant = make_employer(name="Scierie du Ried"), make_user(name="Odile Kuntz")
    make_employee(employer, assistant, books_for_others=True)
    names = ("Ada", "Bob", "Cléa", "Dan", "Eve")
    people = [make_user(name=name, language="en") for name in names]
    for one in people:
        make_employee(employer, one)
    sites = [
        make_site(name, latitude=48.34 + number / 50)
        for number, name in enumerate(("La Fabrique", "Le Comptoir", "La Forge"))
    ]
    spaces = [make_space(one, units=units) for one in sites]
    return Office(assistant, employer, people, sites, spaces)
