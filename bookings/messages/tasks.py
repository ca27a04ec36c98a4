"""Work for later about bookings."""

from collections.abc import Callable
from datetime import datetime

from django.utils import timezone
from django_tasks import task

from bookings.messages.letters import Change
from bookings.messages.mail import message_for
from bookings.messages.sending import (
    Outgoing,
    farewell_to_send,
    letter_to_send,
    record_withdrawal,
    take_back,
)
from network.jobs.tasks import SENT, deliver_or_retry


@task()
def send_booking_mail(
    booking_id: int, change: str, sequence: int, number: int = 1, attempt: int = 1
) -> str:
    """Tell the booking's person of one event of one revision, but not of one that was overtaken.

    The mail is written anew at each attempt, so that a late one does not tell old news.
    """
    outgoing = letter_to_send(
        booking_id, sequence=sequence, change=Change(change), number=number, now=timezone.now()
    )

    def again(at: datetime) -> None:
        later = send_booking_mail.using(run_after=at)
        later.enqueue(booking_id, change, sequence, number, attempt + 1)

    return hand_over(outgoing, attempt, again)


@task()
def send_farewell(booking_id: int, sequence: int, former: int, attempt: int = 1) -> str:
    """Take an event out at an address that the person has left; `former` is its record there."""
    outgoing = farewell_to_send(booking_id, sequence=sequence, former=former, now=timezone.now())

    def again(at: datetime) -> None:
        send_farewell.using(run_after=at).enqueue(booking_id, sequence, former, attempt + 1)

    return hand_over(outgoing, attempt, again)


def hand_over(outgoing: Outgoing | None, attempt: int, again: Callable[[datetime], None]) -> str:
    """Send the letter, if it is still to be sent, and keep the record of it true."""
    if outgoing is None:
        return "overtaken"

    def refused() -> None:
        take_back(outgoing)

    message = message_for(outgoing.letter)
    outcome = deliver_or_retry(message, attempt=attempt, again=again, refused=refused)
    if outcome == SENT and outgoing.letter.about.is_cancelled:
        record_withdrawal(outgoing)
    return outcome
