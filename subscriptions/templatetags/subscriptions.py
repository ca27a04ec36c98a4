"""Subscriptions in words."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from billing.models import Charge
from billing.statements.telling import month_words
from network.templatetags.dates import date_words
from network.templatetags.money import money
from network.ways import Step, step, way
from sites.telling import Told
from sites.templatetags.told import marked
from subscriptions.models import SeatCount, Subscription
from subscriptions.months.counting import seats_now
from subscriptions.taking.changing import Change
from subscriptions.taking.showing import Mine
from subscriptions.taking.telling import details_of

register = template.Library()
register.filter("month_told", month_words)


@register.filter
def left_this_month(mine: Mine) -> str:
    """Return "3 half-days left, until 31 December 2026"; of no bound, as many as you like."""
    if mine.is_unbounded:
        return _("As many half-days as you like.")
    if not mine.left:
        return _("Nothing is left for now.")
    last = max(one.row.last_on for one in mine.held if one.left)
    words = ngettext(
        "%(left)s half-day left, until %(day)s.",
        "%(left)s half-days left, until %(day)s.",
        mine.left,
    )
    return words % {"left": mine.left, "day": date_words(last)}


@register.filter
def has_begun(mine: Mine, today: date) -> bool:
    """Tell whether a seat is had already."""
    since: date = mine.seat.since
    return since <= today


@register.simple_tag
def state_of(subscription: Subscription, today: date) -> dict[str, str]:
    """Return how a subscription stands, as a chip."""
    if subscription.is_over(today):
        return {"text": _("Over"), "state": "full", "icon": ""}
    if subscription.ends_on:
        told = _("Ends on %(day)s") % {"day": date_words(subscription.ends_on)}
        return {"text": told, "state": "few", "icon": ""}
    if subscription.starts_on > today:
        told = _("From %(day)s on") % {"day": date_words(subscription.starts_on)}
        return {"text": told, "state": "info", "icon": ""}
    return {"text": _("Running"), "state": "free", "icon": "check"}


@register.filter
def details(subscription: Subscription) -> list[tuple[str, Told]]:
    """Return what there is to know of it: label, words."""
    return details_of(subscription)


@register.simple_tag
def seats_told(taken: int, seats: int) -> str:
    """Return "3 of 5 seats are taken"."""
    words = ngettext(
        "%(taken)s of %(seats)s seat is taken.", "%(taken)s of %(seats)s seats are taken.", seats
    )
    return words % {"taken": taken, "seats": seats}


@register.filter
def planned_words(row: SeatCount) -> str:
    """Return "3 seats from 1 December 2026 on"."""
    words = ngettext("%(count)s seat from %(day)s on", "%(count)s seats from %(day)s on", row.seats)
    return words % {"count": row.seats, "day": date_words(row.from_day)}


@register.filter
def change_words(change: Change) -> list[str]:
    """Return what another number of seats comes to, a sentence each."""
    told = {
        "count": change.seats,
        "day": date_words(change.from_day),
        "month": money(change.month_cents),
        "now": money(change.now_cents),
    }
    words = [
        ngettext(
            "%(count)s seat from %(day)s on.", "%(count)s seats from %(day)s on.", change.seats
        ),
        _("%(month)s a month, VAT included."),
    ]
    if change.now_cents:
        words.append(_("Of this month %(now)s more: by its days."))
    return [one % told for one in words]


@register.simple_tag
def month_columns() -> list[dict[str, Any]]:
    """Return the columns of what a subscription cost."""
    return [{"text": _("What for")}, {"text": _("Amount, VAT included"), "is_numeric": True}]


@register.filter
def month_rows(lines: Iterable[Charge]) -> list[list[dict[str, Any]]]:
    """Return what a subscription cost, a line each."""
    return [
        [
            {"text": one.words, "is_name": True},
            {"text": money(one.amount_cents), "is_numeric": True},
        ]
        for one in lines
    ]


@register.simple_tag
def every_columns() -> list[dict[str, Any]]:
    """Return the columns of all subscriptions."""
    titles = (_("Who"), _("Plan"), _("Seats"), _("A month"), _("Since"), _("Until"))
    return [{"text": text, "is_numeric": number in (2, 3)} for number, text in enumerate(titles)]


@register.simple_tag
def every_rows(rows: Iterable[Subscription], today: date) -> list[list[dict[str, Any]]]:
    """Return subscriptions as rows: who pays, what, for how many seats and how much."""
    return [every_row(one, seats_now(one, today)) for one in rows]


def every_row(one: Subscription, seats: int) -> list[dict[str, Any]]:
    """Return one of them."""
    who = one.organisation or one.person or _("Account closed")
    return [
        {"text": str(who), "is_name": True, "is_own": one.organisation is not None},
        {"text": marked(one.version.told_name)},
        {"text": seats, "is_numeric": True},
        {"text": money(seats * one.version.price_cents), "is_numeric": True},
        {"text": date_words(one.starts_on)},
        {"text": date_words(one.ends_on) if one.ends_on else "", "is_nothing": not one.ends_on},
    ]


@register.simple_tag
def way_to_subscription(subscription: Subscription | None = None, page: str = "") -> list[Step]:
    """Return the breadcrumb of the pages of subscriptions."""
    steps = [step(_("My subscriptions"), "subscriptions")]
    if subscription is not None:
        name = marked(subscription.version.told_name)
        steps.append(step(name, "subscription", subscription.pk))
    return way(*steps, here=page)
