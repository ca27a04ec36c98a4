"""Speeds of connections in words, in the active language."""

from django import template
from django.utils.formats import number_format

from network.templatetags.dates import GLUE
from network.wording import worded_once

register = template.Library()

MBPS_OF_A_GIGABIT = 1000


@register.filter
@worded_once
def speed(mbps: int) -> str:
    """Return "300 Mbit/s", "1 Gbit/s" or "1,2 Gbit/s": from 1000 Mbit/s on, to a tenth."""
    if mbps < MBPS_OF_A_GIGABIT:
        return f"{mbps}{GLUE}Mbit/s"
    gigabits = round(mbps / MBPS_OF_A_GIGABIT, 1)
    return f"{number_format(gigabits, 0 if gigabits.is_integer() else 1)}{GLUE}Gbit/s"
