"""Somebody subscribes to a plan: a person for themselves, or an employer for its people."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from billing.errors import KeyOfAnother
from network.models import Organisation, User
from subscriptions.employers.rights import refuse_unless_runs
from subscriptions.errors import AlreadySubscribed, SubscriptionRefused
from subscriptions.locking import lock_subscription
from subscriptions.models import Plan, PlanVersion, Seat, SeatCount, Subscription
from subscriptions.months.granting import grant_months
from subscriptions.plans.drafting import lock_plan
from subscriptions.taking.mail import TAKEN, send_subscription_mail

#: Of one subscription; more is a typing mistake, or a talk with the network team.
MOST_SEATS = 2_000
#: How long before its first day a subscription can be taken.
MOST_DAYS_AHEAD = 365


@dataclass(frozen=True, kw_only=True)
class Wish:
    """The terms that somebody read and wants, from a day on; without an organisation their own."""

    version: PlanVersion
    starts_on: date
    seats: int = 1
    organisation: Organisation | None = None
    purchase_order: str = ""


@transaction.atomic
def subscribe(*, wish: Wish, by: User, now: datetime, key: UUID) -> Subscription:
    """Take a plan, once however often it is asked with one key; who pays it is told by a mail.

    Raises what `take` does.
    """
    made, is_new = take(wish=wish, by=by, now=now, key=key)
    if is_new:
        send_subscription_mail.enqueue(made.pk, TAKEN)
    return made


def take(*, wish: Wish, by: User, now: datetime, key: UUID) -> tuple[Subscription, bool]:
    """Take a plan: a person has its only seat at once. Return it, and whether it is new.

    Nobody is told; the caller is in a transaction. Raises SubscriptionRefused, AlreadySubscribed;
    KeyOfAnother for the key of another one, PermissionDenied to who does not run the organisation.
    """
    plan = lock_plan(wish.version.plan)
    if before := Subscription.objects.filter(key=key).first():
        return the_same(before, wish, by), False
    refuse_wish(wish, plan, by, timezone.localdate(now))
    made = written(wish, by, now, key)
    SeatCount.objects.create(
        subscription=made, from_day=wish.starts_on, seats=wish.seats, made_at=now, made_by=by
    )
    if wish.organisation is None:
        Seat.objects.create(subscription=made, number=1, person=by, since=wish.starts_on)
    grant_months(subscription=lock_subscription(made.pk), now=now)
    return made, True


def the_same(before: Subscription, wish: Wish, by: User) -> Subscription:
    """Return the subscription that a key stands for. Raises KeyOfAnother."""
    if (before.version_id, before.made_by_id) != (wish.version.pk, by.pk):
        raise KeyOfAnother(_("This was already written, and otherwise."))
    return before


def refuse_wish(wish: Wish, plan: Plan, by: User, today: date) -> None:
    """Refuse what cannot be taken: for whom, by whom, in which terms, from when, how often."""
    refuse_holder(wish, plan, by)
    refuse_terms(wish, plan, today)
    if not today <= wish.starts_on <= today + timedelta(days=MOST_DAYS_AHEAD):
        words = _("A subscription begins today, or within a year.")
        raise SubscriptionRefused(words, about="starts_on")
    if not 1 <= wish.seats <= (MOST_SEATS if wish.organisation else 1):
        raise SubscriptionRefused(_("So many seats cannot be taken at once."), about="seats")


def refuse_holder(wish: Wish, plan: Plan, by: User) -> None:
    """Refuse a plan that is for others, an organisation of others, and a second one of one's own.

    The person is locked: twice at once, the second waits, and finds the first.
    """
    others = Plan.Holders.PERSONS if wish.organisation else Plan.Holders.ORGANISATIONS
    if plan.holders == others:
        raise SubscriptionRefused(_("This plan is not for you: choose another one."))
    if wish.organisation is not None:
        refuse_unless_runs(by, wish.organisation)
        return
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    if Subscription.objects.of_person(by).ending_after(wish.starts_on).exists():
        raise AlreadySubscribed(_("You have a subscription already: end it first."))


def refuse_terms(wish: Wish, plan: Plan, today: date) -> None:
    """Refuse a plan that is withdrawn, and terms that are not those of the first day."""
    if not plan.is_on_offer(today):
        raise SubscriptionRefused(_("This plan is no longer on offer: choose another one."))
    begun = plan.versions.begun(wish.starts_on).first()
    if begun is None or begun.pk != wish.version.pk:
        raise SubscriptionRefused(_("The plan has other terms from that day on: look at them."))


def written(wish: Wish, by: User, now: datetime, key: UUID) -> Subscription:
    """Write the subscription."""
    return Subscription.objects.create(
        key=key,
        version=wish.version,
        person=None if wish.organisation else by,
        organisation=wish.organisation,
        starts_on=wish.starts_on,
        trial_until=trial_until(wish, by),
        purchase_order=wish.purchase_order,
        made_at=now,
        made_by=by,
    )


def trial_until(wish: Wish, by: User) -> date | None:
    """Return the last day that is free of charge: one tries a plan once."""
    days = wish.version.trial_days
    mine = {"organisation": wish.organisation} if wish.organisation else {"person": by}
    tried = Subscription.objects.filter(version__plan=wish.version.plan_id, **mine)
    if not days or tried.exists():
        return None
    return wish.starts_on + timedelta(days=days - 1)
