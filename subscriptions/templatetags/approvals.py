"""What waits for approval in tables, and the ways back from its pages."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from network.models import Organisation
from network.templatetags.dates import date_words, moment_words
from network.templatetags.money import money
from network.ways import Step, step, way
from sites.templatetags.told import as_own, marked
from subscriptions.approvals.telling import days_words, details_of, person_words, site_words
from subscriptions.models import Approval

register = template.Library()
Cells = list[dict[str, Any]]


@register.simple_tag
def way_to_approvals(employer: Organisation | None = None, page: str = "") -> list[Step]:
    """Return the breadcrumb: from an employer's home, else from the list of what waits for one."""
    if employer is None:
        return way(step(_("Approvals"), "approvals"), here=page)
    home = step(as_own(employer.name), "employer", employer.pk)
    return way(home, step(_("Approvals"), "employer-approvals", employer.pk), here=page)


@register.simple_tag
def waiting_table(rows: Iterable[Approval]) -> dict[str, Any]:
    """Return columns and rows of what waits."""
    columns = [*told_columns(), {"text": _("To be answered until")}, {"text": _("Answer")}]
    return {"columns": columns, "rows": [waiting_row(one) for one in rows]}


@register.simple_tag
def over_table(rows: Iterable[Approval]) -> dict[str, Any]:
    """Return columns and rows of what was answered, or not in time."""
    columns = [*told_columns(), {"text": _("Answer")}, {"text": _("By")}]
    return {"columns": columns, "rows": [over_row(one) for one in rows]}


def told_columns() -> Cells:
    """Return the columns of what is asked."""
    price = {"text": _("Price"), "is_numeric": True}
    return [{"text": _("Person")}, {"text": _("Day")}, {"text": _("Site")}, price]


def told_cells(one: Approval) -> Cells:
    """Return the cells of what is asked."""
    return [
        {"text": person_words(one), "is_own": True, "is_name": True},
        {"text": days_words(one)},
        {"text": site_words(one), "is_own": True, "is_name": True},
        {"text": money(one.price_cents), "is_numeric": True},
    ]


def waiting_row(one: Approval) -> Cells:
    """Return the cells of what waits, with the way to its answer."""
    page = reverse("approval", args=[one.pk])
    link = {"text": _("Answer"), "href": page, "about": person_words(one)}
    return [*told_cells(one), {"text": moment_words(one.expires_at)}, link]


def over_row(one: Approval) -> Cells:
    """Return the cells of what is over."""
    by = {"text": str(one.answered_by), "is_own": True} if one.answered_by else None
    return [*told_cells(one), {"text": outcome(one)}, by or {"text": "–", "is_nothing": True}]


def outcome(one: Approval) -> str:
    """Return how it was answered, and on which day."""
    if one.answered_at is None:
        return _("Not answered in time")
    if one.is_granted is None:
        return _("Withdrawn")
    words = _("Approved on %(day)s") if one.is_granted else _("Refused on %(day)s")
    return words % {"day": date_words(one.answered_at)}


@register.filter
def approval_details(one: Approval) -> list[dict[str, object]]:
    """Return what is asked, as terms and their values."""
    return [{"term": label, "text": marked(words)} for label, words in details_of(one)]
