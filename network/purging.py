"""What of people is erased when its time is over; bookings and accounts are in `bookings`."""

from datetime import datetime, timedelta
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.db.models import QuerySet

from network.jobs.chores import register
from network.jobs.retention import PERIODS
from network.jobs.tasks import mails_failed_before, mails_sent_before

#: A browser is written before its session: so long it may be without.
GRACE = timedelta(hours=1)


def sessions_over(now: datetime) -> QuerySet[Session]:
    """Return the sessions that have expired: they say themselves when."""
    return Session.objects.filter(expire_date__lt=now)


def browsers_over(now: datetime) -> QuerySet[Any]:
    """Return the browsers whose session ended or expired."""
    alive = Session.objects.filter(expire_date__gte=now).values("session_key")
    seen: QuerySet[Any] = UserSession.objects.filter(created_at__lt=now - GRACE)
    return seen.exclude(session_key__in=alive)


def logs_over(now: datetime) -> QuerySet[LogEntry]:
    """Return the entries of the administration's log that are too old."""
    return LogEntry.objects.filter(action_time__lt=now - PERIODS["logs"])


register("sessions", sessions_over)
register("browsers", browsers_over)
register("logs", logs_over)
register("mails sent", mails_sent_before)
register("mails failed", mails_failed_before)
