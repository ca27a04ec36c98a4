"""Columns of amounts."""

from typing import Any

from network.admin.columns import Column, told
from network.templatetags.money import money


def amount(name: str, label: Any) -> Column:
    """Return the column of an amount in cents: "8,50 €"."""
    return told(name, label, money)
