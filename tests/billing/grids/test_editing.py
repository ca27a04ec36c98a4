"""A draft is written table by table, until it is put to the vote or in force."""

from collections.abc import Callable
from datetime import date, time
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from billing.errors import GridAdopted, GridProposed
from billing.grids.drafts import Head, copied, discard
from billing.grids.editing import (
    CalmHours,
    PriceTable,
    add_off_peak,
    describe,
    remove,
    write_bands,
    write_pass_offer,
    write_prices,
)
from billing.grids.showing import Cell
from billing.models import OffPeak, PassOffer, TariffGrid
from billing.prices.durations import Duration
from billing.prices.groups import Group
from network.models import User
from sites.models import Site, Space
from tests.billing.tariffs import band, make_draft, make_grid, make_proposal, off_peak, price
from tests.factories import NOW, holder, make_manager, make_site, make_user

pytestmark = pytest.mark.django_db
RURAL, DESK = Site.Category.RURAL, Space.Kind.DESK
TABLE = PriceTable(RURAL, Group.STANDARD, {(DESK, Duration.DAY): Cell(1500, 1200)})
HOURS = CalmHours("desk", (0, 1), time(16), time(0))


def adopter() -> User:
    return holder("adopt_tariffgrid")


def ten() -> PassOffer:
    return PassOffer(name="Carnet de dix", half_days=10, valid_months=6, price_cents=6500)


#: Every way to write in a draft.
WAYS: dict[str, Callable[[TariffGrid, User], Any]] = {
    "describe": lambda grid, by: describe(
        grid=grid, head=Head("2028", date(2028, 1, 1)), by=by, now=NOW
    ),
    "prices": lambda grid, by: write_prices(grid=grid, table=TABLE, by=by),
    "bands": lambda grid, by: write_bands(
        grid=grid, category=RURAL, widths={DESK: (10, 20)}, by=by
    ),
    "hours": lambda grid, by: add_off_peak(grid=grid, hours=HOURS, by=by),
    "pass": lambda grid, by: write_pass_offer(grid=grid, offer=ten(), by=by),
    "removal": lambda grid, by: remove(grid=grid, rows=OffPeak.objects.all(), by=by),
    "discard": lambda grid, by: discard(grid=grid, by=by),
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_neither_a_grid_in_force_nor_one_under_vote_is_edited(
    way: Callable[[TariffGrid, User], Any],
) -> None:
    adopted, proposed = make_grid(), make_draft()
    make_proposal(proposed)

    with pytest.raises(GridAdopted):
        way(adopted, adopter())
    with pytest.raises(GridProposed):
        way(proposed, adopter())
    assert adopted.gridprices.count() == proposed.gridprices.count() == 5


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_the_drafts_of_the_network_team_are_written_by_it_alone(
    way: Callable[[TariffGrid, User], Any],
) -> None:
    draft = make_draft()

    with pytest.raises(PermissionDenied):
        way(draft, make_manager(make_site()))


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_the_drafts_of_an_operator_are_written_by_who_runs_its_sites_alone(
    way: Callable[[TariffGrid, User], Any],
) -> None:
    site = make_site()
    draft = make_draft(operator=site.operator)

    for stranger in (make_manager(make_site()), make_user(), adopter()):
        with pytest.raises(PermissionDenied):
            way(draft, stranger)
    way(draft, make_manager(site))


def test_an_operator_begins_with_what_it_sees_and_in_its_own_name() -> None:
    mine, other = make_site(), make_site()
    manager = make_manager(mine)
    own, hidden = (Head("2028", date(2028, 1, 1), one.operator) for one in (mine, other))

    assert copied(grid=make_grid(), head=own, by=manager, now=NOW).operator == mine.operator
    for grid, head in (
        (make_draft(operator=other.operator), own),
        (make_draft(), own),
        (make_grid(from_day=date(2027, 1, 1)), hidden),
    ):
        with pytest.raises(PermissionDenied):
            copied(grid=grid, head=head, by=manager, now=NOW)


def test_a_table_replaces_the_one_of_its_category_and_group_alone() -> None:
    draft = make_draft()
    price(draft, Duration.DAY, 700, group=Group.STUDENT)
    price(draft, Duration.DAY, 2000, category="urban")

    write_prices(grid=draft, table=TABLE, by=adopter())

    told = {
        (row.category, row.group, row.duration): (row.price_cents, row.off_peak_cents)
        for row in draft.gridprices.all()
    }
    assert told == {
        ("rural", "standard", "day"): (1500, 1200),
        ("rural", "student", "day"): (700, None),
        ("urban", "standard", "day"): (2000, None),
    }


def test_bands_of_no_width_are_none() -> None:
    draft = make_draft()
    band(draft, 5, 5, kind="office")

    write_bands(
        grid=draft, category=RURAL, widths={DESK: (10, 20), Space.Kind.OFFICE: (0, 0)}, by=adopter()
    )

    told = [(row.kind, row.below_percent, row.above_percent) for row in draft.bands.all()]
    assert told == [("desk", 10, 20)]


def test_off_peak_hours_are_added_once_for_each_weekday() -> None:
    draft = make_draft()

    for _time in range(2):
        add_off_peak(grid=draft, hours=HOURS, by=adopter())

    assert sorted(draft.offpeaks.values_list("weekday", flat=True)) == [0, 1]


def test_rows_of_another_grid_are_not_removed() -> None:
    draft, other = make_draft(), make_draft()
    off_peak(other, 0, "16:00", "00:00")

    remove(grid=draft, rows=OffPeak.objects.all(), by=adopter())

    assert other.offpeaks.count() == 1


def test_two_passes_of_one_name_have_codes_of_their_own() -> None:
    draft = make_draft()

    codes = [write_pass_offer(grid=draft, offer=ten(), by=adopter()).code for _time in range(2)]

    assert codes == ["carnet-de-dix", "carnet-de-dix-2"]


def test_a_draft_begins_with_prices_raised_to_ten_cents() -> None:
    grid = make_grid({Duration.HOUR: 300, Duration.DAY: 1400, Duration.WEEK: 0})
    grid.gridprices.filter(duration=Duration.HOUR).update(off_peak_cents=200)
    write_in = {"code": "ten", "name": "Ten", "half_days": 10, "price_cents": 6500}
    PassOffer.objects.create(grid=grid, **write_in)

    head = Head("2028", date(2028, 1, 1))
    draft = copied(grid=grid, head=head, by=adopter(), now=NOW, raised_per_mille=25)

    told = {one.duration: (one.price_cents, one.off_peak_cents) for one in draft.gridprices.all()}
    assert told == {"hour": (310, 210), "day": (1440, None), "week": (0, None)}
    assert draft.passoffers.get().price_cents == 6660
    assert (draft.in_force_from, draft.is_adopted) == (date(2028, 1, 1), False)


def test_a_draft_that_nobody_votes_on_is_deleted_with_its_rows() -> None:
    draft = make_draft()

    discard(grid=draft, by=adopter())

    assert not TariffGrid.objects.exists()
