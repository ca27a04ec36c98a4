"""Passes and what became of them, in words."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from billing.models import Pass, PassOffer, Transfer
from billing.passes.history import Movement
from billing.passes.holding import Held
from billing.passes.leaving import Gone
from billing.passes.telling import place_told
from billing.passes.worth import Worth
from billing.prices.groups import Group
from network.hrefs import address_of
from network.templatetags.dates import date_words, moment_words
from network.templatetags.money import MINUS, money
from network.ways import Step, step, way
from sites.models import Site
from sites.templatetags.told import marked

register = template.Library()


@register.simple_tag
def way_to_credits(page: str = "") -> list[Step]:
    """Return the breadcrumb of the pages of credits."""
    return way(step(_("My account"), "account"), step(_("My credits"), "credits"), here=page)


@register.simple_tag
def way_to_statement(title: str, is_managed: bool) -> list[Step]:  # noqa: FBT001  # a tag's
    """Return the breadcrumb of a statement: one's own, or of an organisation."""
    if not is_managed:
        return way_to_credits(title)
    return way(step(_("Statements"), "statements"), here=title)


@register.simple_tag
def way_to_pass(offer: PassOffer) -> list[Step]:
    """Return the breadcrumb of the page on which a pass is bought."""
    steps = (step(_("Tariffs"), "tariffs"), step(_("Passes"), "passes"))
    return way(*steps, here=marked(offer.told_name))


@register.filter
def left_words(held: Held) -> str:
    """Return "7 of 10 half-days left"; "12 half-days left" where its seller added some."""
    if held.left > held.row.half_days:
        words = ngettext("%(left)s half-day left", "%(left)s half-days left", held.left)
        return words % {"left": held.left}
    words = ngettext(
        "%(left)s of %(all)s half-day left",
        "%(left)s of %(all)s half-days left",
        held.row.half_days,
    )
    return words % {"left": held.left, "all": held.row.half_days}


@register.filter
def gone_title(gone: Gone | None) -> str:
    """Return that somebody has no pass, or what became of the last one, in a few words."""
    if gone is None:
        return _("You have no pass")
    return _("Your pass is spent") if gone.is_spent else _("Your pass has expired")


@register.simple_tag
def no_pass_words(gone: Gone | None, worths: Iterable[Worth]) -> str:
    """Return what became of the last pass of who has none that holds, and what one is good for."""
    return " ".join(filter(None, (gone_words(gone), pitch_words(worths))))


def gone_words(gone: Gone | None) -> str:
    """Return which pass is spent, or over since when; nothing of none."""
    if gone is None:
        return ""
    told = {"name": gone.row.told_name, "day": date_words(gone.row.last_on)}
    if gone.is_spent:
        return _("Nothing is left of “%(name)s”.") % told
    return _("“%(name)s” could be used through %(day)s: what was left of it is lost.") % told


def pitch_words(worths: Iterable[Worth]) -> str:
    """Return what a pass is good for: cheaper half-days only as far as the grid makes it so."""
    saves = {one.saved_cents > 0 for one in worths}
    if saves == {True}:
        return _("With a pass you pay half-days in advance, at less than their price.")
    if True in saves:
        return _(
            "With a pass you pay half-days in advance, some at less than their price: before you"
            " buy one, its page says what it saves you."
        )
    return _("With a pass you pay half-days in advance.")


@register.filter
def worth_words(worth: Worth) -> str:
    """Return what a pass saves its buyer, or that it does not."""
    words = [alone_words(worth), saving_words(worth)]
    if worth.saved_cents > 0 and worth.least_cents < worth.cents:
        words.append(least_words(worth))
    return " ".join(words)


def least_words(worth: Worth) -> str:
    """Return what whole days or full weeks cost, and what is saved of that."""
    told = {"cost": money(worth.least_cents), "saved": money(worth.least_saved_cents)}
    is_by_week = worth.least_cents == worth.as_weeks
    if worth.least_saved_cents > 0:
        by_day = _("As whole days they cost %(cost)s: for these it saves you %(saved)s.")
        by_week = _("In full weeks they cost %(cost)s: for these it saves you %(saved)s.")
    else:
        by_day = _("As whole days they cost %(cost)s: for these it saves you nothing.")
        by_week = _("In full weeks they cost %(cost)s: for these it saves you nothing.")
    return (by_week if is_by_week else by_day) % told


