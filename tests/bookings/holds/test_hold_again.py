"""Asked again for the same, or for something else, a visitor has what they asked for, once."""

from typing import Any

import pytest

from bookings.errors import NoUnitFree
from bookings.holds.holding import held_like
from bookings.models import Hold
from bookings.wishes import Wish
from sites.models import Space
from tests.bookings.bookings import book_for
from tests.bookings.holds.holding import END, MORNING, SECOND, held
from tests.factories import NOW, TUESDAY, interval, make_space, make_user

pytestmark = pytest.mark.django_db
EARLY, LATE = interval(TUESDAY, "09:00", "10:30"), interval(TUESDAY, "10:30", "12:00")


class TestAskedAgain:
    def test_the_same_session_gets_the_same_hold(self) -> None:
        space = make_space()
        first = held(space, email="ada@maillage.example", note="x")

        again = held(
            space,
            email="ada@maillage.example",
            note="x",
            before=[first.token],
            caller="192.0.2.9",
            now=NOW + SECOND,
        )

        assert (again, again.until) == (first, END)

    def test_two_presses_at_once_whose_session_knew_of_none_get_one_hold(self) -> None:
        space = make_space()

        presses = [held(space, email="ada@maillage.example") for _ in range(2)]

        assert presses[0] == presses[1] == Hold.objects.get()

    @pytest.mark.parametrize(
        "other",
        [
            {"email": "bea@maillage.example"},
            {"caller": "192.0.2.2"},
            {"note": "secret"},
            {"email": ""},
        ],
        ids=["address", "caller", "note", "no address"],
    )
    def test_who_typed_anything_else_or_sits_elsewhere_gets_another_one(
        self, other: dict[str, str]
    ) -> None:
        space = make_space(units=2)
        first = held(space, email="ada@maillage.example")

        second = held(space, **{"email": "ada@maillage.example"} | other)  # type: ignore[arg-type]

        assert second != first

    def test_without_an_address_no_two_sessions_share_a_hold(self) -> None:
        space = make_space(units=2)

        assert held(space) != held(space)

    def test_other_hours_of_the_same_place_take_the_place_of_the_sessions_own(self) -> None:
        space = make_space(units=1)
        first = held(space)

        second = held(space, EARLY, before=[first.token])

        assert [*Hold.objects.all()] == [second]
        assert second.intervals == [EARLY]

    def test_refused_they_leave_the_first_one_as_it_was(self) -> None:
        space = make_space(units=1)
        booked_by_other = interval(TUESDAY, "13:00", "14:00")
        book_for(make_user(), space, booked_by_other)
        first = held(space)

        with pytest.raises(NoUnitFree):
            held(space, interval(TUESDAY, "11:00", "14:00"), before=[first.token])

        assert Hold.objects.get() == first
        assert first.intervals == [MORNING]

    def test_nobody_takes_the_place_of_another_sessions_hold(self) -> None:
        space = make_space(units=1)
        held(space, email="ada@maillage.example")

        with pytest.raises(NoUnitFree):
            held(space, EARLY, email="ada@maillage.example")

    def test_two_tabs_hold_two_places(self) -> None:
        first = held(make_space())

        held(make_space(), before=[first.token])

        assert Hold.objects.live(NOW).count() == 2


class TestHeldLike:
    def test_a_session_finds_what_it_holds_of_a_wish(self) -> None:
        space = make_space(units=2)
        hold = held(space)

        assert find(space, [hold.token]) == hold
        assert find(space, []) is None
        assert find(space, [hold.token], people=2) is None
        assert find(space, [hold.token], now=END) is None


def find(space: Space, tokens: list[str], **fields: Any) -> Hold | None:
    now = fields.pop("now", NOW)
    wish = Wish(space_id=space.pk, intervals=(MORNING,), **fields)
    return held_like(wish=wish, tokens=tokens, now=now)
