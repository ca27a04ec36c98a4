"""`make run` holds its port from the beginning: no other program takes it, and it says so."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"
#: Takes the port, prints so, and answers by a server that inherits it, until its input ends.
HOLDS = """
import run, sys
held = run.held_port()
print("held", flush=True)
sys.stdin.readline()
with run.started((*run.SERVER, str(held.fileno())), held) as server:
    run.wait_until_it_answers(server)
    print("answers", flush=True)
    sys.stdin.readline()
"""


def run(code: str, port: int) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=SCRIPTS.parent,
        env={**os.environ, "PYTHONPATH": str(SCRIPTS), "PORT": str(port), "DEBUG": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.fixture
def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        number: int = server.getsockname()[1]
    return number


@pytest.fixture
def holder(port: int) -> Iterator["subprocess.Popen[str]"]:
    with run(HOLDS, port) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_while_all_is_prepared_nobody_else_takes_the_port(
    holder: "subprocess.Popen[str]", port: int
) -> None:
    with pytest.raises(OSError, match="in use"):
        socket.create_server(("127.0.0.1", port))


def test_who_comes_second_is_told_that_the_port_is_taken_and_which_one_is_free(
    holder: "subprocess.Popen[str]", port: int
) -> None:
    second = run("import run; run.held_port()", port)
    told, fault = second.communicate()

    assert (told, second.returncode) == ("", 1)
    assert f"Port {port} is taken: PORT=" in fault


@pytest.mark.engines
def test_what_answers_is_its_own_server(holder: "subprocess.Popen[str]", port: int) -> None:
    assert holder.stdin is not None
    assert holder.stdout is not None
    holder.stdin.write("\n")
    holder.stdin.flush()
    assert holder.stdout.readline() == "answers\n"

    with urlopen(f"http://127.0.0.1:{port}/static/css/tokens.css") as answer:
        assert answer.status == 200
    holder.stdin.close()
