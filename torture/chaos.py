"""Who is killed when: drawn from a seed before anything runs, so that it can be run again."""

import os
import random
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from typing import NamedTuple

from services import OwnPostgres, children

from torture.cluster import Cluster
from torture.journal import Journal

#: Seconds before the end of the storm without a kill.
CALM = 3.0


class Blow(NamedTuple):
    """One kill to come: `at` seconds after the start, started again after `away` seconds."""

    at: float
    victim: str
    way: str
    away: float

    def __str__(self) -> str:
        return f"{self.at:6.1f} s  {self.victim:<9} {self.way}, away {self.away:.1f} s"


def postmaster(postgres: OwnPostgres) -> int:
    """Return PostgreSQL's first process."""
    return int((postgres.data / "postmaster.pid").read_text().split()[0])


def kill_postgres(cluster: Cluster) -> None:
    """Kill all of PostgreSQL."""
    cluster.postgres.kill()


def stop_immediately(cluster: Cluster) -> None:
    """Stop PostgreSQL as `pg_ctl stop -m immediate` does: it recovers at its next start."""
    os.kill(postmaster(cluster.postgres), signal.SIGQUIT)
    cluster.postgres.stop()


def stop_postgres(cluster: Cluster) -> None:
    """Stop PostgreSQL in order, its clients' connections dropped."""
    cluster.postgres.stop()


def kill_a_backend(cluster: Cluster) -> None:
    """Kill one process of PostgreSQL: it drops all connections and recovers by itself."""
    newest = max(children(postmaster(cluster.postgres)))
    with suppress(ProcessLookupError):
        os.kill(newest, signal.SIGKILL)


def kill_all(cluster: Cluster) -> None:
    """Pull the plug."""
    cluster.server.kill()
    cluster.worker.kill()
    cluster.postgres.kill()


#: Victim → way → what is done. A way in `HEALS` is followed by no start of ours.
WAYS: dict[str, dict[str, Callable[[Cluster], None]]] = {
    "server": {
        "SIGKILL": lambda cluster: cluster.server.kill(),
        "SIGTERM": lambda cluster: cluster.server.end(),
        "SIGKILL of one process": lambda cluster: cluster.server.kill_a_child(),
    },
    "worker": {
        "SIGKILL": lambda cluster: cluster.worker.kill(),
        "SIGTERM": lambda cluster: cluster.worker.end(),
        "SIGTERM twice": lambda cluster: cluster.worker.end(times=2),
    },
    "postgres": {
        "SIGKILL": kill_postgres,
        "immediate stop": stop_immediately,
        "stop": stop_postgres,
        "SIGKILL of one process": kill_a_backend,
    },
    "all": {"SIGKILL": kill_all},
}
HEALS = "SIGKILL of one process"
ONE_EACH = (("server", "SIGKILL"), ("worker", "SIGKILL"), ("postgres", "SIGKILL"))


def schedule(dice: random.Random, seconds: float, gap: float) -> list[Blow]:
    """Draw the kills of a storm: first one of each kind of process, then any, `gap` s between."""
    first = [*ONE_EACH]
    dice.shuffle(first)
    blows: list[Blow] = []
    at = dice.uniform(0.5, 1) * gap
    while at < seconds - CALM or first:
        victim, way = first.pop() if first else drawn(dice)
        away = 0.0 if way == HEALS else dice.uniform(0, gap / 3)
        blows.append(Blow(at, victim, way, away))
        at += away + dice.uniform(0.5, 1.5) * gap
    return blows


def drawn(dice: random.Random) -> tuple[str, str]:
    """Draw a victim and a way."""
    victim = dice.choices([*WAYS], weights=[4, 4, 5, 1])[0]
    return victim, dice.choice([*WAYS[victim]])


def strike(cluster: Cluster, blow: Blow, journal: Journal) -> None:
    """Kill, wait, start again; write down from when to when somebody was away."""
    at = time.time()
    WAYS[blow.victim][blow.way](cluster)
    time.sleep(blow.away)
    if blow.way != HEALS:
        revive(cluster, blow.victim)
    journal.write(at=at, back=time.time(), victim=blow.victim, way=blow.way)


def revive(cluster: Cluster, victim: str) -> None:
    """Start what was killed."""
    if victim in {"postgres", "all"}:
        cluster.postgres.start()
    if victim in {"server", "all"}:
        cluster.server.start()
    if victim in {"worker", "all"}:
        cluster.worker.start()