def alone_words(worth: Worth) -> str:
    """Return what a pass's half-days, or the full weeks that it has time for, cost without it."""
    count = worth.weeks if worth.is_for_full_weeks else worth.half_days
    if worth.is_for_full_weeks:
        what = ngettext("%(count)s full week", "%(count)s full weeks", count)
    else:
        what = ngettext("%(count)s half-day", "%(count)s half-days", count)
    if worth.group == Group.STANDARD:
        words = ngettext(
            "Without a pass, %(what)s costs %(cost)s here.",
            "Without a pass, %(what)s cost %(cost)s here.",
            count,
        )
    else:
        words = ngettext(
            "At your price (%(group)s), %(what)s costs %(cost)s here without a pass.",
            "At your price (%(group)s), %(what)s cost %(cost)s here without a pass.",
            count,
        )
    told = {"group": worth.group.label, "cost": money(worth.cents), "what": what % {"count": count}}
    return words % told


def saving_words(worth: Worth) -> str:
    """Return what is saved: something or nothing."""
    if worth.saved_cents > 0:
        return _("This one saves you %(saved)s.") % {"saved": money(worth.saved_cents)}
    return _("This one saves you nothing.")


@register.simple_tag
def holds_at(bought: Pass | PassOffer, site: Site | None = None) -> SafeString:
    """Return where a pass holds, for a page."""
    return marked(place_told(bought, site))


@register.simple_tag
def movement_table(movements: Iterable[Movement]) -> dict[str, Any]:
    """Return the history of a pass as columns and rows, the last movement first."""
    heads = [(_("Date"), False), (_("What happened"), False)]
    heads += [(_("Half-days"), True), (_("Left"), True)]
    rows = [movement_row(one) for one in movements]
    columns = [{"text": text, "is_numeric": is_numeric} for text, is_numeric in heads]
    return {"columns": columns, "rows": rows[::-1]}


def movement_row(one: Movement) -> list[dict[str, Any]]:
    """Return a movement in words, a booking with the way to it."""
    what: dict[str, Any] = {"text": movement_words(one)}
    if one.row.kind in (Transfer.Kind.CONSUME, Transfer.Kind.REFUND):
        what["href"] = address_of("booking", one.row.subject)
    sign = MINUS if one.half_days < 0 else "+"
    return [
        {"text": moment_words(one.row.made_at)},
        what,
        {"text": f"{sign}{abs(one.half_days)}", "is_numeric": True},
        {"text": one.left, "is_numeric": True},
    ]


def movement_words(one: Movement) -> str:
    """Return what a transfer is to the holder of a pass, and what was kept of its booking."""
    told = transfer_words(one.row)
    if one.day:
        told = _("%(what)s, of %(day)s") % {"what": told, "day": date_words(one.day)}
    if not one.kept:
        return told
    words = ngettext(
        "%(what)s. Cancelled late: %(count)s half-day kept",
        "%(what)s. Cancelled late: %(count)s half-days kept",
        one.kept,
    )
    return words % {"what": told, "count": one.kept}


def transfer_words(row: Transfer) -> str:
    """Return what a row of the ledger is to the holder of a pass."""
    words = {
        Transfer.Kind.GRANT: _("Bought"),
        Transfer.Kind.CONSUME: _("Spent on the booking %(reference)s"),
        Transfer.Kind.REFUND: _("Given back from the booking %(reference)s"),
        Transfer.Kind.EXPIRE: _("Not used by the last day"),
        Transfer.Kind.ADJUST: _("Corrected by the seller: %(reason)s"),
    }
    kind = Transfer.Kind(row.kind)
    told = {"reference": row.subject, "reason": row.words}
    return words.get(kind, str(kind.label)) % told


@register.filter
def past_rows(passes: Iterable[Held]) -> list[list[dict[str, Any]]]:
    """Return the rows of passes that are over or spent: name, last day, price."""
    return [
        [
            {"text": marked(one.row.told_name), "href": reverse("pass", args=[one.row.pk])},
            {"text": date_words(one.row.bought_at)},
            {"text": date_words(one.row.last_on)},
            {"text": money(one.row.price_cents), "is_numeric": True},
        ]
        for one in passes
    ]


@register.simple_tag
def past_columns() -> list[dict[str, Any]]:
    """Return the columns of passes that are over or spent."""
    heads = [{"text": text} for text in (_("Pass"), _("Bought on"), _("Last day"))]
    return [*heads, {"text": _("Price"), "is_numeric": True}]
