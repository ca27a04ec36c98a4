"""Work for later about bookings."""

from datetime import datetime

from django_tasks import task

from bookings.mail import Change, Letter, message_for
from bookings.models import Booking
from network.tasks import deliver_or_retry


@task()
def send_booking_mail(
    booking_id: int, change: str, sequence: int, times_before: int = 0, attempt: int = 1
) -> str:
    """Tell the booking's person of one revision; say nothing of a revision that was overtaken.

    The mail is written anew at each attempt, so that a late one does not tell old news.
    """
    booking = (
        Booking.objects.filter(pk=booking_id, sequence=sequence)
        .select_related("site__commune", "space", "person", "booked_by")
        .first()
    )
    if booking is None:
        return "overtaken"

    def again(at: datetime) -> None:
        later = send_booking_mail.using(run_after=at)
        later.enqueue(booking_id, change, sequence, times_before, attempt + 1)

    letter = Letter(booking, Change(change), times_before)
    return deliver_or_retry(message_for(letter), attempt=attempt, again=again)
