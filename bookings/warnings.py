"""The mail that tells a person that what they booked can no longer be had."""

from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task

from bookings.calendars import page_of, slots_of
from bookings.mail import time_words
from bookings.models import Booking
from bookings.possibility import obstacles
from network.errors import Refusal
from network.tasks import Message, deliver_or_retry, message_id


@task()
def send_impossible_mail(booking_id: int, noticed_at: str, attempt: int = 1) -> str:
    """Tell the booking's person that it can no longer be had, unless that is mended by now.

    `noticed_at` (ISO 8601) is when that began: it tells one such mail from another.
    """
    instant = datetime.fromisoformat(noticed_at)
    booking = (
        Booking.objects.select_related("site__commune", "space", "person")
        .filter(pk=booking_id)
        .get()
    )

    def again(at: datetime) -> None:
        later = send_impossible_mail.using(run_after=at)
        later.enqueue(booking_id, noticed_at, attempt + 1)

    with translation.override(settings.LANGUAGE_CODE):
        reason = obstacles([booking], instant).get(booking.pk)
        if reason is None:
            return "possible"
        message = warning_of(booking, reason, instant)
    return deliver_or_retry(message, attempt=attempt, again=again)


def warning_of(booking: Booking, reason: Refusal, noticed_at: datetime) -> Message:
    """Return the mail, in the active language."""
    slots = slots_of(Booking.objects.filter(pk=booking.pk))
    subject = _("No longer possible: %(site)s, %(when)s") % {
        "site": booking.site,
        "when": time_words(slots[0]),
    }
    context = {
        "subject": subject,
        "booking": booking,
        "reason": reason.message,
        "times": [time_words(slot) for slot in slots],
        "page": page_of(booking),
        "home": settings.PUBLIC_URL,
    }
    key = f"{booking.reference}-impossible-{int(noticed_at.timestamp())}"
    return Message(
        subject=subject,
        body=render_to_string("bookings/email/impossible.txt", context),
        html=render_to_string("bookings/email/impossible.html", context),
        to=[booking.person.email],
        headers={"Message-ID": message_id(key), "Auto-Submitted": "auto-generated"},
    )
