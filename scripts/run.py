"""Prepare the database, then run server and worker until Ctrl-C; either's end ends the other."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import envfile
from django.core.exceptions import ImproperlyConfigured
from tether import tethered, untie

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
TOLD_PORT = os.environ.get("PORT") or "8000"
if not TOLD_PORT.isdecimal() or not 0 < int(TOLD_PORT) < 65536:
    sys.exit(f"PORT is not the number of a port: {TOLD_PORT}")
PORT = int(TOLD_PORT)
#: Not the number: browsers give passkeys to names only.
ADDRESS = f"http://localhost:{PORT}"
PREPARE = ("scripts/prepare.py",)
SERVER = ("scripts/serve.py",)
WORKER = ("manage.py", "work", "--single")
#: Seconds for the server to answer for the first time.
PATIENCE_TO_START = 90


def main() -> int:
    """Return 0 when stopped by the person who started it, 1 when a process ended by itself."""
    os.chdir(ROOT)
    held = held_port()
    settle_environment()
    people = output(PREPARE)
    obey_signals()
    try:
        with started((*SERVER, str(held.fileno())), held) as server, started(WORKER) as worker:
            wait_until_it_answers(server)
            say(f"\n{people.strip()}\n\nMaillage answers on {ADDRESS} (Ctrl-C stops it)")
            return wait_for_an_end(server=server, worker=worker)
    except KeyboardInterrupt:
        return 0


def settle_environment() -> None:
    """Run with DEBUG and with what `.env` says, made if there is none; tell what it lacks."""
    os.environ.setdefault("DEBUG", "1")
    try:
        if "ENV_FILE" not in os.environ:
            settle_file(envfile.PATH)
    except ImproperlyConfigured as error:
        sys.exit(str(error))
    os.environ.setdefault("PUBLIC_URL", ADDRESS)


def settle_file(path: Path) -> None:
    """Have the server read the developer's file too, which by itself it would not."""
    if envfile.made(path, ADDRESS):
        say(f"{path.name} written: manage.py works in this checkout by itself")
    for line in envfile.missing(path, ADDRESS):
        say(f"{path.name} lacks a line that manage.py wants: {line}")
    os.environ["ENV_FILE"] = str(path)
    os.environ.setdefault("PUBLIC_URL", envfile.public_url(path, ADDRESS))


def held_port() -> socket.socket:
    """Take the port for the server before all is prepared, so that no other program does meanwhile.

    Ends at once, in words, when another program has it, and names one that is free.
    """
    try:
        return bound(PORT)
    except OSError:
        free = next((port for port in range(PORT + 1, PORT + 100) if is_free(port)), None)
        sys.exit(f"Port {PORT} is taken" + (f": PORT={free} make run" if free else "."))


def bound(port: int) -> socket.socket:
    """Return a socket that listens to this machine on `port`; OSError where a program has it.

    One that is bound only would not keep others away. Who asks early waits for the server.
    """
    held = socket.socket()
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        held.bind((HOST, port))
        held.listen()
    except OSError:
        held.close()
        raise
    return held


def is_free(port: int) -> bool:
    """Tell whether no program of this machine has `port`."""
    try:
        bound(port).close()
    except OSError:
        return False
    return True


def output(command: tuple[str, ...]) -> str:
    """Return what `command` prints, or end with its status."""
    result = subprocess.run([sys.executable, *command], stdout=subprocess.PIPE, text=True)
    if result.returncode:
        sys.exit(result.returncode)
    return result.stdout


@contextmanager
def started(command: tuple[str, ...], *held: socket.socket) -> Iterator[subprocess.Popen[bytes]]:
    """Run `command` for the time of the block, then end it; it also ends when this script does.

    It inherits the sockets that are held for it.
    """
    process = tethered([sys.executable, *command], pass_fds=[one.fileno() for one in held])
    try:
        yield process
    finally:
        untie(process)


def obey_signals() -> None:
    """End in order when told to, and when the terminal goes, unless nohup says otherwise."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        signal.signal(signal.SIGHUP, stop)


def stop(number: int, frame: object) -> None:
    """End as Ctrl-C does, once: `make` forwards what its whole group was sent already."""
    for again in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(again, signal.SIG_IGN)
    raise KeyboardInterrupt


def wait_until_it_answers(server: subprocess.Popen[bytes]) -> None:
    """Return once the server answers on the port that is held for it, or has ended."""
    until = time.monotonic() + PATIENCE_TO_START
    while server.poll() is None and time.monotonic() < until and not answers():
        time.sleep(0.1)


def answers() -> bool:
    """Tell whether the server answers, whatever it says, within a second."""
    with closing(HTTPConnection(HOST, PORT, timeout=1)) as connection:
        try:
            connection.request("GET", "/healthz")
            connection.getresponse()
        except (OSError, HTTPException):
            return False
        return True


def wait_for_an_end(**processes: subprocess.Popen[bytes]) -> int:
    """Return 1 as soon as one of `processes` has ended."""
    while True:
        for name, process in processes.items():
            if process.poll() is not None:
                say(f"The {name} has ended with status {process.returncode}.")
                return 1
        time.sleep(0.5)


def say(line: str) -> None:
    """Print a line at once, also into a pipe."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
