"""Versions of plans are put in force; plans are withdrawn, and offered again."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network.models import User
from subscriptions.errors import PlanDayRefused, PlanIncomplete
from subscriptions.models import Plan, PlanVersion
from subscriptions.plans.drafting import lock_plan
from subscriptions.rights import refuse_unless_planner


@transaction.atomic
def publish(*, plan: Plan, first_day: date, by: User, now: datetime) -> PlanVersion:
    """Put the draft of a plan in force from a day on: the very first version from today on.

    Raises PlanIncomplete without a draft, or for one that gives access to nothing; PlanDayRefused
    for a day that is over or has its version; PermissionDenied.
    """
    refuse_unless_planner(by)
    lock_plan(plan)
    draft = PlanVersion.objects.filter(plan=plan, published_at=None).first()
    if draft is None:
        raise PlanIncomplete(_("There is no draft any more: it was put in force or deleted."))
    if not draft.costs.exists():
        raise PlanIncomplete(_("The plan gives access to nothing yet: say what half-days cost."))
    refuse_day(plan, first_day, timezone.localdate(now))
    draft.in_force_from, draft.published_at, draft.published_by = first_day, now, by
    draft.save()
    return draft


def refuse_day(plan: Plan, first_day: date, today: date) -> None:
    """Refuse a first day that is over, or that another version of the plan begins on."""
    published = PlanVersion.objects.published().filter(plan=plan)
    if first_day < today or (first_day == today and published.exists()):
        raise PlanDayRefused(_("A version begins on a day to come."), about="first_day")
    if published.filter(in_force_from=first_day).exists():
        words = _("Another version of the plan begins on this day.")
        raise PlanDayRefused(words, about="first_day")


@transaction.atomic
def withdraw(*, plan: Plan, from_day: date, by: User, now: datetime) -> Plan:
    """Take no new subscription to a plan from a day on; those that there are go on.

    Raises PlanDayRefused for a day that is over, or PermissionDenied.
    """
    refuse_unless_planner(by)
    locked = lock_plan(plan)
    if from_day < timezone.localdate(now):
        raise PlanDayRefused(_("This day is over."), about="from_day")
    locked.withdrawn_from = from_day
    locked.save(update_fields=["withdrawn_from"])
    return locked


@transaction.atomic
def offer_again(*, plan: Plan, by: User) -> Plan:
    """Take subscriptions to a plan again. Raises PermissionDenied."""
    refuse_unless_planner(by)
    locked = lock_plan(plan)
    locked.withdrawn_from = None
    locked.save(update_fields=["withdrawn_from"])
    return locked
