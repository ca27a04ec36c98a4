"""How many people an employer has, in words and in a table."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from network.templatetags.dates import date_words
from subscriptions.models import Headcount

register = template.Library()
#: Days after which a headcount is called old.
A_YEAR = 365


@register.simple_tag
def headcount_words(last: Headcount | None, today: date) -> str:
    """Return how many people were told last, and how old that is."""
    if last is None:
        return _("No headcount is told yet: shares of your staff cannot be reckoned.")
    words = ngettext("%(count)s person on %(day)s", "%(count)s people on %(day)s", last.people)
    told = words % {"count": last.people, "day": date_words(last.day)}
    return f"{told}: {age_words((today - last.day).days)}"


def age_words(days: int) -> str:
    """Return how old something is; that it is to be told anew after a year."""
    if days == 0:
        return _("told for today.")
    words = ngettext("%(count)s day old.", "%(count)s days old.", days) % {"count": days}
    if days <= A_YEAR:
        return words
    anew = _("Tell it anew: shares are reckoned against it.")
    return f"{words} {anew}"


@register.simple_tag
def is_old(last: Headcount | None, today: date) -> bool:
    """Tell whether a headcount is missing, or older than a year."""
    return last is None or (today - last.day).days > A_YEAR


@register.simple_tag
def headcount_table(rows: Iterable[Headcount]) -> dict[str, Any]:
    """Return columns and rows: of which day, how many, said when and by whom."""
    names = [{"text": _("Day")}, {"text": _("People"), "is_numeric": True}]
    columns = [*names, {"text": _("Told on")}, {"text": _("By")}]
    return {"columns": columns, "rows": [headcount_row(one) for one in rows]}


def headcount_row(one: Headcount) -> list[dict[str, Any]]:
    """Return the cells of what was told of a day."""
    by = {"text": str(one.made_by), "is_own": True} if one.made_by else None
    return [
        {"text": date_words(one.day)},
        {"text": str(one.people), "is_numeric": True},
        {"text": date_words(one.made_at)},
        by or {"text": "–", "is_nothing": True},
    ]
