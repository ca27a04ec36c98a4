"""Codes are few: tries, mails and callers are bounded; nobody pays for a neighbour's guesses."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from tests.network.accounts.coming_in import CODE, LEA, ask, refusal, type_code, type_wrong, who
from tests.network.people import code_in, mails

pytestmark = pytest.mark.django_db


def test_four_wrong_codes_leave_a_last_chance(client: Client) -> None:
    ask(client, LEA)
    for _try in range(4):
        type_wrong(client)

    type_code(client)

    assert who(client) == LEA


def test_the_fifth_wrong_code_ends_it_and_another_can_be_asked_for(client: Client) -> None:
    ask(client, LEA)
    first = code_in(mails()[0])
    for _try in range(5):
        type_wrong(client)
    fifth = refusal(client)
    type_code(client, first)
    late = refusal(client)

    client.post(CODE, {"action": "resend"})
    second = code_in(mails()[-1])
    type_code(client, second)

    assert "cinquième" in fifth
    assert "plus valable" in late
    assert first != second
    assert who(client) == LEA


def test_many_tries_sent_at_once_are_five_tries(client: Client) -> None:
    ask(client, LEA)
    state = dict(client.session["entrance"])
    answers = []
    for _request in range(8):
        session = client.session
        session["entrance"] = dict(state)  # as a request reads it that began before the others
        session.save()
        type_wrong(client)
        answers.append(refusal(client))

    assert ["plus valable" in words for words in answers] == [False] * 5 + [True] * 3


def test_a_code_lives_for_fifteen_minutes(client: Client, frozen: time_machine.Traveller) -> None:
    ask(client, LEA)
    frozen.shift(timedelta(minutes=15, seconds=1))

    type_code(client)
    late = refusal(client)
    client.post(CODE, {"action": "resend"})
    type_code(client)

    assert "plus valable" in late
    assert len(mails()) == 2
    assert who(client) == LEA


def test_asked_for_again_a_young_code_is_sent_again_and_an_old_one_replaced(
    client: Client, frozen: time_machine.Traveller
) -> None:
    ask(client, LEA)
    frozen.shift(60)
    client.post(CODE, {"action": "resend"})
    frozen.shift(600)
    client.post(CODE, {"action": "resend"})

    codes = [code_in(sent) for sent in mails()]
    assert codes[0] == codes[1]
    assert codes[1] != codes[2]


def test_pressing_twice_sends_one_mail(client: Client) -> None:
    ask(client, LEA)
    ask(client, LEA)

    assert len(mails()) == 1
    type_code(client)
    assert who(client) == LEA


def test_one_caller_gets_few_codes_for_many_addresses() -> None:
    answers = [ask(Client(), f"person{number}@maillage.example") for number in range(21)]

    assert [answer.status_code for answer in answers] == [302] * 20 + [422]


def guess(number: int) -> None:
    """Type five wrong codes in a session of its own."""
    guesser = Client()
    ask(guesser, f"person{number}@maillage.example")
    for _try in range(5):
        type_wrong(guesser)


def test_a_caller_who_guesses_at_many_addresses_waits_with_a_third_try() -> None:
    guess(1)
    guess(2)
    other = Client()
    ask(other, LEA)

    answers = []
    for _try in range(3):
        type_wrong(other)
        answers.append(refusal(other))

    assert ["Patientez" in words for words in answers] == [False, False, True]


def test_wrong_codes_of_a_neighbour_leave_the_right_one_alive(
    client: Client, frozen: time_machine.Traveller
) -> None:
    ask(client, LEA)
    code = code_in(mails()[-1])
    type_wrong(client)
    type_wrong(client)
    guess(1)
    guess(2)

    type_code(client, code)
    kept = refusal(client)
    frozen.shift(61)
    type_code(client, code)

    assert "Patientez" in kept
    assert who(client) == LEA


def test_a_first_try_is_answered_whatever_neighbours_typed(client: Client) -> None:
    ask(client, LEA)
    code = code_in(mails()[-1])
    for number in range(3):
        guess(number)

    type_code(client, code)

    assert who(client) == LEA


def test_a_day_of_wrong_codes_does_not_close_codes_until_tomorrow(
    client: Client, frozen: time_machine.Traveller
) -> None:
    for number in range(20):
        guess(number)
        frozen.shift(181)
    ask(client, LEA)
    code = code_in(mails()[-1])
    type_wrong(client)
    type_wrong(client)
    frozen.shift(600)
    type_code(client, code)

    assert who(client) == LEA
