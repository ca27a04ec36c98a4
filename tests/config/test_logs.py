"""A fault that somebody reports is found in the logs by the id that the answer carried."""

import json
import logging
import subprocess
import sys

import pytest
from django.test import Client

from config.logs import without_secrets
from tests.factories import make_user

FAULT = """
import logging.config
import structlog
from config.logs import logging_config
logging.config.dictConfig(logging_config(as_json={as_json}))
try:
    raise ValueError("no such unit")
except ValueError:
    structlog.get_logger("bookings").exception("fault", reference="ABC")
"""


def fault(*, as_json: bool) -> str:
    code = FAULT.format(as_json=as_json)
    command = [sys.executable, "-W", "error", "-c", code]
    return subprocess.run(command, capture_output=True, text=True, check=True).stderr


def test_a_request_is_one_line_that_carries_the_id_of_its_answer(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "django_structlog"):
        answer = client.get("/legal/")

    events = [record.msg for record in caplog.records if isinstance(record.msg, dict)]
    assert [event["event"] for event in events] == ["request_finished"]
    assert events[0]["request_id"] == answer["X-Request-ID"]


@pytest.mark.django_db
def test_the_line_of_a_request_tells_who_is_signed_in(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    person = make_user()
    client.force_login(person)

    with caplog.at_level(logging.INFO, "django_structlog"):
        client.get("/legal/")

    assert caplog.records[-1].msg["user_id"] == person.pk  # type: ignore[index]  # structlog's


def test_for_the_log_alone_nobody_is_looked_for(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "django_structlog"):
        answer = client.get("/api/v1/openapi.json")

    assert caplog.records[-1].msg["user_id"] is None  # type: ignore[index]  # structlog's
    assert not answer.wsgi_request.session.accessed


def test_an_id_that_somebody_sends_is_not_believed(client: Client) -> None:
    answer = client.get("/legal/", headers={"X-Request-ID": "the-same-as-yours"})

    assert answer["X-Request-ID"] != "the-same-as-yours"


def test_two_requests_have_two_ids(client: Client) -> None:
    first, second = client.get("/legal/"), client.get("/legal/")

    assert first["X-Request-ID"] != second["X-Request-ID"]


def test_a_fault_is_one_line_of_json_for_machines() -> None:
    lines = fault(as_json=True).splitlines()

    assert len(lines) == 1
    event = json.loads(lines[0])
    assert (event["event"], event["reference"]) == ("fault", "ABC")
    assert "ValueError: no such unit" in event["exception"]


def test_a_fault_is_readable_for_a_developer() -> None:
    assert "no such unit" in fault(as_json=False)


@pytest.mark.django_db
def test_logs_do_not_keep_what_was_searched(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    client.get("/search/?latitude=48.5&longitude=7.7")

    assert "48.5" not in caplog.text
    assert "/search/?…" in caplog.text


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("/calendar/a-key.ics", "/calendar/…"),
        ("/reminders/cancel/1.2.a-key/", "/reminders/cancel/…/"),
        ("/reminders/stop/1.a-key/", "/reminders/stop/…/"),
    ],
)
def test_logs_do_not_keep_an_address_that_is_a_key(address: str, kept: str) -> None:
    event = {"event": f"Not Found: {address}", "request": f"GET {address}"}

    told = without_secrets(None, "warning", event)

    assert told == {"event": f"Not Found: {kept}", "request": f"GET {kept}"}
