"""Style sheets and scripts reach the browser through both kinds of server."""

import asyncio
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import AsyncClient, Client

pytestmark = pytest.mark.engines  # a request looks after the connections of its process
SHEET = "/static/css/tokens.css"


def ask_asgi(path: str, **headers: str) -> Any:
    """Ask as uvicorn does; a warning about how the answer is streamed is an error here."""
    return asyncio.run(AsyncClient().get(path, headers=headers))


def test_a_style_sheet_is_served_by_wsgi(client: Client) -> None:
    answer = client.get(SHEET)

    assert answer.getvalue().startswith(b"/*")
    assert (answer.status_code, answer["Content-Type"]) == (200, 'text/css; charset="utf-8"')


def test_a_style_sheet_is_served_whole_by_asgi() -> None:
    path = finders.find("css/tokens.css")
    assert isinstance(path, str)

    answer = ask_asgi(SHEET)

    with open(path, "rb") as file:
        assert answer.content == file.read()
    assert answer["Content-Length"] == str(len(answer.content))
    assert answer["Content-Type"] == 'text/css; charset="utf-8"'


def test_an_unchanged_style_sheet_is_not_sent_again() -> None:
    first = ask_asgi(SHEET)

    again = ask_asgi(SHEET, if_none_match=first["ETag"])

    assert (again.status_code, again.content) == (304, b"")


def test_no_file_outside_the_static_folders_is_served() -> None:
    answer = ask_asgi("/static/../config/settings.py")

    assert answer.status_code == 404
