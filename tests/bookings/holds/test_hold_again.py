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
        first = held(space, email="ada@maillage.example", note="x", session="one")

        again = held(
            space,
            email="ada@maillage.example",
            note="x",
            session="one",
            caller="192.0.2.9",
            now=NOW + SECOND,
        )

        assert (again, again.until) == (first, END)

    @pytest.mark.parametrize(
        "other",
        [
            {"email": "bea@maillage.example"},
            {"note": "secret"},
            {"email": ""},
        ],
        ids=["address", "note", "no address"],
    )
    def test_who_typed_anything_else_gets_another_one_in_its_place(
        self, other: dict[str, str]
    ) -> None:
        space = make_space(units=1)
        first = held(space, email="ada@maillage.example", session="one")

        second = held(space, session="one", **{"email": "ada@maillage.example"} | other)  # type: ignore[arg-type]

        assert second != first
        assert [*Hold.objects.all()] == [second]

    @pytest.mark.parametrize("others", ["two", ""])
    @pytest.mark.parametrize("email", ["ada@maillage.example", ""])
    def test_no_two_sessions_behind_one_address_share_a_hold_though_all_typed_is_the_same(
        self, email: str, others: str
    ) -> None:
        space = make_space(units=2)

        assert held(space, email=email, session="one") != held(space, email=email, session=others)

    def test_who_has_no_session_shares_nothing_with_who_has_none(self) -> None:
        space = make_space(units=2)

        assert held(space) != held(space)

    def test_other_hours_of_the_same_place_take_the_place_of_the_sessions_own(self) -> None:
        space = make_space(units=1)
        held(space, session="one")

        second = held(space, EARLY, session="one")

        assert [*Hold.objects.all()] == [second]
        assert second.intervals == [EARLY]

    def test_refused_they_leave_the_first_one_as_it_was(self) -> None:
        space = make_space(units=1)
        booked_by_other = interval(TUESDAY, "13:00", "14:00")
        book_for(make_user(), space, booked_by_other)
        first = held(space, session="one")

        with pytest.raises(NoUnitFree):
            held(space, interval(TUESDAY, "11:00", "14:00"), session="one")

        assert Hold.objects.get() == first
        assert first.intervals == [MORNING]

    def test_nobody_takes_the_place_of_another_sessions_hold(self) -> None:
        space = make_space(units=1)
        held(space, email="ada@maillage.example")

        with pytest.raises(NoUnitFree):
            held(space, EARLY, email="ada@maillage.example")

    def test_two_tabs_hold_two_places(self) -> None:
        for space in (make_space(), make_space()):
            held(space, session="one")

        assert Hold.objects.live(NOW).count() == 2


class TestHeldLike:
    def test_a_session_finds_what_it_holds_of_a_wish(self) -> None:
        space = make_space(units=2)
        hold = held(space, session="one")
        held(space)

        assert find(space, "one") == hold
        assert find(space, "") is None
        assert find(space, "one", people=2) is None
        assert find(space, "one", now=END) is None


def find(space: Space, session: str, **fields: Any) -> Hold | None:
    now = fields.pop("now", NOW)
    wish = Wish(space_id=space.pk, intervals=(MORNING,), **fields)
    return held_like(wish=wish, session=session, now=now)
