"""Mail that must not be lost: rows of the same transaction, sent by `manage.py work`."""

import smtplib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import cast

import structlog
from django.db import transaction
from django.utils import timezone
from django_tasks import TaskContext, TaskResultStatus, task
from django_tasks_db.models import DBTaskResult, DBTaskResultQuerySet

from network.jobs.retention import PERIODS
from network.mails.headers import automatic
from network.mails.wire import Mail, Message
from network.text import many_lines, one_line

logger = structlog.get_logger(__name__)

#: How long to wait before each new attempt; after the last one the mail is given up.
RETRY_AFTER = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
)
#: The lease of a running task, which its worker renews every ten seconds: what was renewed longer
#: ago was left by a worker that died. Longer than EMAIL_TIMEOUT and than any wait for a lock.
ABANDONED_AFTER = timedelta(seconds=40)
#: A task that was there each time a worker died is not given a further one to kill.
MOST_STARTS = 5
SENT = "sent"


@task(takes_context=True)
def send_email(context: TaskContext, message: Message, attempt: int = 1) -> str:
    """Send `message`, or try again later: 1 min, 5 min, 30 min, 2 h and 6 h after a failure."""
    message = identified(message, context.task_result.id)

    def again(at: datetime) -> None:
        send_email.using(run_after=at).enqueue(message, attempt + 1)

    return deliver_or_retry(message, attempt=attempt, again=again)


def deliver_or_retry(
    message: Message,
    *,
    attempt: int,
    again: Callable[[datetime], None],
    refused: Callable[[], None] | None = None,
) -> str:
    """Send now, or have `again` called with the instant of the next attempt.

    `refused` is called first when the server has not taken the mail for sure. Raises the failure
    when it is final, so that the task is marked as failed.
    """
    try:
        deliver(message)
    except (smtplib.SMTPException, OSError) as error:
        if refused and is_refusal(error):
            refused()
        if is_final(error) or attempt > len(RETRY_AFTER):
            logger.exception("mail given up", to=message["to"], attempts=attempt)
            raise
        logger.warning("mail to be tried again", attempt=attempt, reason=str(error))
        again(timezone.now() + RETRY_AFTER[attempt - 1])
        return "to be tried again"
    return SENT


def is_final(error: Exception) -> bool:
    """Tell whether the server said that it will never take this mail (a 5xx answer, RFC 5321).

    A refused log-in or sender is a mistake of ours that somebody may mend meanwhile.
    """
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _words in error.recipients.values())
    return isinstance(error, smtplib.SMTPDataError) and error.smtp_code >= 500


def is_refusal(error: Exception) -> bool:
    """Tell whether the server answered that it does not take the mail, now or ever (4xx or 5xx).

    After a line that broke nobody knows; one that was never opened has taken nothing.
    """
    refusals = smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused, ConnectionRefusedError
    return isinstance(error, refusals)


def deliver(message: Message) -> None:
    """Hand `message` to the mail server. Raises SMTPException or OSError."""
    mail = Mail(
        subject=one_line(message["subject"]),
        body=many_lines(message["body"]),
        to=message["to"],
        headers=message.get("headers", {}),
    )
    if html := message.get("html"):
        mail.attach_alternative(many_lines(html), "text/html")
    for content, media_type in message.get("alternatives", []):
        mail.attach_alternative(content, media_type)
    for name, content, media_type in message.get("attachments", []):
        mail.attach(name, content.encode(), media_type)
    mail.send()


def identified(message: Message, key: str) -> Message:
    """Return `message` marked as automatic, with a Message-ID made from `key` if it has none.

    It stays the same however often the mail is sent, so that a mail sent twice, by a worker that
    died before it could say so, is recognised as one.
    """
    headers = automatic(key) | message.get("headers", {})
    return cast(Message, {**message, "headers": headers})


def requeue_abandoned(*, started_before: datetime) -> int:
    """Make tasks that a dead worker left running ready again; return how many."""
    with transaction.atomic():
        tasks = running().filter(started_at__lt=started_before)
        left = list(tasks.select_for_update(skip_locked=True))
        for result in left:
            give_back(result)
    return len(left)


def give_back(result: "DBTaskResult[..., object]") -> None:
    """Make one abandoned task ready, or failed when workers keep dying of it."""
    if len(result.worker_ids) >= MOST_STARTS:
        logger.error("task given up: its workers died", task=result.task_path, id=str(result.id))
        result.set_failed(RuntimeError(f"{MOST_STARTS} workers died running it."))
        return
    logger.warning("task of a dead worker", task=result.task_path, id=str(result.id))
    result.status = TaskResultStatus.READY
    result.save(update_fields=["status"])


def prolong(result: "DBTaskResult[..., object]", *, now: datetime) -> None:
    """Say that the worker of a running task lives: leases count from `started_at`."""
    held(result).update(started_at=now)


def hand_back(result: "DBTaskResult[..., object]", *, after_s: float = 0) -> None:
    """Make a task that its own worker cannot finish ready again, now or in `after_s` seconds.

    What was sent of it is sent again, with the same Message-ID. The start is not counted among
    those that killed a worker.
    """
    later = {"run_after": timezone.now() + timedelta(seconds=after_s)} if after_s else {}
    held(result).update(status=TaskResultStatus.READY, worker_ids=result.worker_ids[:-1], **later)


def held(result: "DBTaskResult[..., object]") -> DBTaskResultQuerySet:
    """Return the running task as it was taken; nothing once it is finished or another's."""
    return running().filter(pk=result.pk, worker_ids=result.worker_ids)


def running() -> DBTaskResultQuerySet:
    """Return the tasks that a worker has taken and not finished."""
    return DBTaskResult.objects.all().running()


def mails_sent_before(now: datetime) -> DBTaskResultQuerySet:
    """Return results that went well too long ago to keep what was written to people."""
    results = DBTaskResult.objects.all().successful()
    return results.filter(finished_at__lt=now - PERIODS["mails sent"])


def mails_failed_before(now: datetime) -> DBTaskResultQuerySet:
    """Return results that failed too long ago to keep what was written to people."""
    results = DBTaskResult.objects.all().failed()
    return results.filter(finished_at__lt=now - PERIODS["mails failed"])
