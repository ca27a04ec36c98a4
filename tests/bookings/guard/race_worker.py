"""What the processes of the races do. Run by `throwaway.run_worker`, never by pytest itself.

One process makes the world and forks the racers, each with connections of its own; then it
counts what they left, by SQL and one booking at a time.
"""

import json
import multiprocessing
import random
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from multiprocessing.synchronize import Barrier
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import IntegrityError, connection, transaction  # noqa: E402 -- after setup

from bookings.actions import book, cancel, change, give_back  # noqa: E402
from bookings.errors import NoUnitFree, is_unit_shared  # noqa: E402
from bookings.holds.holding import confirm, hold, release  # noqa: E402
from bookings.models import Allocation, Booking, Hold  # noqa: E402
from bookings.units.packing import peak  # noqa: E402
from bookings.wishes import Wish  # noqa: E402
from network.errors import Refusal  # noqa: E402
from network.jobs.chores import PURGES, purge_kind  # noqa: E402
from network.models import User  # noqa: E402
from sites.intervals import Interval  # noqa: E402
from sites.models import Space, Unit  # noqa: E402
from tests.bookings.guard import consistency  # noqa: E402
from tests.factories import NOW, at, make_site, make_space, make_user  # noqa: E402

PROCESSES = 8
DAYS = [date(2026, 11, 24) + timedelta(days=number) for number in range(4)]
Attempt = Callable[[random.Random], None]


def day_of(day: date) -> Interval:
    return Interval(at(day, "09:00"), at(day, "17:00"))


def some_time(dice: random.Random, day: date) -> Interval:
    """Return from one to sixteen quarters of an hour between eight and six."""
    starts = at(day, "08:00") + timedelta(minutes=15 * dice.randrange(36))
    ends = starts + timedelta(minutes=15 * dice.randrange(2, 17))
    return Interval(starts, min(ends, at(day, "18:00")))


def make_people(number: int) -> list[User]:
    return [make_user(f"racer{index}@maillage.example") for index in range(number)]


def try_to_book(wish: Wish, person: User) -> None:
    book(wish=wish, person=person, by=person, now=NOW)


def desks() -> Attempt:
    """Race for the same 200 numbered desk-days, each asked for by number."""
    people = make_people(100)
    space = make_space(units=50, is_fungible=False)
    places = [(unit.pk, day) for unit in space.units.all() for day in DAYS]

    def attempt(dice: random.Random) -> None:
        unit, day = dice.choice(places)
        wish = Wish(space_id=space.pk, intervals=(day_of(day),), unit_id=unit)
        try_to_book(wish, dice.choice(people))

    return attempt


def pool() -> Attempt:
    """Race for random times in one pool of five interchangeable desks."""
    people = make_people(100)
    space = make_space(units=5)

    def attempt(dice: random.Random) -> None:
        wish = Wish(space_id=space.pk, intervals=(some_time(dice, dice.choice(DAYS[:2])),))
        try_to_book(wish, dice.choice(people))

    return attempt


def groups() -> Attempt:
    """Race in groups, over several days, for a pool and for a numbered space."""
    people = make_people(100)
    site = make_site()
    spaces = [make_space(site, units=8), make_space(site, units=8, is_fungible=False)]

    def attempt(dice: random.Random) -> None:
        days = dice.sample(DAYS, dice.randint(1, 3))
        wish = Wish(
            space_id=dice.choice(spaces).pk,
            intervals=tuple(some_time(dice, day) for day in days),
            people=dice.randint(1, 4),
        )
        try_to_book(wish, dice.choice(people))

    return attempt


def changes() -> Attempt:
    """Book, change from one space to the other and back, give back and cancel, all at once."""
    people = make_people(12)
    site = make_site()
    spaces = [make_space(site, units=4), make_space(site, units=4)]

    def attempt(dice: random.Random) -> None:
        person = dice.choice(people)
        wish = Wish(
            space_id=dice.choice(spaces).pk, intervals=(some_time(dice, dice.choice(DAYS)),)
        )
        mine = list(Booking.objects.of(person).active())
        what = dice.choice(["book", "change", "cancel", "give back"]) if mine else "book"
        if what == "book":
            try_to_book(wish, person)
        elif what == "change":
            change(booking=dice.choice(mine), wish=wish, by=person, now=NOW)
        elif what == "give back":
            give_back(booking=dice.choice(mine), by=person, now=at(DAYS[0], "12:05"))
        else:
            cancel(booking=dice.choice(mine), by=person, now=NOW)

    return attempt


