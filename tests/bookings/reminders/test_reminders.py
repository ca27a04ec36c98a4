"""Who is reminded of which day, when, and what the mail says."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django_tasks_db.models import DBTaskResult
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings
from time_machine import Traveller

from bookings.actions import cancel
from bookings.models import Booking, Reminder
from bookings.reminders.due import due_reminders, write_due_reminders, write_reminders
from network.actions import choose_reminders
from network.management.commands.work import Chores
from network.models import User
from sites.intervals import Interval
from sites.models import Space
from tests.bookings.bookings import book_for
from tests.factories import (
    MONDAY,
    NOW,
    TUESDAY,
    at,
    interval,
    make_closure,
    make_commune,
    make_site,
    make_space,
    make_stop,
    make_user,
)
from tests.mails import part, read
from tests.tasks import RunTasks
from tests.words import plain

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
MORNING = interval(TUESDAY, "09:00", "12:30")
AFTERNOON = interval(TUESDAY, "14:00", "16:00")
#: 16:00 in Alsace on the day before.
DUE = at(MONDAY, "16:00")


@pytest.fixture
def lea() -> User:
    return make_user("lea@maillage.example", name="Léa")


@pytest.fixture
def fabrique() -> Space:
    site = make_site(
        name="La Fabrique",
        access_notes="Code 1234",
        directions="Prenez la petite rue après l’église.",
    )
    return make_space(site, name="Salle bleue", units=3)


def reminded(run_tasks: RunTasks, now: datetime = DUE) -> list[str]:
    """Return the subjects of the reminders that workers send at that instant."""
    run_tasks()
    before = len(mail.outbox)
    write_due_reminders(now)
    run_tasks()
    return [plain(one.subject) for one in mail.outbox[before:]]


class TestWhen:
    def test_from_the_hour_of_the_day_before_on_and_once(
        self, lea: User, fabrique: Space, run_tasks: RunTasks
    ) -> None:
        book_for(lea, fabrique, MORNING)

        assert reminded(run_tasks, DUE - SECOND) == []
        assert reminded(run_tasks) == ["Rappel : La Fabrique, mardi 24 novembre, 9 h – 12 h 30"]
        assert reminded(run_tasks) == reminded(run_tasks, DUE + 5 * SECOND) == []

    def test_the_hour_is_a_setting(
        self, lea: User, fabrique: Space, run_tasks: RunTasks, settings: Settings
    ) -> None:
        settings.REMINDER_HOUR = 18
        book_for(lea, fabrique, MORNING)

        assert reminded(run_tasks, DUE) == []
        assert len(reminded(run_tasks, DUE + timedelta(hours=2))) == 1

    def test_by_the_clocks_of_the_site(self, lea: User, run_tasks: RunTasks) -> None:
        reunion = ZoneInfo("Indian/Reunion")
        far = make_space(make_site(name="Saint-Denis", time_zone="Indian/Reunion"))
        book_for(lea, far, interval(TUESDAY, "09:00", "12:00", reunion))
        due = at(MONDAY, "16:00", reunion)

        assert reminded(run_tasks, due - SECOND) == []
        assert reminded(run_tasks, due) == ["Rappel : Saint-Denis, mardi 24 novembre, 9 h – 12 h"]

    def test_not_of_what_was_booked_since_for_its_confirmation_has_just_come(
        self, lea: User, fabrique: Space, run_tasks: RunTasks, frozen: Traveller
    ) -> None:
        book_for(lea, fabrique, MORNING)
        Booking.objects.update(created_at=DUE, changed_at=DUE)

        assert reminded(run_tasks, DUE + 3600 * SECOND) == []

    def test_a_worker_that_comes_late_still_reminds_until_the_booking_begins(
        self, lea: User, fabrique: Space, run_tasks: RunTasks, frozen: Traveller
    ) -> None:
        book_for(lea, fabrique, MORNING)

        frozen.move_to(MORNING.starts_at)
        assert reminded(run_tasks, MORNING.starts_at) == []
        frozen.move_to(MORNING.starts_at - SECOND)
        assert len(reminded(run_tasks, MORNING.starts_at - SECOND)) == 1

    def test_each_day_of_a_booking_has_its_own(
        self, lea: User, fabrique: Space, run_tasks: RunTasks
    ) -> None:
        thursday = Interval(MORNING.starts_at + 2 * DAY, MORNING.ends_at + 2 * DAY)
        book_for(lea, fabrique, MORNING, thursday)

        assert len(reminded(run_tasks)) == 1
        assert reminded(run_tasks, DUE + DAY) == []
        assert reminded(run_tasks, DUE + 2 * DAY) == [
            "Rappel : La Fabrique, jeudi 26 novembre, 9 h – 12 h 30"
        ]

    def test_the_worker_does_it_beside_its_tasks(
        self, lea: User, fabrique: Space, frozen: Traveller
    ) -> None:
        book_for(lea, fabrique, MORNING)
        frozen.move_to(DUE)

        Chores().do()

        assert Reminder.objects.get().day == TUESDAY


class TestWhom:
    def test_nobody_who_wants_none_or_whose_account_is_closed(
        self, lea: User, fabrique: Space, run_tasks: RunTasks
    ) -> None:
        closed = make_user()
        book_for(lea, fabrique, MORNING)
        book_for(closed, fabrique, MORNING)
        choose_reminders(by=lea, wanted=False)
        User.objects.filter(pk=closed.pk).update(is_active=False)

        assert reminded(run_tasks) == []

    def test_not_of_what_is_cancelled_before_or_after_it_was_written(
        self, lea: User, fabrique: Space, run_tasks: RunTasks
    ) -> None:
        cancel(booking=book_for(lea, fabrique, MORNING), by=lea, now=NOW)
        assert reminded(run_tasks) == []
        later = book_for(lea, fabrique, AFTERNOON)
        write_due_reminders(DUE)
        run_tasks()  # the confirmations
        sent = len(mail.outbox)
        Reminder.objects.all().delete()

        write_due_reminders(DUE)
        cancel(booking=later, by=lea, now=NOW)
        run_tasks()

        assert ["Rappel" in one.subject for one in mail.outbox[sent:]] == [False]

    def test_one_query_finds_who_is_due_however_many(
        self, lea: User, fabrique: Space, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        book_for(lea, fabrique, MORNING)
        book_for(make_user(), fabrique, MORNING)

        with django_assert_num_queries(1):
            assert len(due_reminders(DUE)) == 2

    def test_two_workers_write_one_and_a_crash_between_leaves_none_or_both(
        self, lea: User, fabrique: Space, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        book_for(lea, fabrique, MORNING)
        before = DBTaskResult.objects.count()
        with monkeypatch.context() as patch:
            patch.setattr("bookings.reminders.due.send_reminder", None)
            with pytest.raises(AttributeError):
                write_reminders([lea.pk], DUE)
        assert not Reminder.objects.exists()

        write_reminders([lea.pk], DUE)
        write_reminders([lea.pk], DUE)

        assert DBTaskResult.objects.count() == before + 1

    def test_a_mail_that_fails_is_sent_later_under_the_same_name(
        self,
        lea: User,
        fabrique: Space,
        run_tasks: RunTasks,
        settings: Settings,
        frozen: Traveller,
    ) -> None:
        book_for(lea, fabrique, MORNING)
        run_tasks()
        write_due_reminders(DUE)
        works = settings.EMAIL_BACKEND
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # nothing listens there
        run_tasks()
        settings.EMAIL_BACKEND = works
        frozen.move_to(DUE)

        run_tasks()

        (sent,) = [one for one in mail.outbox if "Rappel" in one.subject]
        assert read(sent)["Message-ID"] == f"<reminder-{lea.pk}-2026-11-24@localhost>"


class TestWords:
    @pytest.mark.parametrize("media_type", ["text/plain", "text/html"])
    def test_text_and_html_say_when_where_how_to_get_in_and_the_way(
        self,
        lea: User,
        fabrique: Space,
        run_tasks: RunTasks,
        frozen: Traveller,
        media_type: str,
    ) -> None:
        booking = book_for(lea, fabrique, MORNING)
        frozen.move_to(DUE)

        reminded(run_tasks)
        text = plain(part(read(mail.outbox[-1]), media_type)).replace("&amp;", "&")

        for words in [
            "mardi 24 novembre, 9 h – 12 h 30",
            "La Fabrique, 1 place de la Mairie, 67220 Villé",
            "Salle bleue",
            "Code 1234",
            "Prenez la petite rue après l’église.",
            "https://www.openstreetmap.org/directions?to=48.34270%2C7.30290",
            booking.reference,
            "/reminders/cancel/",
            "/reminders/stop/",
            booking.get_absolute_url(),
        ]:
            assert words in text

    def test_one_mail_lists_the_day_in_order(
        self, lea: User, fabrique: Space, run_tasks: RunTasks
    ) -> None:
        other = make_space(make_site(name="Comptoir"))
        book_for(lea, other, AFTERNOON)
        book_for(lea, fabrique, MORNING)
        book_for(lea, other, Interval(AFTERNOON.starts_at + DAY, AFTERNOON.ends_at + DAY))

        (subject,) = reminded(run_tasks)
        text = plain(part(read(mail.outbox[-1]), "text/plain"))

        assert subject == (
            "Rappel : La Fabrique, mardi 24 novembre, 9 h – 12 h 30 et 1 autre créneau"
        )
        assert text.index("La Fabrique") < text.index("Comptoir")
        assert "mercredi" not in text

    def test_mail_programs_offer_to_stop_them(
        self, lea: User, fabrique: Space, run_tasks: RunTasks
    ) -> None:
        book_for(lea, fabrique, MORNING)

        reminded(run_tasks)
        message = read(mail.outbox[-1])
        sent: Any = mail.outbox[-1].message()
        raw = sent.as_bytes().decode()

        assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        (line,) = [one for one in raw.splitlines() if one.startswith("List-Unsubscribe: <")]
        link = line.removeprefix("List-Unsubscribe: <").removesuffix(">")
        assert link.startswith("http://localhost:8000/reminders/stop/")
        assert link in part(message, "text/plain")

    def test_what_became_impossible_is_not_announced_as_possible(
        self, lea: User, fabrique: Space, run_tasks: RunTasks
    ) -> None:
        book_for(lea, fabrique, MORNING)
        make_closure(fabrique.site, MORNING)

        (subject,) = reminded(run_tasks)

        assert subject == "Plus possible : La Fabrique, mardi 24 novembre, 9 h – 12 h 30"
        text = plain(part(read(mail.outbox[-1]), "text/plain"))
        assert "Works" in text
        assert "Code 1234" not in text

    def test_an_itinerant_site_is_told_where_it_stands_then(
        self, lea: User, run_tasks: RunTasks
    ) -> None:
        bus = make_site(name="Le Bus", is_itinerant=True, hours=())
        commune = make_commune("Erstein", latitude=48.42, longitude=7.66)
        make_stop(bus, commune, interval(TUESDAY, "08:00", "18:00"))
        book_for(lea, make_space(bus), MORNING)

        reminded(run_tasks)
        text = plain(part(read(mail.outbox[-1]), "text/plain"))

        assert "Le Bus, Place du Marché, Erstein" in text
        assert "to=48.42000%2C7.66000" in text

    @pytest.mark.parametrize(
        ("language", "subject", "words"),
        [
            (
                "de",
                "Erinnerung: La Fabrique, Dienstag, 24. November, 9–12:30 Uhr",
                "Sie kommen nicht?",
            ),
            ("en", "Reminder: La Fabrique, Tuesday 24 November, 9:00 – 12:30", "To get in"),
        ],
    )
    def test_in_the_language_of_who_reads(
        self,
        lea: User,
        fabrique: Space,
        run_tasks: RunTasks,
        frozen: Traveller,
        language: str,
        subject: str,
        words: str,
    ) -> None:
        User.objects.update(language=language)
        book_for(lea, fabrique, MORNING)
        frozen.move_to(DUE)

        assert reminded(run_tasks) == [subject]
        assert words in plain(part(read(mail.outbox[-1]), "text/plain"))
