"""The price of a booking in words: what is paid, what covers it, how it is cancelled."""

from collections.abc import Iterator
from dataclasses import replace

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from billing.passes.holding import Held
from billing.prices.durations import Duration
from billing.showing.aids import Aid
from billing.showing.alone import Alone
from billing.showing.stakes import SharedClock
from billing.showing.telling import Price, Spent
from network.templatetags.money import money, short_money
from network.wording import worded_once
from sites.templatetags.when import clock_time, day_words

register = template.Library()


@register.filter
def price_words(price: Price) -> str:
    """Return what is to be paid: "8,00 €", "Nothing to pay", "1 half-day or 8,00 €"."""
    if price.otherwise:
        passes, cents = map(paid_words, price.ways)
        return _("%(passes)s, or %(money)s") % {"passes": passes, "money": cents}
    return money(price.cents) if price.cents else _("Nothing to pay")


def paid_words(price: Price) -> str:
    """Return what half-days and cents it takes: "1 half-day of your pass and 8,00 €"."""
    half_days = sum(one.half_days for one in price.spent) + price.late_half_days
    return cost_words(price.cents, half_days)


def cost_words(cents: int, half_days: int) -> str:
    """Return what is given: "8,00 €", "1 half-day of your pass", both, or "Nothing to pay"."""
    amount = money(cents) if cents else _("Nothing to pay")
    if not half_days:
        return amount
    words = ngettext(
        "%(count)s half-day of your pass", "%(count)s half-days of your pass", half_days
    )
    told = {"half_days": words % {"count": half_days}, "amount": amount}
    return _("%(half_days)s and %(amount)s") % told if cents else told["half_days"]


def payment_words(price: Price) -> str:
    """Return what is to be given, and what is left: of "1 half-day of “Ten”. 3 will be left."."""
    told = [spent_words(one) for one in price.spent]
    if price.cents:
        told.append(_("Pay %(amount)s") % {"amount": money(price.cents)})
    return " ".join(told)


def money_first_words(price: Price) -> str:
    """Return why money is chosen first where passes could be spent: what their half-days cost."""
    passes, _money = price.ways
    words = ngettext(
        "In money it costs less: the half-day of your pass cost you %(worth)s.",
        "In money it costs less: the half-days of your pass cost you %(worth)s.",
        sum(one.half_days for one in passes.spent),
    )
    return words % {"worth": money(passes.worth_cents)}


@worded_once
def slot_price(alone: Alone | None) -> str:
    """Return the price beside a time, in a word: "8 €", "compris" in a pass; nothing of none."""
    if alone is None:
        return ""
    if alone.is_covered:
        return pgettext("in a pass", "included")
    return short_money(alone.cents) if alone.cents else pgettext("price", "no charge")


@register.filter
def price_reasons(price: Price) -> list[str]:
    """Return why it is that much: passes, other bookings of the week, a subsidy, what was late."""
    if price.otherwise:  # what is spent of passes is said where it is chosen
        return price_reasons(replace(price.ways[-1], otherwise=None))
    told = [spent_words(one) for one in price.spent] + peak_words(price) + week_words(price)
    if price.subsidy_cents > 0:
        words = _("The full price is %(full)s: a subsidy pays the rest.")
        told.append(words % {"full": money(price.full_cents)})
        told += [aid_words(one) for one in price.aids]
    return told + unused_words(price) + late_words(price) + back_words(price)


def peak_words(price: Price) -> list[str]:
    """Return that it, or a part of it, has the price off peak."""
    owed = [one for one in price.lines if not one.covered_by]
    calm = [one for one in owed if one.is_off_peak]
    if not calm:
        return []
    return [_("Off-peak price.") if calm == owed else _("Part of it has the off-peak price.")]


def week_words(price: Price) -> list[str]:
    """Return what other bookings of the week do to the price, and have done since it was made."""
    told = []
    if price.saved_cents:
        words = _("%(amount)s less, together with your other bookings of the week.")
        told.append(words % {"amount": money(price.saved_cents)})
    if price.before_cents is not None:
        words = _("It cost %(amount)s until another booking of the same week changed.")
        told.append(words % {"amount": money(price.before_cents)})
    return told


