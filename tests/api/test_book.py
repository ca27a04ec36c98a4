"""POST /bookings."""

import json

import pytest

from bookings.models import Booking
from network.models import User
from sites.models import Space
from tests.api.calls import Program, assert_problem, program_of, wish
from tests.billing.tariffs import make_grid
from tests.bookings.bookings import book_for
from tests.factories import TUESDAY, interval, make_site, make_space, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


def test_a_desk_is_booked_and_answered_in_the_documented_shape(
    program: Program, person: User
) -> None:
    site = make_site(slug="telecentre-de-ville")
    space = make_space(site, units=2)

    response = program.post("/bookings", wish(space.pk, note="By the window"))

    assert response.status_code == 201
    booking = Booking.objects.get()
    assert response.json() == {
        "reference": booking.reference,
        "status": "confirmed",
        "space": space.pk,
        "unit": booking.allocations.get().unit_id,
        "site": "telecentre-de-ville",
        "starts_at": "2026-11-24T09:00:00+01:00",
        "ends_at": "2026-11-24T12:00:00+01:00",
        "times": [
            {"starts_at": "2026-11-24T09:00:00+01:00", "ends_at": "2026-11-24T12:00:00+01:00"}
        ],
        "people": 1,
        "pay_with": "passes",
        "on_account_of": None,
        "is_possible": True,
        "impossible_because": None,
        "price": None,
        "calendar_url": f"http://localhost:8000/api/v1/bookings/{booking.reference}/event.ics",
    }
    assert response["Location"] == f"/api/v1/bookings/{booking.reference}"
    assert (booking.person, booking.booked_by, booking.note) == (person, person, "By the window")


def test_a_numbered_unit_can_be_asked_for(program: Program) -> None:
    space = make_space(units=3, is_fungible=False)
    second = space.units.order_by("pk")[1]

    response = program.post("/bookings", wish(space.pk, unit=second.pk))

    assert response.json()["unit"] == second.pk


def test_a_numbered_space_tells_which_unit_was_given(program: Program) -> None:
    space = make_space(units=2, is_fungible=False)

    response = program.post("/bookings", wish(space.pk))

    assert response.json()["unit"] in set(space.units.values_list("pk", flat=True))


def test_an_instant_may_be_written_with_any_offset(program: Program) -> None:
    space = make_space()

    response = program.post(
        "/bookings",
        {
            "space": space.pk,
            "starts_at": "2026-11-24T08:00:00Z",
            "ends_at": "2026-11-24T15:30:00.000+05:30",
        },
    )

    assert response.json()["starts_at"] == "2026-11-24T09:00:00+01:00"
    assert response.json()["ends_at"] == "2026-11-24T11:00:00+01:00"


def test_want_of_room_is_409_no_unit_free(program: Program) -> None:
    space = make_space(units=1)
    program_of(make_user()).post("/bookings", wish(space.pk))

    response = program.post("/bookings", wish(space.pk))

    assert_problem(response, 409, "no_unit_free")
    assert Booking.objects.count() == 1


def test_a_second_place_of_the_same_kind_is_409(program: Program) -> None:
    program.post("/bookings", wish(make_space().pk))

    response = program.post("/bookings", wish(make_space().pk))

    assert_problem(response, 409, "overlapping_own_booking")


@pytest.mark.parametrize(
    ("starts_at", "ends_at", "code"),
    [
        ("2026-11-23T09:00:00+01:00", "2026-11-23T12:00:00+01:00", "in_the_past"),
        ("2027-11-23T09:00:00+01:00", "2027-11-23T12:00:00+01:00", "too_far_ahead"),
        ("2026-11-24T09:00:00+01:00", "2026-11-24T09:15:00+01:00", "too_short"),
        ("2026-11-24T09:00:00+01:00", "2026-11-24T15:00:00+01:00", "too_long"),
        ("2026-11-24T09:05:00+01:00", "2026-11-24T12:00:00+01:00", "off_grid"),
        ("2026-11-24T07:00:00+01:00", "2026-11-24T09:00:00+01:00", "outside_opening_hours"),
        ("2026-12-25T09:00:00+01:00", "2026-12-25T12:00:00+01:00", "closed"),
        ("2026-11-24T12:00:00+01:00", "2026-11-24T09:00:00+01:00", "ends_before_start"),
        ("2026-11-24T09:00:00+01:00", "2026-11-24T09:00:00+01:00", "ends_before_start"),
    ],
)
def test_each_rule_of_time_refuses_with_its_code(
    program: Program, starts_at: str, ends_at: str, code: str
) -> None:
    space = make_space(max_minutes=240)

    response = program.post(
        "/bookings", {"space": space.pk, "starts_at": starts_at, "ends_at": ends_at}
    )

    assert_problem(response, 422, code)
    assert not Booking.objects.exists()


def test_too_many_people_an_inactive_site_and_a_foreign_unit_are_422(program: Program) -> None:
    small = make_space(kind=Space.Kind.MEETING_ROOM, capacity=4)
    asleep = make_space(make_site(is_active=False))

    assert_problem(program.post("/bookings", wish(small.pk, people=5)), 422, "capacity_exceeded")
    assert_problem(program.post("/bookings", wish(asleep.pk)), 422, "site_inactive")
    unit = asleep.units.get().pk
    assert_problem(program.post("/bookings", wish(small.pk, unit=unit)), 422, "unit_not_offered")


def test_an_unknown_space_is_404(program: Program) -> None:
    assert_problem(program.post("/bookings", wish(987_654_321)), 404, "not_found")


