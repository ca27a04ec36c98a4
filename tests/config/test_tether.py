"""What `make` starts ends with it, however it ends."""

import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = ROOT / "scripts"
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(SCRIPTS)}
PATIENCE = 60
#: A parent as `scripts/run.py` is one: told to end, it ends its child once and waits for it.
PARENT = """
import sys
import run
run.obey_signals()
try:
    with run.started(("-c", sys.argv[1])) as child:
        child.wait()
except KeyboardInterrupt:
    pass
"""
#: Children hold their parent's standard output: it is read to its end once all of them are gone.
WAITS = "import time; print('up', flush=True); time.sleep(600)"
IS_DEAF = f"import signal; signal.signal(signal.SIGINT, signal.SIG_IGN); {WAITS}"


@contextmanager
def parent(child: str) -> Iterator["subprocess.Popen[bytes]"]:
    process = subprocess.Popen(
        [sys.executable, "-c", PARENT, child],
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        assert process.stdout
        assert process.stdout.readline() == b"up\n"
        yield process
    finally:
        with process, suppress(ProcessLookupError):
            process.kill()


def has_left_nothing(process: "subprocess.Popen[bytes]") -> bool:
    """Tell whether all that wrote to the parent's output has ended, soon."""
    assert process.stdout
    readable, _writable, _failed = select.select([process.stdout], [], [], PATIENCE)
    return bool(readable) and process.stdout.read() == b""


@pytest.mark.parametrize(
    "signals",
    [
        [signal.SIGTERM],
        [signal.SIGTERM, signal.SIGTERM],
        [signal.SIGINT, signal.SIGTERM, signal.SIGTERM],
        [signal.SIGHUP],
        [signal.SIGKILL],
    ],
    ids=lambda signals: "+".join(one.name for one in signals),
)
def test_a_child_ends_with_its_parent(signals: list[signal.Signals]) -> None:
    with parent(WAITS) as process:
        for number in signals:
            process.send_signal(number)

        assert has_left_nothing(process)
        assert process.wait(PATIENCE) == (-signal.SIGKILL if signal.SIGKILL in signals else 0)


def test_what_a_whole_group_is_told_leaves_nothing_behind() -> None:
    with parent(WAITS) as process:
        os.killpg(process.pid, signal.SIGTERM)
        os.killpg(process.pid, signal.SIGTERM)

        assert has_left_nothing(process)


def test_a_child_that_does_not_listen_is_killed() -> None:
    hasty = "import sys, tether; tether.PATIENCE = 0.1; tether.main(sys.argv[1:])"
    command = [sys.executable, "-c", hasty, sys.executable, "-c", IS_DEAF]
    process = subprocess.Popen(
        command, env=ENVIRONMENT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with process:
        assert process.stdin
        assert process.stdout
        assert process.stdout.readline() == b"up\n"

        process.stdin.close()

        assert has_left_nothing(process)


@pytest.mark.parametrize(
    ("code", "status"),
    [("raise SystemExit(7)", 7), ("import os; os.kill(os.getpid(), 9)", 137)],
)
def test_the_status_of_a_command_is_passed_on(code: str, status: int) -> None:
    command = [sys.executable, str(SCRIPTS / "tether.py"), sys.executable, "-c", code]

    with subprocess.Popen(command, stdin=subprocess.PIPE) as process:
        assert process.wait(PATIENCE) == status