@register.filter
def back_words(price: Price) -> list[str]:
    """Return what was given back of a booking that was given up; nothing of one that stands."""
    told = []
    if price.back_cents > 0:
        told.append(_("%(amount)s is no longer owed.") % {"amount": money(price.back_cents)})
    for row, count in price.back:
        words = ngettext(
            "%(count)s half-day is back on “%(name)s”.",
            "%(count)s half-days are back on “%(name)s”.",
            count,
        )
        told.append(words % {"count": count, "name": row.told_name})
    if told and not price.late_cents and not price.late_half_days:
        told.append(_("Nothing is kept."))
    return told


@register.filter
def payer_words(price: Price | None) -> str:
    """Return how what is owed in money is paid; nothing where nothing is owed."""
    if price and price.on_account_of:
        return paid_by(price.on_account_of)
    return on_account() if price and price.cents else ""


def paid_by(organisation: str) -> str:
    """Return that an organisation pays, and not the person."""
    return _("On account of %(organisation)s: you pay nothing.") % {"organisation": organisation}


@register.simple_tag
def on_account() -> str:
    """Return how what is owed is paid as long as there are no invoices."""
    return _("On account. You pay nothing now, it will stand on your statement of the month.")


def priced_words(cents: int, half_days: int) -> str:
    """Return what something costs, within a sentence: nothing is "€0.00"."""
    return cost_words(cents, half_days) if cents or half_days else money(0)


def unused_words(price: Price) -> list[str]:
    """Return why half-days that are left are not spent on it."""
    if not price.unused:
        return []
    words = ngettext(
        "A day is covered as a whole or not at all: %(count)s half-day is too few, it stays.",
        "A day is covered as a whole or not at all: %(count)s half-days are too few, they stay.",
        price.unused,
    )
    return [words % {"count": price.unused}]


def aid_words(aid: Aid) -> str:
    """Return "Aide de : CC de la Vallée de Villé. Moins de trajets vers la ville."."""
    return _("Subsidised by: %(funder)s. %(reason)s.") % {
        "funder": aid.funder,
        "reason": aid.reason.rstrip(". "),
    }


def late_words(price: Price) -> list[str]:
    """Return how much of it was kept for what was given up late: all, some, or nothing to tell."""
    told = []
    if price.late_cents and price.late_cents == price.cents:
        told.append(_("It was kept because of the late cancellation."))
    elif price.late_cents:
        words = _("%(amount)s of it was kept for what was given up late.")
        told.append(words % {"amount": money(price.late_cents)})
    if count := price.late_half_days:
        words = ngettext(
            "%(count)s half-day was kept for what was given up late.",
            "%(count)s half-days were kept for what was given up late.",
            count,
        )
        told.append(words % {"count": count})
    return told


def spent_words(one: Spent) -> str:
    """Return "1 demi-journée de « Carnet de dix » : il en restera 9"."""
    told = {"count": one.half_days, "name": one.row.told_name, "left": one.left}
    if not one.half_days:
        return _("Covered by the half-day that “%(name)s” pays already.") % told
    words = ngettext(
        "%(count)s half-day of “%(name)s”.", "%(count)s half-days of “%(name)s”.", one.half_days
    )
    if one.left is None:
        return words % told
    left = ngettext("%(left)s will be left.", "%(left)s will be left.", one.left)
    return f"{words % told} {left % told}"


@register.filter
def price_left(price: Price) -> list[str]:
    """Return what is left of the passes that cover a booking."""
    return [left_on(one) for one in price.passes]


def left_on(held: Held) -> str:
    """Return "9 half-days are left of “Carnet de dix”."."""
    words = ngettext(
        "%(left)s half-day is left of “%(name)s”.",
        "%(left)s half-days are left of “%(name)s”.",
        held.left,
    )
    return words % {"left": held.left, "name": held.row.told_name}


@register.filter
def told_ways(price: Price | None) -> list[tuple[str, Price | None]]:
    """Return what it costs, each way under its name if there is a choice."""
    if price is None or price.otherwise is None:
        return [("", price)]
    return list(zip((_("With your pass"), _("In money")), price.ways, strict=True))


