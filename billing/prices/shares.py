"""Shares of prices, told as prices are: to ten cents. Pure."""

from billing.prices.vat import divided

TEN, THOUSAND = 10, 1000


def share_of(cents: int, per_mille: int) -> int:
    """Return so many thousandths of a price, to ten cents.

    >>> share_of(800, 1025)
    820
    """
    return divided(cents * per_mille, THOUSAND * TEN) * TEN


def raised(cents: int, per_mille: int) -> int:
    """Return a price raised by so many thousandths of it, to ten cents; as it is, by none."""
    return share_of(cents, THOUSAND + per_mille) if per_mille else cents
