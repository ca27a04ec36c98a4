"""Links of mails act without signing in: once, for one thing, and each failure in words."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from time_machine import Traveller

from bookings.actions import cancel, change
from bookings.models import Booking
from bookings.reminders.links import Standing, cancel_token, stop_token, times_on
from bookings.reminders.pressing import cancel_by_link
from bookings.wishes import Wish
from network.models import User
from sites.intervals import Interval
from sites.models import Space
from tests.bookings.bookings import book_for
from tests.factories import NOW, TUESDAY, interval, make_site, make_space, make_user
from tests.mails import mailbox
from tests.tasks import RunTasks
from tests.words import plain

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
MORNING = interval(TUESDAY, "09:00", "12:30")
LATER = interval(TUESDAY, "14:00", "16:00")
THURSDAY = Interval(MORNING.starts_at + timedelta(days=2), MORNING.ends_at + timedelta(days=2))
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_."


@pytest.fixture
def lea() -> User:
    return make_user("lea@maillage.example", name="Léa Schmitt")


@pytest.fixture
def space() -> Space:
    return make_space(make_site(name="La Fabrique"), name="Salle bleue", units=3)


def token_of(booking: Booking) -> str:
    return cancel_token(booking, TUESDAY, times_on(booking, TUESDAY))


def link_to(booking: Booking) -> str:
    return reverse("booking-cancel-link", args=[token_of(booking)])


def is_active(booking: Booking) -> bool:
    return Booking.objects.active().filter(pk=booking.pk).exists()


class TestCancel:
    def test_the_link_asks_and_one_press_cancels_and_tells(
        self, client: Client, lea: User, space: Space, run_tasks: RunTasks
    ) -> None:
        booking = book_for(lea, space, MORNING, note="Pour le bilan de Mme Klein")
        link = link_to(booking)

        asked = client.get(link)
        assert is_active(booking)
        done = client.post(link)
        run_tasks()

        assert (asked.status_code, done.status_code) == (200, 200)
        words = plain(asked.content.decode())
        for known in ("mardi 24 novembre", "9 h – 12 h 30", "Salle bleue", "La Fabrique"):
            assert known in words
        for more in ("Léa", "lea@", "Klein", booking.reference):
            assert more not in words
        assert not is_active(booking)
        assert "C’est annulé" in plain(done.content.decode())
        assert "Réservation annulée" in plain(mailbox()[-1]["Subject"])

    def test_pressed_again_or_forwarded_it_says_that_it_is_done_and_tells_nothing_else(
        self, client: Client, lea: User, space: Space
    ) -> None:
        booking = book_for(lea, space, MORNING)
        link = link_to(booking)
        client.post(link)
        other = book_for(lea, space, LATER)

        for answer in (client.post(link), Client().get(link)):
            assert answer.status_code == 200
            assert "C’est déjà annulé" in plain(answer.content.decode())
            assert "La Fabrique" not in answer.content.decode()
        assert is_active(other)

    def test_altered_by_any_one_character_it_does_nothing_and_says_so(
        self, client: Client, lea: User, space: Space
    ) -> None:
        booking = book_for(lea, space, MORNING)
        token = token_of(booking)

        for number, sign in enumerate(token):
            other = ALPHABET[(ALPHABET.index(sign) + 1) % len(ALPHABET)]
            altered = f"{token[:number]}{other}{token[number + 1 :]}"
            assert cancel_by_link(token=altered, now=NOW).booking is None
        answer = client.post(reverse("booking-cancel-link", args=[f"{token}A"]))

        assert answer.status_code == 404
        assert "Ce lien ne fonctionne pas" in plain(answer.content.decode())
        assert is_active(booking)

    def test_it_expires_when_the_booking_begins(
        self, client: Client, lea: User, space: Space, frozen: Traveller
    ) -> None:
        link = link_to(book_for(lea, space, MORNING))
        frozen.move_to(MORNING.starts_at)

        answer = client.post(link)

        assert answer.status_code == 410
        assert "La réservation a commencé" in plain(answer.content.decode())
        assert Booking.objects.active().count() == 1

    def test_a_booking_that_changed_since_is_not_cancelled(
        self, client: Client, lea: User, space: Space
    ) -> None:
        booking = book_for(lea, space, MORNING)
        link = link_to(booking)
        wish = Wish(space_id=space.pk, intervals=(LATER,))
        change(booking=booking, wish=wish, by=lea, now=NOW)

        answer = client.post(link)

        assert answer.status_code == 410
        assert "La réservation a changé depuis ce courriel" in plain(answer.content.decode())
        assert is_active(booking)

    def test_a_mailbox_that_was_left_cancels_nothing(
        self, client: Client, lea: User, space: Space
    ) -> None:
        booking = book_for(lea, space, MORNING)
        link = link_to(booking)
        lea.email = "lea.new@maillage.example"
        lea.save()

        assert client.post(link).status_code == 410
        assert is_active(booking)

    def test_of_a_closed_account_it_says_so(self, client: Client, lea: User, space: Space) -> None:
        booking = book_for(lea, space, MORNING)
        link = link_to(booking)
        User.objects.update(is_active=False)

        answer = client.post(link)

        assert answer.status_code == 410
        assert "Le compte auquel il appartient est fermé" in plain(answer.content.decode())
        assert is_active(booking)

    def test_what_changes_while_it_waits_for_its_turn_is_seen(
        self, lea: User, space: Space, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        booking = book_for(lea, space, MORNING)
        token = token_of(booking)

        def meanwhile(person: User) -> None:
            wish = Wish(space_id=space.pk, intervals=(LATER,))
            change(booking=booking, wish=wish, by=person, now=NOW)

        monkeypatch.setattr("bookings.reminders.pressing.lock_person", meanwhile)

        assert cancel_by_link(token=token, now=NOW).standing is Standing.CHANGED
        assert is_active(booking)

    def test_of_several_days_only_the_day_of_the_mail_goes(
        self, client: Client, lea: User, space: Space
    ) -> None:
        booking = book_for(lea, space, MORNING, THURSDAY)
        link = link_to(booking)

        asked = client.get(link)
        client.post(link)

        assert "Les autres horaires de la réservation restent." in plain(asked.content.decode())
        held = booking.allocations.confirmed().values_list("starts_at", flat=True)
        assert list(held) == [THURSDAY.starts_at]
        assert "C’est déjà annulé" in plain(client.get(link).content.decode())

    def test_it_works_for_whoever_is_signed_in_and_without_a_form_token(
        self, lea: User, space: Space
    ) -> None:
        booking = book_for(lea, space, MORNING)
        client = Client(enforce_csrf_checks=True)
        client.force_login(make_user())

        assert client.post(link_to(booking)).status_code == 200
        assert not is_active(booking)

    def test_neither_kept_nor_told_on_nor_found(
        self, client: Client, lea: User, space: Space
    ) -> None:
        answer = client.get(link_to(book_for(lea, space, MORNING)))

        assert "no-store" in answer["Cache-Control"]
        assert answer["Referrer-Policy"] == "no-referrer"
        assert answer["X-Robots-Tag"] == "noindex"

    def test_one_caller_presses_so_often_and_no_more(
        self, client: Client, lea: User, space: Space
    ) -> None:
        address = reverse("booking-cancel-link", args=["0.0.0.x"])

        answers = [client.post(address).status_code for _ in range(31)]
        shown: Any = client.get(link_to(book_for(lea, space, MORNING)))

        assert answers == [404] * 30 + [429]
        assert shown.status_code == 200

    def test_who_pressed_too_often_reads_that_nothing_happened_and_what_to_do(
        self, client: Client, lea: User, space: Space
    ) -> None:
        booking = book_for(lea, space, MORNING)
        for _ in range(30):
            client.post(reverse("booking-cancel-link", args=["0.0.0.x"]))

        refused: Any = client.post(link_to(booking))

        page = plain(refused.content.decode())
        assert refused.status_code == 429
        assert is_active(booking)
        assert "<h1>Rien n’a été annulé</h1>" in page
        assert "Attendez cinq minutes" in page
        assert f'href="{reverse("bookings")}"' in page
        assert "comptes" not in page.partition("<main")[2].partition("</main>")[0]

    def test_a_link_of_one_purpose_serves_no_other(self, client: Client, lea: User) -> None:
        answer = client.post(reverse("booking-cancel-link", args=[stop_token(lea)]))

        assert answer.status_code == 404

    def test_after_it_was_cancelled_by_other_means(
        self, client: Client, lea: User, space: Space
    ) -> None:
        booking = book_for(lea, space, MORNING)
        link = link_to(booking)
        cancel(booking=booking, by=lea, now=NOW)

        assert "C’est déjà annulé" in plain(client.post(link).content.decode())


class TestStop:
    def test_the_link_asks_and_one_press_stops_reminders(self, client: Client, lea: User) -> None:
        link = reverse("reminders-stop", args=[stop_token(lea)])

        asked = plain(client.get(link).content.decode())
        lea.refresh_from_db()
        assert lea.wants_reminders
        done = client.post(link)
        lea.refresh_from_db()

        assert not lea.wants_reminders
        assert "Arrêter les rappels de la veille ?" in asked
        assert "Léa" not in asked
        assert "Plus de rappels" in plain(done.content.decode())
        assert client.post(link).status_code == 200

    def test_mail_programs_press_it_as_rfc_8058_says(self, lea: User) -> None:
        link = reverse("reminders-stop", args=[stop_token(lea)])

        answer = Client(enforce_csrf_checks=True).post(link, {"List-Unsubscribe": "One-Click"})
        lea.refresh_from_db()

        assert answer.status_code == 200
        assert not lea.wants_reminders

    def test_forged_or_of_a_closed_account_it_says_so(self, client: Client, lea: User) -> None:
        token = stop_token(lea)
        User.objects.update(is_active=False)

        for bad in (token, token[:-1], f"{token}A", stop_token(User(pk=lea.pk + 1)), "x"):
            answer = client.post(reverse("reminders-stop", args=[bad]))
            assert answer.status_code == 404
            assert "Ce lien ne fonctionne pas" in plain(answer.content.decode())
        lea.refresh_from_db()
        assert lea.wants_reminders

    def test_the_choice_is_made_on_the_account_page_too(self, client: Client, lea: User) -> None:
        client.force_login(lea)
        form = client.get(reverse("account")).context["form"]
        typed = {"name": "Léa", "language": form["language"].value(), "home": "", "status": ""}

        client.post(reverse("account"), typed)
        lea.refresh_from_db()
        stopped = lea.wants_reminders
        client.post(reverse("account"), typed | {"reminders": "on"})
        lea.refresh_from_db()

        assert (stopped, lea.wants_reminders) == (False, True)
