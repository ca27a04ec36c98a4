"""How many sites within reach would be left if a further choice of a search were made as well.

The rule is that of `conditions`, by which the search itself leaves sites out; here it is asked of
what is kept of all sites, as whole numbers whose bits are sites. So fifty choices take no query and
half a millisecond. As within reach, a site counts whether or not it has room.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, reduce
from operator import and_, or_
from typing import Any

from bookings.search.candidates import Search
from bookings.search.having import Bits, Having, sites_having

#: Questions of which any of several answers will do, and where a search has them.
ANY_OF = {"category": "categories", "host": "hosts", "specialisation": "specialisations"}
YES_OR_NO = ("step_free", "on_saturday")
QUESTIONS = (*ANY_OF, *YES_OR_NO, "min_mbps", "radius_km", "equipment")


@dataclass(frozen=True, slots=True)
class Figure:
    """What a choice leaves: `left` sites; those it adds, where others of its kind are chosen."""

    left: int
    more: int | None
    is_made: bool

    @property
    def is_vain(self) -> bool:
        """Tell whether making it would lead nowhere: to no site, or to none besides the others."""
        return not self.is_made and not (self.left if self.more is None else self.more)


class Choices:
    """The further choices of a search on its first day.

    `reach_of` tells how far a choice of the distance, in km, reaches from the place.
    """

    def __init__(
        self, search: Search, day: date, having: Having, reach_of: Callable[[int], float]
    ) -> None:
        self.search, self.day, self.having, self.reach_of = search, day, having, reach_of
        self.made = {name: answer_of(search, name) for name in QUESTIONS}
        self.suiting = {name: self.sites(name, self.made[name]) for name in QUESTIONS}
        self.besides = {name: self.suiting_besides(name) for name in QUESTIONS}

    def figure(self, name: str, value: str) -> Figure:
        """Return what the choice of a question's answer `value` leaves."""
        answer, made = self.also(name, value), self.made[name]
        if answer == made:
            return Figure(self.left_now, None, is_made=True)
        left = self.left(name, answer)
        is_further = name in ANY_OF and bool(made)
        return Figure(left, left - self.left_now if is_further else None, is_made=False)

    @cached_property
    def left_now(self) -> int:
        """Return how many sites are within reach with what is chosen."""
        return reduce(and_, self.suiting.values()).bit_count()

    def left(self, name: str, answer: Any) -> int:
        """Return how many sites are within reach with that answer to one question."""
        return (self.besides[name] & self.sites(name, answer)).bit_count()

    def also(self, name: str, value: str) -> Any:
        """Return the answer to a question with `value` chosen as well, or instead."""
        if name in YES_OR_NO:
            return True
        if name in ("min_mbps", "radius_km"):
            return self.reach_of(int(value)) if name == "radius_km" else int(value or 0)
        made: tuple[str, ...] = self.made[name]
        return made if value in made else (*made, value)

    def suiting_besides(self, name: str) -> int:
        """Return the sites that suit by all questions but that one."""
        return reduce(and_, (bits for other, bits in self.suiting.items() if other != name))

    def sites(self, name: str, answer: Any) -> int:
        """Return the sites that suit by one question with that answer."""
        if name == "equipment":
            return self.equipped(answer)
        if name == "radius_km":
            return self.within(answer)
        if not answer:
            return self.having.every
        has = self.having.sites
        if name == "min_mbps":
            return at_least(has, "mbps", answer)
        return union(has.get((name, one), 0) for one in (answer if name in ANY_OF else (True,)))

    def equipped(self, equipment: Iterable[str]) -> int:
        """Return the sites with a space for so many people that has all the equipment."""
        wanted = [("equipment", one) for one in equipment]
        spaces = zip(self.large_enough, self.having.spaces, strict=True)
        return union(
            reduce(and_, (has.get(one, 0) for one in wanted), large) for large, has in spaces
        )

    @cached_property
    def large_enough(self) -> list[int]:
        """Return the sites of which the first space is for so many people, the second…"""
        return [at_least(has, "capacity", self.search.people) for has in self.having.spaces]

    def within(self, radius_km: float) -> int:
        """Return the sites within reach; without a place, all."""
        near = self.search.near
        return self.having.within(near, radius_km, self.day) if near else self.having.every


def answer_of(search: Search, name: str) -> Any:
    """Return the answer that a search gives to a question."""
    return getattr(search, ANY_OF.get(name, name))


def at_least(has: Bits, name: str, least: int) -> int:
    """Return the sites that have at least so much."""
    return union(bits for (asked, much), bits in has.items() if asked == name and much >= least)


def union(sets: Iterable[int]) -> int:
    """Return the sites of any of the sets."""
    return reduce(or_, sets, 0)


def choices_of(
    search: Search, day: date, reach_of: Callable[[int], float], now: datetime
) -> Choices:
    """Return the choices that could be made besides those of the search, which is of one kind."""
    (kind,) = search.kinds
    return Choices(search, day, sites_having(kind, now), reach_of)
