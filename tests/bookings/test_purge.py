"""What is kept long enough is erased, as the privacy page says, and nothing else is."""

from collections.abc import Callable
from datetime import datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.test import Client
from django_tasks_db.models import DBTaskResult

from bookings.holds.holding import confirm
from bookings.models import Booking, IdempotentAnswer
from bookings.purging import NOBODY
from network.jobs.chores import PURGES, purge
from network.jobs.retention import KEPT, PERIODS
from network.jobs.tasks import send_email
from network.management.commands.work import Chores
from network.models import User
from tests.bookings.holds.holding import END, held
from tests.bookings.long_ago import make_old_booking, unused_member
from tests.factories import NOW, make_space, make_user
from tests.network.people import mails, make_member, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
SECOND = timedelta(seconds=1)
MINUTES_A_DAY = 24 * 60


def make_session(at: datetime) -> None:
    Session.objects.create(session_key="k", session_data="", expire_date=at + timedelta(days=14))


def make_browser(at: datetime) -> None:
    """A browser whose session began at `at` and is gone since."""
    make_session(at)
    UserSession.objects.create(user=make_user(), ip="10.0.0.1", session_key="k", user_agent="F")
    UserSession.objects.update(created_at=at)


def make_answer(at: datetime) -> None:
    fields: dict[str, Any] = {"fingerprint": "", "status": 201, "body": {}}
    IdempotentAnswer.objects.create(person=make_user(), key="k", created_at=at, **fields)


def make_log(at: datetime) -> None:
    kind = ContentType.objects.get_for_model(User)
    LogEntry.objects.create(user=make_user(), content_type=kind, action_flag=2, action_time=at)
    LogEntry.objects.update(action_time=at)


def make_mail(status: str) -> Callable[[datetime], None]:
    def make(at: datetime) -> None:
        send_email.enqueue({"subject": "s", "body": "b", "to": ["a@b.example"]})
        DBTaskResult.objects.update(status=status, finished_at=at)

    return make


def make_hold(at: datetime) -> None:
    held(make_space(), now=at)


#: kind → how to make a row last of use at an instant, and days that the page promises.
CASES: dict[str, tuple[Callable[[datetime], None], float]] = {
    "sessions": (make_session, 14),
    "browsers": (make_browser, 14),
    "holds": (make_hold, 15 / MINUTES_A_DAY),
    "answers": (make_answer, 1),
    "logs": (make_log, 365),
    "mails sent": (make_mail("SUCCESSFUL"), 14),
    "mails failed": (make_mail("FAILED"), 90),
    "bookings": (make_old_booking, 730),
}


@pytest.mark.parametrize("kind", CASES)
def test_each_kind_goes_after_its_time_and_not_before(kind: str) -> None:
    make, days = CASES[kind]
    make(NOW - timedelta(days=days))

    early = purge(now=NOW - SECOND)[kind]
    late = purge(now=NOW + SECOND)[kind]
    again = purge(now=NOW + SECOND)[kind]

    assert (early, late, again) == (0, 1, 0)


def test_an_old_booking_loses_name_and_note_but_counts_as_before() -> None:
    make_old_booking(NOW - timedelta(days=731))
    booking = Booking.objects.get()
    former = booking.person

    purge(now=NOW)

    booking.refresh_from_db()
    assert (booking.person.email, booking.booked_by.email, booking.note) == (NOBODY, NOBODY, "")
    assert booking.allocations.count() == booking.people == 1
    assert booking.status == Booking.Status.CONFIRMED
    assert (booking.person.is_active, booking.person.has_usable_password()) == (False, False)
    assert not Booking.objects.visible_to(former).exists()
    assert not DBTaskResult.objects.exists()


def test_old_bookings_are_all_one_nobodys_and_more_than_a_batch_goes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("network.jobs.chores.BATCH", 2)
    for _ in range(5):
        make_old_booking(NOW - timedelta(days=731))

    assert purge(now=NOW)["bookings"] == 5
    assert User.objects.filter(email=NOBODY).count() == 1
    assert set(Booking.objects.values_list("person__email", flat=True)) == {NOBODY}


