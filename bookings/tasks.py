"""Work for later about bookings."""

from datetime import datetime

from django.utils import timezone
from django_tasks import task

from bookings.mail import Change, message_for
from bookings.sending import letter_to_send, record_withdrawal
from network.tasks import SENT, deliver_or_retry


@task()
def send_booking_mail(
    booking_id: int, change: str, sequence: int, number: int = 1, attempt: int = 1
) -> str:
    """Tell the booking's person of one event of one revision, but not of one that was overtaken.

    The mail is written anew at each attempt, so that a late one does not tell old news.
    """
    letter = letter_to_send(
        booking_id, sequence=sequence, change=Change(change), number=number, now=timezone.now()
    )
    if letter is None:
        return "overtaken"

    def again(at: datetime) -> None:
        later = send_booking_mail.using(run_after=at)
        later.enqueue(booking_id, change, sequence, number, attempt + 1)

    outcome = deliver_or_retry(message_for(letter), attempt=attempt, again=again)
    if outcome == SENT and letter.about.is_cancelled:
        record_withdrawal(letter)
    return outcome
