"""A subscription ends with a month, after notice and commitment; or goes on after all.

What it grants can be used until then. It does not end before what is booked with it.
"""

from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from billing.models import Charge, Pass
from billing.passes.validity import last_day
from billing.statements.months import Month, day_of
from network.models import User
from network.templatetags.dates import date_words
from subscriptions.employers.rights import refuse_unless_runs
from subscriptions.errors import EndRefused
from subscriptions.locking import lock_subscription
from subscriptions.models import Subscription
from subscriptions.months.granting import grant_month, grant_months
from subscriptions.months.granting import last_day as last_of_grant
from subscriptions.taking.mail import ENDS, send_subscription_mail


def bound_until(subscription: Subscription, today: date) -> date:
    """Return the first day that neither notice nor commitment reaches: it can end before it."""
    version = subscription.version
    first: date = subscription.starts_on
    committed = last_day(first, version.commitment_months)
    return max(today + timedelta(days=version.notice_days), committed, first)


def earliest_end(subscription: Subscription, today: date) -> date:
    """Return the last day of the first month that it can end with."""
    bound = bound_until(subscription, today)
    before = bound - timedelta(days=1)
    is_whole = bound.day == 1 and before >= max(today, subscription.starts_on)
    return before if is_whole else Month(bound.replace(day=1)).last


@transaction.atomic
def end_subscription(
    *, subscription: Subscription, ends_on: date, by: User, now: datetime
) -> Subscription:
    """Have a subscription end with the last day of a month; who pays it is told by a mail.

    Raises EndRefused for another day, one that is too soon, and while something is booked with what
    it grants for later; PermissionDenied to whose it is not.
    """
    locked, today = lock_subscription(subscription.pk), timezone.localdate(now)
    refuse_others(locked, by)
    refuse_end(locked, ends_on, today)
    locked.ends_on, locked.ended_at = ends_on, now
    locked.save(update_fields=["ends_on", "ended_at"])
    end_grants(locked, now)
    send_subscription_mail.enqueue(locked.pk, ENDS)
    return locked


@transaction.atomic
def go_on(*, subscription: Subscription, by: User, now: datetime) -> Subscription:
    """Have a subscription go on that was to end, on its old terms. Raises EndRefused once over."""
    locked = lock_subscription(subscription.pk)
    refuse_others(locked, by)
    if locked.ends_on is None:
        return locked
    if locked.ends_on < timezone.localdate(now):
        raise EndRefused(_("This subscription is over: take a new one."))
    locked.ends_on = locked.ended_at = locked.warned_at = None
    locked.save(update_fields=["ends_on", "ended_at", "warned_at"])
    renew_grants(locked, timezone.localdate(now))
    grant_months(subscription=locked, now=now)
    return locked


def refuse_others(subscription: Subscription, by: User) -> None:
    """Raise PermissionDenied unless it is the person's own, or they run the employer."""
    if subscription.organisation is not None:
        refuse_unless_runs(by, subscription.organisation)
    elif subscription.person != by:
        raise PermissionDenied


def refuse_end(subscription: Subscription, ends_on: date, today: date) -> None:
    """Refuse a last day that is none of a month, too soon, or before something that is booked."""
    soonest = earliest_end(subscription, today)
    if ends_on < soonest:
        words = _("It can end on %(day)s at the earliest.")
        raise EndRefused(words % {"day": date_words(soonest)}, about="ends_on")
    if ends_on != Month.of(ends_on).last:
        raise EndRefused(_("It ends with the last day of a month."), about="ends_on")
    if booked := booked_after(subscription, ends_on):
        words = _("Something is booked with it on %(day)s: cancel that first, or end it later.")
        raise EndRefused(words % {"day": date_words(booked)}, about="ends_on")


def booked_after(subscription: Subscription, day: date) -> date | None:
    """Return the last day after a day of which something is covered by what it grants, if any."""
    after = Charge.objects.filter(
        kind=Charge.Kind.USE,
        spent_pass__in=subscription.grants.values("granted"),
        ends_at__gt=day_of(day).ends_at,
    )
    standing = after.exclude(corrections__kind=Charge.Kind.GIVEN_BACK).select_related("site")
    last = standing.order_by("starts_at").last()
    if last is None or last.starts_at is None or last.site is None:
        return None
    return last.starts_at.astimezone(last.site.zone).date()


def end_grants(subscription: Subscription, now: datetime) -> None:
    """Take back what was granted of months after the end; the rest holds until the end."""
    renew_grants(subscription, timezone.localdate(now))
    rows = subscription.grants.filter(month__gt=subscription.ends_on)
    for first in rows.order_by("month").values_list("month", flat=True).distinct():
        grant_month(subscription, Month(first), now)


def renew_grants(subscription: Subscription, today: date) -> None:
    """Have what it grants hold as long as its terms and its last day say."""
    for row in subscription.grants.filter(granted__last_on__gte=today):
        last = last_of_grant(subscription, Month(row.month))
        until = day_of(last).ends_at
        Pass.objects.filter(pk=row.granted_id).update(last_on=last, valid_until=until)
