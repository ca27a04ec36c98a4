"""What a subscription is, in words that its page and its mails share."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from billing.passes.telling import as_read
from network.templatetags.dates import date_words
from network.templatetags.money import money
from sites.telling import Told, source_language
from subscriptions.models import Subscription
from subscriptions.months.counting import seats_now


def details_of(subscription: Subscription) -> list[tuple[str, Told]]:
    """Return what there is to know of a subscription: label, words."""
    return [
        *whose(subscription),
        (_("From:"), as_read(date_words(subscription.starts_on))),
        *last_days(subscription),
        (_("Price:"), as_read(price_words(subscription))),
        (_("Seller:"), Told(subscription.version.plan.seller.name, source_language())),
    ]


def whose(subscription: Subscription) -> list[tuple[str, Told]]:
    """Return which organisation pays, for how many seats; nothing of a person's own."""
    if subscription.organisation is None:
        return []
    told = [
        (_("Paid by:"), Told(subscription.organisation.name, source_language())),
        (_("Seats:"), as_read(str(seats_now(subscription, timezone.localdate())))),
    ]
    if subscription.purchase_order:
        told.append((_("Purchase order:"), as_read(subscription.purchase_order)))
    return told


def last_days(subscription: Subscription) -> list[tuple[str, Told]]:
    """Return until when it is free of charge, and until when it goes on, if it is told."""
    told = [
        (_("Free until:"), subscription.trial_until),
        (_("Ends on:"), subscription.ends_on),
    ]
    return [(label, as_read(date_words(day))) for label, day in told if day]


def price_words(subscription: Subscription) -> str:
    """Return "5 × 28,00 € = 140,00 € a month, VAT included"."""
    seats = seats_now(subscription, timezone.localdate())
    cents = subscription.version.price_cents
    words = ngettext(
        "%(all)s a month, VAT included",
        "%(count)s × %(one)s = %(all)s a month, VAT included",
        seats,
    )
    return words % {"count": seats, "one": money(cents), "all": money(seats * cents)}
