"""Teams of employers in words and tables, and the ways back from their pages."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from network.models import Organisation
from network.templatetags.dates import date_words
from network.ways import Step, step, way
from sites.templatetags.told import as_own
from subscriptions.models import Employee, Team
from subscriptions.teams.telling import rule_words

register = template.Library()
register.filter(rule_words)


@register.simple_tag
def way_to_teams(employer: Organisation, team: Team | None = None, page: str = "") -> list[Step]:
    """Return the breadcrumb of the pages of teams."""
    home = step(as_own(employer.name), "employer", employer.pk)
    steps = [home, step(_("Teams"), "employer-teams", employer.pk)]
    if team is not None:
        steps.append(step(as_own(team.name), "employer-team", employer.pk, team.pk))
    return way(*steps, here=page)


@register.filter
def people_count(team: Team) -> str:
    """Return "12 personnes"."""
    count: int = team.people  # type: ignore[attr-defined]  # annotated by `teams_of`
    words = ngettext("%(count)s person", "%(count)s people", count)
    return words % {"count": count}


@register.simple_tag
def team_people_table(rows: Iterable[Employee]) -> dict[str, Any]:
    """Return columns and rows: who is in a team, how they sign in, since when."""
    names = (_("Person"), _("E-mail"), _("There since"))
    return {"columns": [{"text": one} for one in names], "rows": [person_row(one) for one in rows]}


def person_row(one: Employee) -> list[dict[str, Any]]:
    """Return the cells of one person of a team."""
    assert one.person is not None
    return [
        {"text": str(one.person), "is_own": True, "is_name": True},
        {"text": one.person.email, "is_name": True},
        {"text": date_words(one.since)},
    ]
