"""Coming in by a code, as tests do it."""

from typing import Any

from django.test import Client

from network.models import User
from tests.network.people import code_in, mails

ADA, LEA = "ada@maillage.example", "lea@maillage.example"
DOOR, CODE = "/account/login/", "/account/login/code/"


def ask(client: Client, email: str, **fields: str) -> Any:
    return client.post(DOOR, {"email": email} | fields)


def type_code(client: Client, code: str = "") -> Any:
    """Type the last code that was sent, or another."""
    return client.post(CODE, {"code": code or code_in(mails()[-1])})


def type_wrong(client: Client) -> Any:
    return type_code(client, wrong_code())


def wrong_code() -> str:
    """Return six digits that are not those that were sent."""
    return "000000" if code_in(mails()[-1]) != "000000" else "111111"


def refusal(client: Client, page: str = CODE) -> str:
    """Return what the page says of the code that was typed last."""
    return str(client.get(page).context["form"].errors.get("code", ""))


def who(client: Client) -> str:
    """Return the address of who is signed in, or nothing."""
    pk = client.session.get("_auth_user_id")
    return User.objects.get(pk=pk).email if pk else ""
