"""Who has booked ahead is told when the place reads otherwise, once, and only then."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from django.forms.models import model_to_dict
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from time_machine import Traveller

from bookings.actions import cancel
from bookings.models import Booking
from network.models import User
from sites.models import Site, Space, Stop
from tests.bookings.calendars.reading import WEDNESDAY, events, make_booking, row
from tests.factories import (
    NOW,
    TUESDAY,
    interval,
    make_commune,
    make_site,
    make_space,
    make_stop,
    make_user,
)
from tests.mails import mailbox, part, words
from tests.tasks import RunTasks

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]

AN_HOUR_LATER = NOW + timedelta(hours=1)


@pytest.fixture
def booking(run_tasks: RunTasks, frozen: Traveller) -> Booking:
    """A booking of tomorrow, of which its person has been told; then an hour passes."""
    site = make_site(name="La Fabrique")
    made = make_booking(make_user(), space=make_space(site, name="Open space"))
    run_tasks()
    mail.outbox.clear()
    frozen.move_to(AN_HOUR_LATER)
    return made


def save(row: Any, **fields: Any) -> None:
    """Change a row as a form or an action does."""
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()


@pytest.mark.parametrize(
    "fields",
    [
        {"name": "Le Moulin"},
        {"address": "2 rue Haute"},
        {"postal_code": "67200"},
        {"access_notes": "Code 99"},
        {"other_words": {"en": {"access_notes": "Code 99"}}},
        {"latitude": 48.5},
        {"longitude": 7.5},
        {"time_zone": "Europe/Berlin"},
    ],
)
def test_what_an_event_says_of_a_site_is_told(
    booking: Booking, run_tasks: RunTasks, fields: dict[str, Any]
) -> None:
    save(Site.objects.get(), **fields)

    run_tasks()
    (event,) = events(booking.person)

    assert [sent.to for sent in mail.outbox] == [[booking.person.email]]
    assert mail.outbox[0].subject.startswith("Informations pratiques modifiées")
    assert int(event.sequence.value) == 1
    assert event.dtstamp.value == event.last_modified.value == AN_HOUR_LATER


def test_the_mail_brings_the_new_address_and_moves_the_appointment(
    booking: Booking, run_tasks: RunTasks
) -> None:
    save(Site.objects.get(), address="2 rue Haute")

    run_tasks()

    (message,) = mailbox()
    assert "Votre réservation est maintenue" in words(message)
    assert "La Fabrique, 2 rue Haute, 67220 Villé" in words(message)
    assert "METHOD:REQUEST" in part(message, "text/calendar")


def test_a_space_that_gets_another_name_is_told(booking: Booking, run_tasks: RunTasks) -> None:
    make_booking(make_user(), space=make_space(booking.site))
    run_tasks()
    mail.outbox.clear()

    save(Space.objects.get(name="Open space"), name="Salle bleue")
    run_tasks()

    assert [sent.to for sent in mail.outbox] == [[booking.person.email]]
    assert "Salle bleue" in mail.outbox[0].body


@pytest.mark.parametrize(
    "happen",
    [
        lambda stop: save(stop, place="Place de l’Église"),
        lambda stop: save(stop, starts_at=stop.starts_at + timedelta(days=9),
                          ends_at=stop.ends_at + timedelta(days=9)),
        lambda stop: stop.delete(),
    ],
)  # fmt: skip
def test_a_stop_that_moves_is_told_to_who_is_there_then(
    run_tasks: RunTasks, happen: Callable[[Stop], object]
) -> None:
    bus = make_site(hours=(), is_itinerant=True)
    commune = make_commune(name="Orbey")
    stop = make_stop(bus, commune, interval(TUESDAY, "08:00", "18:00"))
    make_stop(bus, commune, interval(WEDNESDAY, "08:00", "18:00"))
    space = make_space(bus, units=2)
    there = make_booking(make_user(), space=space)
    make_booking(make_user(), interval(WEDNESDAY, "09:00", "12:00"), space=space)
    run_tasks()
    mail.outbox.clear()

    happen(stop)
    run_tasks()

    assert [sent.to for sent in mail.outbox] == [[there.person.email]]


@pytest.mark.parametrize(
    "happen",
    [
        lambda site: site.save(),
        lambda site: save(site, description="Un beau lieu"),
        lambda site: save(site, download_mbps=900),
        lambda site: save(site.spaces.get(), capacity=3),
        lambda site: make_space(site),
        lambda site: save(make_site(), name="Un autre"),
    ],
)
def test_a_save_that_no_event_shows_tells_nobody(
    booking: Booking, run_tasks: RunTasks, happen: Callable[[Site], object]
) -> None:
    happen(booking.site)

    assert run_tasks() == []
    assert Booking.objects.get().sequence == 0


def test_what_is_past_or_cancelled_is_not_told(run_tasks: RunTasks) -> None:
    site = make_site()
    space = make_space(site)
    row(make_user(), interval(TUESDAY - timedelta(days=7), "09:00", "12:00"), space)
    off = make_booking(make_user(), space=space)
    cancel(booking=off, by=off.person, now=NOW)
    run_tasks()

    save(site, name="Le Moulin")

    assert run_tasks() == []


def test_several_changes_at_once_are_one_mail(booking: Booking, run_tasks: RunTasks) -> None:
    save(Site.objects.get(), name="Le Moulin")
    save(Space.objects.get(), name="Salle bleue")

    run_tasks()

    (sent,) = mail.outbox
    assert "Le Moulin" in sent.body
    assert "Salle bleue" in sent.body


def test_who_was_never_told_of_the_booking_hears_no_new_confirmation(run_tasks: RunTasks) -> None:
    site = make_site()
    row(make_user(), interval(TUESDAY, "09:00", "12:00"), make_space(site))

    save(site, name="Le Moulin")
    run_tasks()

    (sent,) = mail.outbox
    assert sent.subject.startswith("Informations pratiques modifiées")
    assert "Votre place est réservée" not in sent.body
    assert "Le Moulin" in sent.body


def test_a_save_that_is_undone_tells_nobody(booking: Booking, run_tasks: RunTasks) -> None:
    with transaction.atomic():
        save(Site.objects.get(), name="Le Moulin")
        transaction.set_rollback(True)

    assert run_tasks() == []
    assert Booking.objects.get().sequence == 0


def test_the_administration_tells_too(
    booking: Booking, run_tasks: RunTasks, client: Client
) -> None:
    space = Space.objects.get()
    client.force_login(User.objects.create_superuser("team@maillage.example", "secret"))
    form = {
        name: value
        for name, value in model_to_dict(space).items()
        if value is not None and name not in ("id", "equipment")
    } | {"name": "Salle bleue"}
    for formset in ("units", "video_endpoints"):
        form |= {f"{formset}-TOTAL_FORMS": 0, f"{formset}-INITIAL_FORMS": 0}

    answer = client.post(reverse("admin:sites_space_change", args=[space.pk]), form)
    run_tasks()

    assert answer.status_code == 302, answer.content.decode()
    assert len(mail.outbox) == 1


def test_many_bookings_are_read_together_and_written_a_task_each(
    django_assert_max_num_queries: Any, run_tasks: RunTasks
) -> None:
    site = make_site()
    space = make_space(site)
    for day in range(20):
        row(make_user(), interval(TUESDAY + timedelta(days=day), "09:00", "12:30"), space)
    site = Site.objects.get()

    with django_assert_max_num_queries(12 + 20):
        save(site, name="Le Moulin")

    assert DBTaskResult.objects.count() == 20
    assert set(Booking.objects.values_list("sequence", "changed_at")) == {(1, NOW)}


def test_the_clock_of_the_save_is_the_revisions(booking: Booking) -> None:
    save(Site.objects.get(), name="Le Moulin")

    changed_at: datetime = Booking.objects.get().changed_at
    assert changed_at == AN_HOUR_LATER
