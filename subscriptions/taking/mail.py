"""The mails about a subscription: taken, to end, soon at its end. To who pays it."""

from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_tasks import task

from network.hrefs import whole_address_of
from network.jobs.tasks import deliver_or_retry
from network.mails.templated import templated
from network.mails.wire import Message
from network.models import Membership, User
from subscriptions.models import Subscription
from subscriptions.taking.telling import details_of

#: What each mail is about.
TAKEN, ENDS, SOON = "taken", "ends", "soon"
SUBJECTS = {
    TAKEN: gettext_lazy("Subscription taken: %(name)s"),
    ENDS: gettext_lazy("Your subscription ends: %(name)s"),
    SOON: gettext_lazy("Your subscription ends soon: %(name)s"),
}


@task()
def send_subscription_mail(key: int, what: str, attempt: int = 1) -> str:
    """Tell who pays a subscription, in their language, that it is theirs, ends, or does so soon."""
    rows = Subscription.objects.select_related("version__plan__seller", "person", "organisation")
    subscription = rows.prefetch_related("version__costs", "seat_counts").get(pk=key)
    reader = reader_of(subscription)
    if reader is None:
        return "account deleted"

    def again(at: datetime) -> None:
        send_subscription_mail.using(run_after=at).enqueue(key, what, attempt + 1)

    with translation.override(reader.language):
        message = message_for(subscription, reader, what)
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


def message_for(subscription: Subscription, reader: User, what: str) -> Message:
    """Return a mail, in the active language."""
    name = subscription.version.told_name
    context = {
        "name": name,
        "details": details_of(subscription),
        "opening": opening_of(subscription),
        "page": whole_address_of("subscription", subscription.pk),
    }
    return templated(
        "subscriptions/email/subscription",
        subject=SUBJECTS[what] % {"name": name},
        context=context,
        to=reader.email,
        key=f"subscription-{subscription.pk}-{what}-{subscription.ends_on or ''}",
    )


def opening_of(subscription: Subscription) -> str:
    """Return what there is to know first: that it is there, or what becomes of the rest."""
    if subscription.ends_on:
        return _("What it grants can be used until its last day, the rest is lost.")
    return _("The subscription is yours. What it grants can be used from its first day on.")
