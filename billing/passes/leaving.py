"""What became of the last pass of somebody who has none that holds. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass

from billing.models import Pass, Transfer
from billing.passes.holding import Held, free


@dataclass(frozen=True)
class Gone:
    """A pass of which nothing can be taken: spent as a whole, or over before it was."""

    row: Pass
    is_spent: bool


def last_gone(passes: Sequence[Held]) -> Gone | None:
    """Return the last of some passes of which nothing is left: one query, none without passes."""
    if not passes:
        return None
    row = passes[-1].row
    lost = Transfer.objects.filter(source=row.account_id, kind=Transfer.Kind.EXPIRE)
    return Gone(row, is_spent=free(row) <= 0 and not lost.exists())
