"""POST /quotes."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from api.bounds import LIMITS
from billing.models import Charge, GroupMembership, Transfer
from billing.prices.durations import Duration
from billing.prices.groups import Group
from bookings.models import Allocation, Booking
from network.models import User
from sites.models import Closure
from tests.api.calls import Program, assert_problem, program_of
from tests.api.quotes import FRIDAY, MORNING, asked
from tests.billing.charging.turns import left, make_pass
from tests.billing.tariffs import make_grid, off_peak, price, subsidy
from tests.bookings.bookings import book_for
from tests.factories import NOW, interval, make_space, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


def told_and_charged(person: User, body: dict[str, Any]) -> tuple[Any, Any]:
    """Return what a quote says, and then the price of the booking of the same."""
    program = program_of(person)
    told = program.post("/quotes", body)
    assert told.status_code == 200, told.content
    made = program.post("/bookings", body)
    assert made.status_code == 201, made.content
    return told.json(), made.json()["price"] | {"more_cents": None}


@pytest.mark.parametrize(
    ("starts", "ends", "people", "cents"),
    [
        ("08:00", "13:00", 1, 800),
        ("08:00", "18:00", 1, 1400),
        ("09:00", "10:00", 1, 300),
        ("09:15", "09:30", 1, 75),
        ("08:00", "13:00", 2, 1600),
    ],
)
def test_it_says_what_booking_then_charges(
    person: User, starts: str, ends: str, people: int, cents: int
) -> None:
    make_grid()
    space = make_space(units=8, min_minutes=15)

    told, price = told_and_charged(person, asked(space, starts, ends, people=people))

    assert told == price
    assert told["total_cents"] == sum(one.amount_cents for one in Charge.objects.all()) == cents
    assert (told["currency"], told["covered"]) == ("EUR", [])


def test_off_peak_hours_count(person: User) -> None:
    grid = make_grid({})
    price(grid, Duration.HALF_DAY, 800, off_peak_cents=500)
    off_peak(grid, FRIDAY.weekday(), "13:00", "00:00")

    told, charged = told_and_charged(person, asked(make_space(), "13:00", "18:00"))

    assert told == charged
    assert told["total_cents"] == 500


def test_what_a_funder_pays_is_told_beside_it(person: User) -> None:
    make_grid()
    space = make_space()
    subsidy(space.site, Duration.HALF_DAY, 300)

    told, charged = told_and_charged(person, asked(space))

    assert told == charged
    assert (told["total_cents"], told["subsidy_cents"]) == (300, 500)


def test_a_pass_that_would_cover_it_is_told_and_not_touched(person: User) -> None:
    body = asked(make_space(), "08:00", "18:00")
    ten = make_pass(person, make_grid(), 10, NOW + timedelta(days=90))

    program_of(person).post("/quotes", body)
    untouched = left(ten)
    told, charged = told_and_charged(person, body)

    assert untouched == 10
    assert told == charged
    assert (told["total_cents"], told["covered"]) == (0, [{"name": "Ten", "half_days": 2}])


def test_another_booking_of_the_day_makes_it_cheaper(
    person: User, frozen: time_machine.Traveller
) -> None:
    make_grid()
    space = make_space()
    book_for(person, space, MORNING)
    frozen.shift(timedelta(minutes=1))  # who books last saves

    told, charged = told_and_charged(person, asked(space, "13:00", "18:00"))

    assert told == charged
    assert (told["total_cents"], told["saved_cents"]) == (600, 200)


def test_the_customer_group_of_the_person_counts(person: User) -> None:
    price(make_grid(), Duration.HALF_DAY, 400, group=Group.STUDENT)
    GroupMembership.objects.create(
        person=person, group=Group.STUDENT, ends_on=FRIDAY, granted_at=NOW
    )

    told, charged = told_and_charged(person, asked(make_space()))

    assert told == charged
    assert told["total_cents"] == 400


def test_for_a_group_neither_passes_nor_bookings_of_the_person_count(person: User) -> None:
    grid, space = make_grid(), make_space()
    price(grid, Duration.HALF_DAY, 400, group=Group.STUDENT)
    make_pass(person, grid, 10, NOW + timedelta(days=90))
    body = asked(space, "13:00", "18:00")
    book_for(person, space, MORNING)

    program = program_of(person)
    usual = program.post("/quotes", body | {"customer_group": "standard"}).json()
    student = program.post("/quotes", body | {"customer_group": "student"}).json()

    assert (usual["total_cents"], usual["covered"], usual["saved_cents"]) == (800, [], 0)
    assert (student["total_cents"], student["covered"]) == (400, [])


def test_a_group_pays_what_everybody_does_where_that_is_less(program: Program) -> None:
    grid = make_grid()
    price(grid, Duration.DAY, 2000, group=Group.STUDENT)

    told = program.post("/quotes", asked(make_space(), customer_group="student")).json()

    assert told["total_cents"] == 800


def test_a_group_that_the_grid_does_not_know_is_refused_with_those_it_knows(
    program: Program,
) -> None:
    grid = make_grid()
    price(grid, Duration.HALF_DAY, 400, group=Group.STUDENT)

    answer = program.post("/quotes", asked(make_space(), customer_group="public_body"))

    assert "standard, student" in assert_problem(answer, 422, "group_not_in_grid")["detail"]


def test_a_group_that_there_is_not_is_refused_with_those_there_are(program: Program) -> None:
    answer = program.post("/quotes", asked(make_space(), customer_group="friends"))

    (error,) = assert_problem(answer, 422, "invalid_request")["errors"]
    assert error["pointer"] == "#/customer_group"
    assert all(one in error["detail"] for one in Group.values)


def test_it_writes_nothing(program: Program) -> None:
    make_grid()

    assert program.post("/quotes", asked(make_space())).status_code == 200

    written = (Booking, Allocation, Charge, Transfer)
    assert not any(model.objects.exists() for model in written)


def test_room_is_not_looked_for(program: Program) -> None:
    make_grid()
    space = make_space(units=1)
    book_for(make_user(), space, MORNING)

    assert program.post("/quotes", asked(space)).json()["total_cents"] == 800


def test_without_a_price_it_is_refused(program: Program) -> None:
    space = make_space()
    assert_problem(program.post("/quotes", asked(space)), 409, "no_tariff")

    make_grid({})
    assert_problem(program.post("/quotes", asked(space)), 409, "no_tariff")
    assert_problem(
        program.post("/quotes", asked(space, customer_group="standard")), 422, "group_not_in_grid"
    )


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"ends_at": "2026-11-27T08:00:00+01:00"}, "ends_before_start"),
        ({"starts_at": "2026-11-27T08:07:00+01:00"}, "off_grid"),
        ({"starts_at": "2026-11-20T08:00:00+01:00"}, "in_the_past"),
        ({"starts_at": "2026-11-27T03:00:00+01:00"}, "outside_opening_hours"),
        ({"people": 500}, "capacity_exceeded"),
        ({"starts_at": "2026-11-27T08:00:00"}, "invalid_request"),
        ({"starts_at": "tomorrow"}, "invalid_request"),
        ({"space": "desk"}, "invalid_request"),
        ({"people": 0}, "invalid_request"),
        ({"unit": 3}, "invalid_request"),
    ],
)
def test_what_cannot_be_booked_has_no_price(
    program: Program, changed: dict[str, Any], code: str
) -> None:
    make_grid()

    assert_problem(program.post("/quotes", asked(make_space()) | changed), 422, code)


def test_a_closed_day_and_a_space_out_of_use_are_refused(program: Program) -> None:
    make_grid()
    space, gone = make_space(), make_space(is_active=False)
    Closure.objects.create(
        site=space.site, starts_at=MORNING.starts_at, ends_at=MORNING.ends_at, reason="Travaux"
    )

    assert (
        "Travaux" in assert_problem(program.post("/quotes", asked(space)), 422, "closed")["detail"]
    )
    assert_problem(program.post("/quotes", asked(gone)), 422, "site_inactive")


def test_a_space_that_there_is_not_is_not_found(program: Program) -> None:
    make_grid()

    assert_problem(program.post("/quotes", asked(make_space()) | {"space": 9}), 404, "not_found")


def test_nobody_asks_without_a_token_or_without_its_scope(person: User) -> None:
    body = asked(make_space())

    assert_problem(Program().post("/quotes", body), 401, "unauthorised")
    assert_problem(program_of(person, "read", "book").post("/quotes", body), 403, "scope_missing")


def test_a_page_of_ours_must_prove_that_it_asks(person: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)

    answer = client.post("/api/v1/quotes", asked(make_space()), content_type="application/json")

    assert_problem(answer, 403, "csrf_failed")


def test_however_many_bookings_and_passes_it_asks_as_often(person: User) -> None:
    grid, space = make_grid(), make_space()
    program = program_of(person, "billing")
    program.post("/quotes", asked(space))  # what is kept of the grid is read, the token's use noted
    counts = []
    for number in range(3):
        make_pass(person, grid, 1, NOW + timedelta(days=90 + number))
        book_for(person, space, interval(FRIDAY, f"{8 + number:02}:00", f"{9 + number:02}:00"))
        with CaptureQueriesContext(connection) as captured:
            assert program.post("/quotes", asked(space, "13:00", "18:00")).status_code == 200
        counts.append(len(captured))

    assert len(set(counts)) == 1
    assert counts[0] <= 16


def test_paid_in_money_it_costs_what_booking_it_so_does(person: User) -> None:
    grid, space = make_grid(), make_space()
    ten = make_pass(person, grid, 4, NOW + timedelta(days=90))

    told, price = told_and_charged(person, asked(space, pay_with="money"))

    assert told == price
    assert (told["total_cents"], told["covered"], left(ten)) == (800, [], 4)
    assert program_of(person).get("/bookings").json()["items"][0]["pay_with"] == "money"


def test_nothing_but_passes_and_money_pays(program: Program) -> None:
    make_grid()
    space = make_space()

    for path in ("/quotes", "/bookings"):
        assert_problem(program.post(path, asked(space, pay_with="shells")), 422, "invalid_request")


def test_a_change_keeps_how_the_booking_is_paid(person: User, program: Program) -> None:
    grid, space = make_grid(), make_space()
    ten = make_pass(person, grid, 4, NOW + timedelta(days=90))
    booking = book_for(person, space, MORNING, spends_passes=False)
    body = asked(space, ends="18:00", booking=booking.reference)

    told = program.post("/quotes", body).json()
    odd = program.post("/quotes", body | {"pay_with": "money"})

    assert (told["total_cents"], told["more_cents"], left(ten)) == (1400, 600, 4)
    assert_problem(odd, 422, "invalid_request")


def test_one_person_asks_so_often_a_minute_whichever_token_they_use(
    person: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(LIMITS, "quotes", "2/m/key")
    make_grid()
    body = asked(make_space())

    statuses = [program_of(person).post("/quotes", body).status_code for _ in range(2)]
    refused = program_of(person).post("/quotes", body)
    other = program_of(make_user()).post("/quotes", body)

    assert statuses == [200, 200]
    assert_problem(refused, 429, "too_many_requests")
    assert refused["Retry-After"] == "60"
    assert other.status_code == 200
