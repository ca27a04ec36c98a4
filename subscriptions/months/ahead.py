"""What subscriptions grant reaches as far as one can book: a job, each day a little further."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from subscriptions.locking import lock_subscription
from subscriptions.models import Subscription
from subscriptions.months.granting import grant_months


def grant_ahead(now: datetime) -> None:
    """Have each subscription grant what can be booked by now, in a transaction of its own."""
    today = timezone.localdate(now)
    rows = Subscription.objects.ending_after(today).order_by("pk")
    for key in rows.values_list("pk", flat=True).iterator():
        grant_of_one(key, now)


@transaction.atomic
def grant_of_one(key: int, now: datetime) -> None:
    """Have one subscription grant what can be booked by now."""
    grant_months(subscription=lock_subscription(key), now=now)