def quota() -> Attempt:
    """Race one person against a quota of five days ahead, over many days and sites at once."""
    settings.BOOKING_QUOTA_AHEAD = 5
    person = make_user()
    spaces = [make_space(units=4) for _ in range(4)]
    days = [DAYS[0] + timedelta(days=7 * week) for week in range(12)]

    def attempt(dice: random.Random) -> None:
        wish = Wish(space_id=dice.choice(spaces).pk, intervals=(day_of(dice.choice(days)),))
        try_to_book(wish, person)

    return attempt


def holds() -> Attempt:
    """Hold, confirm, book, let go and sweep, by clocks up to 40 minutes apart: most holds end."""
    people = make_people(100)
    site = make_site()
    spaces = [make_space(site, units=3), make_space(site, units=3, is_fungible=False)]

    def attempt(dice: random.Random) -> None:
        now = NOW + timedelta(minutes=dice.randrange(40))
        wish = Wish(
            space_id=dice.choice(spaces).pk,
            intervals=(some_time(dice, dice.choice(DAYS[:2])),),
            people=dice.randint(1, 2),
        )
        known = list(Hold.objects.filter(booking=None))
        what = dice.choice(["hold", "hold", "confirm", "confirm", "book", "let go", "sweep"])
        if what == "hold" or not known:
            caller = f"caller {dice.randrange(50)}"
            hold(wish=wish, email="", caller=caller, session="", now=now)
        elif what == "confirm":
            confirm(hold=dice.choice(known), person=dice.choice(people), now=now)
        elif what == "book":
            book(wish=wish, person=(person := dice.choice(people)), by=person, now=now)
        elif what == "let go":
            release(hold=dice.choice(known))
        else:
            purge_kind(PURGES["holds"], now)

    return attempt


def one_place() -> Attempt:
    """Race for one place at the end of its hold: to confirm, in time or late, and to book it."""
    people = make_people(8)
    wish = Wish(space_id=make_space(units=1).pk, intervals=(day_of(DAYS[0]),))
    mine = hold(wish=wish, email="", caller="", session="", now=NOW)

    def attempt(dice: random.Random) -> None:
        now = mine.until + timedelta(seconds=dice.choice([-1, 0, 1]))
        person = dice.choice(people)
        if dice.random() < 0.5:
            confirm(hold=mine, person=person, now=now)
        else:
            book(wish=wish, person=person, by=person, now=now)

    return attempt


def too_many_holds() -> Attempt:
    """Race callers against their bound in many spaces: one types an address, one is a session."""
    settings.HOLDS_PER_ADDRESS = 7
    site = make_site()
    spaces = [make_space(site, units=200) for _ in range(8)]

    def attempt(dice: random.Random) -> None:
        wish = Wish(space_id=dice.choice(spaces).pk, intervals=(day_of(DAYS[0]),))
        ada = "ada@maillage.example"
        email, caller, session = dice.choice(
            [("", "one", ""), (ada, "other", ""), (ada, "third", "its session")]
        )
        hold(wish=wish, email=email, caller=caller, session=session, now=NOW)

    return attempt


def inserts() -> Attempt:
    """Write allocations as they come, with neither lock nor check: the database is alone."""
    person = make_user()
    space = make_space(units=50, is_fungible=False)
    places = [(unit, day_of(day)) for unit in space.units.all() for day in DAYS]

    def attempt(dice: random.Random) -> None:
        unit, time = dice.choice(places)
        with transaction.atomic():
            insert_only(person, unit, time)

    return attempt


def unguarded_inserts() -> Attempt:
    """Write the same once constraint and triggers are gone."""
    consistency.drop_guard()
    return inserts()


