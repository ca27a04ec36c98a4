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
    number = number_format(f"{abs(cents) / 100:.2f}", decimal_pos=2, force_grouping=True)
    words = gettext("€%(amount)s") % {"amount": number}
    return f"{MINUS}{words}" if cents < 0 else words
