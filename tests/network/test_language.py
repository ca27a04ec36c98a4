"""Everybody reads in their language: pages, mail and calendars, from sign-up on."""

import pytest
from django.test import Client
from django.urls import reverse

from network.actions import choose_language
from network.models import User
from tests.bookings.calendars.reading import feed, make_booking
from tests.factories import make_space, make_user
from tests.mails import mailbox, part, words
from tests.network.people import PASSWORD, make_member
from tests.tasks import RunTasks

pytestmark = pytest.mark.django_db

EMAIL = "ada@maillage.example"


def sign_up(language: str) -> User:
    client = Client(headers={"accept-language": language})
    newcomer = {"name": "Ada", "email": "new@maillage.example", "password1": "correct horse 9"}
    client.post(reverse("account_signup"), newcomer)
    return User.objects.get(email="new@maillage.example")


@pytest.mark.parametrize(
    ("asked", "kept"), [("fr", "fr"), ("en", "en"), ("en-GB", "en"), ("de-AT", "de"), ("it", "fr")]
)
def test_sign_up_keeps_the_language_of_its_page(asked: str, kept: str) -> None:
    assert sign_up(asked).language == kept


@pytest.mark.parametrize(
    ("language", "subject"), [("fr", "Bonjour"), ("en", "Hello"), ("de", "Guten Tag")]
)
def test_the_first_mail_is_in_it(run_tasks: RunTasks, language: str, subject: str) -> None:
    sign_up(language)

    run_tasks()

    assert subject in words(mailbox()[0])


def test_the_switch_changes_it_for_who_is_signed_in(client: Client) -> None:
    ada = make_user(language="fr")
    client.force_login(ada)

    client.post(reverse("set_language"), {"language": "en", "next": "/"})

    ada.refresh_from_db()
    assert ada.language == "en"
    assert 'lang="en"' in client.get("/").content.decode()


@pytest.mark.parametrize("language", ["xx", "", "fr-FR' OR 1=1", "it"])
def test_the_switch_keeps_no_language_that_there_is_not(client: Client, language: str) -> None:
    ada = make_user(language="en")
    client.force_login(ada)

    client.post(reverse("set_language"), {"language": language, "next": "/"})

    ada.refresh_from_db()
    assert ada.language == "en"


def test_looking_at_the_switchs_address_changes_nothing(client: Client) -> None:
    ada = make_user(language="fr")
    client.force_login(ada)

    client.get(reverse("set_language"), {"language": "en"})

    ada.refresh_from_db()
    assert ada.language == "fr"


def test_a_visitor_may_switch_too(client: Client) -> None:
    client.post(reverse("set_language"), {"language": "en", "next": "/"})

    assert 'lang="en"' in client.get("/").content.decode()


def test_pages_follow_the_account_from_sign_in_on() -> None:
    choose_language(by=make_member(EMAIL), language="en")
    client = Client(headers={"accept-language": "fr"})
    before = client.get(reverse("account_login")).content.decode()

    client.post(reverse("account_login_password"), {"login": EMAIL, "password": PASSWORD})
    after = client.get("/account/")

    assert 'lang="fr"' in before
    assert 'lang="en"' in after.content.decode()
    assert after["Content-Language"] == "en"


def test_the_account_page_changes_it_and_says_so_in_it(client: Client) -> None:
    ada = make_user(language="fr")
    client.force_login(ada)

    page = client.post("/account/", {"name": "Ada", "language": "en"}, follow=True)

    ada.refresh_from_db()
    assert ada.language == "en"
    assert "Your details are saved." in page.content.decode()


def test_the_account_page_refuses_a_language_that_there_is_not(client: Client) -> None:
    ada = make_user(language="fr")
    client.force_login(ada)

    client.post("/account/", {"name": "Ada", "language": "xx"})

    ada.refresh_from_db()
    assert ada.language == "fr"


@pytest.mark.parametrize(
    ("language", "subject", "body", "word"),
    [
        ("fr", "Réservation confirmée", "Votre réservation est confirmée.", "Réservation"),
        ("en", "Booking confirmed", "Your place is booked.", "Booking"),
        ("de", "Buchung bestätigt", "Ihr Platz ist gebucht.", "Buchung"),
    ],
)
@pytest.mark.usefixtures("frozen")
def test_a_booking_is_told_in_the_language_of_its_person(
    run_tasks: RunTasks, language: str, subject: str, body: str, word: str
) -> None:
    person = make_user(language=language)
    make_booking(person, space=make_space())

    run_tasks()

    (message,) = mailbox()
    assert message["Subject"].startswith(subject)
    assert body in part(message, "text/plain")
    assert f'<html lang="{language}">' in part(message, "text/html")
    assert word in part(message, "text/calendar")


@pytest.mark.parametrize(
    ("language", "name"),
    [("fr", "Mes réservations"), ("de", "Meine Buchungen"), ("en", "My bookings")],
)
def test_the_feed_is_in_it_whoever_fetches(language: str, name: str) -> None:
    assert f"X-WR-CALNAME:{name}" in feed(make_user(language=language)).decode()


@pytest.mark.parametrize(
    ("language", "word"), [("fr", "mot de passe"), ("en", "password"), ("de", "Passwort")]
)
def test_an_account_mail_is_in_the_language_of_its_reader_not_of_the_page(
    run_tasks: RunTasks, language: str, word: str
) -> None:
    choose_language(by=make_member(EMAIL), language=language)
    other = {"fr": "en", "en": "de", "de": "fr"}[language]
    client = Client(headers={"accept-language": other})

    client.post(reverse("account_reset_password"), {"email": EMAIL})
    run_tasks()

    assert word in words(mailbox()[0])
