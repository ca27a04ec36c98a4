"""Eight processes at the same desks at once, on the engine that the tests were asked to use."""

import pytest

from tests.bookings.guard.throwaway import Template, run_worker

#: The only refusals that are somebody else's booking, or one's own.
FOR_WANT_OF_ROOM = {"no_unit_free", "overlapping_own_booking"}


@pytest.mark.parametrize(
    ("race", "attempts", "refusals"),
    [
        ("desks", 200, FOR_WANT_OF_ROOM),
        ("pool", 25, FOR_WANT_OF_ROOM),
        ("groups", 25, FOR_WANT_OF_ROOM),
        ("holds", 40, {*FOR_WANT_OF_ROOM, "hold_ended"}),
        ("changes", 25, {*FOR_WANT_OF_ROOM, "already_cancelled", "already_over"}),
    ],
)
def test_whoever_comes_first_nothing_is_given_twice_and_nothing_fails(
    race: str, attempts: int, refusals: set[str], template: Template
) -> None:
    with template.copy() as url:
        found = run_worker(race, str(attempts), url=url)

    assert found["outcomes"].keys() <= {"done", *refusals}
    assert sum(found["outcomes"].values()) == 8 * attempts
    assert found["shared_pairs"] == found["shared_after_sweep"] == 0
    assert found["deadlocks"] == 0
    assert found["broken"] == found["broken_holds"] == found["overfull"] == []
    assert found["letters"] == found["letters_wanted"]
    assert found["wrong_answers"] == []


def test_a_quota_holds_however_many_presses_come_at_once(template: Template) -> None:
    with template.copy() as url:
        found = run_worker("quota", "10", url=url)

    assert found["outcomes"].keys() <= {"done", "quota_ahead", "overlapping_own_booking"}
    assert found["outcomes"]["done"] == 5
    assert found["outcomes"]["quota_ahead"] > 0


def test_at_the_end_of_a_hold_exactly_one_gets_the_place(template: Template) -> None:
    with template.copy() as url:
        found = run_worker("one_place", "10", url=url)

    assert found["outcomes"].keys() <= {"done", "hold_ended", *FOR_WANT_OF_ROOM}
    assert found["outcomes"]["done"] >= 1
    assert found["bookings"] == found["letters"] == 1
    assert found["deadlocks"] == found["shared_pairs"] == 0
    assert found["broken"] == found["broken_holds"] == found["overfull"] == []


def test_nobody_holds_more_than_the_bounds_however_many_ask_at_once(template: Template) -> None:
    with template.copy() as url:
        found = run_worker("too_many_holds", "10", url=url)

    assert found["outcomes"].keys() == {"done", "too_many_holds"}
    assert found["live"] == {"one": 7, "other": 7, "third": 3}
    assert found["deadlocks"] == 0


def test_the_database_alone_gives_each_desk_once(template: Template) -> None:
    with template.copy() as url:
        found = run_worker("inserts", "75", url=url)

    outcomes = found["outcomes"]
    # With no row locked first, PostgreSQL may choose a victim among those that clash.
    deadlocked = sum(count for word, count in outcomes.items() if "deadlock detected" in word)
    assert outcomes["done"] + outcomes["unit_shared"] + deadlocked == 600
    assert 100 < outcomes["done"] == found["bookings"] <= 200
    assert found["shared_pairs"] == 0


def test_without_constraint_and_triggers_the_same_race_double_books(template: Template) -> None:
    """The control: the races above can fail."""
    with template.copy() as url:
        found = run_worker("unguarded_inserts", "75", url=url)

    assert found["outcomes"] == {"done": 600}
    assert found["shared_pairs"] > 100
