"""Bookings a second: through the API with several clients, and by pgbench on the same tables."""

import json
import multiprocessing
import os
import random
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime, time, timedelta
from multiprocessing.queues import SimpleQueue
from multiprocessing.synchronize import Barrier
from pathlib import Path
from time import monotonic, sleep
from typing import Any, NamedTuple
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import psycopg

from bench.asking import ask
from bench.databases import ROOT, environment, url_of
from bench.dataset import Size
from bench.searching import is_holiday

PARIS = ZoneInfo("Europe/Paris")
SCRIPT = Path(__file__).with_name("booking.pgbench.sql")
SPACES_PER_SITE = 6
CLIENTS = 4
#: Rounds in which one person can book, each at times of its own.
MOST_ROUNDS = 6
#: Times that one person can have without meeting oneself: ten weeks of working days, nine hours.
HOURS = [(week * 7 + day, hour) for week in range(10) for day in range(5) for hour in range(8, 17)]
#: Which of those hours each of those people has a desk already.
BUSY = """
SELECT booking.person_id, allocation.starts_at, allocation.ends_at
FROM bookings_allocation AS allocation
JOIN bookings_booking AS booking ON booking.id = allocation.booking_id
JOIN sites_space AS space ON space.id = allocation.space_id
WHERE booking.person_id = ANY(%s) AND space.kind = 'desk' AND allocation.ends_at > %s
  AND allocation.status IN ('held', 'confirmed')
"""
Busy = dict[int, list[tuple[datetime, datetime]]]


class Load(NamedTuple):
    """What both are asked to do."""

    size: Size
    monday: date
    seconds: float
    round: int
    #: Who book through each client, in turn: one person who booked hundreds of times would have all
    #: of them counted each time, as nobody has in life, nor in what pgbench draws.
    people_each: int
    #: Bookings of each client before the time is taken: each process compiles what it keeps once.
    warming: int

    def people(self, client: int, *, are_last: bool) -> list[int]:
        """Return the keys of the people of one client: of the first in the network, or the last."""
        numbers = range((client - 1) * self.people_each, client * self.people_each)
        return [self.size.people - one if are_last else one + 1 for one in numbers]


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        return int(listener.getsockname()[1])


@contextmanager
def served(name: str) -> Iterator[tuple[int, int]]:
    """Serve the product on `name` as production does, and provide the port and the process."""
    port = free_port()
    # How many processes and threads, and how connections are kept: gunicorn.conf.py.
    command = ["-m", "gunicorn", "config.wsgi", f"--bind=127.0.0.1:{port}", "--log-level=error"]
    server = subprocess.Popen([sys.executable, *command], cwd=ROOT, env=environment(name))
    try:
        wait_until_ready(port)
        yield port, server.pid
    finally:
        server.terminate()
        server.wait(20)


def wait_until_ready(port: int) -> None:
    """Return once the server answers, within a minute."""
    deadline = monotonic() + 60
    while monotonic() < deadline:
        try:
            if ask(port, "GET", "/healthz").status == 200:
                return
        except OSError:
            sleep(0.1)
    raise TimeoutError("The server does not answer.")


def busy(name: str, load: Load, people: list[int]) -> Busy:
    """Return when people have a desk already, of the weeks in which others are wished."""
    found: Busy = {one: [] for one in people}
    with closing(psycopg.connect(url_of(name))) as connection:
        for person, *times in connection.execute(BUSY, [people, load.monday]):
            found[person].append((times[0], times[1]))
    return found


