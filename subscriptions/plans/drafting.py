"""Plans are begun, and the next version of each is written: a draft, until it is put in force."""

from collections.abc import Iterator
from itertools import chain, count
from typing import NamedTuple

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from network.models import Capacity, Organisation, User
from subscriptions.errors import PlanPublished
from subscriptions.models import Plan, PlanCost, PlanVersion
from subscriptions.plans.terms import Terms, cost_rows
from subscriptions.rights import refuse_unless_planner

#: What an organisation is that may sell plans: the network, or one of its operators.
SELLING = (Capacity.Kind.NETWORK_TEAM, Capacity.Kind.OPERATOR)
#: Leaves room for a number after it.
LONGEST_CODE = 35
#: The page on which a plan is begun stands where that of a plan would.
NO_CODES = ("new",)


class Identity(NamedTuple):
    """What stays of a plan whatever its terms: who sells it, to whom, and whether seats share."""

    seller: Organisation
    holders: str
    is_shared: bool


def sellers() -> list[Organisation]:
    """Return who may sell plans: the network's own first."""
    some = Organisation.objects.filter(capacities__kind__in=SELLING).distinct()
    own = set(some.filter(capacities__kind=Capacity.Kind.NETWORK_TEAM))
    return sorted(some, key=lambda one: (one not in own, one.name, one.pk))


@transaction.atomic
def begin_plan(*, identity: Identity, terms: Terms, by: User) -> Plan:
    """Write a plan whose first terms are a draft; its code is made of its name.

    Raises PermissionDenied, also for a seller that may not sell plans.
    """
    refuse_unless_planner(by)
    if identity.seller not in sellers():
        raise PermissionDenied
    plan = new_plan(terms.name, identity)
    write_draft(plan=plan, terms=terms, by=by)
    return plan


def new_plan(name: str, identity: Identity) -> Plan:
    """Write a plan under a code of its name that no other has: "mi-temps", "mi-temps-2"."""
    told = identity._asdict()
    rows = (Plan.objects.get_or_create(code=code, defaults=told) for code in codes_of(name))
    return next(plan for plan, is_new in rows if is_new)


def codes_of(name: str) -> Iterator[str]:
    """Yield codes for a name without end; what addresses of our own pages say is none."""
    base = slugify(name)[:LONGEST_CODE] or "plan"
    every = chain([base], (f"{base}-{number}" for number in count(2)))
    return (code for code in every if code not in NO_CODES)


@transaction.atomic
def write_draft(*, plan: Plan, terms: Terms, by: User) -> PlanVersion:
    """Write the next version of a plan, in the place of its draft if it has one."""
    refuse_unless_planner(by)
    lock_plan(plan)
    draft, _is_new = PlanVersion.objects.update_or_create(
        plan=plan, published_at=None, defaults=terms.columns
    )
    draft.costs.all().delete()
    PlanCost.objects.bulk_create(cost_rows(draft, terms.costs))
    return draft


@transaction.atomic
def discard_draft(*, plan: Plan, by: User) -> None:
    """Delete the draft of a plan, and the plan if it never had terms. Raises PlanPublished."""
    refuse_unless_planner(by)
    lock_plan(plan)
    drafts = PlanVersion.objects.filter(plan=plan, published_at=None)
    if not drafts.exists() and PlanVersion.objects.filter(plan=plan).exists():
        raise PlanPublished(_("The draft was put in force or deleted meanwhile."))
    drafts.delete()
    if not PlanVersion.objects.filter(plan=plan).exists():
        plan.delete()


def lock_plan(plan: Plan) -> Plan:
    """Return a plan as it is now, locked. Raises Plan.DoesNotExist."""
    return Plan.objects.select_for_update(no_key=True).get(pk=plan.pk)
