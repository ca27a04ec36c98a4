"""People who can sign in, and the mail written to them, for tests of accounts."""

import re
from typing import Any

from allauth.account.models import EmailAddress
from django.test import Client
from django_tasks_db.models import DBTaskResult

from network.mails.wire import Message
from network.models import User

#: What a test client answers (a response and what the template got).
Answer = Any
PASSWORD = "salicorne et betterave"
PASSWORD_DOOR = "/account/login/password/"


def make_member(email: str = "ada@maillage.example", name: str = "Ada Weber") -> User:
    """Make somebody whose address is verified and whose password is `PASSWORD`."""
    person = User.objects.create_user(email, PASSWORD, name=name)
    EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
    return person


def sign_in(client: Client, email: str = "ada@maillage.example", **fields: str) -> Answer:
    return client.post(PASSWORD_DOOR, {"login": email, "password": PASSWORD} | fields)


def confirm_it_is_me(client: Client) -> Answer:
    return client.post("/account/reauthenticate/", {"password": PASSWORD, "next": "/account/"})


def mails() -> list[Message]:
    """Return the mail that waits for the worker, oldest first."""
    rows = DBTaskResult.objects.order_by("enqueued_at")
    return [row.args_kwargs["args"][0] for row in rows]


def code_in(mail: Message) -> str:
    found = re.search(r"^ {4}(\S+)$", mail["body"], re.MULTILINE)
    assert found, mail["body"]
    return found[1]
