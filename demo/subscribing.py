"""The plans of the network, as its team offers them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings

from demo.network import BuiltNetwork
from demo.subscription_plans import PlanPlan
from demo.words import columns_of
from network.models import Capacity, User
from sites.rules import local_day
from subscriptions.plans.drafting import Identity, begin_plan, write_draft
from subscriptions.plans.publishing import publish
from subscriptions.plans.terms import Terms


def offer_plans(
    plans: Mapping[str, PlanPlan], network: BuiltNetwork, by: User, first_day: date, now: datetime
) -> None:
    """Put the plans in force as of a day, and what changes of them next January."""
    seller = network.taking_part_as(Capacity.Kind.NETWORK_TEAM)[0]
    began = local_day(first_day, ZoneInfo(settings.TIME_ZONE)).starts_at
    for said in plans.values():
        identity, terms = Identity(seller, said.holders, said.is_shared), terms_of(said)
        plan = begin_plan(identity=identity, terms=terms, by=by)
        publish(plan=plan, first_day=first_day, by=by, now=began)
        if said.next:
            dearer = replace(terms, price_cents=said.next.price_cents)
            write_draft(plan=plan, terms=dearer, by=by)
            publish(plan=plan, first_day=date(now.year + 1, 1, 1), by=by, now=now)


def terms_of(said: PlanPlan) -> Terms:
    """Return the terms that a table says."""
    costs = {
        (category, kind): half_days
        for category, kinds in said.costs.items()
        for kind, half_days in kinds.items()
    }
    return Terms(
        **columns_of(name=said.name),
        price_cents=said.price_cents,
        half_days=said.half_days,
        carry_over_months=said.carry_over_months,
        trial_days=said.trial_days,
        commitment_months=said.commitment_months,
        notice_days=said.notice_days,
        costs=costs,
    )
