"""Half-days of a pass are given or taken back by its seller: a mistake made good, a gesture."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from billing.errors import PassOver
from billing.grids.rights import operators_of
from billing.ledger.accounts import sold_by
from billing.ledger.posting import Entry, lock, post
from billing.models import Pass, Transfer
from billing.models.passes import PassQuerySet
from billing.passes.correction_mail import send_correction_mail
from network.models import User

#: Half-days that one correction moves at most.
MOST = 100


class Correction(NamedTuple):
    """Half-days that a pass has more, or below zero less, and why: its holder reads that."""

    half_days: int
    reason: str


def passes_sold_for(by: User) -> PassQuerySet:
    """Return the passes of people that the operators of `by` sold."""
    return Pass.objects.bought().filter(operator__in=operators_of(by), person__isnull=False)


@transaction.atomic
def correct_pass(
    *, sold: Pass, correction: Correction, by: User, now: datetime, key: UUID
) -> Transfer:
    """Move half-days between a pass and its seller, and tell its holder, once however often asked.

    Raises what `write_correction` does.
    """
    row, is_new = write_correction(sold=sold, correction=correction, by=by, now=now, key=key)
    if is_new:
        send_correction_mail.enqueue(row.pk)
    return row


def write_correction(
    *, sold: Pass, correction: Correction, by: User, now: datetime, key: UUID
) -> tuple[Transfer, bool]:
    """Move half-days between a pass and its seller; who did it stays written.

    Return the transfer, and whether it is new: asked again with the same key it is the one there
    is. Nobody is told; the caller is in a transaction. Raises NotEnough for more than the pass has,
    PassOver when it holds no longer, KeyOfAnother; PermissionDenied to whoever did not sell it, or
    holds it.
    """
    refuse_others(sold, by)
    entry = entry_of(sold, correction, key)
    lock(entry.source, entry.target)
    is_new = not Transfer.objects.filter(key=key).exists()
    if is_new and sold.valid_until <= now:
        raise PassOver(_("This pass is over: nothing can be spent of it any more."))
    (row,) = post(entries=[entry], now=now)
    if is_new:
        write_down(sold, correction, by)
    return row, is_new


def refuse_others(sold: Pass, by: User) -> None:
    """Raise PermissionDenied unless `by` runs sites of the seller; nobody corrects their own."""
    if sold.person_id == by.pk or not passes_sold_for(by).filter(pk=sold.pk).exists():
        raise PermissionDenied


def entry_of(sold: Pass, correction: Correction, key: UUID) -> Entry:
    """Return what the ledger moves."""
    seller, half_days = sold_by(sold.operator), correction.half_days
    source, target = (seller, sold.account) if half_days > 0 else (sold.account, seller)
    return Entry(
        key=key,
        kind=Transfer.Kind.ADJUST,
        source=source,
        target=target,
        amount=abs(half_days),
        subject=sold.subject,
        words=correction.reason,
    )


def write_down(sold: Pass, correction: Correction, by: User) -> None:
    """Keep who corrected what in the network's log, without the reason: it may tell of somebody."""
    words = f"{correction.half_days:+d} half-days"
    LogEntry.objects.log_actions(by.pk, [sold], CHANGE, words, single_object=True)
