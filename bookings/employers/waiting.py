"""What an employer has to approve of is held for its person until somebody answers.

It is a hold as any other, only longer: unanswered at its end it keeps nobody out any more.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from bookings.charges.employers import local_days
from bookings.charges.prices import price_of_wish
from bookings.errors import HoldEnded, TooManyHolds
from bookings.holds.holding import hold, release, wish_of
from bookings.models import Hold
from bookings.wishes import Wish
from network.models import User
from sites.models import Space
from subscriptions.accounts import employee_of
from subscriptions.approvals.asking import Wanted, ask_approval, withdraw
from subscriptions.models import Approval

#: Of one person, what may wait for an answer at once.
MOST_WAITING = 10
#: Nobody is asked about what begins within so short a time.
SHORTEST = timedelta(minutes=30)


class Browser(NamedTuple):
    """Who asks for a hold: what `caller_of` returns, and the name of the session."""

    caller: str
    session: str


@transaction.atomic
def wait_for_approval(*, wish: Wish, person: User, browser: Browser, now: datetime) -> Approval:
    """Hold what is wished on an employer's account until it is answered, and ask who approves.

    It is held until three days later at most (a setting), and until half an hour before it begins.
    Raises NotOnAccount, what `hold` raises, or HoldEnded for what begins too soon to ask.
    """
    refuse_too_many(person, now)
    caller, session = browser
    held = hold(wish=wish, email="", caller=caller, session=session, now=now)
    until = min(now + timedelta(hours=settings.APPROVAL_HOURS), first_of(wish) - SHORTEST)
    if until <= now:
        raise HoldEnded(_("It begins too soon to be approved: book it on your own account."))
    keep_until(held, until)
    employee = employee_of(person, wish.on_account_of, now)
    return ask_approval(
        wanted=wanted(held, wish, person, now), employee=employee, expires_at=until, now=now
    )


@transaction.atomic
def give_up(*, approval: Approval, now: datetime) -> None:
    """Let go what waits for an answer; nothing where it is answered or over."""
    row = Approval.objects.select_for_update(no_key=True).get(pk=approval.pk)
    if row.answered_at is not None:
        return
    withdraw(subject=row.subject, now=now)
    if held := Hold.objects.live(now).filter(token=row.subject).first():
        release(hold=held)


def refuse_too_many(person: User, now: datetime) -> None:
    """Refuse to have one more place wait for an answer. Raises TooManyHolds."""
    if Approval.objects.waiting(now).filter(person=person).count() >= MOST_WAITING:
        raise TooManyHolds(_("Too much of yours waits for approval. Wait for an answer first."))


def first_of(wish: Wish) -> datetime:
    """Return when what is wished begins."""
    return min(one.starts_at for one in wish.intervals)


def keep_until(held: Hold, until: datetime) -> None:
    """Have a hold last until an instant, out of its session: it is not to be confirmed there."""
    Hold.objects.filter(pk=held.pk).update(until=until, session="", caller="")
    held.allocations.update(held_until=until)


def wanted(held: Hold, wish: Wish, person: User, now: datetime) -> Wanted:
    """Return what is to be approved: the days, where and for how much."""
    space = Space.objects.select_related("site").get(pk=wish.space_id)
    price = price_of_wish(wish, space, person, now)
    return Wanted(
        subject=held.token,
        site=space.site,
        days=local_days(wish_of(held).intervals, space.site),
        price_cents=price.cents if price else 0,
    )
