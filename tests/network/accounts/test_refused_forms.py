"""A form of accounts that is refused is shown again, and its answer is not one of success."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.network.accounts.coming_in import ADA, CODE, DOOR, LEA, ask, wrong_code
from tests.network.accounts.test_totp import turn_on
from tests.network.people import (
    PASSWORD,
    PASSWORD_DOOR,
    confirm_it_is_me,
    make_member,
    sign_in,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
RESET = "/account/password/reset/"
WRONG = {"code": "abcdef"}
Way = Callable[[Client], object]


def nowhere(client: Client) -> None:
    """Stay where a visitor is who has just come."""


def signing_up(client: Client) -> None:
    client.post("/account/signup/", {"email": LEA, "name": "Léa Muller", "password1": PASSWORD})


def forgetting(client: Client) -> None:
    client.post(RESET, {"email": ADA})


def at_second_step(client: Client) -> None:
    turn_on(Client())
    sign_in(client, ADA)


def signed_in(client: Client) -> None:
    sign_in(client, ADA)
    confirm_it_is_me(client)


REFUSED: list[tuple[Way, str, dict[str, str]]] = [
    (nowhere, DOOR, {"email": "ada"}),
    (nowhere, PASSWORD_DOOR, {"login": ADA, "password": "not this one"}),
    (nowhere, "/account/signup/", {"email": "ada"}),
    (nowhere, RESET, {"email": "ada"}),
    (signing_up, "/account/confirm-email/", WRONG),
    (forgetting, f"{RESET}confirm/", WRONG),
    (at_second_step, "/account/2fa/authenticate/", WRONG),
    (signed_in, "/account/reauthenticate/", {"password": "not this one"}),
    (signed_in, "/account/2fa/totp/activate/", WRONG),
    (signed_in, "/account/password/change/", {"oldpassword": "not this one"}),
    (signed_in, "/account/email/", {"email": "ada", "action_add": ""}),
    (signed_in, "/account/tokens/", {"name": ""}),
    (signed_in, "/account/", {"language": "xx"}),
]


@pytest.mark.parametrize(("way", "address", "sent"), REFUSED, ids=[one[1] for one in REFUSED])
def test_a_refused_form_is_shown_again_with_422(
    client: Client, way: Way, address: str, sent: dict[str, str]
) -> None:
    make_member(ADA)
    way(client)
    looked_at = client.get(address).status_code

    answer = client.post(address, sent)

    assert (looked_at, answer.status_code) == (200, 422)
    assert b'class="error' in answer.content


def test_a_wrong_code_leads_to_a_page_that_loaded_again_counts_no_try(client: Client) -> None:
    ask(client, LEA)

    answer = client.post(CODE, {"code": wrong_code()})

    assert (answer.status_code, answer["Location"]) == (302, CODE)
    assert b'class="error"' in client.get(CODE).content
