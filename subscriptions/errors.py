"""Why something about plans and subscriptions is refused: a code for machines, words for people."""

from collections.abc import Sequence
from typing import NamedTuple

from network.errors import Refusal


class PlanPublished(Refusal):
    """A version that was put in force is never edited."""

    code = "plan_published"


class PlanIncomplete(Refusal):
    """There is no draft, or it gives access to nothing."""

    code = "plan_incomplete"


class PlanDayRefused(Refusal):
    """A version is put in force from a day to come, alone on it; a plan withdrawn from one."""

    code = "plan_day_refused"


class EmployerRefused(Refusal):
    """A SIRET that somebody else's organisation has."""

    code = "employer_refused"
    about = "siret"


class InvitationRefused(Refusal):
    """An invitation that is over, for somebody else, or one too many."""

    code = "invitation_refused"


class EmployeeRefused(Refusal):
    """Somebody who is there already, or who has left."""

    code = "employee_refused"


class LeavingRefused(Refusal):
    """A day on which nobody can leave."""

    code = "leaving_refused"
    about = "last_day"


class ListUnreadable(Refusal):
    """A list of people that cannot be used as a whole."""

    code = "list_unreadable"
    about = "text"


class BrokenRule(NamedTuple):
    """A rule that a booking would break: its code for machines, words for people."""

    code: str
    words: str


class RuleRefused(Refusal):
    """Rules of an employer keep a booking off its account: `refusals` are all, the first its code.

    Their codes are `team_days`, `team_budget`, `team_kind` and `team_place`.
    """

    code = "team_rule"

    def __init__(self, refusals: Sequence[BrokenRule]) -> None:
        super().__init__(" ".join(one.words for one in refusals))
        self.refusals, self.code = refusals, refusals[0].code


class TeamRefused(Refusal):
    """A team of a name that another has, or approved for by somebody from elsewhere."""

    code = "team_refused"


class SubscriptionRefused(Refusal):
    """The plan cannot be taken so: it is withdrawn, has other terms by now, is for others."""

    code = "subscription_refused"


class AlreadySubscribed(Refusal):
    """A person has one subscription of their own at a time."""

    code = "already_subscribed"


class SeatsRefused(Refusal):
    """So many seats cannot be had: fewer than are taken, or than what is booked needs."""

    code = "seats_refused"


class NoSeatLeft(Refusal):
    """All seats of the subscription are taken."""

    code = "no_seat_left"


class EndRefused(Refusal):
    """A subscription cannot end on that day."""

    code = "end_refused"


class NotOnAccount(Refusal):
    """The person may not book on the account of that organisation."""

    code = "not_on_account"


class DomainRefused(Refusal):
    """What is no domain of an employer's own: anybody's, another's, or said already."""

    code = "domain_refused"
    about = "name"


class LookUpFailed(Refusal):
    """The DNS gives no answer: neither that something is there nor that it is not."""

    code = "look_up_failed"


class HeadcountRefused(Refusal):
    """The headcount of a day to come."""

    code = "headcount_refused"
    about = "day"


class CostCentreRefused(Refusal):
    """A cost centre that something is booked under, or of a code that there is."""

    code = "cost_centre_refused"


class ApprovalRefused(Refusal):
    """Something is asked or answered already, or can be answered no longer."""

    code = "approval_refused"


class CreditsUsedUp(Refusal):
    """The credits are not enough, and the plan has nothing beyond them."""

    code = "credits_used_up"


class ToBeApproved(Refusal):
    """Somebody has to approve of it first."""

    code = "to_be_approved"