def wishes(load: Load, client: int, had: Busy) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield what one client's people wish, in turn: what can be had, as pgbench books nothing else.

    Never twice at one time of a person, nor when they have a desk already, nor on a holiday.
    """
    dice = random.Random(client * 1000)
    times = HOURS.copy()
    dice.shuffle(times)
    share = len(times) // MOST_ROUNDS
    for turn in range(share):
        for person, held in enumerate(had.values()):
            day, hour = times[load.round * share + (turn + person) % share]
            starts_at = datetime.combine(load.monday + timedelta(days=day), time(hour), PARIS)
            space = dice.randrange(load.size.sites) * SPACES_PER_SITE + 1
            ends_at = starts_at + timedelta(hours=1)
            if is_holiday(starts_at.date()) or any(a < ends_at and b > starts_at for a, b in held):
                continue
            times_told = {"starts_at": starts_at.isoformat(), "ends_at": ends_at.isoformat()}
            yield person, {"space": space} | times_told


def by_api(port: int, load: Load, client: int, had: Busy) -> Iterator[bool]:
    """Book as one client of the API; yield of each wish whether it was booked."""
    for person, wish in wishes(load, client, had):
        token = f"bench-{(client - 1) * load.people_each + person + 1}"
        headers = {"Authorization": f"Bearer {token}", "Content_Type": "application/json"}
        answer = ask(port, "POST", "/api/v1/bookings", json.dumps(wish), **headers)
        # A full open space is an answer, but not a booking.
        assert answer.status in {201, 409, 422}, answer
        yield answer.status == 201


def book_for_a_while(
    booked: Iterator[bool],
    load: Load,
    start: Barrier,
    results: "SimpleQueue[tuple[int, float]]",
) -> None:
    """Be one client: book until the time is up; tell how many, and how long it took."""
    for _number, _booked in zip(range(load.warming), booked, strict=False):
        pass
    start.wait()
    began, done = monotonic(), 0
    for is_booked in booked:
        done += is_booked
        if monotonic() - began >= load.seconds:
            break
    results.put((done, monotonic() - began))


def api_rate(name: str, port: int, load: Load) -> float:
    """Return bookings a second through the API."""

    def one(client: int) -> Iterator[bool]:
        return by_api(port, load, client, busy(name, load, load.people(client, are_last=False)))

    return rate_of(one, load)


def rate_of(book: Callable[[int], Iterator[bool]], load: Load) -> float:
    """Return bookings a second of several clients at once, each of which books in its way."""
    fork = multiprocessing.get_context("fork")
    start, results = fork.Barrier(CLIENTS), fork.SimpleQueue()
    clients = [
        fork.Process(target=book_for_a_while, args=(book(client), load, start, results))
        for client in range(1, CLIENTS + 1)
    ]
    for process in clients:
        process.start()
    counts = [results.get() for _ in clients]
    for process in clients:
        process.join()
    return float(sum(done / seconds for done, seconds in counts))


def pgbench() -> str:
    """Return where pgbench is: on the path, or where Debian keeps it."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/pgbench"))
    found = shutil.which("pgbench") or (str(debian[-1]) if debian else "")
    if not found:
        raise FileNotFoundError("pgbench is not installed (Debian: postgresql-contrib).")
    return found


def pgbench_rate(name: str, load: Load, *, with_key: bool = False) -> float:
    """Return bookings a second by the database alone, each with the answer of its key if so."""
    server = urlsplit(url_of(name))
    command = [
        *(pgbench(), "-n", "-M", "prepared", "-c", str(CLIENTS), "-j", "1"),
        *("-T", str(max(1, round(load.seconds))), "-f", str(SCRIPT)),
        *("-D", f"people={load.size.people}", "-D", f"sites={load.size.sites}"),
        *("-D", f"monday={load.monday.isoformat()}", "-D", f"with_key={int(with_key)}"),
        *("-h", server.hostname or "", "-p", str(server.port or 5432), "-U", server.username or ""),
        name,
    ]
    environ = os.environ | ({"PGPASSWORD": server.password} if server.password else {})
    output = subprocess.run(command, env=environ, capture_output=True, text=True, check=True).stdout
    (rate,) = re.findall(r"^tps = ([\d.]+) \(without", output, re.MULTILINE)
    return float(rate)
