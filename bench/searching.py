"""Searches timed in turn: the hand-written SQL, the API and the page; ten times the bookings."""

import json
import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

from bench.databases import ROOT, environment

PARIS = ZoneInfo("Europe/Paris")
#: One of the distances that the page of results offers.
RADIUS_KM = 25
#: Public holidays that a benchmark of any month meets, but for those that follow Easter.
HOLIDAYS = {(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25), (12, 26)}
WAYS = ("best", "prepared", "domain", "api", "page")


class Probe:
    """A process that answers searches over one connection of its own."""

    def __init__(self, process: "subprocess.Popen[str]", questions: dict[str, Any]) -> None:
        self.process = process
        self.questions = questions

    def ask(self, what: str, **order: Any) -> Any:
        """Send one order and return its answer."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps({"what": what, **self.questions, **order}) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"The probe died of {what}.")
        return json.loads(line)


@contextmanager
def probing(name: str, questions: dict[str, Any]) -> Iterator[Probe]:
    """Provide a probe of the database `name`."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.probe"],
        cwd=ROOT,
        env=environment(name),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield Probe(process, questions)
    finally:
        process.communicate(timeout=20)


def questions(today: date, number: int) -> dict[str, Any]:
    """Return the searches to make: one working morning, around as many places."""
    dice = random.Random(1)
    centres = [
        [round(48.58 + dice.gauss(0, 0.04), 5), round(7.75 + dice.gauss(0, 0.06), 5)]
        if index % 2
        else [round(dice.uniform(47.5, 49.0), 5), round(dice.uniform(7.0, 8.1), 5)]
        for index in range(number)
    ]
    morning = next_tuesday(today + timedelta(days=7))
    starts_at = datetime.combine(morning, time(8), PARIS)
    ends_at = datetime.combine(morning, time(13), PARIS)
    return {
        "centres": centres,
        "starts_at": starts_at.isoformat(),
        "ends_at": ends_at.isoformat(),
    }


def next_tuesday(day: date) -> date:
    """Return the first Tuesday from `day` on, but for a public holiday."""
    tuesday = day + timedelta(days=(1 - day.weekday()) % 7)
    return tuesday + timedelta(days=7 * is_holiday(tuesday))


def is_holiday(day: date) -> bool:
    """Tell whether everything is closed on that day."""
    return (day.month, day.day) in HOLIDAYS


def times_of(probes: dict[str, Probe], rounds: int) -> dict[tuple[str, str], float]:
    """Return the median time in ms of each way in each database, asked in turn."""
    for probe in probes.values():
        probe.ask("check")
    turns = [(label, way) for way in WAYS for label in probes]
    taken: dict[tuple[str, str], list[float]] = {turn: [] for turn in turns}
    for _ in range(rounds):
        for label, way in turns:
            taken[label, way].append(probes[label].ask(way)["ms"])
    return {turn: median(times) for turn, times in taken.items()}
