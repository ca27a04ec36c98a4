"""What somebody has of subscriptions: seats, what is left this month, what they pay. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.utils import timezone

from billing.models import Pass, PassBearer
from billing.passes.holding import Held, held
from network.models import User
from subscriptions.employers.rights import employers_run_by
from subscriptions.models import MonthGrant, Seat, Subscription
from subscriptions.models.subscriptions import SubscriptionQuerySet


@dataclass(frozen=True)
class Mine:
    """A seat that somebody has, or will, with what it may spend today, what ends first before."""

    seat: Seat
    held: Sequence[Held]

    @property
    def is_unbounded(self) -> bool:
        """Tell whether they may use as much as they like."""
        return any(one.row.is_unbounded for one in self.held)

    @property
    def left(self) -> int:
        """Return the half-days that are left."""
        return sum(one.left for one in self.held)


def seats_of(person: User, now: datetime) -> list[Mine]:
    """Return the seats of a person that they have or will have: three queries, one without."""
    today = timezone.localdate(now)
    terms = "subscription__version__plan__seller"
    rows = Seat.objects.until_or_after(today).filter(person=person)
    seats = [
        row
        for row in rows.select_related(terms, "subscription__organisation").order_by("since", "pk")
        if not row.subscription.is_over(today)
    ]
    there = spendable(seats, person, now)
    return [Mine(one, there.get(one.subscription_id, [])) for one in seats]


def spendable(seats: Sequence[Seat], person: User, now: datetime) -> dict[int, list[Held]]:
    """Return what a person may spend of some subscriptions now, by subscription."""
    if not seats:
        return {}
    of = MonthGrant.objects.filter(subscription__in=[one.subscription_id for one in seats])
    whose = dict(of.values_list("granted_id", "subscription_id"))
    borne = PassBearer.objects.of(person, now)
    rows = Pass.objects.filter(
        pk__in=whose, id__in=borne.values("spent"), valid_from__lte=now, valid_until__gt=now
    )
    found: dict[int, list[Held]] = {}
    for one in held(rows.order_by("valid_until", "pk"), now):
        found.setdefault(whose[one.row.pk], []).append(one)
    return found


def paid_by(person: User) -> SubscriptionQuerySet:
    """Return the subscriptions that a person pays, or an employer that they run."""
    mine = Q(person=person) | Q(organisation__in=employers_run_by(person).values("pk"))
    return with_terms(Subscription.objects.filter(mine))


def with_terms(rows: SubscriptionQuerySet) -> SubscriptionQuerySet:
    """Read subscriptions with their terms, who pays, how many seats and how many are taken."""
    told = rows.select_related("version__plan__seller", "person", "organisation")
    counted = told.annotate(taken=Count("seats", filter=Q(seats__until=None)))
    return counted.prefetch_related("seat_counts", "version__costs").order_by("-starts_on", "-pk")
