"""The mail that tells who runs a site that bookings there can no longer be had."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import ngettext
from django_tasks import task

from bookings.calendars import page_of
from bookings.models import Booking
from bookings.possibility import Impossible, impossible_at
from network.jobs.tasks import deliver_or_retry
from network.mails.templated import templated
from network.mails.wire import Message
from network.models import User
from network.running import people_running
from sites.models import Site
from sites.templatetags.when import when


def managers_of(site: Site) -> QuerySet[User]:
    """Return the people who run the site for its operator."""
    return people_running([site.operator_id])


@task()
def send_site_warning(
    site_id: int, manager_id: int, booking_ids: list[int], noticed_at: str, attempt: int = 1
) -> str:
    """Tell one manager which of those bookings can no longer be had, if any still cannot.

    `noticed_at` (ISO 8601) is when they became so: it tells one such mail from another.
    """
    site = Site.objects.select_related("commune").get(pk=site_id)
    manager = managers_of(site).filter(pk=manager_id).first()
    if manager is None:
        return "runs the site no longer"

    def again(at: datetime) -> None:
        later = send_site_warning.using(run_after=at)
        later.enqueue(site_id, manager_id, booking_ids, noticed_at, attempt + 1)

    with translation.override(manager.language):
        found = impossible_at(site, timezone.now())
        met = [found[pk] for pk in booking_ids if pk in found]
        if not met:
            return "possible"
        message = site_warning(site, manager, met, datetime.fromisoformat(noticed_at))
    return deliver_or_retry(message, attempt=attempt, again=again)


def site_warning(
    site: Site, manager: User, met: Sequence[Impossible], noticed_at: datetime
) -> Message:
    """Return the mail, in the active language."""
    count = ngettext(
        "%(count)d booking no longer possible: %(site)s",
        "%(count)d bookings no longer possible: %(site)s",
        len(met),
    )
    return templated(
        "bookings/email/site_warning",
        subject=count % {"count": len(met), "site": site},
        context={"site": site, "bookings": [told(one) for one in met]},
        to=manager.email,
        key=f"{site.slug}-{manager.pk}-impossible-{int(noticed_at.timestamp())}",
    )


def told(impossible: Impossible) -> dict[str, object]:
    """Return what the mail says of one booking."""
    booking: Booking = impossible.booking
    return {
        "reference": booking.reference,
        "person": booking.person,
        "space": booking.space.name,
        "times": [
            {"when": when(time, booking.site.zone), "reason": reason.message}
            for time, reason in impossible.times.items()
        ],
        "page": page_of(booking),
    }
