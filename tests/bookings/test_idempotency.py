"""The same key gets the first answer, for a day."""

from datetime import timedelta

import pytest

from bookings.errors import KeyReused
from bookings.idempotency import Answer, answer_once
from bookings.models import IdempotentAnswer
from network.models import User
from tests.factories import NOW, make_user

pytestmark = pytest.mark.django_db


def answers() -> list[Answer]:
    return [Answer(201, {"number": number}) for number in range(3)]


def test_one_key_acts_once_and_each_person_has_keys_of_their_own() -> None:
    left, person, other = answers(), make_user(), make_user()

    def ask(by: User) -> Answer:
        return answer_once(
            person=by,
            key="k",
            request={"a": 1},
            now=NOW,
            act=lambda: left.pop(0),
        )

    assert [ask(person).body, ask(person).body, ask(other).body] == [
        {"number": 0},
        {"number": 0},
        {"number": 1},
    ]


def test_the_key_with_another_request_is_refused() -> None:
    person = make_user()
    answer_once(person=person, key="k", request=[1], now=NOW, act=lambda: Answer(201, {}))

    with pytest.raises(KeyReused):
        answer_once(person=person, key="k", request=[2], now=NOW, act=lambda: Answer(201, {}))


def test_what_fails_without_an_answer_leaves_the_key_free() -> None:
    person = make_user()

    def crash() -> Answer:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        answer_once(person=person, key="k", request=[1], now=NOW, act=crash)
    again = answer_once(person=person, key="k", request=[1], now=NOW, act=lambda: Answer(201, {}))

    assert again.status == 201


def test_an_answer_is_forgotten_after_a_day() -> None:
    person, left = make_user(), answers()
    tomorrow = NOW + timedelta(days=1, seconds=1)
    answer_once(person=person, key="k", request=[1], now=NOW, act=lambda: left.pop(0))

    later = answer_once(person=person, key="k", request=[2], now=tomorrow, act=lambda: left.pop(0))

    assert later.body == {"number": 1}
    assert IdempotentAnswer.objects.count() == 1
