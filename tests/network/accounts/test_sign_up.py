"""A newcomer creates an account and comes back to what they were doing."""

from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client

from network.accounts.signup import SignUpForm
from network.models import User
from tests.network.people import PASSWORD, Answer, code_in, mails, make_member, sign_in
from tests.tasks import RunTasks

pytestmark = pytest.mark.django_db
CONFIRM = "/account/confirm-email/"


def sign_up(client: Client, **fields: str) -> Answer:
    newcomer = {"email": "lea@maillage.example", "name": "Léa Muller", "password1": PASSWORD}
    return client.post("/account/signup/", newcomer | fields)


def test_the_code_of_the_mail_opens_the_account_and_leads_back_to_the_booking(
    client: Client,
) -> None:
    client.get("/account/signup/", {"next": "/book/7/?day=2026-11-24"})
    answer = sign_up(client, next="/book/7/?day=2026-11-24")
    assert answer["Location"] == CONFIRM

    answer = client.post(CONFIRM, {"code": code_in(mails()[0])})

    assert answer["Location"] == "/book/7/?day=2026-11-24"
    person = User.objects.get(email="lea@maillage.example")
    assert person.name == "Léa Muller"
    assert client.session["_auth_user_id"] == str(person.pk)


def test_a_link_to_sign_up_on_the_sign_in_page_keeps_where_one_came_from(client: Client) -> None:
    page = client.get("/account/login/", {"next": "/book/7/"}).content.decode()

    assert 'href="/account/signup/?next=%2Fbook%2F7%2F"' in page
    assert '<input type="hidden" name="next" value="/book/7/"' in page


@pytest.mark.django_db(transaction=True)
def test_the_mail_waits_for_the_worker_and_says_the_code_in_its_subject(
    client: Client, run_tasks: RunTasks
) -> None:
    sign_up(client)
    assert mail.outbox == []

    run_tasks()

    assert mail.outbox[0].to == ["lea@maillage.example"]
    assert mail.outbox[0].subject.startswith(code_in(mails()[0]))


def test_a_dead_mail_server_does_not_break_signing_up(client: Client, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

    answer = sign_up(client)

    assert answer.status_code == 302
    assert len(mails()) == 1


def test_five_wrong_codes_end_the_attempt(client: Client) -> None:
    sign_up(client)
    code = code_in(mails()[0])

    for _attempt in range(5):
        client.post(CONFIRM, {"code": "ZZZZ-ZZZZ"})
    answer = client.post(CONFIRM, {"code": code})

    assert answer["Location"] == "/account/login/"
    assert "_auth_user_id" not in client.session


def test_four_wrong_codes_leave_a_last_chance(client: Client) -> None:
    sign_up(client)

    for _attempt in range(4):
        assert client.post(CONFIRM, {"code": "ZZZZ-ZZZZ"}).status_code == 422
    client.post(CONFIRM, {"code": code_in(mails()[0])})

    assert "_auth_user_id" in client.session


def test_an_unverified_person_cannot_sign_in_by_password_alone(
    client: Client, frozen: time_machine.Traveller
) -> None:
    sign_up(client)
    frozen.shift(11)  # one code in ten seconds

    other = Client()
    answer = sign_in(other, "lea@maillage.example")

    assert answer["Location"] == CONFIRM
    assert "_auth_user_id" not in other.session


def test_nobody_learns_that_an_address_has_an_account(client: Client) -> None:
    make_member("known@maillage.example")
    stranger, other_stranger = Client(), Client()

    known = sign_up(stranger, email="known@maillage.example")
    unknown = sign_up(other_stranger, email="unknown@maillage.example")

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    seen = stranger.get(CONFIRM).content.decode().replace("known@", "unknown@")
    expected = other_stranger.get(CONFIRM).content.decode()
    assert without_csrf(seen) == without_csrf(expected)
    assert [sent["to"] for sent in mails()] == [
        ["known@maillage.example"],
        ["unknown@maillage.example"],
    ]
    assert User.objects.filter(email="known@maillage.example").count() == 1


def without_csrf(page: str) -> list[str]:
    return [line for line in page.splitlines() if "csrf" not in line.lower()]


def test_after_a_sign_up_nobody_is_sent_to_another_site(client: Client) -> None:
    sign_up(client, next="https://evil.example/")

    answer = client.post(CONFIRM, {"code": code_in(mails()[0])})

    assert answer["Location"] == "/"


def test_a_name_that_is_html_is_shown_as_typed(client: Client) -> None:
    sign_up(client, name="<script>alert(1)</script>'; DROP TABLE network_user; --")
    client.post(CONFIRM, {"code": code_in(mails()[0])})

    page = client.get("/account/").content.decode()

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert User.objects.count() == 1


@pytest.mark.parametrize("password", ["password", "12345678901", "court", "lea@maillage.example"])
def test_a_password_that_is_easily_guessed_is_refused(client: Client, password: str) -> None:
    answer = sign_up(client, password1=password)

    assert answer.status_code == 422
    assert not User.objects.exists()


@pytest.mark.parametrize("spelling", ["lea@maillage.example", "LEA@Maillage.Example"])
def test_of_two_sign_ups_at_once_the_slower_is_answered_as_for_a_known_address(
    client: Client, monkeypatch: pytest.MonkeyPatch, spelling: str
) -> None:
    checked = SignUpForm.clean

    def overtaken(form: SignUpForm) -> object:
        cleaned: object = checked(form)
        make_member("lea@maillage.example")
        return cleaned

    monkeypatch.setattr(SignUpForm, "clean", overtaken)

    answer = sign_up(client, email=spelling)

    assert answer["Location"] == CONFIRM
    assert User.objects.count() == 1
    assert "/account/password/reset/" in mails()[-1]["body"]


def test_another_code_can_be_asked_for_and_replaces_the_first(
    client: Client, frozen: time_machine.Traveller
) -> None:
    sign_up(client)
    frozen.shift(11)  # one code in ten seconds

    client.post(CONFIRM, {"action": "resend"})

    first, second = mails()
    assert client.post(CONFIRM, {"code": code_in(first)}).status_code == 422
    assert client.post(CONFIRM, {"code": code_in(second)})["Location"] == "/"


def test_a_robot_is_stopped_after_twenty_sign_ups_in_a_minute(client: Client) -> None:
    for _number in range(20):
        assert client.post("/account/signup/", {}).status_code == 422

    answer = Client().post("/account/signup/", {})

    assert answer.status_code == 429
    assert "<h1>" in answer.content.decode()


def test_a_sign_up_sent_from_another_site_is_refused() -> None:
    answer = sign_up(Client(enforce_csrf_checks=True))

    assert answer.status_code == 403
    assert not User.objects.exists()
