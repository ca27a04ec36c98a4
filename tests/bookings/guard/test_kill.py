"""A confirmation that was answered is on disk: the processes are killed in full storm."""

import json
import os
import random
import signal
import subprocess
import sys
import threading

import pytest
from django.db import connection

from tests.bookings.guard.throwaway import ROOT, Template, environment, run

ROUNDS = 3
#: Long enough for a busy machine to start Python; the storm is killed well before.
PATIENCE = 60


def killed_storm(url: str, seed: int) -> dict[str, str]:
    """Let a storm rage, kill it in the middle of something, and return what it had answered."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.bookings.guard.storm_worker", "storm", str(seed)],
        cwd=ROOT,
        env=environment(url),
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    dice = random.Random(seed)
    give_up = threading.Timer(PATIENCE, kill, [process])
    give_up.start()
    assert process.stdout
    answered = []
    with process.stdout:
        for line in process.stdout:
            answered.append(line)
            if len(answered) == 10 + 8 * seed:
                # Not at once: somewhere inside the next transactions.
                threading.Timer(dice.uniform(0, 0.15), kill, [process]).start()
    give_up.cancel()
    process.wait()
    # Only a whole line is an answer: the last one may have been cut by the kill.
    return dict(line.split() for line in answered if line.endswith("\n"))


def kill(process: "subprocess.Popen[str]") -> None:
    """Kill the storm and all of its workers; nobody gets to say goodbye."""
    os.killpg(process.pid, signal.SIGKILL)


@pytest.mark.skipif(
    connection.vendor == "postgresql", reason="tests/torture kills more than this, over HTTP"
)
def test_killed_at_any_moment_no_answered_booking_is_missing_and_none_is_half(
    template: Template,
) -> None:
    answered: dict[str, str] = {}
    with template.copy() as url:
        for seed in range(1, ROUNDS + 1):
            answered |= killed_storm(url, seed)
        found = json.loads(run("-m", "tests.bookings.guard.storm_worker", "count", "0", url=url))

    assert len(answered) >= 60
    assert {reference: found["keys"].get(reference) for reference in answered} == answered
    assert found["told_but_missing"] == found["kept_but_never_told"] == []
    assert found["broken"] == found["broken_holds"] == found["overfull"] == []
    assert found["holds_left"] > 0
    assert found["holds_after_their_end"] == 0
    assert found["shared_pairs"] == 0
    assert found["letters"] == found["letters_wanted"]
