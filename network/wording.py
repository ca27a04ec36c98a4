"""Words that many things of a page share: put together once for each language."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import ParamSpec, TypeVar

from django.utils.translation import get_language

Asked = ParamSpec("Asked")
Words = TypeVar("Words")

#: What forgets what is kept, a call each: for whoever changes the words of a running process.
FORGETTING: list[Callable[[], None]] = []
#: Of one function: more than a page has; those asked for long ago are put together again.
MOST_KEPT = 1024


def worded_once(word: Callable[Asked, Words]) -> Callable[Asked, Words]:
    """Keep what `word` says in each language of what it is asked.

    Only for what depends on nothing but its arguments, which tell all that is said, and on the
    language: hours, figures, labels. Twenty results say "8 h – 13 h", "Fibre 1 Gbit/s" or
    "12 libres" forty times, and putting it together takes ten times as long as finding it again.
    """

    @lru_cache(maxsize=MOST_KEPT)
    def kept(_language: str | None, *asked: Asked.args, **named: Asked.kwargs) -> Words:
        return word(*asked, **named)

    FORGETTING.append(kept.cache_clear)

    @wraps(word)
    def worded(*asked: Asked.args, **named: Asked.kwargs) -> Words:
        return kept(get_language(), *asked, **named)  # type: ignore[arg-type]  # all hashable

    return worded
