"""Names leave old bookings; holds that ended and accounts that nobody uses leave altogether."""

from datetime import datetime

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, ProtectedError, Q, QuerySet
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from bookings.models import Booking, Hold, IdempotentAnswer, Reminder, SentAppointment
from network.jobs.chores import register, register_act
from network.jobs.retention import PERIODS, WARNED_BEFORE
from network.jobs.tasks import send_email
from network.models import ApiToken, User

logger = structlog.get_logger(__name__)

#: Whose the bookings are that are nobody's any more (RFC 2606: this domain never exists).
NOBODY = "nobody@anonymous.invalid"


def nobody() -> User:
    """Return the account, closed and without password, that holds bookings without a name."""
    fields = {"name": _("Former person"), "is_active": False, "password": "!"}
    return User.objects.get_or_create(email=NOBODY, defaults=fields)[0]


def named_too_long(now: datetime) -> QuerySet[Booking]:
    """Return the bookings that still bear a name or a note, and are too old for it."""
    old = Booking.objects.filter(ends_at__lt=now - PERIODS["bookings"])
    nameless = Q(person__email=NOBODY, booked_by__email=NOBODY, note="")
    return old.exclude(nameless)


def unname(bookings: QuerySet[Booking], now: datetime) -> None:
    """Make the bookings nobody's, so that what they count for stays."""
    SentAppointment.objects.filter(booking__in=bookings).delete()
    bookings.update(person=nobody(), booked_by=nobody(), note="")


def unused_since(limit: datetime) -> QuerySet[User]:
    """Return who has not signed in, sent a program or had a booking since `limit`."""
    bookings = Booking.objects.filter(ends_at__gte=limit)
    programs = ApiToken.objects.filter(person=OuterRef("pk"), last_used_at__gte=limit)
    return (
        User.objects.filter(joined_at__lt=limit)
        .filter(Q(last_login=None) | Q(last_login__lt=limit))
        .exclude(email=NOBODY)
        .exclude(Exists(bookings.filter(person=OuterRef("pk"))))
        .exclude(Exists(bookings.filter(booked_by=OuterRef("pk"))))
        .exclude(Exists(programs))
    )


def to_be_warned(now: datetime) -> QuerySet[User]:
    """Return whose account will soon have been unused too long and who do not know."""
    limit = now - PERIODS["accounts"] + WARNED_BEFORE
    return unused_since(limit).filter(Q(warned_at=None) | Q(warned_at__lt=limit))


def warn(people: QuerySet[User], now: datetime) -> None:
    """Write to each that their account will go unless they sign in; a closed one is not written."""
    for person in people.select_for_update():
        person.warned_at = now
        person.save(update_fields=["warned_at"])
        if person.is_active:
            with translation.override(person.language):
                send_email.enqueue(
                    {
                        "subject": _("Your account will be deleted"),
                        "body": render_to_string("bookings/email/unused.txt", words_for(now)),
                        "to": [person.email],
                    }
                )


def words_for(now: datetime) -> dict[str, object]:
    """Return what the warning says."""
    return {"public_url": settings.PUBLIC_URL, "goes_on": now + WARNED_BEFORE}


def unused_accounts(now: datetime) -> QuerySet[User]:
    """Return who was warned long enough ago, of accounts unused too long, and did not come back."""
    limit = now - PERIODS["accounts"]
    return unused_since(limit).filter(warned_at__gte=limit, warned_at__lte=now - WARNED_BEFORE)


def delete_accounts(people: QuerySet[User], now: datetime) -> None:
    """Delete each with all that is theirs; one that still has bookings stays and is named."""
    for person in people.select_for_update():
        try:
            with transaction.atomic():
                person.delete()
        except ProtectedError:
            logger.warning("unused account kept: it has bookings", person=person.pk)


def answers_over(now: datetime) -> QuerySet[IdempotentAnswer]:
    """Return the answers that no program asks for again."""
    return IdempotentAnswer.objects.filter(created_at__lt=now - PERIODS["answers"])


def holds_over(now: datetime) -> QuerySet[Hold]:
    """Return the holds that ended: they keep nobody out, and tell an address and a caller."""
    return Hold.objects.ended(now)


def sweep(holds: QuerySet[Hold], now: datetime) -> None:
    """Delete the holds with all they keep, but none that is being confirmed or let go just now."""
    free = holds.select_for_update(skip_locked=True).values_list("pk", flat=True)
    Hold.objects.filter(pk__in=list(free)).delete()


def reminders_over(now: datetime) -> QuerySet[Reminder]:
    """Return of which days long over people were reminded."""
    return Reminder.objects.filter(ends_at__lt=now - PERIODS["reminders"])


register("answers", answers_over)
register("reminders", reminders_over)
register_act("holds", holds_over, sweep)
# Names first: an account is deleted once no booking is its own any more.
register_act("bookings", named_too_long, unname)
register_act("warnings", to_be_warned, warn)
register_act("accounts", unused_accounts, delete_accounts)
