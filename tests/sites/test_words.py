"""Times, durations and distances read as people of the country write them."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template
from django.utils import translation

from network.templatetags.dates import day_of_week
from sites.intervals import Interval
from sites.models import Site
from sites.templatetags.when import (
    clock_time,
    day_words,
    day_words_long,
    day_words_short,
    distance,
    duration,
    hours,
    when,
    when_long,
)
from tests.factories import PARIS, TUESDAY, at, interval

SPACE = "\N{NO-BREAK SPACE}"
JOINER = "\N{WORD JOINER}"


@pytest.fixture
def french() -> Iterator[None]:
    with translation.override("fr"):
        yield


@pytest.fixture
def german() -> Iterator[None]:
    with translation.override("de"):
        yield


@pytest.fixture
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


def glued(text: str) -> str:
    return text.replace("_", SPACE).replace("–", f"–{JOINER}")


@pytest.mark.usefixtures("french")
class TestFrench:
    def test_a_morning_reads_as_a_day_and_hours_that_do_not_break(self) -> None:
        morning = interval(TUESDAY, "09:00", "12:30")

        assert when(morning, PARIS) == glued("mardi 24 novembre, 9_h_–_12_h_30")
        assert hours(morning, PARIS) == glued("9_h_–_12_h_30")

    def test_the_first_of_the_month_is_premier(self) -> None:
        assert day_words(date(2026, 12, 1)) == "mardi 1ᵉʳ décembre"
        assert day_words_long(date(2027, 1, 1)) == "vendredi 1ᵉʳ janvier 2027"
        assert day_of_week(date(2026, 12, 1)) == "mardi 1ᵉʳ"

    def test_a_day_that_ends_at_midnight_ends_at_24(self) -> None:
        evening = interval(TUESDAY, "18:00", "24:00")

        assert when(evening, PARIS) == glued("mardi 24 novembre, 18_h_–_24_h")

    def test_half_past_midnight_is_not_the_24th_hour(self) -> None:
        night = interval(TUESDAY, "00:00", "00:30")

        assert hours(night, PARIS) == glued("0_h_–_0_h_30")

    def test_several_days_say_both_days(self) -> None:
        days = Interval(at(TUESDAY, "09:00"), at(date(2026, 11, 26), "17:00"))

        assert when(days, PARIS) == glued("mardi 24 novembre, 9_h_–_jeudi 26 novembre, 17_h")
        assert when_long(days, PARIS) == glued(
            "mardi 24 novembre 2026, 9_h_–_jeudi 26 novembre 2026, 17_h"
        )

    @pytest.mark.parametrize(
        ("day", "words"),
        [
            (date(2026, 12, 1), "mar. 1ᵉʳ déc."),
            (date(2026, 11, 24), "mar. 24 nov."),
            (date(2026, 3, 1), "dim. 1ᵉʳ mars"),
        ],
    )
    def test_the_short_form_is_abbreviated_as_it_is_written(self, day: date, words: str) -> None:
        assert day_words_short(day) == words

    def test_the_long_form_has_the_year(self) -> None:
        morning = interval(TUESDAY, "09:00", "12:30")

        assert when_long(morning, PARIS) == glued("mardi 24 novembre 2026, 9_h_–_12_h_30")

    def test_the_site_says_by_which_clocks(self) -> None:
        reunion = Site(time_zone="Indian/Reunion")
        late = Interval(
            datetime(2026, 11, 23, 22, 0, tzinfo=UTC), datetime(2026, 11, 23, 23, 0, tzinfo=UTC)
        )

        assert when(late, reunion) == glued("mardi 24 novembre, 2_h_–_3_h")
        assert when(late, "Europe/Paris") == glued("lundi 23 novembre, 23_h_–_24_h")

    @pytest.mark.parametrize(
        ("day", "starts", "ends", "words"),
        [
            (date(2026, 3, 29), "01:00", "04:00", "1_h_–_4_h"),
            (date(2026, 10, 25), "01:00", "04:00", "1_h_–_4_h"),
        ],
    )
    def test_hours_are_those_of_the_clocks_on_the_days_they_change(
        self, day: date, starts: str, ends: str, words: str
    ) -> None:
        assert hours(interval(day, starts, ends), PARIS) == glued(words)

    @pytest.mark.parametrize(
        ("length", "words"),
        [(45, "45_min"), (120, "2_h"), (210, "3_h_30"), (65, "1_h_05"), (1500, "25_h")],
    )
    def test_durations_are_in_hours(self, length: int, words: str) -> None:
        assert duration(length) == glued(words)
        assert duration(timedelta(minutes=length)) == glued(words)

    @pytest.mark.parametrize(
        ("km", "words"),
        [
            (0.0, "à moins de 100_m"),
            (0.26, "à 250_m"),
            (0.4, "à 400_m"),
            (0.98, "à 1_km"),
            (3.42, "à 3,4_km"),
            (6.0, "à 6_km"),
            (5.98, "à 6_km"),
            (12.4, "à 12_km"),
            (1234.5, "à 1_234_km"),
        ],
    )
    def test_distances_have_no_more_digits_than_needed(self, km: float, words: str) -> None:
        assert distance(km).replace("\u202f", SPACE) == glued(words)


@pytest.mark.usefixtures("english")
class TestEnglish:
    def test_a_morning(self) -> None:
        morning = interval(TUESDAY, "09:00", "12:30")

        assert when(morning, PARIS) == glued("Tuesday 24 November, 9:00_–_12:30")

    def test_a_distance(self) -> None:
        assert distance(3.42) == glued("3.4_km away")

    def test_a_time_of_day(self) -> None:
        assert clock_time(at(TUESDAY, "18:05"), PARIS) == "18:05"


@pytest.mark.usefixtures("german")
class TestGerman:
    def test_a_morning_reads_as_a_day_and_hours_that_do_not_break(self) -> None:
        morning = interval(TUESDAY, "09:00", "12:30")

        assert when(morning, PARIS) == glued("Dienstag, 24. November, 9–12:30_Uhr")
        assert hours(morning, PARIS) == glued("9–12:30_Uhr")

    def test_a_time_of_day(self) -> None:
        assert clock_time(at(TUESDAY, "18:05"), PARIS) == glued("18:05_Uhr")

    def test_a_day_that_ends_at_midnight_ends_at_24(self) -> None:
        assert hours(interval(TUESDAY, "18:00", "24:00"), PARIS) == glued("18–24_Uhr")

    def test_several_days_say_both_days(self) -> None:
        days = Interval(at(TUESDAY, "09:00"), at(date(2026, 12, 1), "17:00"))

        assert when(days, PARIS) == glued(
            "Dienstag, 24. November, 9_Uhr_–_Dienstag, 1. Dezember, 17_Uhr"
        )
        assert when_long(days, PARIS) == glued(
            "Dienstag, 24. November 2026, 9_Uhr_–_Dienstag, 1. Dezember 2026, 17_Uhr"
        )

    @pytest.mark.parametrize(
        ("day", "words"),
        [
            (date(2026, 12, 1), "Di., 1. Dez."),
            (date(2026, 11, 24), "Di., 24. Nov."),
            (date(2026, 3, 1), "So., 1. März"),
        ],
    )
    def test_the_short_form_is_abbreviated_as_it_is_written(self, day: date, words: str) -> None:
        assert day_words_short(day) == words

    def test_a_day_of_the_week_at_hand_needs_no_month(self) -> None:
        assert day_of_week(date(2026, 12, 1)) == "Dienstag, 1."

    @pytest.mark.parametrize(
        ("length", "words"),
        [
            (0, "0_Min."),
            (45, "45_Min."),
            (120, "2_Std."),
            (210, "3_Std._30_Min."),
            (65, "1_Std._5_Min."),
        ],
    )
    def test_durations_are_in_hours(self, length: int, words: str) -> None:
        assert duration(length) == glued(words)

    @pytest.mark.parametrize(
        ("km", "words"),
        [
            (0.0, "weniger als 100_m entfernt"),
            (0.26, "250_m entfernt"),
            (3.42, "3,4_km entfernt"),
            (1234.5, "1.234_km entfernt"),
        ],
    )
    def test_distances_have_a_decimal_comma(self, km: float, words: str) -> None:
        assert distance(km) == glued(words)


def test_templates_write_times_by_the_clocks_of_the_site() -> None:
    template = Template("{% load when %}{{ booked|when:zone }}, {{ length|duration }}")
    context = Context(
        {
            "booked": interval(TUESDAY, "09:00", "12:30"),
            "zone": ZoneInfo("Europe/Paris"),
            "length": 210,
        }
    )

    with translation.override("fr"):
        words = template.render(context)

    assert words == glued("mardi 24 novembre, 9_h_–_12_h_30, 3_h_30")
