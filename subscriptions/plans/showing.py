"""Which plans are on offer, in which version, and what comes next. Reads only."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from subscriptions.models import Plan, PlanVersion


@dataclass(frozen=True)
class Offered:
    """A plan with its version in force, None before the first; and the one that comes next."""

    plan: Plan
    current: PlanVersion | None
    following: PlanVersion | None

    @property
    def shown(self) -> PlanVersion | None:
        """Return what tells its terms: the version in force, else the next one."""
        return self.current or self.following


def plans_on_offer(day: date) -> list[Offered]:
    """Return the plans that one can subscribe to on a day, the cheapest first: five queries."""
    some = offered(list(Plan.objects.on_offer(day)), day)
    there = [one for one in some if one.current]
    return sorted(there, key=lambda one: (price_of(one), one.plan.code))


def price_of(one: Offered) -> int:
    """Return what a seat costs a month, in cents: by what is shown of it."""
    return one.shown.price_cents if one.shown else 0


def offered(plans: Sequence[Plan], day: date) -> list[Offered]:
    """Return plans with the version in force on a day and the next one."""
    rows = (
        PlanVersion.objects.filter(plan__in=plans)
        .select_related("plan__seller")
        .prefetch_related("costs")
    )
    current = first_by_plan(rows.begun(day))
    following = first_by_plan(rows.to_come(day))
    return [Offered(one, current.get(one.pk), following.get(one.pk)) for one in plans]


def first_by_plan(rows: Iterable[PlanVersion]) -> dict[int, PlanVersion]:
    """Return the first of some versions of each plan."""
    found: dict[int, PlanVersion] = {}
    for row in rows:
        found.setdefault(row.plan_id, row)
    return found


def last_version(plan: Plan) -> PlanVersion:
    """Return the draft of a plan, else the version that begins last: one of them there is."""
    rows = plan.versions.prefetch_related("costs")
    draft = rows.filter(published_at=None).first()
    return draft or rows.published().latest("in_force_from")
