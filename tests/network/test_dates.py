"""Days and moments read as the language writes them, whole on their line."""

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.utils import translation

from network.templatetags.dates import date_words, day_of_week, hour_range, moment_words
from tests.words import plain

FIRST = date(2026, 12, 1)
SECOND = date(2026, 12, 2)


@pytest.mark.parametrize(
    ("language", "first", "second"),
    [
        ("fr", "1ᵉʳ décembre 2026", "2 décembre 2026"),
        ("en", "1 December 2026", "2 December 2026"),
        ("de", "1. Dezember 2026", "2. Dezember 2026"),
    ],
)
def test_the_first_of_the_month_has_its_own_number_in_french(
    language: str, first: str, second: str
) -> None:
    with translation.override(language):
        assert (date_words(FIRST), date_words(SECOND)) == (first, second)


def test_a_day_of_the_week_has_its_number() -> None:
    with translation.override("fr"):
        assert day_of_week(FIRST) == "mardi 1ᵉʳ"
    with translation.override("de"):
        assert day_of_week(FIRST) == "Dienstag, 1."


def test_a_moment_is_told_by_the_clocks_of_its_zone() -> None:
    moment = datetime(2026, 12, 1, 8, 30)  # noqa: DTZ001  # what the template hands over is local

    with translation.override("fr"):
        assert plain(moment_words(moment)) == "1ᵉʳ décembre 2026, 8 h 30"
    with translation.override("en"):
        assert moment_words(moment) == "1 December 2026, 8:30"
    with translation.override("de"):
        assert plain(moment_words(moment)) == "1. Dezember 2026, 8:30 Uhr"


def test_what_code_says_of_an_instant_is_by_the_clocks_of_the_reader_too() -> None:
    stored = datetime(2026, 11, 30, 23, 30, tzinfo=UTC)

    with translation.override("en"):
        assert moment_words(stored) == "1 December 2026, 0:30"
        assert date_words(stored) == "1 December 2026"


def test_templates_tell_instants_in_the_zone_of_the_reader() -> None:
    template = Template("{% load dates %}{{ at|moment_words }} / {{ at|date_words }}")
    late = Context({"at": datetime(2026, 11, 30, 23, 15, tzinfo=UTC)})

    with translation.override("fr"):
        words = template.render(late)

    assert plain(words) == "1ᵉʳ décembre 2026, 0 h 15 / 1ᵉʳ décembre 2026"


def test_hours_are_joined_so_that_no_line_ends_at_the_dash() -> None:
    assert hour_range("9:00", "12:30") == (
        "9:00\N{NO-BREAK SPACE}\N{EN DASH}\N{WORD JOINER}\N{NO-BREAK SPACE}12:30"
    )
