"""Make or mend the virtual environment `.venv` from the locks; does nothing when it is right.

Runs on a bare Python: `python3.11 scripts/environment.py [--dev]`. Made with `--dev`, it stays so.
"""

import hashlib
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "lock.sha256"
RUNTIME, DEVELOPMENT = ROOT / "requirements.lock", ROOT / "requirements-dev.lock"


def main() -> None:
    """Install the lock that is wanted, unless its stamp says that it is there."""
    wants_tools = "--dev" in sys.argv or installed().startswith(DEVELOPMENT.name)
    lock = DEVELOPMENT if wants_tools else RUNTIME
    stamp = f"{lock.name} {hashlib.sha256(lock.read_bytes()).hexdigest()}"
    if installed() == stamp:
        return
    say(f"Installing {lock.name} into .venv")
    if not PYTHON.exists():
        run(sys.executable, "-m", "venv", VENV)
    install_uv(lock)
    run(PYTHON, "-m", "uv", "pip", "sync", "--quiet", "--require-hashes", "--python", PYTHON, lock)
    STAMP.write_text(stamp, "utf-8")


def installed() -> str:
    """Return the lock, and its digest, that the environment was made from."""
    return STAMP.read_text("utf-8") if STAMP.exists() and PYTHON.exists() else ""


def install_uv(lock: Path) -> None:
    """Install uv with pip, by the hashes in `lock`; uv then installs the rest, faster."""
    lines = re.search(r"^uv==[^\\\n]*(?:\\\n[^\\\n]*)*", lock.read_text("utf-8"), re.MULTILINE)
    if lines is None:
        sys.exit(f"{lock.name} does not pin uv: run make lock.")
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as pins:
        pins.write(lines.group())
        pins.flush()
        pip = (PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
        run(*pip, "--require-hashes", "--no-deps", "-r", pins.name)


def run(*command: str | Path) -> None:
    """Run a command; when it fails, end with its own words and status."""
    # A virtual environment that the shell has active must not be the one that is changed.
    environ = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}
    status = subprocess.run(command, cwd=ROOT, env=environ).returncode
    if status:
        sys.exit(status)


def say(line: str) -> None:
    """Print a line at once, also into a pipe."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    if sys.version_info[:2] != (3, 11):
        sys.exit("Maillage runs on Python 3.11: make PYTHON=/path/to/python3.11")
    main()