def test_a_crash_on_the_way_leaves_whole_batches_and_the_next_purge_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("network.jobs.chores.BATCH", 2)
    for _ in range(4):
        make_old_booking(NOW - timedelta(days=731))
    bookings = PURGES["bookings"]

    def crash(rows: Any, now: datetime) -> None:
        bookings.act(rows, now)
        if Booking.objects.filter(person__email=NOBODY).count() == 4:
            raise RuntimeError("out of power")

    monkeypatch.setitem(PURGES, "bookings", type(bookings)("bookings", bookings.due, crash))
    with pytest.raises(RuntimeError):
        purge(now=NOW)

    assert Booking.objects.filter(person__email=NOBODY).count() == 2
    monkeypatch.setitem(PURGES, "bookings", bookings)
    assert purge(now=NOW)["bookings"] == 2


def test_a_browser_stays_while_its_session_lives() -> None:
    make_member()
    client = Client()
    sign_in(client)
    client.get("/account/")
    assert UserSession.objects.count() == 1

    assert purge(now=NOW + timedelta(days=13))["browsers"] == 0
    client.post("/account/logout/")
    purge(now=NOW + timedelta(hours=2))

    assert not UserSession.objects.exists()


def test_a_dry_run_counts_and_touches_nothing() -> None:
    make_old_booking(NOW - timedelta(days=731))
    unused_member(days=2000)
    out = StringIO()

    call_command("purge", "--dry-run", stdout=out)

    assert "bookings: 1\n" in out.getvalue()
    assert "warnings: 1\n" in out.getvalue()
    assert not User.objects.filter(email=NOBODY).exists()
    assert not mails()


def test_the_command_says_what_it_erased() -> None:
    make_old_booking(NOW - timedelta(days=731))
    out = StringIO()

    call_command("purge", stdout=out)

    assert "bookings: 1\n" in out.getvalue()
    assert Booking.objects.get().person.email == NOBODY


def test_the_worker_purges_now_and_then() -> None:
    make_old_booking(NOW - timedelta(days=731))

    Chores().do()

    assert Booking.objects.get().person.email == NOBODY


def test_a_kind_that_cannot_be_purged_stops_neither_the_others_nor_the_worker(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make_old_booking(NOW - timedelta(days=731))

    def broken(rows: Any, now: datetime) -> None:
        raise RuntimeError("broken")

    answers = PURGES["answers"]
    make_answer(NOW - timedelta(days=9))
    monkeypatch.setitem(PURGES, "answers", type(answers)("answers", answers.due, broken))

    Chores().do()

    assert IdempotentAnswer.objects.exists()
    assert Booking.objects.get().person.email == NOBODY


def test_a_hold_that_was_confirmed_goes_and_its_booking_stays() -> None:
    booking = confirm(hold=held(make_space()), person=make_user(), now=NOW)

    assert purge(now=END)["holds"] == 1
    assert booking.allocations.confirmed().count() == 1


def test_the_page_and_the_purge_are_of_one_table() -> None:
    told = [kind for one in KEPT for kind in one.kinds]

    assert sorted(told) == sorted(PERIODS)
    assert set(PURGES) == {*PERIODS, "warnings"}


@pytest.mark.parametrize(
    "words",
    [
        "As long as your account; one unused for 24 months is deleted, 30 days after a warning",
        "24 months with your name and note, then without them",
        "Until you sign out, or 12 hours without use; 14 days if you chose to stay signed in",
        "15 minutes, then nothing; once confirmed, it is a booking",
        "24 hours",
        "12 months at most",
        "14 days, 90 if they could not be sent",
    ],
)
def test_the_page_tells_the_figures_that_the_purge_keeps(client: Client, words: str) -> None:
    client.cookies["django_language"] = "en"

    page = client.get("/privacy/").content.decode()

    assert f"<span>{words}</span>" in page
