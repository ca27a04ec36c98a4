"""What we stand on goes away: people are told to try again, soon, and it comes back by itself."""

import os
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg
import pytest
from django.db import connection
from services import Missing, OwnPostgres, free_port, own_postgres

from tests.bookings.guard.throwaway import ROOT, run

PATIENCE = 60
#: Two seconds are promised; the rest is for a busy machine.
SOON = 4
PAGES = ("/search/?q=Colmar", "/api/v1/sites")
LOCK = "LOCK TABLE network_commune, sites_site IN ACCESS EXCLUSIVE MODE"


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    text: str
    seconds: float


def get(address: str, language: str = "fr") -> Answer:
    request = urllib.request.Request(address, headers={"Accept-Language": language})
    begun = time.monotonic()
    try:
        response = urllib.request.urlopen(request, timeout=PATIENCE)
    except urllib.error.HTTPError as error:
        response = error
    with response:
        text = response.read().decode()
        return Answer(response.status, dict(response.headers), text, time.monotonic() - begun)


@contextmanager
def serving(url: str, **environ: str) -> Iterator[str]:
    """Run the web server of production on the database at `url`."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "gunicorn", "config.wsgi", f"--bind=127.0.0.1:{port}"]
    process = subprocess.Popen(
        [*command, "--workers=1", "--log-level=warning"],
        cwd=ROOT,
        env={**os.environ, "DEBUG": "1", "DATABASE_URL": url, **environ},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        until_it_answers(f"{address}/healthz")
        yield address
    finally:
        process.terminate()
        process.wait()


def until_it_answers(address: str, status: int = 200) -> Answer:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            if (answer := get(address)).status == status:
                return answer
        except OSError:
            pass
        time.sleep(0.05)  # another process starts meanwhile
    raise AssertionError(f"{address} does not answer {status}.")


@pytest.fixture(scope="module")
def postgres() -> Iterator[OwnPostgres]:
    try:
        with own_postgres() as server:
            run("manage.py", "migrate", "--verbosity=0", url=server.address)
            yield server
    except Missing as missing:
        pytest.skip(str(missing))


@pytest.fixture(scope="module")
def web(postgres: OwnPostgres) -> Iterator[str]:
    with serving(postgres.address, DATABASE_LOCK_TIMEOUT="1") as address:
        yield address


@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="starts a PostgreSQL of its own: once is enough"
)
class TestPostgres:
    def test_while_it_is_down_everybody_is_told_soon_and_then_it_is_back(
        self, postgres: OwnPostgres, web: str
    ) -> None:
        before = [get(f"{web}{path}").status for path in (*PAGES, "/readyz")]
        postgres.stop()
        page, problem = (get(f"{web}{path}") for path in PAGES)
        english = get(f"{web}{PAGES[0]}", "en")
        ready, alive = get(f"{web}/readyz"), get(f"{web}/healthz")
        crowd = all_at_once([f"{web}{PAGES[0]}"] * 20)
        postgres.start()
        back = until_it_answers(f"{web}/readyz")

        assert before == [200, 200, 200]
        assert [page.status, problem.status, ready.status] == [503, 503, 503]
        assert page.headers["Retry-After"] == problem.headers["Retry-After"] == "5"
        assert "Le service est absent un instant" in page.text
        assert "The service is away for a moment" in english.text
        assert '"code":"unavailable"' in problem.text
        assert problem.headers["Content-Type"] == "application/problem+json"
        assert '"database": "failed"' in ready.text
        assert (alive.status, alive.text) == (200, "ok")
        answers = [page, problem, english, ready, alive, *crowd]
        assert max(answer.seconds for answer in answers) < SOON
        assert {answer.status for answer in crowd} == {503}
        assert back.status == 200

    @pytest.mark.parametrize("how", ["stop", "kill"])
    def test_a_restart_between_two_requests_is_not_noticed(
        self, postgres: OwnPostgres, web: str, how: str
    ) -> None:
        until_it_answers(f"{web}/readyz")
        all_at_once([f"{web}{PAGES[0]}"] * 12)  # several connections lie in the pool
        getattr(postgres, how)()
        postgres.start()

        answers = all_at_once([f"{web}{PAGES[0]}"] * 4)

        assert [answer.status for answer in answers] == [200] * 4

    def test_what_others_hold_is_waited_for_a_moment_and_then_told(
        self, postgres: OwnPostgres, web: str
    ) -> None:
        until_it_answers(f"{web}/readyz")
        with psycopg.connect(postgres.address) as other:
            other.execute(LOCK)
            page, problem = (get(f"{web}{path}") for path in PAGES)
            other.rollback()
        after = get(f"{web}{PAGES[0]}")

        assert [page.status, problem.status, after.status] == [503, 503, 200]
        assert page.headers["Retry-After"] == problem.headers["Retry-After"] == "1"
        assert '"code":"busy"' in problem.text
        assert "D’autres modifient la même chose" in page.text
        assert max(page.seconds, problem.seconds) < SOON


def all_at_once(addresses: list[str]) -> list[Answer]:
    answers: list[Answer] = []
    threads = [
        threading.Thread(target=lambda address=address: answers.append(get(address)))
        for address in addresses
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers
