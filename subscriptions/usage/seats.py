"""The seats of an employer in a month, and what they cost. Reads only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, Sum

from billing.models import Charge
from billing.statements.months import Month
from network.models import Organisation
from subscriptions.models import Subscription
from subscriptions.months.charging import paid_parts
from subscriptions.months.counting import parts_of
from subscriptions.months.shares import price


@dataclass(frozen=True)
class SeatsUsed:
    """The seats of a subscription in a month, how many are taken by `day`, what they cost, cents.

    Until the month is closed the cost is what it will be charged.
    """

    subscription: Subscription
    seats: int
    taken: int
    cents: int


def seats_in(employer: Organisation, month: Month, today: date) -> list[SeatsUsed]:
    """Return the seats of an employer's subscriptions in a month, by today at the latest.

    Three queries, whatever they are.
    """
    rows = list(subscriptions_in(employer, month, min(today, month.last)))
    charged = charged_in(employer, month) if rows else {}
    return [seats_used(one, month, charged) for one in rows]


def subscriptions_in(employer: Organisation, month: Month, day: date) -> list[Subscription]:
    """Return the subscriptions that an employer has in a month, with those who sit by a day."""
    rows = Subscription.objects.of_organisation(employer).filter(starts_on__lte=month.last)
    had = Q(seats__until=None) | Q(seats__until__gte=day)
    told = rows.ending_after(month.first).select_related("version__plan__seller")
    counted = told.annotate(taken=Count("seats", filter=had & Q(seats__since__lte=day)))
    return list(counted.prefetch_related("seat_counts").order_by("starts_on", "pk"))


def charged_in(employer: Organisation, month: Month) -> Mapping[str, int]:
    """Return the cents that are charged for the seats of a month, by what they are for."""
    span = month.interval
    lines = Charge.objects.filter(
        organisation=employer,
        kind=Charge.Kind.SUBSCRIPTION,
        starts_at__gte=span.starts_at,
        starts_at__lt=span.ends_at,
    )
    return dict(lines.order_by().values_list("subject").annotate(total=Sum("amount_cents")))


def seats_used(one: Subscription, month: Month, charged: Mapping[str, int]) -> SeatsUsed:
    """Return the seats of a subscription in a month."""
    seats = sum(part.seats for part in parts_of(one, month))
    cents = charged.get(one.subject, expected_cents(one, month))
    taken: int = one.taken  # type: ignore[attr-defined]  # annotated
    return SeatsUsed(one, seats, taken, cents)


def expected_cents(one: Subscription, month: Month) -> int:
    """Return the cents that a month of a subscription is to be charged, as seats are by now."""
    unit = one.version.price_cents
    return sum(part.seats * price(unit, part, month) for part in paid_parts(one, month))
