"""What a subscription owes for a month: a line for all seats that are had from the same day on."""

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid5

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from billing.charging.quotes import HUNDRED
from billing.ledger.accounts import earned_by, owed_by, owed_by_forgotten, owed_by_organisation
from billing.ledger.posting import Entry
from billing.models import Account, Charge, Transfer, VatRegime
from billing.statements.months import Month, day_of
from network.templatetags.dates import date_words
from subscriptions.models import Subscription
from subscriptions.months.counting import parts_of
from subscriptions.months.shares import Part, paid, price

LONGEST_WORDS = 200


def month_lines(subscription: Subscription, month: Month, now: datetime) -> list[Charge]:
    """Return the lines that a month owes, yet to be written; none of what is on trial, or free.

    In the language of who reads them.
    """
    reader = subscription.person or subscription.made_by
    vat = VatRegime.objects.of(subscription.version.plan.seller, month.last)
    with translation.override(reader.language if reader else settings.LANGUAGE_CODE):
        every = [line_of(subscription, month, part) for part in paid_parts(subscription, month)]
    rows = [one for one in every if one.amount_cents]
    for number, row in enumerate(rows):
        row.key = uuid5(subscription.key, f"charged:{month}:{number}")
        row.vat_regime, row.vat_rate, row.made_at = vat.regime, vat.rate, now
    return rows


def paid_parts(subscription: Subscription, month: Month) -> list[Part]:
    """Return the seats of a month that are paid, by the days from which they are."""
    every = (paid(part, subscription.trial_until) for part in parts_of(subscription, month))
    return [part for part in every if part]


def line_of(subscription: Subscription, month: Month, part: Part) -> Charge:
    """Return the line of some seats, but for when it is made and its VAT."""
    version = subscription.version
    cents = price(version.price_cents, part, month)
    return Charge(
        kind=Charge.Kind.SUBSCRIPTION,
        subject=subscription.subject,
        operator=version.plan.seller,
        person=subscription.person,
        organisation=subscription.organisation,
        starts_at=day_of(part.first).starts_at,
        ends_at=day_of(part.last).ends_at,
        words=words_of(subscription, month, part)[:LONGEST_WORDS],
        quantity=part.seats * HUNDRED,
        unit_price_cents=cents,
        amount_cents=part.seats * cents,
        full_price_cents=part.seats * cents,
    )


def words_of(subscription: Subscription, month: Month, part: Part) -> str:
    """Return "Équipe, November 2026, 5 seats", with the purchase order."""
    told = {
        "name": str(subscription.version.told_name),
        "month": date_format(month.first, "F Y"),
        "count": part.seats,
        "first": date_words(part.first),
        "last": date_words(part.last),
    }
    words = (
        ngettext(
            "%(name)s, %(month)s, %(count)s seat",
            "%(name)s, %(month)s, %(count)s seats",
            part.seats,
        )
        % told
    )
    if (part.first, part.last) != (month.first, month.last):
        words += _(" (%(first)s – %(last)s)") % told
    if subscription.purchase_order:
        words += _(", order %(order)s") % {"order": subscription.purchase_order}
    return words


def month_entries(subscription: Subscription, lines: Sequence[Charge]) -> list[Entry]:
    """Return what the ledger moves for the lines of a month."""
    return [
        Entry(
            key=uuid5(one.key, "charged"),
            kind=Transfer.Kind.CHARGE,
            source=payer_of(subscription),
            target=earned_by(one.operator),
            amount=one.amount_cents,
            subject=subscription.subject,
        )
        for one in lines
    ]


def payer_of(subscription: Subscription) -> Account:
    """Return the account of who pays."""
    if subscription.organisation is not None:
        return owed_by_organisation(subscription.organisation)
    return owed_by(subscription.person) if subscription.person else owed_by_forgotten()
