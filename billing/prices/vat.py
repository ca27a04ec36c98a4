"""Value added tax: what a price, told with the tax, contains of it."""

from collections.abc import Sequence

from django.db import models
from django.utils.translation import gettext_lazy as _

#: A rate of 20 % is 2,000 basis points.
WHOLE = 10_000


class Regime(models.TextChoices):
    """Whether an issuer charges VAT, and the article by which it does not.

    Source: code général des impôts; a dated setting of each issuer, not legal advice.
    """

    TAXABLE = "taxable", _("Subject to VAT")
    FRANCHISE = "franchise", _("VAT not applicable, article 293 B of the CGI")
    NON_PROFIT = "non_profit", _("Exempt from VAT, article 261-7-1° of the CGI")
    PUBLIC_BODY = "public_body", _("Outside the scope of VAT, article 256 B of the CGI")


def divided(amount: int, by: int) -> int:
    """Return `amount / by` rounded to the nearest whole, halves away from zero."""
    half_up = (2 * abs(amount) + by) // (2 * by)
    return half_up if amount >= 0 else -half_up


def net_cents(gross_cents: int, rate: int) -> int:
    """Return what is left of a price with VAT at `rate` basis points once the tax is out."""
    return divided(gross_cents * WHOLE, WHOLE + rate)


def tax_cents(gross_cents: int, rate: int) -> int:
    """Return the tax in a price; with the net price it makes the whole, to the cent."""
    return gross_cents - net_cents(gross_cents, rate)


def shared_nets(amounts: Sequence[int], rate: int) -> list[int]:
    """Return what is left of each of some prices; together, what is left of their sum.

    The tax is reckoned on the sum, so that it is rounded once; the cents that are left over go to
    those that rounding down took most from (largest remainder): none is a cent off.
    """
    parts = [divmod(amount * WHOLE, WHOLE + rate) for amount in amounts]
    left = net_cents(sum(amounts), rate) - sum(floor for floor, _rest in parts)
    by_rest = sorted(range(len(parts)), key=lambda number: -parts[number][1])
    raised = set(by_rest[:left])
    return [floor + (number in raised) for number, (floor, _rest) in enumerate(parts)]
