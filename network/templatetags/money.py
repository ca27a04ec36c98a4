"""Amounts of money as people read them."""

from django import template
from django.utils.formats import number_format
from django.utils.translation import gettext

register = template.Library()
#: U+2212, as wide as a plus: a hyphen is taken for a dash.
MINUS = "−"


@register.filter
def money(cents: int) -> str:
    """Return cents as an amount in euros: « 12,50 € », "€12.50"; whole ones have cents too."""
    return amount(cents, 2)


def short_money(cents: int) -> str:
    """Return the same where room is scarce: « 8 € », « 12,50 € »; whole ones without cents."""
    return amount(cents, 2 if cents % 100 else 0)


def amount(cents: int, decimals: int) -> str:
    """Return cents as an amount in euros with so many decimals."""
    number = number_format(
        f"{abs(cents) / 100:.{decimals}f}", decimal_pos=decimals, force_grouping=True
    )
    words = gettext("€%(amount)s") % {"amount": number}
    return f"{MINUS}{words}" if cents < 0 else words
