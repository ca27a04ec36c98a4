"""SQLite that cannot be written, and Redis that is gone or hangs, seen from inside one process."""

import socket
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest
from django.core.cache import caches
from django.db import IntegrityError, OperationalError, ProgrammingError, connection
from django.test import Client, RequestFactory
from pytest_django.fixtures import Settings

from config import cache as cache_module
from config.cache import RedisOrMemory
from config.middleware.faults import told
from network.faults import Fault, fault_of
from tests.factories import make_space, make_user

pytestmark = pytest.mark.django_db
AT = "2026-11-24T08:00+01:00/2026-11-24T12:00+01:00"
is_sqlite = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="about SQLite's own limits")


@contextmanager
def pragma(before: str, after: str) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(before)
        yield
        cursor.execute(after)


READ_ONLY = ("PRAGMA query_only = ON", "PRAGMA query_only = OFF")
FULL = ("PRAGMA max_page_count = 1", "PRAGMA max_page_count = 1073741823")


@is_sqlite
@pytest.mark.parametrize("limit", [READ_ONLY, FULL], ids=["read-only", "full"])
def test_it_is_not_ready_when_its_file_takes_nothing(
    client: Client, limit: tuple[str, str]
) -> None:
    with pragma(*limit):
        answer = client.get("/readyz")
    after = client.get("/readyz")

    assert (answer.status_code, answer.json()["database"]) == (503, "failed")
    assert after.status_code == 200


@is_sqlite
@pytest.mark.usefixtures("frozen")
def test_a_booking_that_cannot_be_written_is_kept_on_the_page(client: Client) -> None:
    space, person = make_space(), make_user()
    client.force_login(person)
    form = {"at": AT, "people": "1", "key": "one-key", "note": "Près de la fenêtre <b>"}

    with pragma(*READ_ONLY):
        answer = client.post(f"/book/{space.pk}/", form, headers={"Accept-Language": "fr"})
    page = answer.content.decode()
    again = client.post(f"/book/{space.pk}/", form)

    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert '<input type="hidden" name="key" value="one-key">' in page
    assert 'value="Près de la fenêtre &lt;b&gt;"' in page
    assert f'action="/book/{space.pk}/"' in page
    assert again.status_code == 302


@is_sqlite
def test_a_password_is_never_written_into_that_page(client: Client) -> None:
    form = {"login": "lea@maillage.example", "password": "hunter2 hunter2"}
    person = make_user("lea@maillage.example")
    person.set_password("hunter2 hunter2")
    person.save()

    client.raise_request_exception = False
    with pragma(*READ_ONLY):
        answer = client.post("/account/login/password/", form)

    assert answer.status_code == 503
    assert b"hunter2" not in answer.content


@pytest.mark.parametrize(
    "error",
    [ProgrammingError("column x does not exist"), IntegrityError("UNIQUE"), ValueError("mine")],
    ids=lambda error: type(error).__name__,
)
def test_mistakes_of_our_own_are_no_faults(error: Exception) -> None:
    assert fault_of(error) is None


@is_sqlite
def test_a_mistake_in_sql_is_no_fault_though_sqlite_calls_it_operational() -> None:
    with pytest.raises(OperationalError) as caught, connection.cursor() as cursor:
        cursor.execute("SELECT * FROM nowhere")

    assert fault_of(caught.value) is None


def test_what_is_waited_for_in_vain_is_busy() -> None:
    class Cause(Exception):
        sqlite_errorcode = 5 + (2 << 8)  # SQLITE_BUSY_SNAPSHOT

    error = OperationalError("database is locked")
    error.__cause__ = Cause()

    assert fault_of(error) is Fault.BUSY


@pytest.fixture(params=["gone", "hung"])
def no_redis(request: pytest.FixtureRequest, settings: Settings) -> Iterator[RedisOrMemory]:
    """Use a Redis that refuses connections, or takes them and never answers."""
    with closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        if request.param == "hung":
            listener.listen(64)
        address = f"redis://127.0.0.1:{listener.getsockname()[1]}/0"
        settings.CACHES = {
            "default": {"BACKEND": "config.cache.RedisOrMemory", "LOCATION": address}
        }
        cache = caches["default"]
        assert isinstance(cache, RedisOrMemory)
        yield cache
        cache_module.GATES.pop(address, None)
        cache.memory.clear()


class TestRedis:
    def test_without_it_the_cache_is_this_process_own_and_costs_one_time_out(
        self, no_redis: RedisOrMemory
    ) -> None:
        begun = time.monotonic()

        no_redis.set("a", 1)
        kept = [no_redis.get("a") for _time in range(100)]
        added = [no_redis.add("lock", 1), no_redis.add("lock", 1)]
        no_redis.delete("lock")

        assert kept == [1] * 100
        assert [*added, no_redis.add("lock", 1)] == [True, False, True]
        assert no_redis.incr("a") == 2
        assert no_redis.get_many(["a", "b"]) == {"a": 2}
        assert time.monotonic() - begun < 3

    def test_without_it_the_service_is_ready_and_says_what_is_missing(
        self, no_redis: RedisOrMemory, client: Client
    ) -> None:
        answer = client.get("/readyz")

        assert (answer.status_code, answer.json()["cache"]) == (200, "degraded")

    def test_without_it_pages_come_and_sign_in_is_limited_for_one_and_open_to_others(
        self, no_redis: RedisOrMemory, client: Client
    ) -> None:
        for email in ("lea@maillage.example", "max@maillage.example"):
            person = make_user(email)
            person.set_password(PASSWORD)
            person.save()

        page = client.get("/")
        for _time in range(5):
            sign_in(client, "lea@maillage.example", "wrong")
        lea = sign_in(Client(), "lea@maillage.example", PASSWORD)
        other = sign_in(Client(), "max@maillage.example", PASSWORD)

        assert page.status_code == 200
        assert (lea, other) == (422, 302)


PASSWORD = "long and secret enough"


def sign_in(client: Client, email: str, password: str) -> int:
    return client.post(
        "/account/login/password/", {"login": email, "password": password}
    ).status_code


def test_trying_again_never_leads_to_another_site() -> None:
    request = RequestFactory(SERVER_NAME="testserver").get("/x")
    request.path = "//elsewhere.example/x"

    page = told(request, Fault.AWAY).content.decode()

    assert 'href="//elsewhere' not in page
    assert "/%2Felsewhere.example/x" in page
