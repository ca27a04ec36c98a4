"""`python -m torture [--seed N] [--minutes M] [--clients N]`: a storm of bookings and of kills.

Clients book, change and cancel through the API and the pages at a few places, while the web server
(gunicorn, as in production), the worker and a PostgreSQL of its own are killed by a schedule that
`--seed` alone decides. Then a checker that knows none of the product's code compares what clients
wrote down, the rows and the mails that arrived. Prints seed, kills, counts and verdict; ends with
1 and the rows at fault. What clients, mail server and processes wrote stays in a folder of `var/`.

`--short` is the form that the tests run; `--unguarded` the control, without row locks and exclusion
constraint: it must end with faults. Only wall time differs between two runs of a seed: which
request a kill meets is not repeated, who is killed when and how is.
"""

import argparse
import json
import random
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import psycopg

from torture import ROOT
from torture.chaos import Blow, schedule, strike
from torture.checker import Fault, faults, tally
from torture.clients import let_loose, made_clients
from torture.cluster import Cluster, probe, running
from torture.evidence import Evidence, gathered
from torture.journal import Journal

PENDING = (
    "SELECT count(*) FROM django_tasks_database_dbtaskresult WHERE status IN ('READY', 'RUNNING')"
)
#: Seconds for the worker to finish: its lease of a task that a dead one had, and then some.
PATIENCE_FOR_MAIL = 120.0
Write = Callable[[str], object]
Begin = Callable[[float], "list[Future[None]]"]


class Scale(NamedTuple):
    """How long and how hard."""

    seconds: float
    clients: int
    gap: float


class Plan(NamedTuple):
    """What is to be done."""

    seed: int
    scale: Scale
    is_short: bool = False
    is_unguarded: bool = False


SHORT = Scale(seconds=11, clients=8, gap=1.7)


def storm(plan: Plan, cluster: Cluster, write: Write) -> Evidence:
    """Let the storm rage and calm down; return what it left."""
    begun = time.monotonic()
    seconds, number, gap = plan.scale
    blows = schedule(random.Random(plan.seed), seconds, gap)
    write("".join(f"{blow}\n" for blow in blows))
    world = json.loads(cluster.run("-m", "torture.world", str(-(-number // 2))))
    if plan.is_unguarded:
        cluster.unguard()
    cluster.open()
    clients = made_clients(world, cluster.port, cluster.folder, number, plan.seed)
    with watched(cluster):
        ready = time.monotonic()
        rage(cluster, blows, lambda start: let_loose(clients, world, start + seconds))
        answered = time.monotonic()
        if plan.is_short:  # where its successor does not wait for a lease to run out
            strike(
                cluster, Blow(0, "worker", "SIGTERM", 0), Journal(cluster.folder / "kills.jsonl")
            )
        wait_for_mail(cluster)
    took = (ready - begun, answered - ready, time.monotonic() - answered)
    write("{:.0f} s to begin, {:.0f} s until the last answer, {:.0f} s of mail\n".format(*took))
    return gathered(cluster.postgres.address, cluster.folder)


def rage(cluster: Cluster, blows: Sequence[Blow], begin: Begin) -> None:
    """Kill by the schedule while clients are at it; return when each has its last answer."""
    begun, kills = time.time(), Journal(cluster.folder / "kills.jsonl")
    lives = begin(begun)
    for blow in blows:
        time.sleep(max(0.0, begun + blow.at - time.time()))
        strike(cluster, blow, kills)
    for life in lives:
        life.result()


@contextmanager
def watched(cluster: Cluster) -> Iterator[None]:
    """Ask all the while whether the service is ready."""
    is_over = threading.Event()
    watcher = threading.Thread(target=watch, args=(cluster, is_over))
    watcher.start()
    try:
        yield
    finally:
        is_over.set()
        watcher.join()


def watch(cluster: Cluster, is_over: threading.Event) -> None:
    """Ask time and again whether the service is ready, and write down what it says."""
    journal = Journal(cluster.folder / "probes.jsonl")
    while not is_over.wait(0.2):
        journal.write(status=probe(cluster.port), at=time.time())
    # Once more, after all: also who was killed last is back.
    journal.write(status=probe(cluster.port), at=time.time())


def wait_for_mail(cluster: Cluster) -> None:
    """Return when no task is left, or none will be finished any more."""
    until = time.monotonic() + PATIENCE_FOR_MAIL
    while time.monotonic() < until:
        with psycopg.connect(cluster.postgres.address) as connection:
            (pending,) = connection.execute(PENDING).fetchone() or (0,)
        if not pending:
            return
        time.sleep(0.2)


def tortured(plan: Plan, folder: Path, write: Write) -> list[Fault]:
    """Do it all; print what happened; return what is wrong."""
    with running(folder, is_alone=plan.is_short) as cluster:
        evidence = storm(plan, cluster, write)
    found = faults(evidence)
    for name, number in tally(evidence)._asdict().items():
        write(f"{name:<16}{number}\n")
    return found


def plan_from(options: argparse.Namespace) -> Plan:
    """Return the plan that the command line asks for."""
    scale = Scale(options.minutes * 60, options.clients, gap=6)
    scale = SHORT if options.short else scale
    return Plan(options.seed, scale, options.short, options.unguarded)


def main(write: Write) -> int:
    """Read the options, run, and return the status to end with."""
    parser = argparse.ArgumentParser(prog="python -m torture", description=__doc__)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--minutes", type=float, default=3)
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--short", action="store_true", help="some 25 seconds in all")
    parser.add_argument("--unguarded", action="store_true", help="the control: must find faults")
    plan = plan_from(parser.parse_args())
    folder = ROOT / "var" / "torture" / f"{plan.seed}-{time.time():.0f}"
    folder.mkdir(parents=True)
    write(f"seed {plan.seed}, journals in {folder}\n")
    found = tortured(plan, folder, write)
    for fault in found:
        write(f"FAULT {fault.rule}: {fault.row}\n")
    write(f"{len(found)} faults with seed {plan.seed}\n" if found else "No violation.\n")
    return int(bool(found))


def say(text: str) -> None:
    """Print at once, also into a pipe."""
    sys.stdout.write(text)
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(say))
