"""The price in the answers about bookings."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from billing.models import Charge
from billing.prices.durations import Duration
from bookings.actions import book
from bookings.wishes import Wish
from network.models import User
from sites.models import Space
from tests.api.calls import Program, assert_problem, program_of, wish
from tests.billing.charging.turns import left, make_pass
from tests.billing.tariffs import make_grid, subsidy
from tests.bookings.bookings import book_for
from tests.factories import (
    NOW,
    TUESDAY,
    interval,
    make_manager,
    make_organisation,
    make_space,
    make_user,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
FRIDAY = TUESDAY + timedelta(days=3)
DAY = interval(FRIDAY, "08:00", "18:00")
MORNING, AFTERNOON = interval(FRIDAY, "08:00", "13:00"), interval(FRIDAY, "13:00", "18:00")


def asked(space: Space, starts: str, ends: str) -> dict[str, Any]:
    """Return a body that asks for a time of Friday, which is free to cancel until Thursday."""
    day = FRIDAY.isoformat()
    return {
        "space": space.pk,
        "starts_at": f"{day}T{starts}:00+01:00",
        "ends_at": f"{day}T{ends}:00+01:00",
    }


@pytest.mark.parametrize("half_days", [1, 2])
def test_of_what_passes_cover_half_days_are_at_stake_and_no_share_of_a_price(
    half_days: int,
) -> None:
    space, person = make_space(), make_user()
    make_pass(person, make_grid(), 10, NOW + timedelta(days=90))

    told = program_of(person).post(
        "/bookings", asked(space, "08:00", ("13:00", "18:00")[half_days - 1])
    )

    price = told.json()["price"]
    assert price["covered"] == [{"name": "Ten", "half_days": half_days}]
    assert (price["late_percent"], price["half_days_at_stake"]) == (0, 1)


def test_unless_it_says_so_a_program_spends_passes_even_where_money_is_cheaper() -> None:
    space, person = make_space(), make_user()
    ten = make_pass(person, make_grid(), 10, NOW + timedelta(days=90), price_cents=60000)

    program_of(person).post("/bookings", asked(space, "08:00", "09:00"))

    assert left(ten) == 9


def test_of_days_covered_and_paid_both_are_at_stake() -> None:
    person, space = make_user(), make_space()
    make_pass(person, make_grid(), 2, NOW + timedelta(days=90))
    booking = book_for(person, space, DAY, interval(FRIDAY + timedelta(days=3), "08:00", "13:00"))

    price = program_of(person).get(f"/bookings/{booking.reference}").json()["price"]

    assert price["total_cents"] == 800
    assert (price["late_percent"], price["half_days_at_stake"]) == (50, 1)


def test_who_books_is_told_what_it_costs_line_by_line(program: Program) -> None:
    make_grid()

    told = program.post("/bookings", asked(make_space(), "08:00", "13:00")).json()["price"]

    assert told == {
        "currency": "EUR",
        "total_cents": 800,
        "lines": [
            {
                "duration": "half_day",
                "starts_at": "2026-11-27T08:00:00+01:00",
                "ends_at": "2026-11-27T13:00:00+01:00",
                "quantity": 1.0,
                "unit_price_cents": 800,
                "amount_cents": 800,
                "covered_by": None,
            }
        ],
        "saved_cents": 0,
        "late_cents": 0,
        "late_half_days": 0,
        "subsidy_cents": 0,
        "subsidies": [],
        "covered": [],
        "free_until": "2026-11-26T08:00:00+01:00",
        "late_percent": 50,
        "half_days_at_stake": 0,
    }
    assert told["total_cents"] == sum(one.amount_cents for one in Charge.objects.all())


def test_a_pass_that_covers_it_is_named_and_nothing_is_paid(program: Program, person: User) -> None:
    space = make_space()
    ten = make_pass(person, make_grid(), 10, NOW + timedelta(days=90))

    told = program.post("/bookings", asked(space, "08:00", "18:00")).json()["price"]

    assert (told["total_cents"], told["covered"]) == (0, [{"name": "Ten", "half_days": 2}])
    assert [(one["quantity"], one["covered_by"]) for one in told["lines"]] == [(2.0, "Ten")]
    assert left(ten) == 8


def test_what_the_other_booking_of_the_day_saves_and_what_a_funder_pays_is_told(
    program: Program, person: User
) -> None:
    make_grid()
    space = make_space()
    first = Wish(space_id=space.pk, intervals=(MORNING,))
    book(wish=first, person=person, by=person, now=NOW - timedelta(hours=1))
    helped = make_space()
    subsidy(helped.site, Duration.HALF_DAY, 300)

    beside = program.post("/bookings", asked(space, "13:00", "18:00")).json()["price"]
    funded = program_of(make_user()).post("/bookings", asked(helped, "08:00", "13:00")).json()

    assert (beside["total_cents"], beside["saved_cents"]) == (600, 200)
    assert (funded["price"]["total_cents"], funded["price"]["subsidy_cents"]) == (300, 500)


def test_who_pays_the_rest_and_why_is_told_before_and_after(program: Program) -> None:
    make_grid()
    space, funder = make_space(), make_organisation("CC de Villé", "collectivity")
    subsidy(space.site, Duration.HALF_DAY, 300, funder, reason="Telework in the valley.")
    asks = asked(space, "08:00", "13:00")

    quoted = program.post("/quotes", asks).json()
    booked = program.post("/bookings", asks).json()["price"]

    aid = {"funder": "CC de Villé", "reason": "Telework in the valley."}
    assert quoted["subsidies"] == booked["subsidies"] == [aid]


def test_where_no_price_is_set_it_is_null(program: Program) -> None:
    answer = program.post("/bookings", wish(make_space().pk)).json()

    assert answer["price"] is None
    assert program.get(f"/bookings/{answer['reference']}").json()["price"] is None
    assert program.get("/bookings").json()["items"][0]["price"] is None


def test_a_change_and_what_is_cancelled_late_are_told_as_they_stand(program: Program) -> None:
    make_grid()
    made = program.post("/bookings", wish(make_space().pk)).json()["reference"]
    longer = {"starts_at": "2026-11-24T09:00:00+01:00", "ends_at": "2026-11-24T18:00:00+01:00"}

    changed = program.patch(f"/bookings/{made}", longer).json()["price"]
    cancelled = program.post(f"/bookings/{made}/cancel").json()["price"]

    assert changed["total_cents"] == 1400
    assert (cancelled["total_cents"], cancelled["late_cents"]) == (700, 700)
    assert cancelled["lines"] == []


def test_the_right_to_read_suffices_for_the_price(person: User) -> None:
    make_grid()
    reference = book_for(person, make_space(), MORNING).reference

    told = program_of(person, "read").get(f"/bookings/{reference}").json()

    assert told["price"]["total_cents"] == 800


def test_who_runs_the_site_reads_it_and_a_stranger_finds_nothing() -> None:
    make_grid()
    space = make_space()
    reference = book_for(make_user(), space, MORNING).reference

    told = program_of(make_manager(space.site)).get(f"/bookings/{reference}").json()

    assert told["price"]["total_cents"] == 800
    assert_problem(program_of(make_user()).get(f"/bookings/{reference}"), 404, "not_found")


def test_sent_again_with_its_key_the_price_is_that_of_the_first_answer(
    program: Program, person: User
) -> None:
    make_grid()
    space = make_space()
    body = asked(space, "08:00", "13:00")

    first = program.post("/bookings", body, **{"Idempotency-Key": "k"})
    book_for(person, space, AFTERNOON)
    again = program.post("/bookings", body, **{"Idempotency-Key": "k"})

    assert again.json() == first.json()
    assert again.json()["price"]["total_cents"] == 800
    assert again["Idempotent-Replayed"] == "true"


def test_however_many_bookings_their_prices_are_asked_in_one_go(
    program: Program, person: User
) -> None:
    make_grid()
    space = make_space()
    for number in range(4):
        book_for(person, space, interval(FRIDAY + timedelta(days=7 * number), "08:00", "13:00"))

    with CaptureQueriesContext(connection) as captured:
        items = program.get("/bookings").json()["items"]

    assert [one["price"]["total_cents"] for one in items] == [800] * 4
    assert sum("billing_charge" in query["sql"] for query in captured) == 1


def test_one_booking_asks_once_for_its_price(program: Program, person: User) -> None:
    make_grid()
    reference = book_for(person, make_space(), DAY).reference

    with CaptureQueriesContext(connection) as captured:
        assert program.get(f"/bookings/{reference}").json()["price"]["total_cents"] == 1400

    assert sum("billing_charge" in query["sql"] for query in captured) == 1
