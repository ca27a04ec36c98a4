"""What the links of mails do once their button is pressed, for people who are not signed in."""

from dataclasses import replace
from datetime import datetime
from functools import partial

from django.db import transaction

from bookings.actions import give_back
from bookings.charges.agreeing import as_agreed
from bookings.charges.prices import loss_of
from bookings.charges.promises import Difference
from bookings.locks import lock_person
from bookings.reminders.links import CancelLink, Standing, read_cancel_link, reader_of
from network.actions import choose_reminders
from network.models import User


@transaction.atomic
def cancel_by_link(*, token: str, now: datetime, agreed: Difference | None = None) -> CancelLink:
    """Give back what the link tells of, and have its person told; return it as it stood before.

    With it comes what its press gave back and kept.

    Pressed twice at once, or while the booking is changed, the second waits and finds it so. Raises
    NotAgreed when it would give back less, or keep more, than what was agreed to, if anything.
    """
    link = read_cancel_link(token, now)
    if link.booking is None:
        return link
    lock_person(link.booking.person)
    link = read_cancel_link(token, now)
    if link.booking is not None and link.standing is Standing.OPEN:
        by, times = link.booking.person, link.times
        loss = loss_of(link.booking, by, now, times)
        act = partial(give_back, booking=link.booking, by=by, now=now, times=times)
        as_agreed(booking=link.booking, agreed=agreed, now=now, act=act)
        return replace(link, loss=loss)
    return link


def stop_by_link(*, token: str) -> User | None:
    """Turn off the reminders of the link's person and return them; again, it changes nothing."""
    person = reader_of(token)
    return choose_reminders(by=person, wanted=False) if person else None
