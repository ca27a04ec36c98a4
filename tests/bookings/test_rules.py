"""Each refusal of a booking's times, on both sides of its boundary."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bookings.errors import (
    EndsBeforeStart,
    InThePast,
    OffGrid,
    OverlapsItself,
    TooFarAhead,
    TooLong,
    TooShort,
)
from bookings.rules import (
    MOST_INTERVALS,
    admitted_times,
    edge_outside,
    is_on_grid,
    last_bookable,
    next_on_grid,
    previous_on_grid,
)
from network.errors import Refusal
from sites.intervals import Interval
from tests.factories import MONDAY, NOW, PARIS, TUESDAY, at, interval

WEDNESDAY = date(2026, 11, 25)
QUARTER = timedelta(minutes=15)
TICK = timedelta(microseconds=1)


@dataclass
class Limits:
    min_minutes: int = 30
    max_minutes: int = 1440
    advance_days: int = 90


def admit(*intervals: Interval, zone: ZoneInfo = PARIS, **limits: int) -> list[Interval]:
    return admitted_times(intervals, limits=Limits(**limits), zone=zone, now=NOW)


def tuesday(starts: str, ends: str) -> Interval:
    return interval(TUESDAY, starts, ends)


def test_a_good_wish_is_taken_as_it_is() -> None:
    assert admit(tuesday("09:00", "12:30")) == [tuesday("09:00", "12:30")]


def test_times_come_back_in_order() -> None:
    afternoon, morning = tuesday("14:00", "18:00"), tuesday("08:00", "12:00")

    assert admit(afternoon, morning) == [morning, afternoon]


@pytest.mark.parametrize(
    ("starts", "ends"), [("09:00", "09:00"), ("09:15", "09:00")], ids=["empty", "backwards"]
)
def test_the_end_must_come_after_the_start(starts: str, ends: str) -> None:
    with pytest.raises(EndsBeforeStart):
        admit(tuesday(starts, ends))


def test_a_wish_for_no_time_at_all_is_refused() -> None:
    with pytest.raises(EndsBeforeStart):
        admit()


def test_one_backwards_time_among_good_ones_is_refused() -> None:
    with pytest.raises(EndsBeforeStart):
        admit(tuesday("09:00", "10:00"), tuesday("12:00", "11:00"))


def test_now_is_not_yet_past_but_a_microsecond_ago_is() -> None:
    assert admit(Interval(NOW, NOW + 2 * QUARTER)) == [Interval(NOW, NOW + 2 * QUARTER)]

    with pytest.raises(InThePast):
        admit(Interval(NOW - TICK, NOW + 2 * QUARTER))


def test_a_quarter_of_an_hour_ago_is_past() -> None:
    with pytest.raises(InThePast):
        admit(interval(MONDAY, "10:15", "12:00"))


@pytest.mark.parametrize("now", ["00:00", "10:30", "23:59"])
@pytest.mark.parametrize("zone", [PARIS, ZoneInfo("America/Guadeloupe"), ZoneInfo("Asia/Tokyo")])
def test_the_whole_of_the_last_day_can_be_booked_by_the_sites_clocks(
    now: str, zone: ZoneInfo
) -> None:
    last_day = MONDAY + timedelta(days=90)
    asked_at = at(MONDAY, now, zone)
    until_midnight = interval(last_day, "23:00", "24:00", zone)
    past_it = Interval(until_midnight.starts_at, until_midnight.ends_at + QUARTER)

    assert admitted_times([until_midnight], limits=Limits(), zone=zone, now=asked_at)
    with pytest.raises(TooFarAhead, match="90"):
        admitted_times([past_it], limits=Limits(), zone=zone, now=asked_at)


def test_days_ahead_do_not_move_with_the_change_of_clocks() -> None:
    before_spring = at(date(2027, 3, 20), "12:00")
    last = interval(date(2027, 3, 30), "23:30", "24:00")

    assert last_bookable(10, PARIS, before_spring) == last.ends_at


def test_how_far_ahead_is_the_spaces_own_choice() -> None:
    with pytest.raises(TooFarAhead):
        admit(interval(WEDNESDAY, "09:30", "10:30"), advance_days=1)

    assert admit(tuesday("17:30", "18:30"), advance_days=1)


@pytest.mark.parametrize(
    ("starts", "ends"),
    [("09:07", "10:00"), ("09:00", "10:01"), ("09:00:01", "10:00"), ("09:00", "10:00:00.000001")],
)
def test_times_off_the_quarter_are_refused(starts: str, ends: str) -> None:
    with pytest.raises(OffGrid):
        admit(tuesday(starts, ends))


@pytest.mark.parametrize("clock", ["09:00", "09:15", "09:30", "09:45"])
def test_the_four_quarters_are_on_the_grid(clock: str) -> None:
    assert is_on_grid(at(TUESDAY, clock))
    assert not is_on_grid(at(TUESDAY, clock) + TICK)
    assert not is_on_grid(at(TUESDAY, clock) - TICK)


def test_an_instant_is_rounded_to_the_quarter_asked_for() -> None:
    assert next_on_grid(at(TUESDAY, "09:00") + TICK) == at(TUESDAY, "09:15")
    assert previous_on_grid(at(TUESDAY, "09:15") - TICK) == at(TUESDAY, "09:00")
    assert next_on_grid(at(TUESDAY, "23:59")) == at(WEDNESDAY, "00:00")
    assert previous_on_grid(at(TUESDAY, "09:15")) == at(TUESDAY, "09:15")


def test_times_that_touch_are_taken_and_times_that_overlap_are_not() -> None:
    assert len(admit(tuesday("09:00", "10:00"), tuesday("10:00", "11:00"))) == 2

    with pytest.raises(OverlapsItself):
        admit(tuesday("09:00", "10:15"), tuesday("10:00", "11:00"))


def test_a_time_asked_twice_overlaps_itself() -> None:
    with pytest.raises(OverlapsItself):
        admit(tuesday("09:00", "10:00"), tuesday("09:00", "10:00"))


def test_the_shortest_time_is_accepted_and_a_quarter_less_is_not() -> None:
    assert admit(tuesday("09:00", "09:45"), min_minutes=45)

    with pytest.raises(TooShort, match="45"):
        admit(tuesday("09:00", "09:30"), min_minutes=45)


def test_the_longest_time_is_accepted_and_a_quarter_more_is_not() -> None:
    assert admit(tuesday("09:00", "11:00"), max_minutes=120)

    with pytest.raises(TooLong, match="2\N{NO-BREAK SPACE}h"):
        admit(tuesday("09:00", "11:15"), max_minutes=120)


def test_the_times_of_one_day_add_up_to_its_length() -> None:
    halves = tuesday("09:00", "10:00"), tuesday("14:00", "15:00")

    assert len(admit(*halves, max_minutes=120)) == 2
    with pytest.raises(TooLong):
        admit(*halves, max_minutes=105)
    assert len(admit(*halves, min_minutes=120)) == 2


def test_each_day_has_its_own_length() -> None:
    days = tuesday("09:00", "11:00"), interval(WEDNESDAY, "09:00", "11:00")

    assert len(admit(*days, max_minutes=120)) == 2


def test_a_time_over_midnight_is_cut_there() -> None:
    night = Interval(at(TUESDAY, "22:00"), at(WEDNESDAY, "02:00"))

    assert admit(night) == [
        interval(TUESDAY, "22:00", "24:00"),
        interval(WEDNESDAY, "00:00", "02:00"),
    ]


def test_it_is_cut_at_the_midnight_of_the_sites_own_zone() -> None:
    guadeloupe = ZoneInfo("America/Guadeloupe")
    wish = Interval(
        datetime(2026, 11, 25, 3, 0, tzinfo=UTC), datetime(2026, 11, 25, 5, 0, tzinfo=UTC)
    )

    parts = admit(wish, zone=guadeloupe)

    assert [part.starts_at.hour for part in parts] == [3, 4]
    assert admit(wish) == [wish]


def test_a_midnight_is_no_way_around_the_shortest_time() -> None:
    with pytest.raises(TooShort):
        admit(Interval(at(TUESDAY, "22:00"), at(WEDNESDAY, "00:15")))


def test_the_day_when_clocks_go_back_can_be_had_whole_and_its_25_hours_are_25() -> None:
    sunday = interval(date(2026, 10, 25), "00:00", "24:00")
    october = datetime(2026, 10, 1, tzinfo=UTC)

    parts = admitted_times([sunday], limits=Limits(max_minutes=1500), zone=PARIS, now=october)

    assert parts == [sunday]
    assert sunday.length == timedelta(hours=25)
    with pytest.raises(TooLong):
        admitted_times([sunday], limits=Limits(max_minutes=1485), zone=PARIS, now=october)


def test_one_booking_has_a_most_of_times() -> None:
    start = at(TUESDAY, "00:00")
    every_half_hour = [
        Interval(start + 2 * n * QUARTER, start + (2 * n + 1) * QUARTER)
        for n in range(MOST_INTERVALS + 1)
    ]

    assert len(admit(*every_half_hour[:-1], min_minutes=15)) == 124
    with pytest.raises(TooLong):
        admit(*every_half_hour, min_minutes=15)


@pytest.mark.parametrize(
    ("starts_at", "ends_at"),
    [
        (NOW, datetime.max.replace(tzinfo=UTC)),
        (datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)),
        (datetime.max.replace(tzinfo=UTC) - TICK, datetime.max.replace(tzinfo=UTC)),
        (datetime.min.replace(tzinfo=UTC), datetime.min.replace(tzinfo=UTC) + QUARTER),
    ],
    ids=["from now for ever", "all of time", "its last instant", "its first quarter"],
)
def test_ten_thousand_years_are_refused_at_once(starts_at: datetime, ends_at: datetime) -> None:
    with pytest.raises(Refusal) as refusal:
        admit(Interval(starts_at, ends_at))

    assert refusal.value.code in {"in_the_past", "too_far_ahead"}


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        (tuesday("10:00", "09:00"), "ends_before_start"),
        (interval(MONDAY, "09:00", "10:00"), "in_the_past"),
        (interval(date(2027, 11, 23), "09:00", "10:00"), "too_far_ahead"),
        (tuesday("09:01", "10:00"), "off_grid"),
        (tuesday("09:00", "09:15"), "too_short"),
        (tuesday("09:00", "19:00"), "too_long"),
    ],
)
def test_each_refusal_has_its_code_and_words(wish: Interval, code: str) -> None:
    with pytest.raises(Refusal) as refusal:
        admit(wish, max_minutes=480)

    assert refusal.value.code == code
    assert len(str(refusal.value.message)) > 20


@pytest.mark.parametrize(
    ("starts", "ends", "edge"),
    [
        ("07:00", "11:00", "starts"),
        ("12:30", "15:00", "starts"),
        ("20:00", "23:00", "starts"),
        ("12:00", "15:00", "starts"),
        ("10:00", "15:00", "ends"),
        ("17:00", "20:00", "ends"),
    ],
)
def test_past_opening_hours_the_start_is_to_correct_unless_it_is_inside(
    starts: str, ends: str, edge: str
) -> None:
    opening = [tuesday("08:00", "12:00"), tuesday("14:00", "18:00")]

    assert edge_outside([tuesday(starts, ends)], opening) == edge
    assert edge_outside([opening[0], tuesday(starts, ends)], opening) == edge


def test_on_a_day_without_opening_hours_the_day_is_to_correct() -> None:
    assert edge_outside([tuesday("10:00", "15:00")], []) == "on"
