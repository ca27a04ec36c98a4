"""Work for later about bookings."""

from datetime import datetime

from django.utils import timezone
from django_tasks import task

from bookings.mail import Change, message_for
from bookings.sending import letter_to_send, record_withdrawal, take_back
from network.tasks import SENT, deliver_or_retry


@task()
def send_booking_mail(
    booking_id: int,
    change: str,
    sequence: int,
    number: int = 1,
    attempt: int = 1,
    former: int | None = None,
) -> str:
    """Tell the booking's person of one event of one revision, but not of one that was overtaken.

    The mail is written anew at each attempt, so that a late one does not tell old news. `former`
    is the record of what an address that the person has left is to forget.
    """
    outgoing = letter_to_send(
        booking_id,
        sequence=sequence,
        change=Change(change),
        number=number,
        former=former,
        now=timezone.now(),
    )
    if outgoing is None:
        return "overtaken"

    def again(at: datetime) -> None:
        later = send_booking_mail.using(run_after=at)
        later.enqueue(booking_id, change, sequence, number, attempt + 1, former)

    def refused() -> None:
        take_back(outgoing)

    message = message_for(outgoing.letter)
    outcome = deliver_or_retry(message, attempt=attempt, again=again, refused=refused)
    if outcome == SENT and outgoing.letter.about.is_cancelled:
        record_withdrawal(outgoing)
    return outcome
