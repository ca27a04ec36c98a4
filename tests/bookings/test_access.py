"""How to get in is shown from the day before until the end, and nowhere else."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import vobject
from django.core import mail
from django.test import Client
from django_tasks_db.models import DBTaskResult
from time_machine import Traveller

from bookings.actions import cancel
from bookings.models import Booking, IdempotentAnswer
from bookings.rules import access_shown_during
from network.models import User
from sites.intervals import Interval
from tests.api.calls import program_of, wish
from tests.bookings.calendars.reading import address_of, events, make_booking
from tests.factories import (
    MONDAY,
    NOW,
    TUESDAY,
    at,
    interval,
    make_manager,
    make_site,
    make_space,
    make_user,
)
from tests.mails import mailbox, part
from tests.tasks import RunTasks

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]

CODE = "4711"
PARIS, MIQUELON = ZoneInfo("Europe/Paris"), ZoneInfo("America/Miquelon")
#: A week after the fixed now: Tuesday 1 December, 9:00 to 12:30.
LATER = interval(TUESDAY + timedelta(days=7), "09:00", "12:30")
FAR = TUESDAY + timedelta(days=60)
THE_DAY_BEFORE = at(TUESDAY + timedelta(days=6), "00:00")


def is_access_shown(times: Interval, zone: ZoneInfo, now: datetime) -> bool:
    return any(one.starts_at <= now < one.ends_at for one in access_shown_during([times], zone))


IN_ENGLISH = {"en": {"access_notes": "Ring <twice>"}}


@pytest.fixture
def booking() -> Booking:
    site = make_site(access_notes=f"Code {CODE}")
    return make_booking(make_user(), LATER, space=make_space(site))


@pytest.mark.parametrize(
    ("now", "is_shown"),
    [
        (datetime(2026, 11, 29, 22, 59, 59, tzinfo=UTC), False),
        (datetime(2026, 11, 29, 23, 0, tzinfo=UTC), True),
        (datetime(2026, 12, 1, 11, 29, 59, tzinfo=UTC), True),
        (datetime(2026, 12, 1, 11, 30, tzinfo=UTC), False),
    ],
)
def test_the_day_before_begins_at_the_sites_midnight(now: datetime, is_shown: bool) -> None:
    assert is_access_shown(LATER, PARIS, now) is is_shown


def test_between_two_days_far_apart_nothing_is_shown() -> None:
    first, last = interval(MONDAY, "14:00", "15:00"), interval(FAR, "09:00", "12:00")

    shown = access_shown_during([last, first], PARIS)

    assert shown == [
        Interval(at(MONDAY - timedelta(days=1), "00:00"), first.ends_at),
        Interval(at(FAR - timedelta(days=1), "00:00"), last.ends_at),
    ]


def test_days_on_end_are_shown_without_a_gap() -> None:
    days = [interval(MONDAY + timedelta(days=number), "09:00", "12:00") for number in range(3)]

    (shown,) = access_shown_during(days, PARIS)

    assert shown.ends_at == days[-1].ends_at


def test_the_day_is_the_sites_own() -> None:
    times = interval(TUESDAY, "09:00", "12:00", MIQUELON)

    assert not is_access_shown(times, MIQUELON, at(TUESDAY - timedelta(days=1), "00:30"))
    assert is_access_shown(times, MIQUELON, at(TUESDAY - timedelta(days=1), "00:00", zone=MIQUELON))


def test_the_evening_before_the_clocks_change_counts_as_the_day_before() -> None:
    morning = datetime(2026, 10, 25, 9, 0, tzinfo=UTC)
    sunday = Interval(morning, morning + timedelta(hours=2))

    assert is_access_shown(sunday, PARIS, datetime(2026, 10, 23, 22, 0, tzinfo=UTC))
    assert not is_access_shown(sunday, PARIS, datetime(2026, 10, 23, 21, 59, tzinfo=UTC))


def everywhere(booking: Booking) -> dict[str, str]:
    """Return what each door says of the booking to its person."""
    client = Client()
    client.force_login(booking.person)
    (event,) = events(booking.person)
    pages = {
        name: client.get(f"/bookings/{booking.reference}/{name}").content.decode()
        for name in ("", "event.ics", "change/", "cancel/")
    }
    told = program_of(booking.person).get(f"/bookings/{booking.reference}").content.decode()
    return pages | {"feed": event.description.value, "api": told}


WHERE_SHOWN = {"", "event.ics", "feed"}


@pytest.mark.parametrize(
    ("now", "shown_in"),
    [
        (NOW, set()),
        (THE_DAY_BEFORE - timedelta(seconds=1), set()),
        (THE_DAY_BEFORE, WHERE_SHOWN),
        (LATER.ends_at - timedelta(seconds=1), WHERE_SHOWN),
        (LATER.ends_at, set()),
    ],
)
def test_every_door_keeps_to_the_same_hours(
    booking: Booking, frozen: Traveller, now: datetime, shown_in: set[str]
) -> None:
    frozen.move_to(now)

    told = everywhere(booking)

    assert {door for door, text in told.items() if CODE in text} == shown_in


def test_before_that_the_page_and_the_calendar_say_from_when(
    booking: Booking, run_tasks: RunTasks
) -> None:
    told = everywhere(booking)
    run_tasks()

    assert "S’affichera ici à partir du lundi 30 novembre, la veille." in told[""]
    assert "sur la page de votre réservation à partir du lundi 30 novembre" in told["feed"]
    (message,) = mailbox()
    for media_type in ("text/plain", "text/html"):
        text = part(message, media_type)
        assert "Le moyen d’entrer s’affichera à partir du lundi 30 novembre" in text
    assert CODE not in mail.outbox[0].message().as_string()


def test_a_mail_of_the_day_before_brings_it(
    booking: Booking, frozen: Traveller, run_tasks: RunTasks
) -> None:
    frozen.move_to(THE_DAY_BEFORE)

    run_tasks()

    assert f"Code {CODE}" in mail.outbox[0].body


@pytest.mark.parametrize("now", [NOW, THE_DAY_BEFORE])
def test_a_cancelled_booking_opens_nothing(
    booking: Booking, frozen: Traveller, now: datetime, run_tasks: RunTasks
) -> None:
    frozen.move_to(now)
    cancel(booking=booking, by=booking.person, now=now)
    run_tasks()

    assert not [door for door, text in everywhere(booking).items() if CODE in text]
    assert CODE not in mail.outbox[-1].message().as_string()


def test_a_manager_who_looks_later_reads_no_code_of_a_past_booking(
    booking: Booking, frozen: Traveller, client: Client
) -> None:
    client.force_login(make_manager(booking.site))
    frozen.move_to(LATER.ends_at)

    assert CODE not in client.get(booking.get_absolute_url()).content.decode()


def test_nothing_kept_for_later_holds_the_code(run_tasks: RunTasks) -> None:
    space = make_space(make_site(access_notes=f"Code {CODE}"))
    program_of(make_user()).post("/bookings", wish(space.pk), **{"Idempotency-Key": "once"})
    run_tasks()

    kept = [IdempotentAnswer.objects.get().body]
    kept += DBTaskResult.objects.values_list("args_kwargs", "return_value", "traceback")

    assert len(mail.outbox) == 1
    assert CODE not in str(kept)


class TestTheFeedFillsItself:
    def version(self, person: User) -> tuple[int, datetime, datetime]:
        (event,) = events(person)
        return (
            int(event.sequence.value),
            event.dtstamp.value,
            event.last_modified.value,
        )

    def test_with_a_new_stamp_of_the_same_revision(
        self, booking: Booking, frozen: Traveller
    ) -> None:
        before = self.version(booking.person)
        frozen.move_to(THE_DAY_BEFORE + timedelta(hours=8))
        on_the_day_before = self.version(booking.person)
        frozen.move_to(LATER.ends_at)
        after = self.version(booking.person)

        assert before == (0, NOW, NOW)
        assert on_the_day_before == (0, THE_DAY_BEFORE, THE_DAY_BEFORE)
        assert after == (0, LATER.ends_at, LATER.ends_at)

    @pytest.mark.parametrize("moment", [THE_DAY_BEFORE, LATER.ends_at])
    def test_with_a_new_tag(self, booking: Booking, frozen: Traveller, moment: datetime) -> None:
        frozen.move_to(moment - timedelta(seconds=1))
        first = Client().get(address_of(booking.person))
        frozen.move_to(moment)

        by_tag = Client().get(address_of(booking.person), headers={"if-none-match": first["ETag"]})

        assert by_tag.status_code == 200

    def test_notes_emptied_afterwards_turn_back_no_date(
        self, booking: Booking, frozen: Traveller
    ) -> None:
        frozen.move_to(LATER.ends_at + timedelta(hours=1))
        before = self.version(booking.person)

        booking.site.access_notes = ""
        booking.site.save()

        assert self.version(booking.person) == before == (0, LATER.ends_at, LATER.ends_at)

    def test_a_site_without_notes_has_nothing_to_fill_and_offers_no_change_once_begun(
        self, frozen: Traveller
    ) -> None:
        person = make_user()
        make_booking(person, LATER, space=make_space(make_site(access_notes="")))
        frozen.move_to(LATER.starts_at - timedelta(minutes=1))
        before = self.version(person)
        frozen.move_to(LATER.starts_at)

        assert before == (0, NOW, NOW)
        assert self.version(person) == (0, LATER.starts_at, LATER.starts_at)


@pytest.mark.parametrize(("language", "says"), [("fr", "Sonnez"), ("en", "Ring <twice>")])
def test_how_to_get_in_is_told_in_the_language_of_who_reads(
    frozen: Traveller, language: str, says: str
) -> None:
    site = make_site(access_notes="Sonnez", other_words=IN_ENGLISH)
    person = make_user(language=language)
    made = make_booking(person, LATER, space=make_space(site))
    frozen.move_to(THE_DAY_BEFORE)

    told = everywhere(made)

    assert says in told["feed"]
    assert says.replace("<", "&lt;").replace(">", "&gt;") in told[""]


def test_a_page_marks_notes_in_another_language(frozen: Traveller, client: Client) -> None:
    person = make_user(language="en")
    space = make_space(make_site(access_notes="Code 1\nSonnez", directions="Bus 210"))
    made = make_booking(person, LATER, space=space)
    frozen.move_to(THE_DAY_BEFORE)
    client.force_login(person)

    page = client.get(f"/bookings/{made.reference}/").content.decode()

    assert '<span lang="fr">Code 1<br>Sonnez</span>' in page
    assert '<span lang="fr">Bus 210</span>' in page


def test_notes_in_another_language_alone_count_too(frozen: Traveller) -> None:
    site = make_site(access_notes="", other_words=IN_ENGLISH)
    person = make_user(language="en")
    make_booking(person, LATER, space=make_space(site))
    frozen.move_to(THE_DAY_BEFORE)

    (event,) = events(person)

    assert "Ring <twice>" in event.description.value
    assert event.dtstamp.value == THE_DAY_BEFORE


class TestCancelledEventsLookCancelled:
    """To programs that know nothing of STATUS."""

    @pytest.mark.parametrize(
        ("language", "says"), [("fr", "Annulée\u00a0: "), ("en", "Cancelled: ")]
    )
    def test_in_the_feed_and_in_the_mail(
        self, run_tasks: RunTasks, language: str, says: str
    ) -> None:
        person = make_user(language=language)
        booking = make_booking(person)
        run_tasks()
        cancel(booking=booking, by=person, now=NOW)
        run_tasks()

        (in_feed,) = events(person)
        calendar = part(mailbox()[-1], "text/calendar")
        for event in (in_feed, vobject.readOne(calendar).vevent):
            assert event.summary.value.startswith(says)
            assert event.transp.value == "TRANSPARENT"
            assert event.status.value == "CANCELLED"
            assert "valarm" not in event.contents
            assert "Door code" not in event.description.value
            assert {"fr": "modifier", "en": "change"}[language] not in event.description.value
