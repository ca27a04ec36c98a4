"""Teams of an employer are made, changed and deleted, with the rules for their people."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network.models import Organisation, Territory, User
from sites.models import Site
from subscriptions.employers.locking import lock_employer
from subscriptions.employers.rights import refuse_unless_runs
from subscriptions.errors import TeamRefused
from subscriptions.models import Team
from subscriptions.teams.approvers import people_to_approve


@dataclass(frozen=True, kw_only=True)
class TeamTerms:
    """What is told of a team: its name and its rules. None and empty bound nothing."""

    name: str
    days_a_week: int | None = None
    monthly_budget_cents: int | None = None
    approval_above_cents: int | None = None
    approver: User | None = None
    kinds: Sequence[str] = ()
    sites: Sequence[Site] = ()
    territories: Sequence[Territory] = ()
    may_choose_account: bool = True

    @property
    def columns(self) -> dict[str, Any]:
        """Return what stands in the team's own row."""
        told = {one.name: getattr(self, one.name) for one in fields(self)}
        for name in ("sites", "territories"):
            del told[name]
        return told | {"kinds": list(self.kinds)}


@transaction.atomic
def make_team(*, employer: Organisation, terms: TeamTerms, by: User, now: datetime) -> Team:
    """Make a team without people. Raises TeamRefused, or PermissionDenied."""
    refuse_unless_runs(by, employer)
    return written(Team(organisation=lock_employer(employer)), terms, now)


@transaction.atomic
def change_team(*, team: Team, terms: TeamTerms, by: User, now: datetime) -> Team:
    """Give a team other rules, which hold for what is booked from now on.

    Raises TeamRefused, Team.DoesNotExist for one that was deleted meanwhile, or PermissionDenied.
    """
    refuse_unless_runs(by, team.organisation)
    lock_employer(team.organisation)
    return written(Team.objects.select_related("organisation").get(pk=team.pk), terms, now)


@transaction.atomic
def delete_team(*, team: Team, by: User) -> None:
    """Delete a team: its people stay, without one. Raises PermissionDenied."""
    refuse_unless_runs(by, team.organisation)
    lock_employer(team.organisation)
    Team.objects.filter(pk=team.pk).delete()


def written(team: Team, terms: TeamTerms, now: datetime) -> Team:
    """Save what is told of a team of a locked employer. Raises TeamRefused."""
    refuse_name(team, terms.name)
    refuse_approver(team, terms.approver, now)
    for name, value in terms.columns.items():
        setattr(team, name, value)
    team.save()
    team.sites.set(terms.sites)
    team.territories.set(terms.territories)
    return team


def refuse_name(team: Team, name: str) -> None:
    """Refuse the name of another team of the same employer."""
    others = Team.objects.filter(organisation=team.organisation).exclude(pk=team.pk)
    if others.filter(name=name).exists():
        raise TeamRefused(_("There is a team of this name."), about="name")


def refuse_approver(team: Team, approver: User | None, now: datetime) -> None:
    """Refuse somebody who is not of the employer."""
    today = timezone.localdate(now)
    if approver and approver not in people_to_approve(team.organisation, today):
        words = _("This person is not of the employer any more.")
        raise TeamRefused(words, about="approver")