def insert_only(person: User, unit: Unit, time: Interval) -> None:
    times = {"starts_at": time.starts_at, "ends_at": time.ends_at}
    place: dict[str, Any] = {"site_id": unit.site_id, "space_id": unit.space_id, **times}
    booking = Booking.objects.create(
        person=person,
        booked_by=person,
        status=Booking.Status.CONFIRMED,
        created_at=NOW,
        changed_at=NOW,
        **place,
    )
    Allocation.objects.create(
        booking=booking, unit=unit, status=Allocation.Status.CONFIRMED, **place
    )


RACES = {
    race.__name__: race
    for race in (
        *(desks, pool, groups, changes, quota, holds, one_place, too_many_holds),
        *(inserts, unguarded_inserts),
    )
}


def outcome_of(attempt: Attempt, dice: random.Random) -> str:
    """Make one attempt and return its outcome in a word; an error that nobody expects in full."""
    try:
        attempt(dice)
    except Refusal as refusal:
        return refusal.code
    except IntegrityError as error:
        return "unit_shared" if is_unit_shared(error) else repr(error)
    except Exception as error:  # noqa: BLE001 -- whatever it is, the test must name it
        return repr(error)
    return "done"


def race(attempt: Attempt, seed: int, attempts: int, start: Barrier, results: Any) -> None:
    """Be one racer."""
    dice = random.Random(seed)
    start.wait()
    results.put(Counter(outcome_of(attempt, dice) for _ in range(attempts)))
    close_connections()


def close_connections() -> None:
    """Leave nothing open: a fork must not share a connection, nor the pool's threads."""
    connection.close()
    if hasattr(connection, "close_pool"):
        connection.close_pool()


def run_race(attempt: Attempt, attempts: int) -> Counter[str]:
    """Let all racers go at once and return how often each outcome came."""
    close_connections()
    fork = multiprocessing.get_context("fork")
    start, results = fork.Barrier(PROCESSES), fork.SimpleQueue()
    racers = [
        fork.Process(target=race, args=(attempt, seed, attempts, start, results))
        for seed in range(PROCESSES)
    ]
    for racer in racers:
        racer.start()
    outcomes: Counter[str] = Counter()
    for _ in racers:
        outcomes += results.get()
    for racer in racers:
        racer.join()
    return outcomes


def sweep(spaces: Sequence[Space]) -> list[str]:
    """Ask for more in every pool and return where the answer is not what a count says."""
    dice = random.Random(7)
    wrong = []
    for number in range(40):
        space = dice.choice(spaces)
        time = some_time(dice, dice.choice(DAYS))
        room = has_room(space, time)
        person = make_user(f"sweeper{number}@maillage.example")
        try:
            try_to_book(Wish(space_id=space.pk, intervals=(time,)), person)
            was_given = True
        except NoUnitFree:
            was_given = False
        if was_given != room:
            wrong.append(f"{space} {time}: room {room}, given {was_given}")
    return wrong


def has_room(space: Space, time: Interval) -> bool:
    """Tell, by counting, whether one more fits: at each instant, or on one numbered unit."""
    during = Allocation.objects.keeping_out(NOW).filter(space=space).between(time)
    if space.is_fungible:
        taken = [one.interval.clipped_to(time) or time for one in during]
        return peak(taken) < space.units.count()
    return space.units.exclude(pk__in=during.values("unit")).exists()


def live_holds() -> dict[str, int]:
    """Return how many holds each caller has at the beginning."""
    return Counter(one.caller for one in Hold.objects.live(NOW))


def main(name: str, attempts: int) -> dict[str, Any]:
    """Run one race and return everything there is to say about it."""
    outcomes = run_race(RACES[name](), attempts)
    findings = {"outcomes": outcomes, "live": live_holds(), **consistency.findings()}
    if not name.endswith("inserts"):
        findings["wrong_answers"] = sweep(list(Space.objects.all()))
        findings["shared_after_sweep"] = consistency.shared_pairs()
    return findings


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(sys.argv[1], int(sys.argv[2]))) + "\n")
