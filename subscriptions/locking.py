"""Whoever changes a subscription, its seats or what it grants waits for the others."""

from subscriptions.models import Subscription


def lock_subscription(key: int) -> Subscription:
    """Return a subscription as it is now, locked, with its terms. Raises DoesNotExist."""
    rows = Subscription.objects.select_for_update(no_key=True, of=("self",))
    told = rows.select_related("version__plan__seller", "person", "organisation")
    return told.prefetch_related("version__costs", "seat_counts").get(pk=key)
