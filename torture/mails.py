"""What is wrong with the mails that arrived, and with the tasks that had to send them."""

from collections import defaultdict
from collections.abc import Iterator

from torture.evidence import Booking, Evidence

#: The first that a person hears of a booking is that it is booked, whatever its revision.
WORDS = {
    "cancelled": {"cancelled"},
    "first": {"booked"},
    "later": {"booked", "changed", "moved"},
}


def words_of(booking: Booking) -> set[str]:
    """Return what the mail of a booking's last revision may be about."""
    if booking.status == "cancelled":
        return WORDS["cancelled"]
    return WORDS["later" if booking.sequence else "first"]


def lost_mails(evidence: Evidence) -> Iterator[str]:
    """Yield bookings whose last revision was not told to their person."""
    arrived = {
        (mail.reference, mail.sequence, to, mail.word)
        for mail in evidence.mails
        for to in mail.to
        if not mail.number
    }
    for booking in evidence.bookings:
        last = (booking.reference, booking.sequence, booking.email)
        if not any((*last, word) in arrived for word in words_of(booking)):
            yield f"{booking.reference}, revision {booking.sequence}, {booking.status}"


def mails_of_nothing(evidence: Evidence) -> Iterator[str]:
    """Yield mails of bookings or revisions that are not, and mails to somebody else."""
    bookings = {one.reference: one for one in evidence.bookings}
    for mail in evidence.mails:
        booking = bookings.get(mail.reference)
        if mail.reference and booking is None:
            yield f"{mail.id}: there is no such booking"
        if booking and mail.sequence > booking.sequence:
            yield f"{mail.id}: the last revision is {booking.sequence}"
        if booking and set(mail.to) != {booking.email}:
            yield f"{mail.id}: sent to {mail.to}, is of {booking.email}"


def twice_named_mails(evidence: Evidence) -> Iterator[str]:
    """Yield revisions that were told under several Message-IDs (a further event has a number)."""
    names = defaultdict(set)
    for mail in evidence.mails:
        if mail.reference:
            names[mail.reference, mail.sequence, mail.number].add(mail.id)
    for revision, ids in names.items():
        if len(ids) > 1:
            yield f"{revision}: {sorted(ids)}"


def tasks_left(evidence: Evidence) -> Iterator[str]:
    """Yield tasks that were not done."""
    for job in evidence.jobs:
        if job.status != "SUCCESSFUL":
            yield f"{job.id} {job.path}: {job.status}"
