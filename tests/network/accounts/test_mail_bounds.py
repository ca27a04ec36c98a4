"""How much mail one caller can have sent, and one address be sent, from all doors together."""

from typing import Any

import pytest
import time_machine
from django.test import Client, RequestFactory

from network.accounts.bounds import may_caller_ask
from tests.network.accounts.coming_in import ask
from tests.network.people import mails

pytestmark = pytest.mark.django_db
RESET, SIGN_UP = "/account/password/reset/", "/account/signup/"


def sign_up(email: str, **origin: Any) -> int:
    words = {"name": "Léa", "password1": "une autre phrase", "email": email}
    return Client().post(SIGN_UP, words, **origin).status_code


def forget(email: str, **origin: Any) -> int:
    return Client().post(RESET, {"email": email}, **origin).status_code


def someone(number: int) -> str:
    return f"person{number}@maillage.example"


def test_a_caller_has_sixty_mails_an_hour_sent_to_strangers(
    frozen: time_machine.Traveller,
) -> None:
    answers = []
    for number in range(65):
        answers.append(ask(Client(), someone(number)).status_code)
        frozen.shift(10)

    assert answers == [302] * 60 + [422] * 5
    assert len(mails()) == 60


def test_a_caller_has_three_hundred_mails_a_day_sent(frozen: time_machine.Traveller) -> None:
    request = RequestFactory().post("/")
    answers = []
    for _mail in range(305):
        answers.append(may_caller_ask(request))
        frozen.shift(120)

    assert answers == [True] * 300 + [False] * 5


def test_all_doors_count_together_for_a_caller_and_answer_the_same(
    frozen: time_machine.Traveller,
) -> None:
    answers = []
    for number in range(0, 62, 2):
        answers += [forget(someone(number)), sign_up(someone(number + 1))]
        frozen.shift(20)

    assert answers == [302] * 62
    assert len(mails()) == 60
