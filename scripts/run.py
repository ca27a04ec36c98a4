"""Prepare the database, then run server and worker until Ctrl-C; either's end ends the other."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
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
SERVER = (
    *("-m", "uvicorn", "config.asgi:application", f"--host={HOST}", f"--port={PORT}"),
    *("--lifespan=off", "--log-level=warning", "--timeout-graceful-shutdown=5"),
)
WORKER = ("manage.py", "work", "--single")
#: Seconds for the server to answer for the first time.
PATIENCE_TO_START = 90


def main() -> int:
    """Return 0 when stopped by the person who started it, 1 when a process ended by itself."""
    os.chdir(ROOT)
    refuse_taken_port()
    settle_environment()
    people = output(PREPARE)
    obey_signals()
    try:
        with started(SERVER) as server, started(WORKER) as worker:
            wait_until_it_listens(server)
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


def refuse_taken_port() -> None:
    """Stop at once, in words, when another program has the port; name one that is free."""
    if is_free(PORT):
        return
    free = next((port for port in range(PORT + 1, PORT + 100) if is_free(port)), None)
    sys.exit(f"Port {PORT} is taken" + (f": PORT={free} make run" if free else "."))


def is_free(port: int) -> bool:
    """Tell whether no program of this machine listens on `port`."""
    with closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
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
def started(command: tuple[str, ...]) -> Iterator[subprocess.Popen[bytes]]:
    """Run `command` for the time of the block, then end it; it also ends when this script does."""
    process = tethered([sys.executable, *command])
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


def wait_until_it_listens(server: subprocess.Popen[bytes]) -> None:
    """Return once the server takes connections, or has ended."""
    until = time.monotonic() + PATIENCE_TO_START
    while server.poll() is None and time.monotonic() < until:
        try:
            socket.create_connection((HOST, PORT)).close()
        except OSError:
            time.sleep(0.1)
        else:
            return


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
