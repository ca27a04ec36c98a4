"""Impatient clients at few places; each writes down what it asks before, what it heard after."""

import random
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date, datetime, timedelta
from datetime import time as clock
from http.client import HTTPException
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from torture.doors import Answer, ApiDoor, Door, PageDoor, VisitDoor, Wish
from torture.journal import Journal

PARIS = ZoneInfo("Europe/Paris")
#: Answers that settle nothing: the same is asked again. 0 stands for none at all.
UNSETTLED = {0, 429, 500, 502, 503, 504}
PATIENCE = 20.0
#: How often a client hangs up early, sends one request twice at once, or asks again what is known.
HASTE, TWINS, ECHO = 0.08, 0.1, 0.05
#: How many wishes are for one morning, at one site.
RUSH = 0.4
#: Seconds after the storm in which clients still ask for their last answer.
LAST_WORDS = 40.0
#: Things that each client does, however slow the machine is.
LEAST = 6
VERBS = {"book": 6, "change": 3, "cancel": 2, "look": 1}
DOORS: tuple[Callable[[int, Mapping[str, str]], ApiDoor | PageDoor], ...] = (
    *(ApiDoor, PageDoor, VisitDoor),
)


class Task(NamedTuple):
    """One thing to get done, however often it must be asked."""

    op: int
    verb: str
    key: str
    wish: Wish | None = None
    reference: str = ""

    def send(self, door: Door, patience: float) -> Answer:
        """Ask once. Raises OSError or HTTPException when nothing was heard."""
        if self.verb == "book" and self.wish:
            return door.book(self.wish, self.key, patience)
        if self.verb == "change" and self.wish:
            return door.change(self.reference, self.wish, self.key, patience)
        return getattr(door, self.verb)(self.reference, patience)  # type: ignore[no-any-return]


class Holding(NamedTuple):
    """A booking that a client knows to have."""

    key: str
    wish: Wish


class Client:
    """One program or browser of a person, with its journal."""

    def __init__(self, name: str, door: ApiDoor | PageDoor, journal: Journal, seed: int) -> None:
        self.name, self.door, self.journal = name, door, journal
        self.dice = random.Random(f"{seed} {name}")
        self.mine: dict[str, Holding] = {}
        self._ops = self._tries = 0
        self._counting = threading.Lock()

    def live(self, world: Mapping[str, Any], until: float) -> None:
        """Do one thing after another until the storm is over, then wait for the last answer."""
        while time.time() < until or self.has_hardly_lived(until):
            task = self.next_task(world)
            answer = self.insist(task, until + LAST_WORDS)
            self.remember(task, answer)
            if task.verb == "book" and self.dice.random() < ECHO:
                self.attempt(task, self.door, PATIENCE)
            time.sleep(self.dice.uniform(0, 0.1))

    def has_hardly_lived(self, until: float) -> bool:
        """Tell whether so little got done that it would show nothing, and there is time left."""
        return self._ops < LEAST and time.time() < until + LAST_WORDS / 2

    def next_task(self, world: Mapping[str, Any]) -> Task:
        """Draw what to do next."""
        self._ops += 1
        (verb,) = self.dice.choices([*VERBS], weights=[*VERBS.values()])
        if verb == "book" or not self.mine:
            key = f"{self.name}-{self._ops}-{self.dice.getrandbits(48):x}"
            return Task(self._ops, "book", key, drawn_wish(self.dice, world, self.most_times))
        reference, holding = self.dice.choice([*self.mine.items()])
        wish = drawn_wish(self.dice, world, self.most_times) if verb == "change" else None
        if wish and self.door.name != "api":  # whose form keeps to the space
            wish = wish._replace(space=holding.wish.space, people=holding.wish.people)
        return Task(self._ops, verb, holding.key, wish, reference)

    @property
    def most_times(self) -> int:
        """Return how many times of one booking the door takes."""
        return 1 if self.door.name == "api" else 2

    def insist(self, task: Task, give_up: float) -> Answer:
        """Ask until there is an answer that settles it, or it is too late."""
        patience = self.dice.uniform(0.01, 0.3) if self.dice.random() < HASTE else PATIENCE
        if task.verb == "book" and self.dice.random() < TWINS:
            self.send_twin(task)
        answer = self.attempt(task, self.door, patience)
        while answer.status in UNSETTLED and time.time() < give_up:
            time.sleep(self.dice.uniform(0.1, 0.6))
            answer = self.attempt(task, self.door, PATIENCE)
        return answer

    def send_twin(self, task: Task) -> None:
        """Send the same request over another connection at the same time."""
        threading.Thread(target=self.attempt, args=(task, self.door.twin(), PATIENCE)).start()

    def attempt(self, task: Task, door: ApiDoor | PageDoor, patience: float) -> Answer:
        """Write down the intent, ask once, write down the answer or the silence."""
        with self._counting:
            self._tries += 1
            number = self._tries
        said = {"client": self.name, "try": number}
        self.journal.write(kind="ask", at=time.time(), door=door.name, **said, **task._asdict())
        try:
            answer = task.send(door, patience)
        except (OSError, HTTPException) as error:
            door.http.hang_up()
            self.journal.write(kind="silence", at=time.time(), why=repr(error), **said)
            return Answer(0)
        self.journal.write(kind="answer", at=time.time(), **said, **answer._asdict())
        return answer

    def remember(self, task: Task, answer: Answer) -> None:
        """Keep in mind which bookings there are to change and to cancel."""
        is_done = answer.status in {200, 201, 302, 303}
        if task.verb == "book" and is_done and task.wish:
            self.mine[answer.reference] = Holding(task.key, task.wish)
        elif task.verb == "change" and is_done and task.wish:
            self.mine[task.reference] = Holding(task.key, task.wish)
        elif task.verb == "cancel" or answer.status == 0:
            self.mine.pop(task.reference, None)


