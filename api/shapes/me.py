"""Who asks, as plain JSON types."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from api.shapes.plain import Json
from api.shapes.subscriptions import day_out, payer_out
from network.models import Membership, Organisation, User
from sites.models import Site
from subscriptions.taking.showing import Mine


@dataclass(frozen=True, kw_only=True)
class Belonging:
    """What a person belongs to: organisations, accounts, sites, seats of subscriptions."""

    memberships: Sequence[Membership]
    accounts: Iterable[Organisation]
    sites: Iterable[Site]
    seats: Iterable[Mine]


def me_out(person: User, there: Belonging) -> Json:
    """Return what the API knows of the person who asks."""
    return {
        "email": person.email,
        "name": person.name,
        "status": person.status,
        "organisations": [membership_out(one) for one in there.memberships],
        "capacities": [
            capacity_out(one, kind)
            for one in there.memberships
            for kind in one.organisation.kinds()
        ],
        "accounts": [payer_out(one) for one in there.accounts],
        "subscriptions": [seat_out(one) for one in there.seats],
        "sites": [{"slug": site.slug, "name": site.name} for site in there.sites],
    }


def membership_out(one: Membership) -> Json:
    """Return an organisation with the person's role there."""
    capacities = one.organisation.kinds()
    return {"name": one.organisation.name, "capacities": capacities, "role": one.role}


def capacity_out(one: Membership, kind: str) -> Json:
    """Return one of the things that an organisation is, with the person's role there."""
    return {"organisation": payer_out(one.organisation), "kind": kind, "role": one.role}


def seat_out(one: Mine) -> Json:
    """Return a seat of a subscription, who pays it and what is left of it."""
    subscription = one.seat.subscription
    payer = subscription.organisation
    return {
        "plan": subscription.version.plan.code,
        "name": str(subscription.version.told_name),
        "paid_by": payer_out(payer) if payer else None,
        "left": None if one.is_unbounded else one.left,
        "until": day_out(one.seat.until or subscription.ends_on),
    }
