"""What a page says that a press costs, gives back and keeps: the press does no worse."""

import re
from typing import NamedTuple

from django.utils.translation import gettext as _

from billing.charging.settling import Settlement
from billing.showing.losses import Loss
from billing.showing.telling import Price
from billing.templatetags.prices import cost_words
from bookings.errors import PriceChanged

#: Numbers of a `Difference`: no page of ours writes longer ones.
CODE = re.compile(r"-?[0-9]{1,9}(?:/-?[0-9]{1,9}){3}")


class Difference(NamedTuple):
    """What a step costs its person with all their bookings; below zero, what they get back.

    What is kept as late is in both sums.
    """

    more_cents: int = 0
    more_half_days: int = 0
    kept_cents: int = 0
    kept_half_days: int = 0

    @property
    def code(self) -> str:
        """Return what a form sends back to agree: nothing where nothing differs."""
        return "/".join(str(one) for one in self) if any(self) else ""

    def is_no_worse_than(self, other: "Difference") -> bool:
        """Tell whether who agreed to the other may be given this one unasked.

        Half-days are no better than money: who was told cents is not charged a pass instead.
        """
        return all(mine <= agreed for mine, agreed in zip(self, other, strict=True))


def agreed_in(code: str) -> Difference | None:
    """Return what a form agrees to; None when it tells nothing that can be read."""
    return Difference(*map(int, code.split("/"))) if CODE.fullmatch(code) else None


def is_agreed(difference: Difference, agreed: Difference | None) -> bool:
    """Tell whether a step may be done: nothing differs, or no worse than what was agreed to."""
    return not any(difference) or bool(agreed and difference.is_no_worse_than(agreed))


def of_price(price: Price | None) -> Difference:
    """Return what is agreed to by who was told the price of a booking; without one, nothing."""
    if price is None:
        return Difference()
    half_days = sum(one.half_days for one in price.spent) + price.late_half_days
    return Difference(price.cents, half_days)


def of_loss(loss: Loss) -> Difference:
    """Return what is agreed to by who was told what giving up gives back and keeps."""
    return Difference(-loss.back_cents, -loss.back_half_days, loss.kept_cents, loss.kept_half_days)


def of_settlement(settled: Settlement) -> Difference:
    """Return what a new booking is about to cost, counted as its price is."""
    return Difference(*settled.draft.own_cost)


def refuse_dearer(cost: Difference, told: Difference) -> None:
    """Refuse a new booking that costs more than its page told. Raises PriceChanged."""
    if is_agreed(cost, told):
        return
    words = _("This costs %(cost)s. Press once more if that is right.")
    if any(told):
        words = _(
            "This costs %(cost)s now, other than this page told you. Press once more if that is"
            " right."
        )
    raise PriceChanged(words % {"cost": cost_words(cost.more_cents, cost.more_half_days)})
