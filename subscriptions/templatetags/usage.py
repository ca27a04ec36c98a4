"""What an employer used in a month, in words and in tables."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import template
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from billing.statements.months import Month
from billing.statements.telling import month_words
from network.models import Organisation
from network.templatetags.dates import GLUE, date_words
from network.templatetags.money import money
from network.ways import Step, step, way
from sites.templatetags.told import as_own, marked
from subscriptions.usage.indicators import (
    FIRST_LINE,
    SECOND_LINE,
    Telework,
    share_of_team,
)
from subscriptions.usage.naming import Named
from subscriptions.usage.seats import SeatsUsed
from subscriptions.usage.totals import Figures, Usage

register = template.Library()
Cell = dict[str, Any]
Table = dict[str, Any]


@register.simple_tag
def way_to_usage(employer: Organisation) -> list[Step]:
    """Return the breadcrumb of the page."""
    return way(step(as_own(employer.name), "employer", employer.pk), here=_("Usage"))


@register.simple_tag
def month_link(employer: Organisation, month: Month) -> dict[str, str]:
    """Return the link to the usage of a month."""
    href = f"{reverse('employer-usage', args=[employer.pk])}?month={month}"
    return {"text": month_words(month), "href": href}


@register.filter
def finding(usage: Usage) -> str:
    """Return what a month comes to, in a sentence."""
    days, told = usage.total.days, {"month": month_words(usage.month)}
    if not days and not usage.total.cents:
        return _("Nobody used your account in %(month)s.") % told
    words = ngettext(
        "In %(month)s your account was used for %(count)s day: %(cost)s.",
        "In %(month)s your account was used for %(count)s days: %(cost)s.",
        days,
    )
    return words % {**told, "count": days, "cost": money(usage.total.cents)}


@register.filter
def taken_of_seats(seats: Sequence[SeatsUsed]) -> str:
    """Return "14 / 20": how many seats of all subscriptions are taken, of how many."""
    return f"{sum(one.taken for one in seats)} / {sum(one.seats for one in seats)}"


@register.filter
def cost_with(usage: Usage, seats: Sequence[SeatsUsed]) -> str:
    """Return what days and seats cost together."""
    return money(usage.total.cents + sum(one.cents for one in seats))


@register.filter
def share_words(per_cent: float | None) -> str:
    """Return "12.5 %", or a dash where it is not known."""
    return "–" if per_cent is None else f"{number_format(per_cent, 1)}{GLUE}%"


@register.filter
def mean_words(days: float | None) -> str:
    """Return days a week, with one decimal."""
    return "–" if days is None else number_format(days, 1)


@register.filter
def telework_words(telework: Telework) -> str:
    """Return where an employer stands between the lines of the study."""
    if telework.headcount is None:
        return _("No headcount is told for this month: the share of your staff is not known.")
    told = {
        "share": share_words(telework.share),
        "people": telework.people,
        "staff": telework.headcount.people,
        "day": date_words(telework.headcount.day),
    }
    if telework.is_beyond_staff:
        words = _("%(people)s people telework, of %(staff)s told on %(day)s: tell how many anew.")
        return words % told
    words = _("%(share)s of your staff telework: %(people)s of %(staff)s, as told on %(day)s.")
    return f"{words % told} {line_words(telework.share or 0)}"


def line_words(share: float) -> str:
    """Return which of the two lines a share has reached."""
    told = {"first": f"{FIRST_LINE}{GLUE}%", "second": f"{SECOND_LINE}{GLUE}%"}
    if share < FIRST_LINE:
        return _("That is below the first line, %(first)s.") % told
    if share < SECOND_LINE:
        return _("That reaches the first line, %(first)s, not the second, %(second)s.") % told
    return _("That reaches the second line, %(second)s.") % told


@register.filter
def often_words(telework: Telework) -> str:
    """Return how many telework on more than two days a week, and what to make of it."""
    if not telework.often:
        return _("Nobody teleworks on more than two days a week on average.")
    words = ngettext(
        "%(count)s person teleworks on more than two days a week on average:"
        " to look at, not a success.",
        "%(count)s people telework on more than two days a week on average:"
        " to look at, not a success.",
        telework.often,
    )
    return words % {"count": telework.often}


def columns_of(first: str, *numbers: str) -> list[Cell]:
    """Return the heading of a table of figures."""
    return [{"text": first}, *({"text": one, "is_numeric": True} for one in numbers)]


@register.simple_tag
def usage_table(rows: Iterable[Named], total: Figures, first: str) -> Table:
    """Return columns and rows of a breakdown, with the sum of all as the last."""
    columns = columns_of(first, _("Days"), _("Half-days of credits"), _("Cost"))
    told = [[own_cell(row.name), *figure_cells(row.figures)] for row in rows]
    return {"columns": columns, "rows": [*told, [{"text": _("In all")}, *figure_cells(total)]]}


@register.simple_tag
def teams_table(rows: Iterable[Named], total: Figures, sizes: Mapping[int | None, int]) -> Table:
    """Return the same by team, with the share of its people who telework: none of a small team."""
    columns = columns_of(
        _("Team"), _("Days"), _("Half-days of credits"), _("Cost"), _("Share who telework")
    )
    told = [[own_cell(row.name), *figure_cells(row.figures), team_cell(row, sizes)] for row in rows]
    every = [{"text": _("In all")}, *figure_cells(total), number_cell("–") | {"is_nothing": True}]
    return {"columns": columns, "rows": [*told, every]}


def team_cell(row: Named, sizes: Mapping[int | None, int]) -> Cell:
    """Return the share of a team who telework."""
    size = sizes.get(row.key, 0) if row.key else 0
    share = share_of_team(row.figures.people, size)
    return number_cell(share_words(share)) | {"is_nothing": share is None}


def own_cell(name: str) -> Cell:
    """Return the name of something of the employer's, or of a site."""
    return {"text": name, "is_own": True, "is_name": True}


def number_cell(text: str) -> Cell:
    """Return a figure."""
    return {"text": text, "is_numeric": True}


def figure_cells(figures: Figures) -> list[Cell]:
    """Return days, half-days and cost."""
    told = (str(figures.days), str(figures.half_days), money(figures.cents))
    return [number_cell(one) for one in told]


@register.simple_tag
def seats_table(rows: Iterable[SeatsUsed]) -> Table:
    """Return columns and rows of an employer's subscriptions: seats, taken, cost."""
    columns = columns_of(_("Subscription"), _("Seats"), _("Taken"), _("Cost"))
    return {"columns": columns, "rows": [seats_row(one) for one in rows]}


def seats_row(one: SeatsUsed) -> list[Cell]:
    """Return the cells of a subscription."""
    href = reverse("subscription", args=[one.subscription.pk])
    name = {"text": marked(one.subscription.version.told_name), "href": href}
    return [
        name,
        *(number_cell(text) for text in (str(one.seats), str(one.taken), money(one.cents))),
    ]
