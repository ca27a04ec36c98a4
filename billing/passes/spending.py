"""How many half-days of which passes are spent. Pure."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from billing.errors import NotEnough
from billing.passes.holding import Held


def shares(passes: Sequence[Held], half_days: int) -> list[tuple[Held, int]]:
    """Return how much of each pass makes so many half-days, the first ones first.

    Raises NotEnough when all together hold less.
    """
    taken: list[tuple[Held, int]] = []
    for one in passes:
        if amount := min(one.left, half_days):
            taken.append((one, amount))
            half_days -= amount
    if half_days:
        raise NotEnough(_("There are not enough half-days left on your passes."))
    return taken
