import re

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bookings.admin import cancelling
from bookings.models import Allocation, Booking
from network.models import User
from tests.bookings.bookings import book_for
from tests.factories import NOW, TUESDAY, interval, make_space, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
LIST = "/admin/bookings/booking/"


def booked(person: User | None = None) -> Booking:
    morning = interval(TUESDAY, "09:00", "12:00")
    return book_for(person or make_user(), make_space(units=2), morning)


def ask(client: Client, *bookings: Booking, **fields: str) -> str:
    chosen = {"action": "cancel_bookings", "_selected_action": [one.pk for one in bookings]}
    return client.post(LIST, chosen | fields, follow=True).content.decode()


def cancel(client: Client, *bookings: Booking) -> str:
    return ask(client, *bookings, confirmed="yes")


def test_a_booking_is_told_with_its_hours_in_the_sites_own_time(team: Client) -> None:
    booked()

    page = team.get(LIST, headers={"accept-language": "fr"}).content.decode()

    told = re.sub(r"\s|\u2060", " ", page)
    assert re.search(r"mardi 24 novembre 2026, 9 h *– *12 h<", told)


def test_the_units_of_a_booking_are_told_in_the_sites_own_time(team: Client) -> None:
    booking = booked()

    page = team.get(f"{LIST}{booking.pk}/change/").content.decode()

    rows = re.sub(r"\s|\u2060", " ", page).partition("allocations-group")[2]
    assert re.search(r"mardi 24 novembre 2026, 9 h *– *12 h ", rows)
    assert "2026-11-24" not in page
    assert "08:00" not in page


def test_the_team_cancels_bookings_as_their_people_would(team: Client) -> None:
    first, second = booked(), booked()

    page = cancel(team, first, second)

    states = set(Booking.objects.values_list("status", flat=True))
    assert states == {Booking.Status.CANCELLED}
    assert not Allocation.objects.confirmed().exists()
    first.refresh_from_db()
    assert first.sequence == 1
    assert "2 bookings cancelled" in page or "2 réservations annulées" in page


def test_nothing_is_cancelled_before_it_was_asked_and_confirmed(team: Client) -> None:
    first, second = booked(), booked()

    page = ask(team, first, second)

    assert Booking.objects.active().count() == 2
    told = " ".join(page.split())
    assert "2 réservations seront annulées. Les personnes concernées reçoivent un courriel." in told
    assert 'value="Annuler 2 réservations"' in told
    assert first.reference in told
    assert re.findall(r'name="_selected_action" value="(\d+)"', told) == [
        str(first.pk),
        str(second.pk),
    ]


def test_more_bookings_than_anybody_reads_are_not_cancelled_at_once(
    team: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cancelling, "MOST_AT_ONCE", 2)

    page = cancel(team, booked(), booked(), booked())

    assert Booking.objects.active().count() == 3
    assert "Choisissez au plus 2 réservations" in page


def test_a_booking_that_has_begun_is_named_and_left_the_others_are_cancelled(
    team: Client, frozen: time_machine.Traveller
) -> None:
    late, early = booked(), booked()
    interval_of_late = Booking.objects.filter(pk=late.pk)
    interval_of_late.update(starts_at=NOW.replace(hour=8), ends_at=NOW.replace(hour=11))

    page = cancel(team, late, early)

    late.refresh_from_db()
    early.refresh_from_db()
    assert late.status == Booking.Status.CONFIRMED
    assert early.status == Booking.Status.CANCELLED
    assert f"{late.reference} –" in page


def test_staff_who_may_only_look_cannot_cancel(client: Client) -> None:
    person = make_user(is_staff=True)
    person.user_permissions.set(Permission.objects.filter(codename="view_booking"))
    client.force_login(person)
    booking = booked()

    cancel(client, booking)

    booking.refresh_from_db()
    assert booking.status == Booking.Status.CONFIRMED


def test_somebody_who_is_not_of_the_team_does_not_get_in(client: Client) -> None:
    booking = booked()
    client.force_login(booking.person)

    answer = client.post(LIST, {"action": "cancel_bookings", "_selected_action": [booking.pk]})

    assert client.get(LIST, follow=True).status_code == 403
    assert answer.status_code in (302, 403)
    booking.refresh_from_db()
    assert booking.is_active


def test_no_booking_is_added_changed_or_deleted_by_hand(team: Client) -> None:
    booking = booked()

    assert team.get(f"{LIST}add/").status_code == 403
    assert team.get(f"{LIST}{booking.pk}/change/").status_code == 200
    assert team.post(f"{LIST}{booking.pk}/change/", {"note": "x"}).status_code == 403
    assert team.post(f"{LIST}{booking.pk}/delete/", {"post": "yes"}).status_code == 403
    deletion = {"action": "delete_selected", "_selected_action": [booking.pk], "post": "yes"}
    team.post(LIST, deletion)
    assert Booking.objects.filter(pk=booking.pk).exists()


def test_a_booking_is_found_by_its_reference(team: Client) -> None:
    wanted, other = booked(), booked()

    page = team.get(LIST, {"q": wanted.reference}).content.decode()

    assert wanted.reference in page
    assert other.reference not in page


def test_the_list_takes_as_many_queries_for_many_bookings_as_for_few(team: Client) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert team.get(LIST).status_code == 200
        return len(queries)

    booked()
    few = count()
    for _ in range(6):
        booked()

    assert count() == few
