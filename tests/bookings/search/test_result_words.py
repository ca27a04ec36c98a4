"""What results say of sites, spaces and slots; the pages only place these words."""

import pytest
from django.template import Context, Template
from django.utils import translation

from bookings.search.candidates import SiteRow, SpaceRow
from bookings.search.parts import Part
from bookings.search.slots import SiteSlots, Slot, SpaceSlots
from bookings.search.where.maps import pins_of
from bookings.templatetags.results import (
    full_line,
    result_line,
    room_chip,
    slot_button,
    space_line,
)
from sites.models import Space
from tests.factories import PARIS, TUESDAY, interval

DOT = "\N{NO-BREAK SPACE}· "
MORNING = interval(TUESDAY, "08:00", "12:00")
OPEN = (interval(TUESDAY, "08:00", "18:00"),)


@pytest.fixture(autouse=True)
def english() -> object:
    with translation.override("en"):
        yield


def space(name: str = "Blue room", **fields: object) -> SpaceRow:
    site = SiteRow(
        *(1, "la-fabrique", "La Fabrique", "rural", "Villé", "67507", 48.3427, 7.3029),
        *("Europe/Paris", False, "alsace", "fibre", 500, True, ""),
    )
    usual = {"kind": "desk", "capacity": 1, "sold_by": "place", "units": 1} | fields
    return SpaceRow(
        **({"site": site, "id": 7, "name": name, "is_fungible": True} | usual),  # type: ignore[arg-type]  # its fields
        min_minutes=15,
        max_minutes=600,
        advance_days=90,
        description="",
        position=0,
    )


def found(free: int, *, km: float | None = None, is_open: bool = True) -> SiteSlots:
    """Return a site with a morning of which so many places are free."""
    slot = Slot(Part.MORNING, (MORNING,), free, units_wanted=1)
    spaces = (SpaceSlots(space(units=8), (slot,)),) if is_open else ()
    return SiteSlots(space().site, None, km, OPEN if is_open else (), spaces)


@pytest.mark.parametrize(
    ("site", "text", "state"),
    [
        (found(0, is_open=False), "closed", "full"),
        (found(0), "full", "full"),
        (found(1), "1 desk left", "few"),
        (found(3), "3 desks left", "few"),
        (found(4), "4 desks free", "free"),
    ],
)
def test_a_site_is_closed_full_has_its_last_places_or_more(
    site: SiteSlots, text: str, state: str
) -> None:
    assert room_chip(site) == {"text": text, "state": state, "icon": ""}


@pytest.mark.parametrize(
    ("site", "state"),
    [
        (found(0, is_open=False), "closed"),
        (found(0), "full"),
        (found(3), "few"),
        (found(4), "free"),
    ],
)
def test_the_map_marks_a_site_by_the_state_that_results_tell(site: SiteSlots, state: str) -> None:
    (pin,) = pins_of([site], query="", named=())

    assert pin.state == state


def test_a_line_says_where_and_how_far() -> None:
    assert result_line(found(1)) == "Villé"
    assert result_line(found(1, km=6.0)) == f"Villé{DOT}6\N{NO-BREAK SPACE}km away"


def test_a_site_without_room_says_why() -> None:
    unoffered = SiteSlots(space().site, None, None, OPEN, ())

    assert full_line(found(0, is_open=False)) == "Villé\N{NO-BREAK SPACE}· closed"
    assert full_line(found(0)) == "Villé\N{NO-BREAK SPACE}· full"
    assert full_line(unoffered) == "Villé\N{NO-BREAK SPACE}· not bookable then"


@pytest.mark.parametrize(
    ("row", "line"),
    [
        (space(units=8), "Desk\N{NO-BREAK SPACE}· 8 places"),
        (space("Desk", units=8), "8 places"),
        (space(), "Desk"),
        (space("Desk"), ""),
        (space(kind="meeting_room", sold_by="whole", capacity=6), f"Meeting room{DOT}6 seats"),
    ],
)
def test_a_space_says_its_kind_unless_its_name_does(row: SpaceRow, line: str) -> None:
    assert space_line(row) == line


def test_a_slot_counts_units_only_where_there_are_several() -> None:
    free = Slot(Part.MORNING, (MORNING,), 1, units_wanted=1)
    full = Slot(Part.MORNING, (MORNING,), 1, units_wanted=2)

    assert slot_button(free, space(), PARIS, 1)["free"] is None
    assert slot_button(free, space(units=8), PARIS, 1)["free"] == 1
    assert slot_button(full, space(units=8), PARIS, 2)["free"] == 0
    assert slot_button(free, space(), PARIS, 1)["href"].startswith("/book/7/?at=2026-11-24T08")


def test_names_cannot_write_html() -> None:
    row = space("<b>Blue</b>", kind=Space.Kind.DESK)
    words = Template("{% load results %}{% slot_button slot space zone 1 %}")
    slot = Slot(Part.MORNING, (MORNING,), 1, units_wanted=1)

    drawn = words.render(Context({"slot": slot, "space": row, "zone": PARIS}))

    assert "&lt;b&gt;Blue&lt;/b&gt;" in drawn
    assert "<b>" not in drawn
