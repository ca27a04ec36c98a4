"""Run a command that ends with whoever started it, however that one ends.

`tether.py [--user=UID] command …` watches its standard input, which its parent holds open and never
writes to: the kernel closes it even when the parent is killed. A signal to end does the same as
that. The command is asked once, as by Ctrl-C, and killed with its descendants when it does not
listen. Works wherever there are pipes; Linux's own way (PR_SET_PDEATHSIG) exists nowhere else.
"""

import contextlib
import os
import select
import signal
import subprocess
import sys
from typing import Any

#: Seconds that a command has to end by itself.
PATIENCE = 10
TO_END = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def tethered(
    command: list[str], *, user: int | None = None, **options: Any
) -> "subprocess.Popen[bytes]":
    """Start `command` so that it ends with this process, or when it is untied.

    `options` are those of Popen; without `user`, it runs as this process does.
    """
    who = [] if user is None else [f"--user={user}"]
    tether = [sys.executable, __file__, *who, *command]
    # In a session of its own: Ctrl-C reaches the parent alone, which ends each child once.
    return subprocess.Popen(tether, stdin=subprocess.PIPE, start_new_session=True, **options)


def untie(process: "subprocess.Popen[bytes]") -> None:
    """End a tethered process, by force if it does not listen, and wait for that."""
    assert process.stdin
    process.stdin.close()
    process.wait()


def main(arguments: list[str]) -> int:
    """Run the command; return its status as a shell would tell it."""
    user = int(arguments.pop(0).partition("=")[2]) if arguments[0].startswith("--user=") else None
    wakes = listen()
    process = subprocess.Popen(  # with the files that the parent passed on
        arguments, stdin=subprocess.DEVNULL, start_new_session=True, user=user, close_fds=False
    )
    while process.poll() is None:
        readable, _writable, _failed = select.select([0, wakes], [], [])
        if 0 in readable or set(os.read(wakes, 64)) & set(TO_END):
            end(process)
    return process.returncode if process.returncode >= 0 else 128 - process.returncode


def listen() -> int:
    """Have signals, a child's end among them, make the answered file descriptor readable."""
    wakes, waker = os.pipe()
    os.set_blocking(waker, False)
    signal.set_wakeup_fd(waker)
    for number in (*TO_END, signal.SIGCHLD):
        signal.signal(number, lambda _number, _frame: None)
    return wakes


def end(process: "subprocess.Popen[bytes]") -> None:
    """Ask `process` to end, as Ctrl-C does: PostgreSQL then does not wait for its clients."""
    process.send_signal(signal.SIGINT)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(PATIENCE)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
