"""Why something about plans and subscriptions is refused: a code for machines, words for people."""

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


class NotOnAccount(Refusal):
    """Who books is nobody of the organisation that would pay."""

    code = "not_on_account"
