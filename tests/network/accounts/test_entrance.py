"""A code by e-mail lets in whoever reads the mail, and tells nobody else who has an account."""

from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from network.models import User
from tests.network.accounts.coming_in import (
    ADA,
    CODE,
    DOOR,
    LEA,
    ask,
    refusal,
    type_code,
    type_wrong,
    who,
    wrong_code,
)
from tests.network.accounts.test_totp import turn_on
from tests.network.people import code_in, mails, make_member
from tests.tasks import RunTasks

pytestmark = pytest.mark.django_db


def lines(answer: Any) -> list[str]:
    text = answer.content.decode().replace(ADA, LEA)
    return [line for line in text.splitlines() if "csrf" not in line.lower()]


def test_the_code_lets_in_who_has_an_account_and_leads_on(client: Client) -> None:
    make_member(ADA)

    asked = ask(client, " ADA@Maillage.Example ", next="/bookings/?a=1")
    answer = type_code(client)

    assert asked["Location"] == CODE
    assert (answer["Location"], who(client)) == ("/bookings/?a=1", ADA)


def test_the_code_makes_an_account_for_who_has_none(client: Client) -> None:
    ask(client, LEA)

    answer = type_code(client)

    lea = User.objects.get(email=LEA)
    assert (answer["Location"], who(client)) == ("/", LEA)
    assert EmailAddress.objects.get(user=lea, email=LEA).verified
    assert not lea.has_usable_password()
    assert client.get("/account/").status_code == 200


def test_page_and_mail_are_the_same_with_and_without_an_account() -> None:
    make_member(ADA)
    known, unknown = Client(), Client()

    answers = [ask(known, ADA), ask(unknown, LEA)]
    pages = [lines(known.get(CODE)), lines(unknown.get(CODE))]
    bodies = [sent["body"].replace(code_in(sent), "CODE") for sent in mails()]

    assert [answer["Location"] for answer in answers] == [CODE, CODE]
    assert pages[0] == pages[1]
    assert bodies[0] == bodies[1]
    assert not User.objects.filter(email=LEA).exists()


def test_known_and_unknown_addresses_cost_the_same_statements() -> None:
    make_member(ADA)
    User.objects.filter(pk=make_member("closed@maillage.example").pk).update(is_active=False)
    counts = []
    for email in (ADA, LEA, "closed@maillage.example"):
        with CaptureQueriesContext(connection) as counted:
            ask(Client(), email)
        counts.append(len(counted))

    assert counts == [counts[0]] * 3


@pytest.mark.django_db(transaction=True)
def test_the_subject_of_the_mail_begins_with_the_code(client: Client, run_tasks: RunTasks) -> None:
    ask(client, LEA)
    code = code_in(mails()[0])

    run_tasks()

    assert code.isdigit()
    assert len(code) == 6
    assert mail.outbox[0].subject.startswith(code)


@pytest.mark.parametrize("spelling", ["{0}{1} {2}", " {0}{1}{2} ", "{0}-{1}-{2}"])
def test_blanks_and_dashes_in_the_code_do_not_matter(client: Client, spelling: str) -> None:
    ask(client, LEA)
    code = code_in(mails()[0])

    type_code(client, spelling.format(code[:2], code[2:4], code[4:]))

    assert who(client) == LEA


@pytest.mark.parametrize("typed", ["", "12345", "१२३४५६", "x" * 41])
def test_what_is_no_code_lets_nobody_in(client: Client, typed: str) -> None:
    ask(client, LEA)

    answer = client.post(CODE, {"code": typed})

    assert answer["Location"] == CODE
    assert refusal(client)
    assert who(client) == ""


def test_the_code_of_one_session_is_worth_nothing_in_another(client: Client) -> None:
    ask(client, LEA)
    other = Client()
    ask(other, "eve@maillage.example")

    type_code(other, code_in(mails()[0]))
    stranger = type_code(Client(), code_in(mails()[0]))

    assert who(other) == ""
    assert stranger["Location"] == DOOR


def test_a_code_works_once(client: Client) -> None:
    ask(client, LEA)
    code = code_in(mails()[0])
    type_code(client)
    client.post("/account/logout/")

    assert type_code(client, code)["Location"] == DOOR


def test_a_second_factor_is_still_asked_for(frozen: time_machine.Traveller) -> None:
    make_member(ADA)
    turn_on(Client())
    client = Client()
    ask(client, ADA, next="/bookings/")

    answer = type_code(client)

    assert answer["Location"] == "/account/2fa/authenticate/"
    assert who(client) == ""


def test_a_wrong_code_is_told_by_a_page_that_can_be_loaded_again(client: Client) -> None:
    ask(client, LEA)

    answer = client.post(CODE, {"code": wrong_code(), "remember": "on"})
    shown = [client.get(CODE) for _load in range(6)]
    type_code(client)

    assert answer["Location"] == CODE
    for page in shown:
        form = page.context["form"]
        assert "reste 4 essais" in str(form.errors["code"])
        assert (form["code"].value(), form["remember"].value()) == (wrong_code(), True)
    assert who(client) == LEA


def test_a_code_without_a_digit_is_kept_to_be_corrected_and_counts_as_no_try(
    client: Client,
) -> None:
    ask(client, LEA)

    for _try in range(6):
        client.post(CODE, {"code": " 123-45"})

    form = client.get(CODE).context["form"]
    assert "six chiffres" in str(form.errors["code"])
    assert form["code"].value() == " 123-45"
    assert not form["remember"].value()
    type_code(client)
    assert who(client) == LEA


def test_what_is_far_too_long_is_not_kept_whole(client: Client) -> None:
    ask(client, LEA)

    client.post(CODE, {"code": "1" * 100_000, "remember": "x" * 100_000})

    assert len(str(dict(client.session))) < 1_000
    assert refusal(client)


def test_another_code_asked_for_begins_with_an_empty_field(client: Client) -> None:
    ask(client, LEA)
    type_wrong(client)

    client.post(CODE, {"action": "resend"})

    form = client.get(CODE).context["form"]
    assert (form.errors, form["code"].value()) == ({}, None)


def test_a_closed_account_stays_closed_and_says_so(client: Client) -> None:
    ada = make_member(ADA)
    User.objects.filter(pk=ada.pk).update(is_active=False)
    ask(client, ADA)

    page = client.post(CODE, {"code": code_in(mails()[0])}, follow=True)

    assert who(client) == ""
    assert "Ce compte est fermé" in page.content.decode()


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/"])
def test_the_code_leads_to_no_other_site(client: Client, elsewhere: str) -> None:
    ask(client, LEA, next=elsewhere)

    assert type_code(client)["Location"] == "/"


def test_the_session_known_before_is_worth_nothing_after(client: Client) -> None:
    ask(client, LEA)
    planted = client.cookies["sessionid"].value
    type_code(client)

    attacker = Client()
    attacker.cookies["sessionid"] = planted
    assert attacker.get("/account/").status_code == 302


def test_a_dead_mail_server_does_not_break_the_door(client: Client, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

    assert ask(client, LEA)["Location"] == CODE


def test_another_address_can_be_typed_and_the_first_is_shown(client: Client) -> None:
    ask(client, "lae@maillage.example", next="/bookings/")

    page = client.get(DOOR)
    ask(client, LEA)
    type_code(client)

    assert page.context["form"]["email"].value() == "lae@maillage.example"
    assert who(client) == LEA


def test_the_code_page_without_an_address_leads_to_the_door(client: Client) -> None:
    assert client.get(CODE)["Location"] == DOOR
    assert client.post(CODE, {"code": "123456"})["Location"] == DOOR
