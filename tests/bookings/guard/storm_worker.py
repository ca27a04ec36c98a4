"""A storm of bookings to be killed in: `python -m …guard.storm_worker storm|count SEED`.

Each line it writes is a confirmation that was answered: the reference, and the key it was asked
with. It writes nothing before the transaction is committed, as no server answers before.
"""

import json
import multiprocessing
import os
import random
import sys
from datetime import date, timedelta
from functools import partial
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402 -- after setup
from django.db import connection  # noqa: E402

from bookings.actions import book, cancel  # noqa: E402
from bookings.holds.holding import confirm, hold  # noqa: E402
from bookings.idempotency import Answer, answer_once  # noqa: E402
from bookings.models import Allocation, Booking, Hold, IdempotentAnswer  # noqa: E402
from bookings.wishes import Wish  # noqa: E402
from network.errors import Refusal  # noqa: E402
from network.jobs.chores import PURGES, purge_kind  # noqa: E402
from network.models import User  # noqa: E402
from sites.intervals import Interval  # noqa: E402
from sites.models import Space  # noqa: E402
from tests.bookings.guard import consistency  # noqa: E402
from tests.factories import NOW, at, make_site, make_space, make_user  # noqa: E402

WORKERS = 4
DAYS = [date(2026, 11, 24) + timedelta(days=number) for number in (0, 1, 2, 6, 7, 8, 9)]


def make_world() -> None:
    site = make_site()
    make_space(site, units=6)
    make_space(site, units=6, is_fungible=False)
    for number in range(40):
        make_user(f"storm{number}@maillage.example")


def some_wish(dice: random.Random, spaces: list[int]) -> Wish:
    days = dice.sample(DAYS, dice.randint(1, 3))
    starts = dice.randrange(8, 17)
    intervals = (
        Interval(at(day, f"{starts:02}:00"), at(day, f"{starts + 1:02}:00")) for day in days
    )
    return Wish(space_id=dice.choice(spaces), intervals=tuple(intervals), people=dice.randint(1, 2))


def booked(wish: Wish, person: User, held: Hold | None) -> Answer:
    try:
        if held:
            booking = confirm(hold=held, person=person, now=NOW)
        else:
            booking = book(wish=wish, person=person, by=person, now=NOW)
    except Refusal as refusal:
        return Answer(409, {"code": refusal.code})
    return Answer(201, {"reference": booking.reference})


def held_before(wish: Wish, dice: random.Random) -> Hold | None:
    """Hold half of the wishes first, in a transaction of its own, and walk away from some."""
    if dice.random() < 0.5:
        return None
    try:
        return hold(wish=wish, email="", caller=str(dice.random()), session="", now=NOW)
    except Refusal:
        return None


def answer_for_ever(seed: int) -> None:
    """Book, and cancel some, until killed; write each confirmation once it is on disk."""
    dice = random.Random(seed)
    people = list(User.objects.all())
    spaces = list(Space.objects.values_list("pk", flat=True))
    while True:
        person, wish = dice.choice(people), some_wish(dice, spaces)
        held = held_before(wish, dice)
        if held and dice.random() < 0.1:
            continue
        key = f"{seed}-{dice.getrandbits(64):x}"
        answer = answer_once(
            person=person, key=key, request={}, now=NOW, act=partial(booked, wish, person, held)
        )
        if answer.status == 201:
            os.write(1, f"{answer.body['reference']} {key}\n".encode())
            if dice.random() < 0.4:
                mine = Booking.objects.get(reference=answer.body["reference"])
                cancel(booking=mine, by=person, now=NOW)


def storm(seed: int) -> None:
    """Let several processes book at once, in this one's group, so that one signal kills all."""
    if not User.objects.exists():
        make_world()
    connection.close()
    if hasattr(connection, "close_pool"):
        connection.close_pool()
    fork = multiprocessing.get_context("fork")
    workers = [
        fork.Process(target=answer_for_ever, args=(seed * 100 + number,))
        for number in range(WORKERS)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()


def count() -> dict[str, Any]:
    """Return what the storms left."""
    bookings = set(Booking.objects.values_list("reference", flat=True))
    answers = IdempotentAnswer.objects.filter(status=201)
    left = Hold.objects.filter(booking=None).count()
    findings = consistency.findings()
    purge_kind(PURGES["holds"], NOW + timedelta(minutes=settings.HOLD_MINUTES))
    told = dict(answers.values_list("body__reference", "key"))
    return {
        **findings,
        "holds_left": left,
        "holds_after_their_end": Allocation.objects.exclude(hold=None).count(),
        "keys": told,
        "told_but_missing": sorted(told.keys() - bookings),
        "kept_but_never_told": sorted(bookings - told.keys()),
    }


if __name__ == "__main__":
    if sys.argv[1] == "storm":
        storm(int(sys.argv[2]))
    else:
        sys.stdout.write(json.dumps(count()) + "\n")
