"""What giving up a booking gives back, makes others cost and keeps, in words."""

from collections.abc import Iterator

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from billing.showing.losses import Loss
from billing.showing.telling import Price
from billing.templatetags.prices import back_words, moved_clock, paid_by, shared_words
from network.templatetags.money import money

register = template.Library()


@register.filter
def more_words(cents: int, payer: str = "") -> str:
    """Return what is to be paid more than before, in a sentence: by whom, if not the reader."""
    if payer:
        words = _("%(organisation)s pays %(amount)s more than before.")
        return words % {"organisation": payer, "amount": money(cents)}
    return _("You pay %(amount)s more than before.") % {"amount": money(cents)}


@register.filter
def loss_words(loss: Loss) -> list[str]:
    """Return what cancelling gives back and what is kept, in sentences."""
    told = [*owed_words(loss, _("%(amount)s will no longer be owed.")), *rest_words(loss)]
    return with_payer(told, loss.on_account_of)


@register.filter
def done_words(loss: Loss | None) -> list[str]:
    """Return the same of what has just been cancelled; nothing of what costs nothing."""
    if loss is None:
        return []
    told = owed_words(loss, _("%(amount)s is no longer owed.")) + rest_words(loss, is_done=True)
    is_kept = loss.kept_cents or loss.kept_half_days
    told = told if is_kept or not told else [*told, _("Nothing is kept.")]
    return with_payer(told, loss.on_account_of)


def with_payer(told: list[str], payer: str) -> list[str]:
    """Return sentences about what is owed, and that it is not the reader who does, if so."""
    return [*told, paid_by(payer)] if told and payer else told


def owed_words(loss: Loss, less: str) -> list[str]:
    """Return what is owed less, in those words, or more, and what other bookings cost more."""
    told = []
    own = loss.back_cents + max(0, loss.others_cents)
    if own > 0:
        told.append(less % {"amount": money(own)})
    elif own:
        told.append(more_words(-own, loss.on_account_of))
    if loss.others_cents > 0:
        words = _("Your other bookings of the week cost %(amount)s more without this one.")
        told.append(words % {"amount": money(loss.others_cents)})
    return told


def rest_words(loss: Loss, *, is_done: bool = False) -> list[str]:
    """Return what becomes of half-days of passes, what is kept, and by which clock."""
    told = half_day_words(loss, is_done=is_done)
    told += kept_late_words(loss.kept_cents, loss.kept_half_days)
    if loss.shared_clock:
        told.append(shared_words(loss.shared_clock))
    return [*told, moved_clock()] if loss.keeps_clock else told


def half_day_words(loss: Loss, *, is_done: bool) -> list[str]:
    """Return what becomes of half-days of passes."""
    told = [*moved_words(loss.back_half_days, is_done=is_done)]
    if (count := loss.others_half_days) > 0:
        words = ngettext(
            "Your other bookings of the day take %(count)s half-day more without this one.",
            "Your other bookings of the day take %(count)s half-days more without this one.",
            count,
        )
        told.append(words % {"count": count})
    return told


def kept_late_words(cents: int, half_days: int) -> list[str]:
    """Return what is kept of what is given up late, in sentences."""
    told = []
    if cents:
        words = _("%(amount)s is kept, because it is given up late.")
        told.append(words % {"amount": money(cents)})
    if half_days:
        words = ngettext(
            "%(count)s half-day is kept, because it is given up late.",
            "%(count)s half-days are kept, because it is given up late.",
            half_days,
        )
        told.append(words % {"count": half_days})
    return told


def given_up_words(price: Price) -> list[str]:
    """Return what was given back of a booking that was just given up, and what was kept of it."""
    return [*back_words(price), *kept_late_words(price.late_cents, price.late_half_days)]


def moved_words(count: int, *, is_done: bool) -> Iterator[str]:
    """Yield how many half-days go back to a pass, or below zero are taken of it."""
    if count > 0 and is_done:
        words = ngettext(
            "%(count)s half-day is back on your pass.",
            "%(count)s half-days are back on your pass.",
            count,
        )
        yield words % {"count": count}
    elif count > 0:
        words = ngettext(
            "%(count)s half-day goes back to your pass.",
            "%(count)s half-days go back to your pass.",
            count,
        )
        yield words % {"count": count}
    elif count:
        words = ngettext(
            "%(count)s more half-day is taken of your pass.",
            "%(count)s more half-days are taken of your pass.",
            -count,
        )
        yield words % {"count": -count}
