"""The mails about a subscription: taken, to end, soon at its end. To who pays it."""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task

from network.jobs.tasks import deliver_or_retry
from network.mails.templated import templated
from network.mails.wire import Message
from network.models import Membership, User
from subscriptions.models import Subscription
from subscriptions.taking.telling import details_of

Write = Callable[[Subscription, User], Message]


@task()
def send_subscription_mail(key: int, attempt: int = 1) -> str:
    """Tell who took a subscription what it is, and from when on."""

    def again(at: datetime) -> None:
        send_subscription_mail.using(run_after=at).enqueue(key, attempt + 1)

    return send(key, taken, attempt, again)


@task()
def send_end_mail(key: int, attempt: int = 1) -> str:
    """Tell who pays a subscription when it ends, and until when to use what is left."""

    def again(at: datetime) -> None:
        send_end_mail.using(run_after=at).enqueue(key, attempt + 1)

    return send(key, ends, attempt, again)


@task()
def send_warning_mail(key: int, attempt: int = 1) -> str:
    """Tell who pays a subscription that it ends within a month."""

    def again(at: datetime) -> None:
        send_warning_mail.using(run_after=at).enqueue(key, attempt + 1)

    return send(key, warned, attempt, again)


def send(key: int, write: Write, attempt: int, again: Callable[[datetime], None]) -> str:
    """Write a mail about a subscription in the language of who reads it, and send it."""
    rows = Subscription.objects.select_related("version__plan__seller", "person", "organisation")
    subscription = rows.prefetch_related("version__costs", "seat_counts").get(pk=key)
    reader = reader_of(subscription)
    if reader is None:
        return "account deleted"
    with translation.override(reader.language):
        message = write(subscription, reader)
    return deliver_or_retry(message, attempt=attempt, again=again)


def reader_of(subscription: Subscription) -> User | None:
    """Return who is told: the person, or of an organisation who took it, else who runs it."""
    if subscription.organisation is None:
        return subscription.person
    running = Membership.objects.filter(
        organisation=subscription.organisation, role__in=Membership.RUNNING_ROLES
    ).select_related("person")
    every = [row.person for row in running.order_by("-role", "pk")]
    took = [one for one in every if one.pk == subscription.made_by_id]
    return next(iter([*took, *every]), None)


def taken(subscription: Subscription, reader: User) -> Message:
    """Return the mail that says what was taken."""
    subject = _("Subscription taken: %(name)s") % {"name": subscription.version.told_name}
    return message(subscription, reader, subject, "taken")


def ends(subscription: Subscription, reader: User) -> Message:
    """Return the mail that says when it ends."""
    subject = _("Your subscription ends: %(name)s") % {"name": subscription.version.told_name}
    return message(subscription, reader, subject, "ends")


def warned(subscription: Subscription, reader: User) -> Message:
    """Return the mail that says that it ends soon."""
    subject = _("Your subscription ends soon: %(name)s")
    return message(subscription, reader, subject % {"name": subscription.version.told_name}, "soon")


def message(subscription: Subscription, reader: User, subject: str, what: str) -> Message:
    """Return a mail, in the active language."""
    context = {
        "name": subscription.version.told_name,
        "details": details_of(subscription),
        "opening": opening_of(subscription),
        "page": page_of(subscription),
    }
    return templated(
        "subscriptions/email/subscription",
        subject=subject,
        context=context,
        to=reader.email,
        key=f"subscription-{subscription.pk}-{what}-{subscription.ends_on or ''}",
    )


def opening_of(subscription: Subscription) -> str:
    """Return what there is to know first: that it is there, or what becomes of the rest."""
    if subscription.ends_on:
        return _("What it grants can be used until its last day, the rest is lost.")
    return _("The subscription is yours. What it grants can be used from its first day on.")


def page_of(subscription: Subscription) -> str:
    """Return the whole address of its page."""
    return f"{settings.PUBLIC_URL}{reverse('subscription', args=[subscription.pk])}"
