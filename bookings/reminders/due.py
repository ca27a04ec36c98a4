"""Who is reminded of which day, when: from an hour of the day before, once."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django_tasks import task

from bookings.models import Allocation, Booking, Reminder
from bookings.reminders.mail import reminder_for
from network.jobs.tasks import deliver_or_retry
from network.models import User
from sites.rules import local_day, local_instant

#: A local day lasts at most an hour more than 24, when clocks go back.
LONGEST_CHANGE = timedelta(hours=1)
#: People to a transaction, which makes their bookings wait for so long.
BATCH = 100


@dataclass(frozen=True)
class Due:
    """A day of which somebody is to be reminded now, by the clocks of a site they go to."""

    person_id: int
    day: date
    zone: ZoneInfo


def reminded_from(day: date, zone: ZoneInfo) -> datetime:
    """Return from when on people are reminded of what they have on that local day."""
    return local_instant(day - timedelta(days=1), time(settings.REMINDER_HOUR), zone)


def last_end(now: datetime) -> datetime:
    """Return when the last day of which anybody is reminded by `now` is over, wherever it is.

    Until the hour, that is today; from then on tomorrow, at whose end so much of two days is left.
    """
    hours = max(24, 48 - settings.REMINDER_HOUR)
    return now + timedelta(hours=hours) + LONGEST_CHANGE


def not_reminded_of(now: datetime) -> QuerySet[Allocation]:
    """Return what begins soon, of people who want to be reminded and were not.

    Bounded by its end alone: the index of what spaces give knows ends, and planners guess well how
    little is left. Of a million rows PostgreSQL finds it in 25 ms; reading them all took 160.
    """
    told = Reminder.objects.filter(
        person=OuterRef("booking__person"),
        starts_at__lte=OuterRef("starts_at"),
        ends_at__gt=OuterRef("starts_at"),
    )
    return Allocation.objects.filter(
        ~Exists(told),
        status=Allocation.Status.CONFIRMED,
        starts_at__gt=now,
        ends_at__gt=now,
        ends_at__lte=last_end(now),
        booking__status=Booking.Status.CONFIRMED,
        booking__person__is_active=True,
        booking__person__wants_reminders=True,
    )


def due_reminders(now: datetime, among: Collection[int] | None = None) -> list[Due]:
    """Return who is to be reminded now of which day, `among` people or all: one query.

    What was booked or changed since its hour was told by another mail. Zones are read by way of
    the space, from which the index leads to what it gives.
    """
    rows = not_reminded_of(now)
    if among is not None:
        rows = rows.filter(booking__person__in=among)
    due: dict[tuple[int, date], Due] = {}
    for person_id, starts_at, zone_name, changed_at in rows.order_by("starts_at").values_list(
        "booking__person", "starts_at", "space__site__time_zone", "booking__changed_at"
    ):
        zone = ZoneInfo(zone_name)
        day = starts_at.astimezone(zone).date()
        if changed_at < reminded_from(day, zone) <= now:
            due.setdefault((person_id, day), Due(person_id, day, zone))
    return list(due.values())


def write_due_reminders(now: datetime) -> None:
    """Write the mails that are due, some people at a time: a crash leaves whole batches."""
    people = list(dict.fromkeys(one.person_id for one in due_reminders(now)))
    for start in range(0, len(people), BATCH):
        write_reminders(people[start : start + BATCH], now)


@transaction.atomic
def write_reminders(people: Sequence[int], now: datetime) -> None:
    """Write what is due to those people, and that it is written, in one transaction.

    Whom another worker has, or who books just now, is left to the next time.
    """
    rows = User.objects.select_for_update(no_key=True, skip_locked=True).filter(pk__in=people)
    locked = list(rows.order_by("pk").values_list("pk", flat=True))
    known = set(Reminder.objects.filter(person__in=locked).values_list("person", "day"))
    # A day has one mail, also where two of its sites live by other clocks.
    due = [one for one in due_reminders(now, locked) if (one.person_id, one.day) not in known]
    Reminder.objects.bulk_create(record_of(one) for one in due)
    for one in due:
        send_reminder.enqueue(one.person_id, one.day.isoformat())


def record_of(due: Due) -> Reminder:
    """Return, unsaved, that somebody is reminded of a day."""
    span = local_day(due.day, due.zone)
    return Reminder(
        person_id=due.person_id, day=due.day, starts_at=span.starts_at, ends_at=span.ends_at
    )


@task()
def send_reminder(person_id: int, day: str, attempt: int = 1) -> str:
    """Remind somebody of a day (ISO 8601), if they still want it and have something then.

    The mail is written anew at each attempt: what was cancelled meanwhile, or has begun, is not
    told.
    """
    person = User.objects.filter(pk=person_id, is_active=True, wants_reminders=True).first()
    message = reminder_for(person, date.fromisoformat(day), timezone.now()) if person else None
    if message is None:
        return "nothing to remind of"

    def again(at: datetime) -> None:
        send_reminder.using(run_after=at).enqueue(person_id, day, attempt + 1)

    return deliver_or_retry(message, attempt=attempt, again=again)
