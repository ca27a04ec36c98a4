"""Answers searches in one process over one connection, and says how long each way takes.

Reads lines of JSON from its input, {"what", "centres", "starts_at", "ends_at"}, and writes one for
each, {"ms"}: the mean over the centres. `check` compares the answers, `queries` counts them,
`pages` (of visitors, then of somebody signed in) and `half_days` time what else is told to them.
"""

import gc
import json
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import django

django.setup()

import psycopg  # noqa: E402 -- after setup
from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.models import Exists, OuterRef  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench.searching import RADIUS_KM  # noqa: E402
from bench.sessions import signed_in  # noqa: E402
from bookings.models import Booking  # noqa: E402
from bookings.search.availability import find_offers  # noqa: E402
from bookings.search.candidates import Search, find_candidates  # noqa: E402
from bookings.search.days.halfdays import next_half_days  # noqa: E402
from network.models import User  # noqa: E402
from sites.geo import Point, bounding_box  # noqa: E402
from sites.intervals import Interval  # noqa: E402
from sites.models import Site  # noqa: E402
from sites.rules import public_holiday  # noqa: E402

BEST_SQL = Path(__file__).with_name("search.sql").read_text()

client = Client(headers={"host": "127.0.0.1"})


class Question:
    """One search: desks near a place over one morning."""

    def __init__(self, centre: list[float], starts_at: str, ends_at: str) -> None:
        self.centre = Point(*centre)
        self.interval = Interval(datetime.fromisoformat(starts_at), datetime.fromisoformat(ends_at))

    def api(self) -> list[dict[str, Any]]:
        """Return what the API answers."""
        query = {
            "starts_at": self.interval.starts_at.isoformat(),
            "ends_at": self.interval.ends_at.isoformat(),
            "space_kind": "desk",
            "near": f"{self.centre.latitude},{self.centre.longitude}",
            "radius_km": str(RADIUS_KM),
        }
        response = client.get("/api/v1/availability", query)
        assert response.status_code == 200, response.content
        items: list[dict[str, Any]] = json.loads(response.content)["items"]
        return items

    def page(self) -> bytes:
        """Return the page of results."""
        query = {
            "latitude": str(self.centre.latitude),
            "longitude": str(self.centre.longitude),
            "radius_km": str(RADIUS_KM),
            "on": self.interval.starts_at.date().isoformat(),
            "part": "morning",
            "kind": "desk",
        }
        response = client.get("/search/", query)
        assert response.status_code == 200, response.content[:2000]
        return response.content

    def domain(self) -> int:
        """Return how many offers the query module finds, with nothing around it."""
        search = Search(kinds=("desk",), near=self.centre, radius_km=RADIUS_KM)
        return len(find_offers(search, self.interval, timezone.now()))

    def best(self) -> list[tuple[Any, ...]]:
        """Return the answer of the best hand-written SQL, planned each time."""
        return self._rows(prepare=False)

    def prepared(self) -> list[tuple[Any, ...]]:
        """Return the same, prepared once for all."""
        return self._rows(prepare=True)

    def _rows(self, *, prepare: bool) -> list[tuple[Any, ...]]:
        connection.ensure_connection()
        box = bounding_box(self.centre, RADIUS_KM)
        day = self.interval.starts_at.date()
        values = {
            **box._asdict(),
            **self.centre._asdict(),
            "radius_km": RADIUS_KM,
            "people": 1,
            "starts_at": self.interval.starts_at,
            "ends_at": self.interval.ends_at,
            "minutes": self.interval.length // timedelta(minutes=1),
            "closed_calendars": [
                calendar for calendar in Site.Holidays.values if public_holiday(calendar, day)
            ],
        }
        with psycopg.Cursor(connection.connection) as cursor:
            return cursor.execute(BEST_SQL, values, prepare=prepare).fetchall()


def check(question: Question) -> int:
    """Compare the API's answer with the hand-written SQL's and return how many spaces it has."""
    told = [(item["space"]["id"], item["units_free"]) for item in question.api()]
    right = [(row[0], row[-1]) for row in question.best()][:100]
    assert told == right, f"{len(told)} spaces told, {len(right)} right"
    page = question.page().decode()
    slugs = {row[4] for row in question.best()}
    assert all(f"/sites/{slug}/" in page for slug in slugs)
    return len(right)


def queries(address: str) -> int:
    """Return how many SQL queries a page takes."""
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    assert response.status_code == 200, address
    return len(captured)


@cache
def member() -> Client:
    """Return the browser of somebody who has bookings to come, and others that are over."""
    now = timezone.now()
    theirs = Booking.objects.filter(person=OuterRef("pk")).active()
    both = User.objects.filter(Exists(theirs.upcoming(now)), Exists(theirs.past(now)))
    browser = Client(headers={"host": "127.0.0.1"})
    browser.cookies[settings.SESSION_COOKIE_NAME] = signed_in(both.earliest("pk"))
    return browser


def pages_ms(asked: list[tuple[Client, str]], times: int) -> list[float]:
    """Return the median time of each page, asked in turn, and each time but the first two."""
    taken: list[list[float]] = [[] for _one in asked]
    for _time in range(times + 2):
        for (browser, address), kept in zip(asked, taken, strict=True):
            start = perf_counter()
            response = browser.get(address)
            kept.append((perf_counter() - start) * 1000)
            assert response.status_code == 200, address
    return [median(kept[2:]) for kept in taken]


def half_days_ms(times: int = 5) -> float:
    """Return the median time to find the next half-days of every site."""
    taken = []
    for _time in range(times):
        spaces = find_candidates(Search(kinds=("desk",)))
        start = perf_counter()
        assert next_half_days(spaces, timezone.now())
        taken.append((perf_counter() - start) * 1000)
    return median(taken)


def mean_ms(ask: Callable[[Question], object], asked: list[Question]) -> float:
    """Return the mean time of an answer."""
    start = perf_counter()
    for question in asked:
        ask(question)
    return (perf_counter() - start) / len(asked) * 1000


WAYS: dict[str, Callable[[Question], object]] = {
    "api": Question.api,
    "page": Question.page,
    "domain": Question.domain,
    "best": Question.best,
    "prepared": Question.prepared,
}


def answered(order: dict[str, Any]) -> dict[str, Any]:
    """Do what one line asks."""
    if order["what"] == "queries":
        return {"queries": queries(order["address"])}
    if order["what"] == "pages":
        asked = [(client, one) for one in order["addresses"]]
        asked += [(member(), one) for one in order["of_member"]]
        return {"ms": pages_ms(asked, order["times"])}
    if order["what"] == "half_days":
        return {"ms": half_days_ms()}
    ends = order["starts_at"], order["ends_at"]
    questions = [Question(centre, *ends) for centre in order["centres"]]
    if order["what"] == "check":
        return {"spaces": [check(question) for question in questions]}
    return {"ms": mean_ms(WAYS[order["what"]], questions)}


if __name__ == "__main__":
    gc.collect()
    gc.freeze()  # as the server does
    for line in sys.stdin:
        sys.stdout.write(json.dumps(answered(json.loads(line))) + "\n")
        sys.stdout.flush()
