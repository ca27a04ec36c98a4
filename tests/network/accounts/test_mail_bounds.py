"""How much mail one caller can have sent, and one address be sent, from all doors together."""

import pytest
import time_machine
from django.test import Client

from tests.network.accounts.test_entrance import ask
from tests.network.people import mails

pytestmark = pytest.mark.django_db
RESET, SIGN_UP = "/account/password/reset/", "/account/signup/"


def sign_up(email: str, **headers: str) -> int:
    words = {"name": "Léa", "password1": "une autre phrase", "email": email}
    return Client().post(SIGN_UP, words, **headers).status_code


def forget(email: str, **headers: str) -> int:
    return Client().post(RESET, {"email": email}, **headers).status_code


def someone(number: int) -> str:
    return f"person{number}@maillage.example"


def test_a_caller_has_sixty_mails_an_hour_sent_to_strangers(
    frozen: time_machine.Traveller,
) -> None:
    answers = []
    for number in range(65):
        answers.append(ask(Client(), someone(number)).status_code)
        frozen.shift(10)

    assert answers == [302] * 60 + [200] * 5
    assert len(mails()) == 60


def test_a_caller_has_three_hundred_mails_a_day_sent_to_strangers(
    frozen: time_machine.Traveller,
) -> None:
    answers = []
    for number in range(305):
        answers.append(ask(Client(), someone(number)).status_code)
        frozen.shift(120)

    assert answers.count(302) == 300


def test_all_doors_count_together_for_a_caller_and_answer_the_same(
    frozen: time_machine.Traveller,
) -> None:
    answers = []
    for number in range(0, 62, 2):
        answers += [forget(someone(number)), sign_up(someone(number + 1))]
        frozen.shift(20)

    assert answers == [302] * 62
    assert len(mails()) == 60
