"""Mail is sent once the server takes it, and is not lost when a worker dies."""

from datetime import timedelta
from pathlib import Path
from typing import Any, cast
from unittest import mock

import pytest
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.db import OperationalError, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django.fixtures import Settings
from time_machine import Traveller

from network.jobs.chores import purge
from network.jobs.tasks import requeue_abandoned, send_email
from network.mails.folder import FolderBackend
from network.mails.wire import Message
from network.management.commands import work
from tests.factories import NOW
from tests.mailserver import MailServer
from tests.tasks import RunTasks, TaskRow


def message(**fields: Any) -> Message:
    start = Message(
        subject="Votre code", body="Voici votre code : 1234", to=["lea@maillage.example"]
    )
    return cast(Message, {**start, **fields})


@pytest.fixture
def smtp(server: MailServer, settings: Settings) -> MailServer:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    return server


def waiting() -> TaskRow:
    return DBTaskResult.objects.get(status="READY")


@pytest.mark.django_db
class TestSending:
    def test_every_part_arrives(self, smtp: MailServer, run_tasks: RunTasks) -> None:
        send_email.enqueue(
            message(
                html="<p>Voilà 😀</p>",
                alternatives=[["BEGIN:VCALENDAR", "text/calendar; method=REQUEST; charset=utf-8"]],
                attachments=[["é.ics", "BEGIN:VCALENDAR é", "application/ics"]],
            )
        )

        run_tasks()

        (mail,) = smtp.mails
        parts = [part for part in mail.walk() if not part.is_multipart()]
        assert [part.get_content_type() for part in parts] == [
            "text/plain",
            "text/html",
            "text/calendar",
            "application/ics",
        ]
        assert mail["Subject"] == "Votre code"
        assert mail["Auto-Submitted"] == "auto-generated"
        assert parts[1].get_content().strip() == "<p>Voilà 😀</p>"
        assert parts[2].get_param("method") == "REQUEST"
        assert parts[3].get_filename() == "é.ics"
        assert parts[3].get_content().decode() == "BEGIN:VCALENDAR é"

    def test_a_subject_of_two_lines_adds_no_header(
        self, smtp: MailServer, run_tasks: RunTasks
    ) -> None:
        send_email.enqueue(message(subject="One\r\nBcc: eve@maillage.example"))

        run_tasks()

        (mail,) = smtp.mails
        assert mail["Subject"] == "One Bcc: eve@maillage.example"
        assert mail["Bcc"] is None

    @pytest.mark.django_db(transaction=True)
    def test_nothing_is_sent_for_what_was_rolled_back(
        self, smtp: MailServer, run_tasks: RunTasks
    ) -> None:
        with pytest.raises(ZeroDivisionError):
            roll_back_after_enqueuing()

        run_tasks()

        assert smtp.mails == []


def roll_back_after_enqueuing() -> None:
    with transaction.atomic():
        send_email.enqueue(message())
        raise ZeroDivisionError


@pytest.mark.django_db
@pytest.mark.usefixtures("frozen")
class TestTryingAgain:
    def test_a_server_that_refuses_at_first_gets_the_mail_a_minute_later(
        self, smtp: MailServer, run_tasks: RunTasks, frozen: Traveller
    ) -> None:
        smtp.answers.append("451 Try again later")
        send_email.enqueue(message())

        run_tasks()
        before = list(smtp.mails)
        frozen.move_to(NOW + timedelta(seconds=59))
        run_tasks()
        too_early = list(smtp.mails)
        frozen.move_to(NOW + timedelta(seconds=60))
        run_tasks()

        assert (before, too_early) == ([], [])
        assert [mail["Subject"] for mail in smtp.mails] == ["Votre code"]

    def test_a_server_that_is_down_is_tried_later(
        self, smtp: MailServer, run_tasks: RunTasks, settings: Settings
    ) -> None:
        settings.EMAIL_PORT = 1  # nothing listens there
        send_email.enqueue(message())

        run_tasks()

        assert waiting().run_after == NOW + timedelta(minutes=1)

    def test_it_waits_longer_each_time_then_gives_up(
        self, smtp: MailServer, run_tasks: RunTasks, frozen: Traveller
    ) -> None:
        smtp.answers.extend(["451 No"] * 6)
        send_email.enqueue(message())
        waits = []

        run_tasks()
        while DBTaskResult.objects.filter(status="READY").exists():
            at = waiting().run_after
            waits.append(at - timezone.now())
            frozen.move_to(at)
            run_tasks(may_fail=True)

        assert [wait.total_seconds() / 60 for wait in waits] == [1, 5, 30, 120, 360]
        assert DBTaskResult.objects.get(status="FAILED").exception_class_path.endswith(
            "SMTPDataError"
        )
        assert smtp.mails == []

    def test_each_attempt_carries_the_same_message_id(
        self, smtp: MailServer, run_tasks: RunTasks, frozen: Traveller
    ) -> None:
        first = send_email.enqueue(message())
        smtp.answers.append("451 No")
        run_tasks()
        frozen.move_to(NOW + timedelta(minutes=1))

        run_tasks()

        assert smtp.mails[0]["Message-ID"] == f"<{first.id}@localhost>"

    def test_two_mails_that_read_the_same_are_two_mails(
        self, smtp: MailServer, run_tasks: RunTasks
    ) -> None:
        send_email.enqueue(message())
        send_email.enqueue(message())

        run_tasks()

        assert len({mail["Message-ID"] for mail in smtp.mails}) == 2

    def test_a_mail_refused_for_good_is_not_tried_again(
        self, smtp: MailServer, run_tasks: RunTasks
    ) -> None:
        smtp.answers.append("554 Never")
        send_email.enqueue(message())

        run_tasks(may_fail=True)

        assert DBTaskResult.objects.get().status == "FAILED"


