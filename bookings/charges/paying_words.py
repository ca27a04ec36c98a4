"""The ways to pay for a booking, in words."""

from django.utils.translation import gettext as _

from billing.showing.telling import Price
from billing.templatetags.prices import payment_words, spent_words, told_ways
from bookings.charges.paying import Paying, Way
from network.templatetags.money import money


def way_words(paying: Paying, way: Way) -> str:
    """Return what choosing a way means: on whose account, and what it costs."""
    if not paying.accounts:
        return payment_words(way.price) if way.price else ""
    name, cost = account_words(way), account_cost(way.price)
    return _("%(account)s: %(cost)s") % {"account": name, "cost": cost} if cost else name


def account_words(way: Way) -> str:
    """Return on whose account a way is."""
    if way.payer is None:
        return own_account()
    return _("On account of %(organisation)s") % {"organisation": way.payer.name}


def own_account() -> str:
    """Return that the person pays."""
    return _("On your own account")


def account_cost(price: Price | None) -> str:
    """Return what an account gives: "1 half-day of “Team”. 3 will be left.", "€8.00"."""
    if price is None:
        return ""
    told = [spent_words(one) for one in price.spent]
    told += [money(price.cents)] if price.cents else []
    return " ".join(told) or _("Nothing to pay")


def terms_of_ways(paying: Paying) -> list[tuple[str, Price | None]]:
    """Return what each way costs, under its name if there is a choice."""
    own = told_ways(paying.own)
    if not paying.accounts:
        return own
    accounts = ((account_words(one), one.price) for one in paying.accounts)
    return [*accounts, *((name or own_account(), price) for name, price in own)]
