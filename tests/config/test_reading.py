"""The guard that keeps a GET from writing sees each way to write."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

from network.models import Organisation
from tests import reading
from tests.factories import make_user

WRITES = [
    "INSERT INTO sites_site VALUES (1)",
    "/* x */ INSERT INTO sites_site VALUES (1)",
    "-- x\nDELETE  FROM sites_site",
    "insert\ninto sites_site values (1)",
    "WITH a AS (INSERT INTO sites_site VALUES (1) RETURNING id) SELECT * FROM a",
    "SELECT 1; UPDATE sites_site SET name = 'x'",
    "SELECT nextval('sites_site_id_seq')",
    "SELECT 1 INTO other",
    "TRUNCATE sites_site",
    "REPLACE INTO sites_site VALUES (1)",
    "CREATE TABLE other (id int)",
    "COPY sites_site FROM STDIN",
    'UPDATE "mfa_authenticator" SET "data" = %s, "type" = %s WHERE "id" = %s',
    'UPDATE "network_apitoken" SET "last_used_at" = %s, "hash" = %s WHERE "id" = %s',
]
READS = [
    'SELECT "a"."update" FROM "a" WHERE "a"."words" = \'; DELETE FROM b\'',
    "(SELECT 1) UNION (SELECT 2)",
    "WITH a AS (SELECT 1) SELECT * FROM a",
    "SELECT 1 FROM a FOR NO KEY UPDATE",
    'SAVEPOINT "s1"',
    'UPDATE "django_session" SET "session_data" = %s WHERE "session_key" = %s',
    'UPDATE "network_apitoken" SET "last_used_at" = %s WHERE "id" = %s',
]


@pytest.mark.parametrize("sql", WRITES)
def test_a_write_is_seen(sql: str) -> None:
    assert reading.is_write(sql)


@pytest.mark.parametrize("sql", READS)
def test_a_read_and_the_session_are_left_alone(sql: str) -> None:
    assert not reading.is_write(sql)


@pytest.fixture
def noted() -> Iterator[list[str]]:
    """Return what the guard notes; the test is about that, and does not fail by it."""
    yield reading.written
    reading.written.clear()


def asked(method: str = "GET") -> HttpRequest:
    request = HttpRequest()
    request.method, request.path = method, "/planted"
    return request


@pytest.mark.django_db
def test_a_view_that_writes_is_noted_by_its_address(noted: list[str]) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        Organisation.objects.create(name="Planted")
        return HttpResponse()

    reading.only_reads(view)(asked("POST"))
    after_post = list(noted)
    reading.only_reads(view)(asked())

    assert after_post == []
    assert [line.split(":")[0] for line in noted] == ["GET /planted wrote"]


@pytest.mark.django_db
def test_an_answer_that_writes_while_it_streams_is_noted(noted: list[str]) -> None:
    def parts() -> Iterator[bytes]:
        yield b"one"
        make_user()
        yield b"two"

    def view(request: HttpRequest) -> HttpResponse:
        return StreamingHttpResponse(parts())  # type: ignore[return-value]  # as Django passes on

    answer = reading.only_reads(view)(asked())
    sent = b"".join(answer.streaming_content)  # type: ignore[attr-defined]  # it streams

    assert sent == b"onetwo"
    assert any("network_user" in line for line in noted)


@pytest.mark.django_db
def test_many_rows_at_once_are_noted(noted: list[str]) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        with connection.cursor() as cursor:
            cursor.executemany("DELETE FROM network_membership WHERE id = %s", [(1,), (2,)])
        return HttpResponse()

    reading.only_reads(view)(asked())

    assert noted == ["GET /planted wrote: DELETE FROM network_membership WHERE id = %s"]
