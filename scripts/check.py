"""Run the stages of `make test`, all or those named, and end with what each of them came to.

Every stage runs even when one before it failed. What could not be run is said last; it is a failure
where `CI` is true.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from services import Missing, chromium, postgres, redis
from tether import tethered, untie

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
IS_CI = os.environ.get("CI", "").lower() in {"1", "true", "yes"}


@dataclass
class Report:
    """What the stages came to."""

    lines: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    not_run: list[str] = field(default_factory=list)

    def note(self, stage: str, *, is_good: bool, seconds: float, closing: str = "") -> None:
        """Keep a stage's result; `closing` is its own last line."""
        line = f"{'ok' if is_good else 'FAILED':8}{stage:16}{seconds:6.1f} s  {closing}".rstrip()
        self.lines.append(line)
        say(line)
        if not is_good:
            self.failed.append(stage)

    def status(self) -> int:
        """Print all of it; return the status to end with."""
        say("")
        for line in self.lines if len(self.lines) > 1 else []:
            say(line)
        for line in self.not_run:
            say(f"NOT RUN {line}")
        return int(bool(self.failed) or (IS_CI and bool(self.not_run)))


def tool(name: str, *options: str) -> tuple[str, ...]:
    """Return a command of the virtual environment."""
    return (str(BIN / name), *options)


def python(*options: str) -> tuple[str, ...]:
    """Return a command of this Python."""
    return (sys.executable, *options)


def lint() -> list[tuple[str, ...]]:
    """Return the commands that look at form: Python, templates, layers."""
    templates = [str(path.relative_to(ROOT)) for path in sorted(ROOT.glob("templates/**/*.html"))]
    return [
        tool("ruff", "format", "--check", "."),
        tool("ruff", "check", "."),
        tool("djade", "--check", "--target-version", "5.2", *templates),
        python("scripts/markup.py"),
        tool("lint-imports"),
    ]


#: Stages that only look: each a list of commands, silent unless one fails. The slowest is first,
#: and one process: the others run beside it.
LOOKS: dict[str, Callable[[], list[tuple[str, ...]]]] = {
    "types": lambda: [tool("mypy", ".")],
    "lint": lint,
    "migrations": lambda: [python("manage.py", "makemigrations", "--check", "--dry-run")],
    "translations": lambda: [python("-m", "config.catalogues.messages", "check")],
}
#: The slowest tests are told at the end: what costs seconds has to prove something.
PYTEST = python("-m", "pytest", "-q", "-n", "2", "--durations=10", "--durations-min=1")


def look(stage: str, report: Report, beside: Sequence[str] = ()) -> None:
    """Run the commands of a stage that looks; show the words of those that fail.

    The stages `beside` it run while its first command does.
    """
    begun = time.monotonic()
    is_good = True
    for command in LOOKS[stage]():
        with piped(command, bare_environment()) as process:
            for other in beside:
                look(other, report)
            beside = ()
            words = "".join(lines(process))
        if process.returncode:
            is_good = False
            say(f"$ {Path(command[0]).name} {' '.join(command[1:])[:80]}\n{words}")
    report.note(stage, is_good=is_good, seconds=time.monotonic() - begun)


@contextmanager
def piped(
    command: Sequence[str], environ: Mapping[str, str]
) -> Iterator["subprocess.Popen[bytes]"]:
    """Start a command whose words are read here, and wait for it; it ends when this script does."""
    process = tethered(
        list(command), cwd=ROOT, env=environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    try:
        yield process
    except BaseException:  # this script is being ended: so is what it started
        untie(process)
        raise
    process.wait()


def lines(process: "subprocess.Popen[bytes]") -> Iterator[str]:
    """Yield the lines that a command prints, as it prints them."""
    for line in process.stdout or []:
        yield line.decode(errors="replace")


def bare_environment() -> dict[str, str]:
    """Return the environment without engines: DEBUG on, no `.env`, SQLite, no Redis."""
    environ = {**os.environ, "DEBUG": "1", "ENV_FILE": ""}
    for name in ("DATABASE_URL", "REDIS_URL"):
        environ.pop(name, None)
    return {**environ, **bytecode(environ)}


def bytecode(environ: Mapping[str, str]) -> dict[str, str]:
    """Have compiled Python kept where it is not to lie beside the sources, as in many containers.

    Many processes start in a run. Each would compile anew what it imports, and each worker of
    pytest rewrite every assertion: half of what collecting costs.
    """
    if not environ.get("PYTHONDONTWRITEBYTECODE"):
        return {}
    # Empty is unset: Python writes then.
    return {
        "PYTHONDONTWRITEBYTECODE": "",
        "PYTHONPYCACHEPREFIX": str(ROOT / "var" / "bytecode"),
    }


def suite(stage: str, report: Report, options: list[str], engines: Mapping[str, str]) -> None:
    """Run pytest on `engines`, showing it as it goes and keeping its closing line."""
    places = [address.rpartition("@")[2] for address in engines.values()]  # without passwords
    say(f"\n{stage}: {' '.join(places) or 'SQLite'}")
    begun, closing = time.monotonic(), ""
    with piped([*PYTEST, *options], {**bare_environment(), **engines}) as process:
        for line in lines(process):
            say(line.rstrip("\n"))
            closing = line.strip() or closing
    is_good = process.returncode == 0
    report.note(stage, is_good=is_good, seconds=time.monotonic() - begun, closing=closing)


def test_sqlite(report: Report) -> None:
    """Run the suite without its browser tests, which one engine is enough for."""
    suite("test-sqlite", report, ["-m", "not browser"], {})


def test_postgres(report: Report) -> None:
    """Run all that asks this engine on PostgreSQL and Redis, which are started if need be."""
    wanted = "not engineless and not once"
    with ExitStack() as stack:
        if engines := lent(stack, "test-postgres", report):
            try:
                browser = {"CHROMIUM": chromium()}
            except Missing as missing:
                report.not_run.append(f"browser tests: {missing}")
                wanted, browser = f"not browser and {wanted}", {}
            suite("test-postgres", report, ["-m", wanted], {**engines, **browser})


def test_long(report: Report) -> None:
    """Run on PostgreSQL what `test-postgres` leaves to SQLite: all draws, and what runs once."""
    with ExitStack() as stack:
        if engines := lent(stack, "test-long", report):
            wanted = "(once or drawn) and not engineless"
            suite("test-long", report, ["-m", wanted], {**engines, "LONG": "1"})


def lent(stack: ExitStack, stage: str, report: Report) -> dict[str, str]:
    """Return the addresses of PostgreSQL and Redis; nothing, and say so, where there are none."""
    try:
        return {
            "DATABASE_URL": stack.enter_context(postgres()),
            "REDIS_URL": stack.enter_context(redis()),
        }
    except Missing as missing:
        report.not_run.append(f"{stage}: {missing}")
        return {}


#: The suites of every run.
SUITES: dict[str, Callable[[Report], None]] = {
    "test-sqlite": test_sqlite,
    "test-postgres": test_postgres,
}
#: Those that are asked for by name.
LONG: dict[str, Callable[[Report], None]] = {"test-long": test_long}


def main() -> int:
    """Run the stages named on the command line, all by default."""
    # Told to end, end what was started too.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    report = Report()
    named = sys.argv[1:] or [*LOOKS, *SUITES]
    if looks := [stage for stage in named if stage in LOOKS]:
        look(looks[0], report, beside=looks[1:])
    for stage in named:
        if stage not in LOOKS:
            (SUITES | LONG)[stage](report)
    return report.status()


def say(line: str) -> None:
    """Print a line at once, also into a pipe."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
