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