@pytest.mark.django_db
@pytest.mark.usefixtures("one_connection")
class TestDeadWorkers:
    def claimed(self, ago: timedelta, *, starts: int = 1) -> TaskRow:
        send_email.enqueue(message())
        result = DBTaskResult.objects.get()
        result.claim("dead worker")
        result.worker_ids = ["dead worker"] * starts
        result.started_at = NOW - ago
        result.save()
        return result

    def test_what_one_left_is_taken_up(self) -> None:
        result = self.claimed(timedelta(minutes=6))

        count = requeue_abandoned(started_before=NOW - timedelta(minutes=5))

        result.refresh_from_db()
        assert (count, result.status) == (1, "READY")

    def test_what_a_living_one_does_is_left_to_it(self) -> None:
        result = self.claimed(timedelta(minutes=4))

        count = requeue_abandoned(started_before=NOW - timedelta(minutes=5))

        result.refresh_from_db()
        assert (count, result.status) == (0, "RUNNING")

    def test_what_kills_five_is_not_given_to_a_sixth(self) -> None:
        result = self.claimed(timedelta(minutes=6), starts=5)

        requeue_abandoned(started_before=NOW - timedelta(minutes=5))

        result.refresh_from_db()
        assert result.status == "FAILED"

    def test_a_single_worker_takes_it_up_at_once(self, mailoutbox: list[object]) -> None:
        send_email.enqueue(message())
        DBTaskResult.objects.get().claim("dead worker")

        call_command("work", "--single", "--once")

        assert len(mailoutbox) == 1

    def test_a_single_worker_started_before_its_database_waits_for_it(
        self, mailoutbox: list[object], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        send_email.enqueue(message())
        DBTaskResult.objects.get().claim("dead worker")
        away = OperationalError("couldn't get a connection after 1.50 sec")
        away_once = mock.Mock(wraps=requeue_abandoned, side_effect=[away, mock.DEFAULT])
        monkeypatch.setattr(work, "requeue_abandoned", away_once)

        call_command("work", "--single", "--once", "--interval", "0")

        assert (away_once.call_count, len(mailoutbox)) == (2, 1)


@pytest.mark.django_db
class TestPruning:
    @pytest.mark.parametrize(
        ("status", "days", "deleted"),
        [
            ("SUCCESSFUL", 15, 1),
            ("SUCCESSFUL", 13, 0),
            ("FAILED", 15, 0),
            ("FAILED", 91, 1),
        ],
    )
    def test_old_results_go(self, status: str, days: int, deleted: int) -> None:
        send_email.enqueue(message())
        DBTaskResult.objects.update(status=status, finished_at=NOW - timedelta(days=days))

        assert sum(purge(now=NOW).values()) == deleted

    def test_what_waits_stays_however_old(self) -> None:
        send_email.enqueue(message())

        assert not any(purge(now=NOW + timedelta(days=9999)).values())


class TestFolder:
    def test_a_mail_is_a_file_and_the_same_mail_the_same_file(self, tmp_path: Path) -> None:
        mail = EmailMessage("Votre code", "1234", to=["lea@maillage.example"])
        mail.extra_headers = {"Message-ID": "<abc/../1@maillage.example>"}

        for _attempt in range(2):
            FolderBackend(file_path=str(tmp_path / "mail")).send_messages([mail])

        (file,) = (tmp_path / "mail").iterdir()
        assert file.name == "abc..1.eml"
        assert "1234" in file.read_text()
