"""Who pays a subscription is warned a month before it ends, once."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from subscriptions.models import Subscription
from subscriptions.taking.mail import SOON, send_subscription_mail

#: How long before the end.
WARNED_DAYS = 30


def warn_of_ends(now: datetime) -> None:
    """Send a mail about each subscription that ends within a month and was not warned of."""
    today = timezone.localdate(now)
    soon = Subscription.objects.ending_after(today).filter(
        ends_on__lte=today + timedelta(days=WARNED_DAYS), warned_at=None
    )
    for key in soon.order_by("pk").values_list("pk", flat=True):
        warn(key, now)


@transaction.atomic
def warn(key: int, now: datetime) -> None:
    """Send one of them, unless another worker did; told to end so late, its own mail warned."""
    rows = Subscription.objects.filter(pk=key, warned_at=None, ends_on__isnull=False)
    if rows.update(warned_at=now):
        send_subscription_mail.enqueue(key, SOON)