def drawn_wish(dice: random.Random, world: Mapping[str, Any], most_times: int) -> Wish:
    """Draw a wish; some meet lunch or a closure and have to be refused."""
    is_rush = dice.random() < RUSH
    space = dice.choice(world["spaces"][:2] if is_rush else world["spaces"])
    starts, length = dice.randrange(8 * 4, 17 * 4), dice.randrange(2, 13)
    days = dice.sample(world["days"], dice.randint(1, most_times))
    if is_rush:
        starts, length, days = 9 * 4, 12, world["days"][:1]
    times = [[instant(day, starts), instant(day, starts + length)] for day in sorted(days)]
    unit = dice.choice([None, *space["units"]]) if most_times == 1 else None
    return Wish(space["id"], times, dice.randint(1, min(2, space["capacity"])), unit)


def instant(day: str, quarters: int) -> str:
    """Return the instant so many quarters of an hour into a day, by the clocks of the sites."""
    midnight = datetime.combine(date.fromisoformat(day), clock(), PARIS)
    return (midnight + timedelta(minutes=15 * quarters)).isoformat()


def made_clients(
    world: Mapping[str, Any], port: int, folder: Path, number: int, seed: int
) -> list[Client]:
    """Make clients, signed in; each person has two, of different doors."""
    clients = []
    for index in range(number):
        door = DOORS[index % len(DOORS)](port, world["people"][index // 2])
        if isinstance(door, PageDoor) and (status := door.sign_in()) != 302:
            raise RuntimeError(f"Signing in was answered {status}.")
        name = f"c{index}"
        clients.append(Client(name, door, Journal(folder / f"{name}.client.jsonl"), seed))
    return clients


def let_loose(
    clients: Sequence[Client], world: Mapping[str, Any], until: float
) -> list["Future[None]"]:
    """Start the clients; each `result()` returns when one has had its last answer."""
    pool = ThreadPoolExecutor(len(clients))
    started = [pool.submit(one.live, world, until) for one in clients]
    pool.shutdown(wait=False)
    return started
