"""Days and hours by the clocks of the place, changes of clocks and public holidays included."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from sites.intervals import Interval
from sites.models import Site
from sites.rules import (
    HOLIDAY_NAMES,
    half_days,
    holidays_of_year,
    local_day,
    local_hours,
    local_instant,
    minus,
    public_holiday,
    split_at_midnights,
)
from tests.factories import PARIS, TUESDAY, interval

SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)
ZONES = [PARIS, ZoneInfo("Europe/London"), ZoneInfo("America/Guadeloupe"), ZoneInfo("UTC")]


@pytest.mark.parametrize(
    ("day", "hours"), [(SPRING, 23), (TUESDAY, 24), (AUTUMN, 25)], ids=["spring", "plain", "autumn"]
)
def test_a_local_day_has_23_24_or_25_hours(day: date, hours: int) -> None:
    assert local_day(day, PARIS).length == timedelta(hours=hours)


def test_a_local_day_runs_from_the_places_own_midnight() -> None:
    assert local_day(TUESDAY, ZoneInfo("America/Guadeloupe")) == Interval(
        datetime(2026, 11, 24, 4, tzinfo=UTC), datetime(2026, 11, 25, 4, tzinfo=UTC)
    )


def test_hours_keep_to_the_clock_on_both_sides_of_its_change() -> None:
    saturday = local_hours(date(2026, 3, 28), time(9), time(18), PARIS)
    sunday = local_hours(SPRING, time(9), time(18), PARIS)

    assert saturday == Interval(
        datetime(2026, 3, 28, 8, tzinfo=UTC), datetime(2026, 3, 28, 17, tzinfo=UTC)
    )
    assert sunday == Interval(
        datetime(2026, 3, 29, 7, tzinfo=UTC), datetime(2026, 3, 29, 16, tzinfo=UTC)
    )


def test_closing_at_midnight_is_the_days_end_also_when_it_has_25_hours() -> None:
    assert local_hours(AUTUMN, time(0), time(0), PARIS) == local_day(AUTUMN, PARIS)


def test_an_hour_that_comes_twice_is_open_both_times() -> None:
    night = local_hours(AUTUMN, time(2), time(3), PARIS)

    assert night is not None
    assert night.length == timedelta(hours=2)


def test_an_hour_that_the_clocks_skip_is_not_open() -> None:
    assert local_hours(SPRING, time(2), time(2, 30), PARIS) is None
    assert local_hours(SPRING, time(2), time(3), PARIS) is None
    assert local_hours(SPRING, time(1), time(3), PARIS) == Interval(
        datetime(2026, 3, 29, 0, tzinfo=UTC), datetime(2026, 3, 29, 1, tzinfo=UTC)
    )


def test_the_first_of_two_same_clock_times_is_meant_unless_the_last_is_asked() -> None:
    half_past_two = time(2, 30)

    assert local_instant(AUTUMN, half_past_two, PARIS) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert local_instant(AUTUMN, half_past_two, PARIS, last=True) == datetime(
        2026, 10, 25, 1, 30, tzinfo=UTC
    )


@given(
    st.integers(0, 365 * 24 * 4),
    st.integers(1, 5 * 24 * 4),
    st.sampled_from(ZONES),
)
def test_a_time_cut_at_midnights_is_the_same_time_each_part_within_one_day(
    start: int, quarters: int, zone: ZoneInfo
) -> None:
    starts_at = datetime(2026, 1, 1, tzinfo=UTC) + start * timedelta(minutes=15)
    whole = Interval(starts_at, starts_at + quarters * timedelta(minutes=15))

    parts = split_at_midnights(whole, zone)

    assert (parts[0].starts_at, parts[-1].ends_at) == (whole.starts_at, whole.ends_at)
    assert all(one.ends_at == other.starts_at for one, other in pairwise(parts))
    for part in parts:
        assert local_day(part.starts_at.astimezone(zone).date(), zone).covers(part)


def test_ending_at_midnight_makes_no_empty_part() -> None:
    evening = interval(TUESDAY, "20:00", "24:00")

    assert split_at_midnights(evening, PARIS) == [evening]


def test_what_is_taken_out_leaves_the_rest() -> None:
    day = interval(TUESDAY, "08:00", "18:00")
    holes = [interval(TUESDAY, "12:00", "14:00"), interval(TUESDAY, "17:00", "24:00")]

    assert minus([day], holes) == [
        interval(TUESDAY, "08:00", "12:00"),
        interval(TUESDAY, "14:00", "17:00"),
    ]
    assert minus([day], [interval(TUESDAY, "00:00", "24:00")]) == []


def test_a_day_is_halved_at_one_in_the_afternoon() -> None:
    morning, afternoon = half_days([interval(TUESDAY, "08:00", "18:30")], TUESDAY, PARIS)

    assert morning == [interval(TUESDAY, "08:00", "13:00")]
    assert afternoon == [interval(TUESDAY, "13:00", "18:30")]


def test_less_than_an_hour_is_no_half_day() -> None:
    morning, afternoon = half_days([interval(TUESDAY, "12:15", "14:00")], TUESDAY, PARIS)

    assert morning == []
    assert afternoon == [interval(TUESDAY, "13:00", "14:00")]


@pytest.mark.parametrize(
    "day",
    [
        date(2027, 3, 26),
        date(2026, 12, 26),
        date(2026, 12, 25),
        date(2027, 1, 1),
        date(2026, 4, 6),
        date(2026, 5, 1),
        date(2026, 5, 8),
        date(2026, 5, 14),
        date(2026, 5, 25),
        date(2026, 7, 14),
        date(2026, 8, 15),
        date(2026, 11, 1),
        date(2026, 11, 11),
    ],
)
def test_alsace_and_moselle_keep_thirteen_holidays(day: date) -> None:
    assert public_holiday(Site.Holidays.ALSACE_MOSELLE, day)


def test_the_year_has_no_other_holiday_there() -> None:
    year = [date(2026, 1, 1) + timedelta(days=number) for number in range(365)]

    kept = [day for day in year if public_holiday(Site.Holidays.ALSACE_MOSELLE, day)]

    assert len(kept) == 13


@pytest.mark.parametrize("day", [date(2027, 3, 26), date(2026, 12, 26)])
def test_the_rest_of_france_works_on_good_friday_and_26_december(day: date) -> None:
    assert public_holiday(Site.Holidays.FRANCE, day) == ""
    assert public_holiday(Site.Holidays.FRANCE, date(2026, 12, 25))


def test_a_site_may_open_on_every_holiday() -> None:
    assert public_holiday(Site.Holidays.NONE, date(2026, 12, 25)) == ""


@pytest.mark.parametrize(
    ("language", "name"),
    [("fr", "Lundi de Pâques"), ("de", "Ostermontag"), ("en", "Easter Monday")],
)
def test_a_holiday_has_its_name_in_the_readers_language(language: str, name: str) -> None:
    with translation.override(language):
        assert public_holiday(Site.Holidays.FRANCE, date(2026, 4, 6)) == name


def test_two_holidays_of_one_day_are_both_named() -> None:
    with translation.override("de"):
        name = public_holiday(Site.Holidays.FRANCE, date(2008, 5, 1))

    assert name == "Christi Himmelfahrt; Tag der Arbeit"


def test_every_holiday_for_a_century_is_one_of_those_that_are_translated() -> None:
    years = [holidays_of_year(Site.Holidays.ALSACE_MOSELLE, 2000 + year) for year in range(100)]
    joined = {name for year in years for name in year.values()}

    assert {one for name in joined for one in name.split("; ")} == set(HOLIDAY_NAMES)