@register.filter
def terms_words(price: Price | None) -> str:
    """Return until when cancelling is free, and what is kept after that; always without a price."""
    told = stake_words(price) if price and price.free_until else ()
    return " ".join(told) or _("Free to change or cancel until it starts.")


def stake_words(price: Price) -> Iterator[str]:
    """Yield what is kept when it is cancelled late: a share of what is paid, half-days of passes.

    Of several days more is kept the more of them are late.
    """
    count = price.at_stake
    if price.percent_at_stake:
        yield share_words(price)
        if count:
            words = ngettext(
                "Of your pass, %(count)s half-day is kept.",
                "Of your pass, %(count)s half-days are kept.",
                count,
            )
            yield words % {"count": count}
        if price.aids:
            yield _("Of what the subsidy pays, nothing is kept.")
    elif count:
        yield kept_words(price, count)
    if price.most_at_stake > count:
        yield later_words(price.most_at_stake)
    if price.percent_at_stake or price.most_at_stake:
        yield from limit_words(price)


def limit_words(price: Price) -> Iterator[str]:
    """Yield what there is to know of its time limit, beside when it is."""
    if price.shared_clock:
        yield shared_words(price.shared_clock)
    if price.keeps_clock:
        yield moved_clock()


def share_words(price: Price) -> str:
    """Return which share of what is paid is kept, and from when on; in cents once some was."""
    if price.cents_at_stake is not None:
        return more_kept_words(price, price.cents_at_stake)
    if price.is_late:
        words = _("If you cancel, at most %(percent)s%% of the price is kept.")
        return words % {"percent": price.percent_at_stake}
    words = _("Free to cancel until %(day)s, %(time)s. After that, %(percent)s%% is kept.")
    return words % {"percent": price.percent_at_stake, **clock_words(price)}


def more_kept_words(price: Price, cents: int) -> str:
    """Return how much more is kept at most of what some was kept of already, and from when on."""
    if not cents:
        return _("If you cancel, nothing more is kept.")
    if price.is_late:
        return _("If you cancel, at most %(amount)s more is kept.") % {"amount": money(cents)}
    words = _(
        "Free to cancel until %(day)s, %(time)s. After that, at most %(amount)s more is kept."
    )
    return words % {"amount": money(cents), **clock_words(price)}


def kept_words(price: Price, count: int) -> str:
    """Return how many half-days are kept, and from when on."""
    if price.is_late:
        words = ngettext(
            "If you cancel, %(count)s half-day is kept.",
            "If you cancel, %(count)s half-days are kept.",
            count,
        )
        return words % {"count": count}
    words = ngettext(
        "Free to cancel until %(day)s, %(time)s. After that, %(count)s half-day is kept.",
        "Free to cancel until %(day)s, %(time)s. After that, %(count)s half-days are kept.",
        count,
    )
    return words % {"count": count, **clock_words(price)}


def later_words(count: int) -> str:
    """Return how many half-days are kept at most, of a booking whose days are late one by one."""
    words = ngettext(
        "The later you cancel, the more is kept: up to %(count)s half-day.",
        "The later you cancel, the more is kept: up to %(count)s half-days.",
        count,
    )
    return words % {"count": count}


def clock_words(price: Price) -> dict[str, str]:
    """Return the day and time until which cancelling is free."""
    assert price.free_until is not None
    local = price.free_until.astimezone(price.zone)
    return {"day": day_words(local), "time": clock_time(local, price.zone)}


def moved_clock() -> str:
    """Return why what moved is late though its day is far."""
    return _("It keeps the time limit of the day that it was moved from.")


def shared_words(shared: SharedClock) -> str:
    """Return that several days have one time limit, and why."""
    if not shared.is_of_all:
        return _(
            "The days that have one price together, of a week or a month, have one time limit."
        )
    if shared.duration == Duration.WEEK:
        return _("That holds for all its days at once: together they have the price of a week.")
    return _("That holds for all its days at once: together they have the price of a month.")