@pytest.mark.parametrize(
    ("change", "pointer", "code"),
    [
        ({"starts_at": "2026-11-24T09:00:00"}, "#/starts_at", "naive_instant"),
        ({"starts_at": "2026-11-24"}, "#/starts_at", "instant"),
        ({"starts_at": "tomorrow"}, "#/starts_at", "instant"),
        ({"starts_at": "2026-02-30T09:00:00Z"}, "#/starts_at", "instant"),
        ({"starts_at": "0001-01-01T00:00:00+14:00"}, "#/starts_at", "out_of_calendar"),
        ({"ends_at": "9999-12-31T23:59:59-14:00"}, "#/ends_at", "out_of_calendar"),
        ({"ends_at": "9999-12-31T23:59:59Z"}, "#/ends_at", "out_of_calendar"),
        ({"starts_at": "1999-12-31T23:59:59Z"}, "#/starts_at", "out_of_calendar"),
        ({"ends_at": "12026-11-24T09:00:00Z"}, "#/ends_at", "instant"),
        ({"starts_at": 1_764_000_000}, "#/starts_at", "instant"),
        ({"starts_at": None}, "#/starts_at", "instant"),
        ({"space": "1"}, "#/space", "int_type"),
        ({"space": True}, "#/space", "int_type"),
        ({"space": 0}, "#/space", "greater_than_equal"),
        ({"space": 2**63}, "#/space", "less_than_equal"),
        ({"space": 10**400}, "#/space", "less_than_equal"),
        ({"unit": -1}, "#/unit", "greater_than_equal"),
        ({"people": 0}, "#/people", "greater_than_equal"),
        ({"people": 1.5}, "#/people", "int_type"),
        ({"people": 32_768}, "#/people", "less_than_equal"),
        ({"note": "a\x00b"}, "#/note", "text"),
        ({"note": "a\x0bb"}, "#/note", "text"),
        ({"note": "x" * 501}, "#/note", "string_too_long"),
        ({"note": ["x"]}, "#/note", "string_type"),
        ({"sites": 1}, "#/sites", "extra_forbidden"),
    ],
)
def test_a_wrong_field_is_pointed_at(
    program: Program, change: dict[str, object], pointer: str, code: str
) -> None:
    body = wish(make_space().pk) | change

    problem = assert_problem(program.post("/bookings", body), 422, "invalid_request")

    assert [(one["pointer"], one["code"]) for one in problem["errors"]] == [(pointer, code)]
    assert not Booking.objects.exists()


def test_a_lone_surrogate_in_the_note_is_refused(program: Program) -> None:
    body = json.dumps(wish(make_space().pk, note="SURROGATE")).replace("SURROGATE", "\\ud800")

    problem = assert_problem(program.post("/bookings", body), 422, "invalid_request")

    assert problem["errors"][0]["pointer"] == "#/note"


@pytest.mark.parametrize("body", ["[]", '"text"', "null", "1", "{}"])
def test_a_body_that_is_no_booking_is_422(program: Program, body: str) -> None:
    assert_problem(program.post("/bookings", body), 422, "invalid_request")


def test_no_body_at_all_is_422(program: Program) -> None:
    assert_problem(program.post("/bookings"), 422, "invalid_request")


def test_a_booking_takes_the_same_queries_in_an_empty_and_in_a_busy_space(
    program: Program, django_assert_max_num_queries: object
) -> None:
    space = make_space(units=30)
    for _number in range(20):
        program_of(make_user()).post("/bookings", wish(space.pk))

    with django_assert_max_num_queries(25) as queries:  # type: ignore[operator]
        response = program.post("/bookings", wish(space.pk))

    assert response.status_code == 201
    assert TUESDAY.isoformat() in response.json()["starts_at"]
    assert len(queries) > 5


def test_a_refusal_names_the_nearest_sites_where_it_can_be_had(program: Program) -> None:
    space = make_space(units=1)
    person = make_user()
    book_for(make_user(), space, interval(TUESDAY, "09:00", "12:00"))
    for km in (3, 2, 1, 4):
        latitude = space.site.latitude + km / 111.2
        make_space(make_site(name=f"At {km}", latitude=latitude), units=2)

    refused = program_of(person).post("/bookings", wish(space.pk)).json()
    first = refused["alternatives"][0]
    taken = program_of(person).post("/bookings", wish(first["space"]["id"]))

    assert [one["site"]["name"] for one in refused["alternatives"]] == ["At 1", "At 2", "At 3"]
    assert taken.status_code == 201
    assert taken.json()["times"] == first["times"]


def test_of_each_site_where_it_can_be_had_the_price_is_told(program: Program) -> None:
    make_grid()
    space = make_space(units=1)
    book_for(make_user(), space, interval(TUESDAY, "09:00", "12:00"))
    make_space(make_site(latitude=space.site.latitude + 0.1), kind=space.kind)

    (told,) = program.post("/bookings", wish(space.pk)).json()["alternatives"]
    booked = program.post("/bookings", wish(told["space"]["id"])).json()

    assert told["price_cents"] == booked["price"]["total_cents"] == 800


def test_a_refusal_that_no_other_site_mends_names_none(program: Program) -> None:
    space = make_space(units=1)
    make_space(make_site())
    over = {"starts_at": "2026-11-20T09:00:00+01:00", "ends_at": "2026-11-20T12:00:00+01:00"}

    assert "alternatives" not in program.post("/bookings", wish(space.pk) | over).json()
