"""A visitor on the way from a slot to a booking, as a browser without script does it."""

import html
from typing import Any
from uuid import uuid4

from django.test import Client
from django.urls import reverse

from sites.models import Space
from tests.factories import TUESDAY, interval
from tests.network.people import code_in, mails

AT = "2026-11-24T08:00+01:00/2026-11-24T12:00+01:00"
MORNING = interval(TUESDAY, "08:00", "12:00")
ADA, LEA, NOTE = "ada@maillage.example", "lea@maillage.example", "Je viens avec mon chien"


def address(space: Space) -> str:
    return reverse("book", args=[space.pk])


def press(client: Client, space: Space, email: str = LEA, **fields: Any) -> Any:
    """Press the button of the check page, as a visitor."""
    sent = {"at": AT, "people": "1", "note": NOTE, "key": str(uuid4()), "email": email}
    return client.post(address(space), sent | fields)


def held(client: Client, space: Space, email: str = LEA, **fields: Any) -> str:
    """Take a hold; return the address of its page."""
    page: str = press(client, space, email, **fields)["Location"]
    assert page.startswith("/hold/")
    return page


def type_code(client: Client, page: str, code: str = "") -> Any:
    return client.post(page, {"code": code or code_in(mails()[-1])})


def text_of(answer: Any) -> str:
    return html.unescape(answer.content.decode())
