"""Votes and changes of grids, in words and tables."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from billing.errors import NotInForceYet
from billing.grids.comparing import Compared
from billing.grids.days import refuse_unvotable_day
from billing.grids.differences import Change, Changes
from billing.models import PassOffer, Proposal, TariffGrid, Vote
from billing.templatetags.tariffs import (
    cell_words,
    off_peak_words,
    pass_words,
    price_words,
    ware_words,
)
from billing.votes.counting import Count, Outcome
from network.templatetags.dates import GLUE, date_words, moment_words
from network.templatetags.money import money
from network.ways import Step, step, way
from sites.clocks import MIDNIGHT
from sites.templatetags.told import filled, marked

register = template.Library()
TENTHS = 10
STATES = {Vote.Choice.YES: "free", Vote.Choice.NO: "alert", Vote.Choice.ABSTAIN: "full"}


@register.simple_tag
def way_to_proposal(proposal: Proposal | None = None, page: str = "") -> list[Step]:
    """Return the breadcrumb of the pages of proposals."""
    steps = [step(_("Tariffs"), "tariffs"), step(_("Proposals and votes"), "proposals")]
    if proposal is not None:
        steps.append(step(marked(proposal.grid.told_name), "proposal", proposal.pk))
    return way(*steps, here=page)


@register.simple_tag
def period_words(proposal: Proposal, now: datetime) -> str:
    """Return "Vote ouvert du 17 novembre au 7 décembre 2026", or that it took place then.

    A vote ends with its last day, or when it was withdrawn.
    """
    ends = timezone.localtime(proposal.withdrawn_at or proposal.closes_at)
    told = {"opened": date_words(timezone.localtime(proposal.opened_at))}
    if ends.time() == MIDNIGHT:
        words = (
            _("Vote from %(opened)s to %(last)s, this day included")
            if proposal.is_open(now)
            else _("The vote took place from %(opened)s to %(last)s, this day included")
        )
        return words % {**told, "last": date_words(proposal.last_day)}
    words = (
        _("Vote from %(opened)s until %(ends)s")
        if proposal.is_open(now)
        else _("The vote took place from %(opened)s until %(ends)s")
    )
    return words % {**told, "ends": moment_words(ends)}


@register.simple_tag
def proposal_state(proposal: Proposal, now: datetime, count: Count | None = None) -> dict[str, str]:
    """Return how a proposal stands, as a chip; without a count, whether its vote runs."""
    if proposal.grid.is_adopted:
        return {"text": adopted_words(proposal.grid, now), "state": "free", "icon": "check"}
    if proposal.is_withdrawn:
        return {"text": pgettext("of a vote", "Withdrawn"), "state": "full", "icon": ""}
    if proposal.is_open(now):
        return {"text": _("The vote runs"), "state": "info", "icon": "clock"}
    if count is None:
        return {"text": _("The vote has ended"), "state": "full", "icon": ""}
    is_carried = count.verdict == Outcome.CARRIED
    words, state = (_("Carried"), "free") if is_carried else (_("Not carried"), "alert")
    return {"text": words, "state": state, "icon": "check" if is_carried else "close"}


def adopted_words(grid: TariffGrid, now: datetime) -> str:
    """Return that a grid was put in force, or from when on it will be."""
    if grid.in_force_from > timezone.localdate(now):
        return _("In force from %(day)s") % {"day": date_words(grid.in_force_from)}
    return pgettext("of a grid", "Put in force")


@register.simple_tag
def verdict_words(count: Count, is_open: bool) -> str:  # noqa: FBT001  # a tag's
    """Return what the votes come to, as they stand or at the end."""
    if is_open:
        words = {
            Outcome.CARRIED: _("As the votes stand, the grid is carried."),
            Outcome.NO_QUORUM: _("So far too few places have voted."),
            Outcome.LOST: _("As the votes stand, the grid is not carried."),
        }
    else:
        words = {
            Outcome.CARRIED: _("The places carried this grid."),
            Outcome.NO_QUORUM: _("Too few places voted: the grid is not carried."),
            Outcome.LOST: _("The places did not carry this grid."),
        }
    return words[count.verdict]


@register.simple_tag
def withdrawal_words(proposal: Proposal) -> str:
    """Return when a vote was called off, and that its grid is not put in force."""
    words = _("Withdrawn on %(day)s: nobody votes any more, and the grid is not put in force.")
    return words % {"day": date_words(timezone.localtime(proposal.withdrawn_at))}


@register.simple_tag
def adoption_words(grid: TariffGrid) -> str:
    """Return by which deliberation an adopted grid was put in force, and from when on it holds."""
    words = _("Adopted by deliberation %(number)s of %(decided)s: in force from %(day)s.")
    return words % {
        "number": grid.deliberation_number,
        "decided": date_words(grid.deliberated_on),
        "day": date_words(grid.in_force_from),
    }


@register.simple_tag
def first_day_words(proposal: Proposal, count: Count, is_open: bool) -> str:  # noqa: FBT001  # a tag's
    """Return from when on a grid that is not adopted is to hold, or was, once its vote failed."""
    is_lost = proposal.is_withdrawn or not (is_open or count.verdict == Outcome.CARRIED)
    words = (
        _("The grid was to hold from %(day)s.")
        if is_lost
        else _("The grid is to hold from %(day)s.")
    )
    return words % {"day": date_words(proposal.grid.in_force_from)}


@register.simple_tag
def vote_bounds_words(grid: TariffGrid, today: date) -> str:
    """Return how long a vote on a draft lasts at least, and until when at most, or why none can."""
    try:
        refuse_unvotable_day(grid.in_force_from, today)
    except NotInForceYet as refusal:
        words = _("%(why)s Change the first day of the draft before the vote.")
        return words % {"why": refusal.message}
    words = ngettext(
        "The vote lasts %(days)s day at least. Its last day is two days before %(day)s at the"
        " latest: from then on the grid is to hold.",
        "The vote lasts %(days)s days at least. Its last day is two days before %(day)s at the"
        " latest: from then on the grid is to hold.",
        settings.VOTE_LEAST_DAYS,
    )
    told = {"days": settings.VOTE_LEAST_DAYS, "day": date_words(grid.in_force_from)}
    return words % told


@register.filter
def rule_words(count: Count) -> str:
    """Return quorum and majority as they were when the vote opened."""
    words = _(
        "The count: at least %(quorum)s%% of the places must vote, and more than %(majority)s%% of"
        " the votes for or against must be for it. These were the rules when the vote opened."
    )
    return words % {"quorum": count.quorum_percent, "majority": count.majority_percent}


@register.filter
def turnout_words(count: Count) -> str:
    """Return "48 sites sur 60 ont voté"."""
    words = ngettext(
        "%(voted)s place of %(places)s has voted",
        "%(voted)s places of %(places)s have voted",
        count.voted,
    )
    return words % {"voted": count.voted, "places": count.places}


@register.filter
def vote_table(votes: Iterable[Vote]) -> dict[str, Any]:
    """Return columns and rows: a place, its vote and its day. Who cast it is not public."""
    columns = [{"text": _("Place")}, {"text": _("Its vote")}, {"text": _("Day")}]
    rows = [
        [
            {"text": vote.site.name, "is_own": True},
            {"text": vote.get_choice_display(), "chip": STATES[Vote.Choice(vote.choice)]},
            {"text": date_words(vote.cast_at)},
        ]
        for vote in votes
    ]
    return {"columns": columns, "rows": rows}


@register.filter
def changes_words(changes: Changes) -> str:
    """Return how many prices rise, fall and stay."""
    dearer, cheaper, same = changes.dearer, changes.cheaper, changes.unchanged
    told = (
        ngettext("%(count)s price rises", "%(count)s prices rise", dearer) % {"count": dearer},
        ngettext("%(count)s falls", "%(count)s fall", cheaper) % {"count": cheaper},
        ngettext("%(count)s stays", "%(count)s stay", same) % {"count": same},
    )
    return _("%(dearer)s, %(cheaper)s, %(same)s.") % dict(
        zip(("dearer", "cheaper", "same"), told, strict=True)
    )


@register.simple_tag
def change_caption(compared: Compared) -> str:
    """Return what the table of changes shows, and beside which grid."""
    if compared.before is None:
        return _("Prices that change, VAT included")
    words = _("Prices that change from the grid “%(grid)s”, VAT included")
    return filled(words, grid=marked(compared.before.told_name))


@register.filter
def change_table(changes: Changes) -> dict[str, Any]:
    """Return columns and rows: what, its price before and after, and by how much it changes."""
    columns = [
        {"text": _("Price of")},
        {"text": pgettext("of a price", "Before"), "is_numeric": True},
        {"text": _("Proposed"), "is_numeric": True},
        {"text": pgettext("of a price", "Change"), "is_numeric": True},
    ]
    return {"columns": columns, "rows": [change_row(one) for one in changes.rows]}


def change_row(change: Change) -> list[dict[str, Any]]:
    """Return the cells of one change."""
    cells = (cell_words(change.before), cell_words(change.after), change_words(change))
    return [
        {"text": ware_words(change.kind, change.duration)},
        *({"text": text, "is_numeric": True} for text in cells),
    ]


def change_words(change: Change) -> str:
    """Return "+0,20 € (+3,3 %)", or that the price is new or goes."""
    if change.before is None:
        return _("new")
    if change.cents is None:
        return _("no longer sold")
    if not change.cents:
        return _("off peak only")
    amount = f"{'+' if change.cents > 0 else ''}{money(change.cents)}"
    if change.per_mille is None:
        return amount
    return f"{amount}{GLUE}({percent_words(change.per_mille)})"


def percent_words(per_mille: int) -> str:
    """Return "+3,3 %", or "−2 %"."""
    number = number_format(abs(per_mille) / TENTHS, 0 if per_mille % TENTHS == 0 else 1)
    return _("%(sign)s%(number)s%%") % {"sign": "+" if per_mille > 0 else "−", "number": number}


@register.filter
def other_changes(compared: Compared) -> list[str]:
    """Return what changes of bands, off-peak hours and passes, a sentence each."""
    return [*band_changes(compared), *off_peak_changes(compared), *pass_changes(compared)]


def band_changes(compared: Compared) -> list[str]:
    """Return which kinds get another band."""
    old, new = widths(compared.old), widths(compared.new)
    words = _(
        "%(kind)s: a site may ask from %(below)s%% less to %(above)s%% more (before:"
        " %(old_below)s%% and %(old_above)s%%)."
    )
    told = []
    for kind in dict.fromkeys((*old, *new)):
        before, after = old.get(kind, (0, 0)), new.get(kind, (0, 0))
        if before != after:
            names = ("below", "above", "old_below", "old_above")
            told.append(
                words % {"kind": kind.label, **dict(zip(names, (*after, *before), strict=True))}
            )
    return told


def widths(section: Any) -> dict[Any, tuple[int, int]]:
    """Return how far sites may go, by kind."""
    bands = section.bands if section else {}
    return {kind: width for width, kinds in bands.items() for kind in kinds}


def off_peak_changes(compared: Compared) -> list[str]:
    """Return which hours are off peak only before or only after."""
    old, new = (off_peak_words(rows) for rows in compared.off_peak)
    gone = [_("No longer off peak: %(hours)s") % {"hours": one} for one in old if one not in new]
    come = [_("Newly off peak: %(hours)s") % {"hours": one} for one in new if one not in old]
    return [*gone, *come]


def pass_changes(compared: Compared) -> list[str]:
    """Return which passes are new, go, or are told otherwise."""
    old, new = ({one.code: offer_words(one) for one in rows} for rows in compared.passes)
    words = _("Pass changed: %(new)s (before: %(old)s)")
    return [
        *(
            _("New pass: %(pass)s") % {"pass": told}
            for code, told in new.items()
            if code not in old
        ),
        *(
            _("Pass no longer sold: %(pass)s") % {"pass": told}
            for code, told in old.items()
            if code not in new
        ),
        *(
            words % {"new": told, "old": old[code]}
            for code, told in new.items()
            if code in old and told != old[code]
        ),
    ]


def offer_words(offer: PassOffer) -> str:
    """Return a pass in one line."""
    return f"{offer.told_name}, {price_words(offer.price_cents)} ({pass_words(offer)})"


@register.simple_tag
def compared_choices(proposal: Proposal, compared: Compared, by: str) -> list[dict[str, Any]]:
    """Return the links to the changes of each category of site or each customer group."""
    choices: Sequence[Any] = compared.categories if by == "category" else compared.groups
    chosen = compared.category if by == "category" else compared.group
    return [
        {
            "text": one.label,
            "href": address(proposal, compared, by, one),
            "is_chosen": one == chosen,
        }
        for one in choices
    ]


def address(proposal: Proposal, compared: Compared, by: str, choice: str) -> str:
    """Return the address of the changes of one choice, the other choice as it is."""
    asked = {"category": compared.category or "", "group": compared.group, by: choice}
    told = urlencode({name: str(value) for name, value in asked.items()})
    return f"{reverse('proposal', args=[proposal.pk])}?{told}#changes"
