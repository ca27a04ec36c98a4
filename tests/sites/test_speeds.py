"""Speeds read as people say them."""

import pytest
from django.utils import translation

from sites.templatetags.speeds import speed
from tests.words import plain


@pytest.mark.parametrize(
    ("mbps", "words"),
    [
        (30, "30 Mbit/s"),
        (999, "999 Mbit/s"),
        (1000, "1 Gbit/s"),
        (1024, "1 Gbit/s"),
        (1200, "1,2 Gbit/s"),
        (1980, "2 Gbit/s"),
        (10000, "10 Gbit/s"),
    ],
)
def test_thousand_megabits_are_a_gigabit(mbps: int, words: str) -> None:
    with translation.override("fr"):
        assert plain(speed(mbps)) == words


def test_a_tenth_is_written_as_the_language_does() -> None:
    with translation.override("en"):
        assert speed(1200) == "1.2\N{NO-BREAK SPACE}Gbit/s"
