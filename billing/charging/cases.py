"""A turn with what is known of it: what each step of settling is told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from billing.charging.days import Spot
from billing.charging.lines import Sale
from billing.charging.quotes import Use
from billing.charging.reading import Facts, Offer
from billing.charging.standing import Standing
from billing.charging.subjects import Turn, touched
from billing.models import Charge


@dataclass(frozen=True)
class Case:
    """A turn of a booking, what was read for it, and when it happens."""

    turn: Turn
    facts: Facts
    now: datetime

    @property
    def books(self) -> Mapping[str, Sequence[Standing]]:
        """Return the lines that stand, by booking."""
        return self.facts.books

    @property
    def own(self) -> Sequence[Standing]:
        """Return the lines of the booking itself that stand."""
        return self.books[self.turn.reference]

    @property
    def written(self) -> Sequence[Charge]:
        """Return all lines of the booking itself, in their order."""
        return self.facts.lines.get(self.turn.reference, ())

    @property
    def spends_passes(self) -> bool:
        """Tell whether passes may cover it: what was owed in money alone stays so when changed."""
        is_covered = any(one.covered_by for one in self.own)
        is_owed = any(one.line.amount_cents for one in self.own)
        return self.turn.spends_passes and (is_covered or not is_owed)

    @cached_property
    def touched(self) -> list[Spot]:
        """Return where something of the booking changes."""
        return touched(self.turn)

    def covered(self, spot: Spot) -> list[Standing]:
        """Return the lines by which passes cover the booking at a spot."""
        return [one for one in self.own if one.is_cover(spot)]

    def sale(self, offer: Offer, use: Use) -> Sale:
        """Return what all new lines of a use share."""
        return Sale(
            reference=self.turn.reference,
            person=self.turn.person,
            use=use,
            offer=offer,
            now=self.now,
            payer=self.turn.payer,
        )
