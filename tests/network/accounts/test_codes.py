"""Somebody else's requests neither keep an owner from a code nor fill their mailbox."""

from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from pytest_django.fixtures import Settings

from network.accounts.codes import LONG, SHORT, key_of
from tests.network.accounts.coming_in import ADA, CODE, LEA, ask, refusal, type_code, who
from tests.network.accounts.test_mail_bounds import forget, sign_up
from tests.network.people import code_in, mails, make_member

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _proxy(settings: Settings) -> None:
    """Let tests say whom a request comes from."""
    settings.TRUSTED_PROXY_COUNT = 1


def caller(number: int) -> Client:
    return Client(headers={"x-forwarded-for": f"203.0.113.{number}"})


def ask_from_many(callers: int) -> list[int]:
    """Ask for a code to LEA from a new session of each caller; return the answers' status."""
    return [ask(caller(number), LEA).status_code for number in range(callers)]


def help_of(page: Any) -> str:
    return str(page.context["form"].fields["code"].help_text)


def type_wrong_five_times(client: Client) -> None:
    for _try in range(5):
        type_code(client, "000000" if "000000" not in codes() else "111111")


def codes() -> list[str]:
    return [code_in(sent) for sent in mails()]


def test_many_strangers_do_not_keep_the_owner_from_a_code() -> None:
    strangers = ask_from_many(12)
    owner = caller(200)

    asked = ask(owner, LEA)
    page = owner.get(CODE)
    type_code(owner, codes()[-1])

    assert (strangers, asked["Location"]) == ([302] * 12, CODE)
    assert len(mails()) == 6
    assert "Nous n’envoyons plus de courriel" in help_of(page)
    assert who(owner) == LEA


def test_a_stranger_who_asks_again_and_again_leaves_mails_to_the_owner() -> None:
    for _time in range(12):
        ask(caller(1), LEA)
    owner = caller(2)

    ask(owner, LEA)

    assert len(mails()) == 5
    assert "Nous l’avons envoyé" in help_of(owner.get(CODE))


def test_a_neighbour_of_the_same_internet_address_does_not_keep_the_owner_out() -> None:
    for _time in range(10):
        ask(caller(1), LEA)
    owner = caller(1)

    ask(owner, LEA)
    type_code(owner, codes()[-1])

    assert len(mails()) == 4
    assert who(owner) == LEA


def test_a_day_of_requests_from_everywhere_mails_once_an_hour_more_and_closes_nothing(
    frozen: time_machine.Traveller,
) -> None:
    for hour in range(12):
        for number in range(10):
            ask(caller(10 * hour + number), LEA)
        cache.delete_many([key_of(LEA, digits) for digits in (SHORT, LONG)])  # what an hour does
        frozen.shift(3601)
    owner = caller(250)

    ask(owner, LEA)
    type_code(owner, codes()[-1])

    assert 20 <= len(mails()) <= 20 + 12
    assert who(owner) == LEA


def test_mails_that_cross_say_the_same_code_and_either_works() -> None:
    first, second = caller(1), caller(2)
    ask(first, LEA)
    ask(second, LEA)

    type_code(first, codes()[1])

    assert codes()[0] == codes()[1]
    assert who(first) == LEA


def test_a_code_lets_in_one_session_alone() -> None:
    first, second = caller(1), caller(2)
    ask(first, LEA)
    ask(second, LEA)

    type_code(first, codes()[0])
    type_code(second, codes()[0])

    assert who(second) == ""
    assert "plus valable" in refusal(second)


def test_once_used_a_code_is_given_to_nobody_more() -> None:
    ask_from_many(7)
    first, second = caller(100), caller(101)
    ask(first, LEA)
    type_code(first, codes()[-1])

    ask(second, LEA)
    type_code(second, codes()[-1])

    assert len(set(codes())) == 2
    assert who(second) == LEA


def test_wrong_codes_of_a_stranger_do_not_end_the_owners() -> None:
    owner = caller(1)
    ask(owner, LEA)
    code = codes()[0]
    for number in range(2, 6):
        stranger = caller(number)
        ask(stranger, LEA)
        type_wrong_five_times(stranger)

    type_code(owner, code)

    assert who(owner) == LEA


def test_twenty_sessions_a_day_have_six_digits_and_the_others_ten() -> None:
    ask_from_many(20)
    assert {len(code) for code in codes()} == {SHORT}
    owner = caller(200)
    ask(owner, LEA)

    page = owner.get(CODE)
    ask_from_many(5)
    type_code(owner, codes()[-1])

    assert [len(code) for code in codes()[6:]] == [LONG]
    assert page.context["form"].fields["code"].label == "Code à dix chiffres"
    assert who(owner) == LEA


def test_no_mail_goes_out_when_asked_again_too_often_and_the_page_says_so() -> None:
    client = caller(1)
    ask(client, LEA)
    for _time in range(5):
        page = client.post(CODE, {"action": "resend"}, follow=True)
    type_code(client, codes()[-1])

    assert len(mails()) == 4
    assert "Aucun courriel n’est parti" in page.content.decode()
    assert who(client) == LEA


def test_all_doors_together_send_an_address_six_mails_an_hour_and_answer_the_same() -> None:
    make_member(ADA)
    answers = []
    for number in range(16):
        origin = {"headers": {"x-forwarded-for": f"203.0.113.{number}"}}
        answers += [ask(caller(number), ADA).status_code, forget(ADA, **origin)]
        answers.append(sign_up(ADA, **origin))

    assert answers == [302] * 48
    assert len(mails()) == 6
