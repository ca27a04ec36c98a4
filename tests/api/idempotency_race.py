"""Eight threads send one request with one key at once; prints what each was answered.

Run by `test_idempotency` in a process of its own, on a database that it may really write.
"""

import json
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import django

django.setup()

import time_machine  # noqa: E402 -- models can be imported once Django is set up
from django.db import connections  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402

from bookings.models import Booking  # noqa: E402
from tests.api.calls import Program, make_token, wish  # noqa: E402
from tests.factories import NOW, make_space, make_user  # noqa: E402

THREADS = 8


def race() -> dict[str, Any]:
    token, space = make_token(make_user(), "book"), make_space(units=THREADS)
    together = Barrier(THREADS)

    def attempt(_number: int) -> Any:
        together.wait()
        try:
            return Program(token).post("/bookings", wish(space.pk), **{"Idempotency-Key": "k"})
        finally:
            connections.close_all()

    with ThreadPoolExecutor(THREADS) as threads:
        answers = list(threads.map(attempt, range(THREADS)))
    return {
        "statuses": sorted({answer.status_code for answer in answers}),
        "bodies": sorted({json.dumps(answer.json(), sort_keys=True) for answer in answers}),
        "fresh": sum("Idempotent-Replayed" not in answer for answer in answers),
        "bookings": Booking.objects.count(),
    }


if __name__ == "__main__":
    setup_test_environment()
    with time_machine.travel(NOW, tick=False):
        found = race()
    print(json.dumps(found))  # noqa: T201 -- it is what the test reads
