"""What an employer's rules say of a booking: refused and why, to be approved and by whom, or fine.

Whoever books asks under the lock of the person's row, which every booking takes first: of two at
once, the second is asked about beside the first.
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from network.models import User
from network.templatetags.money import money
from subscriptions.errors import BrokenRule, RuleRefused, ToBeApproved
from subscriptions.models import Employee, Team
from subscriptions.teams.approvers import approver_for, runs
from subscriptions.teams.reading import rules_of, usage_beside
from subscriptions.teams.refusing import broken_rules
from subscriptions.teams.rules import Asked, is_to_approve


@dataclass(frozen=True)
class ApprovalNeeded:
    """Somebody has to approve: that person, or whoever runs the employer where it is None."""

    approver: User | None
    words: str


@dataclass(frozen=True)
class Verdict:
    """Every rule that would be broken; none, but perhaps somebody has to approve."""

    refusals: tuple[BrokenRule, ...] = ()
    approval: ApprovalNeeded | None = None

    @property
    def is_fine(self) -> bool:
        """Tell whether it may be booked without asking anybody."""
        return not self.refusals and self.approval is None

    def refuse(self) -> None:
        """Raise RuleRefused if a rule would be broken."""
        if self.refusals:
            raise RuleRefused(self.refusals)


def refuse_unless_approved(said: Verdict) -> None:
    """Raise ToBeApproved if somebody has to approve first."""
    if said.approval:
        raise ToBeApproved(said.approval.words)


def verdict(*, employee: Employee, asked: Asked, now: datetime) -> Verdict:
    """Return what the rules of an employee's team say of a booking on the employer's account."""
    team = employee.team
    if team is None:
        return Verdict()
    rules = rules_of(team, asked.site)
    own, others = usage_beside(employee.person, team.organisation, asked)
    broken = tuple(broken_rules(rules, asked, own, others))
    if broken or not is_to_approve(rules, asked, own):
        return Verdict(broken)
    return Verdict(approval=approval_of(team, employee.person, asked.price_cents, now))


def approval_of(
    team: Team, person: User | None, price_cents: int, now: datetime
) -> ApprovalNeeded | None:
    """Return who has to approve of a price; None where the person runs the employer."""
    if person and runs(person, team.organisation):
        return None
    approver = approver_for(team, person, timezone.localdate(now))
    return ApprovalNeeded(approver, approval_words(team, approver, price_cents))


def approval_words(team: Team, approver: User | None, price_cents: int) -> str:
    """Return who has to approve of a price, and why."""
    words = _("%(approver)s has to approve, for it costs %(price)s (above %(bound)s).")
    return words % {
        "approver": approver_name(team, approver),
        "price": money(price_cents),
        "bound": money(team.approval_above_cents or 0),
    }


def approver_name(team: Team, approver: User | None) -> str:
    """Return who approves, by name or by what they do."""
    if approver:
        return str(approver)
    return _("Whoever runs %(employer)s") % {"employer": team.organisation.name}
