"""Which labels a site cannot hold at one time: a rule, told of dates and exclusions alone."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import combinations


@dataclass(frozen=True)
class Held:
    """A label held from one day to another, both included; without an end, for good."""

    label_id: int
    starts_on: date
    ends_on: date | None

    def meets(self, other: "Held") -> bool:
        """Tell whether there is a day on which both are held."""
        last, others_last = self.ends_on or date.max, other.ends_on or date.max
        return self.starts_on <= others_last and other.starts_on <= last


def first_clash(
    held: Iterable[Held], exclusions: Collection[frozenset[int]]
) -> tuple[Held, Held] | None:
    """Return the first two that no site may hold at one time: one label twice, or a pair excluded.

    `exclusions` are pairs of ids of labels.
    """
    for one, other in combinations(held, 2):
        ids = frozenset((one.label_id, other.label_id))
        if one.meets(other) and (len(ids) == 1 or ids in exclusions):
            return one, other
    return None
