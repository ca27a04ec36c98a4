"""Words that many things of a page share, put together once for each language."""

from django.utils.translation import gettext, override

from network.wording import worded_once


def test_words_are_put_together_once_for_what_is_asked() -> None:
    asked: list[int] = []

    @worded_once
    def places(number: int) -> str:
        asked.append(number)
        return f"{number} places"

    told = [places(3), places(3), places(4)]

    assert told == ["3 places", "3 places", "4 places"]
    assert asked == [3, 4]


def test_words_kept_for_readers_of_one_language_are_not_told_to_those_of_another() -> None:
    @worded_once
    def closed() -> str:
        return gettext("closed")

    told = []
    for language in ("en", "fr", "en"):
        with override(language):
            told.append(closed())

    assert told == ["closed", "fermé", "closed"]
