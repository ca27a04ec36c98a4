"""An employer's people in words and tables."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from network.hrefs import address_of
from network.models import Organisation
from network.templatetags.dates import date_words
from network.ways import Step, step, way
from sites.templatetags.told import as_own
from subscriptions.models import CostCentre, Employee, Invitation, Team
from subscriptions.people.judging import Fate, Judged, of_fate

register = template.Library()
Cell = dict[str, Any]
Table = dict[str, Any]
NOTHING: Cell = {"text": "–", "is_nothing": True}
#: Lines that a page shows of a list.
MOST_LINES = 100


@register.simple_tag
def way_to_employer(employer: Organisation, page: str = "") -> list[Step]:
    """Return the breadcrumb of the pages of an employer."""
    return way(step(as_own(employer.name), "employer", employer.pk), here=page)


@register.simple_tag
def way_to_people(employer: Organisation, page: str) -> list[Step]:
    """Return the breadcrumb of the pages about an employer's people."""
    home = step(as_own(employer.name), "employer", employer.pk)
    return way(home, step(_("People"), "employer-people", employer.pk), here=page)


@register.simple_tag
def way_to_account(page: str) -> list[Step]:
    """Return the breadcrumb of the pages about one's own employers."""
    return way(step(_("My account"), "account"), here=page)


@register.simple_tag
def people_table(rows: Iterable[Employee]) -> Table:
    """Return columns and rows of who books on an employer's account."""
    names = (
        *(_("Person"), _("E-mail"), _("Team, cost centre"), pgettext("from a day on", "Since")),
        *(_("Change"), _("Leaving")),
    )
    return {"columns": columns_of(names), "rows": [employee_row(one) for one in rows]}


def columns_of(names: Iterable[str]) -> list[Cell]:
    """Return the heading of a table."""
    return [{"text": one} for one in names]


def employee_row(one: Employee) -> list[Cell]:
    """Return the cells of one of an employer's people."""
    person, key = one.person, (one.organisation_id, one.pk)
    assert person is not None
    name = person.name or person.email
    return [
        {"text": name, "is_own": True, "is_name": True},
        {"text": person.email, "is_name": True},
        place_cell(one.team, one.cost_centre),
        {"text": date_words(one.since), "is_whole": True},
        {"text": _("Change"), "href": address_of("employee", *key), "about": name},
        {"text": leaving_words(one), "href": address_of("employee-leave", *key), "about": name},
    ]


def leaving_words(one: Employee) -> str:
    """Return the words that lead to somebody's last day."""
    if one.until is None:
        return _("Tell the last day")
    return _("Leaves on %(day)s") % {"day": date_words(one.until)}


def place_cell(team: Team | None, cost_centre: CostCentre | None) -> Cell:
    """Return one cell of where somebody is within an employer."""
    told = [str(one) for one in (team, cost_centre) if one]
    return {"text": ", ".join(told), "is_own": True, "is_name": True} if told else NOTHING


def place_cells(team: Team | None, cost_centre: CostCentre | None) -> list[Cell]:
    """Return a cell for each of them."""
    return [
        {"text": str(one), "is_own": True, "is_name": True} if one else NOTHING
        for one in (team, cost_centre)
    ]


@register.simple_tag
def invited_table(rows: Iterable[Invitation], now: datetime) -> Table:
    """Return columns and rows of who is invited."""
    names = (
        *(_("E-mail"), _("Team, cost centre"), _("Sent on"), _("Valid until")),
        *(_("Send again"), _("Withdraw")),
    )
    return {"columns": columns_of(names), "rows": [invitation_row(one, now) for one in rows]}


def invitation_row(one: Invitation, now: datetime) -> list[Cell]:
    """Return the cells of an invitation; one that was declined leads nowhere."""
    return [
        {"text": one.email, "is_name": True},
        place_cell(one.team, one.cost_centre),
        {"text": date_words(one.sent_at), "is_whole": True} if one.sent_at else NOTHING,
        state_cell(one, now),
        *step_cells(one),
    ]


def state_cell(one: Invitation, now: datetime) -> Cell:
    """Return until when an invitation can be accepted, or why it cannot."""
    if one.is_declined:
        return {"text": _("Declined"), "chip": "alert"}
    if one.is_open(now):
        return {"text": date_words(one.expires_at), "is_whole": True}
    return {"text": _("Has run out"), "chip": "alert"}


def step_cells(one: Invitation) -> list[Cell]:
    """Return the links of what can be done with an invitation."""
    if one.is_declined:
        return [NOTHING, NOTHING]
    steps = ((_("Send again"), "invitation-again"), (_("Withdraw"), "invitation-withdraw"))
    key = (one.organisation_id, one.pk)
    return [
        {"text": words, "href": address_of(page, *key), "about": one.email} for words, page in steps
    ]


@register.simple_tag
def judged_table(rows: Sequence[Judged]) -> Table:
    """Return columns and rows of what becomes of lines: those that are refused first."""
    names = (_("Line"), _("E-mail"), _("Name"), _("Team"), _("Cost centre"), _("What happens"))
    shown = sorted(rows, key=lambda one: one.fate is not Fate.REFUSED)[:MOST_LINES]
    return {"columns": columns_of(names), "rows": [judged_row(one) for one in shown]}


def judged_row(one: Judged) -> list[Cell]:
    """Return the cells of a line."""
    entry, (team, cost_centre) = one.wanted.entry, one.wanted.place
    return [
        {"text": str(one.line)},
        {"text": entry.address or "–", "is_own": True, "is_name": True},
        {"text": entry.name or "–", "is_name": True, "is_own": True, "is_nothing": not entry.name},
        *place_cells(team, cost_centre),
        {"text": fate_words(one)},
    ]


def fate_words(one: Judged) -> str:
    """Return what becomes of a line."""
    if one.fate is Fate.REFUSED:
        return _("To correct: %(why)s") % {"why": one.why}
    return one.why or _("Is invited")


@register.filter
def new_count(rows: Sequence[Judged]) -> int:
    """Return how many lines would invite somebody."""
    return len(of_fate(rows, Fate.NEW))


@register.filter
def refused_count(rows: Sequence[Judged]) -> int:
    """Return how many lines are to be corrected."""
    return len(of_fate(rows, Fate.REFUSED))


@register.filter
def list_words(rows: Sequence[Judged]) -> str:
    """Return what a list comes to: "12 people to invite, 3 there or invited already, 1 refused"."""
    new, refused = new_count(rows), refused_count(rows)
    known = len(rows) - new - refused
    told = [
        ngettext("%(count)s person to invite", "%(count)s people to invite", new) % {"count": new}
    ]
    if known:
        words = ngettext(
            "%(count)s there or invited already", "%(count)s there or invited already", known
        )
        told.append(words % {"count": known})
    if refused:
        words = ngettext("%(count)s line to correct", "%(count)s lines to correct", refused)
        told.append(words % {"count": refused})
    return ", ".join(told)


@register.filter
def invite_words(count: int) -> str:
    """Return the words of the button that invites so many."""
    words = ngettext("Invite %(count)s person", "Invite %(count)s people", count)
    return words % {"count": count}


@register.filter
def others_words(count: int) -> str:
    """Return the words of the button that invites so many, and not the lines that are refused."""
    words = ngettext("Invite the other one alone", "Invite the %(count)s others alone", count)
    return words % {"count": count}


@register.filter
def hidden_count(rows: Sequence[Judged]) -> int:
    """Return how many lines a table of them does not show."""
    return max(0, len(rows) - MOST_LINES)
