"""Write requirements.lock and requirements-dev.lock from pyproject.toml, with hashes.

No address of a registry, file or machine goes into a lock: whoever installs says where from.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UV = [sys.executable, "-m", "uv", "pip", "compile", "pyproject.toml"]
SHAPE = [
    "--quiet",
    "--universal",
    "--python-version=3.11",
    "--generate-hashes",
    "--no-header",
    "--no-annotate",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--group=setup",
]
LOCKS: dict[str, list[str]] = {
    "requirements.lock": [],
    # The tools go round the runtime as it is locked: both have the same versions of it.
    "requirements-dev.lock": ["--group=dev", "--constraints=requirements.lock"],
}
ADDRESS = re.compile(r"://|^-|(?:^|\s)@ |/", re.MULTILINE)


def main() -> None:
    """Resolve both locks, keeping locked versions that still fit unless told to upgrade."""
    for name, options in LOCKS.items():
        status = subprocess.run(
            [*UV, *SHAPE, *options, *sys.argv[1:], f"--output-file={name}"], cwd=ROOT, env=bare()
        ).returncode
        if status:
            sys.exit(status)
        refuse_addresses(ROOT / name)


def bare() -> dict[str, str]:
    """Return the environment without what would change the shape of a lock."""
    shaping = ("UV_FIND_LINKS", "UV_EMIT_INDEX_URL", "UV_EMIT_FIND_LINKS", "UV_NO_BINARY")
    return {name: value for name, value in os.environ.items() if name not in shaping}


def refuse_addresses(lock: Path) -> None:
    """Stop when a lock names a place, which would hold for one machine only."""
    lines = [line for line in lock.read_text("utf-8").splitlines() if ADDRESS.search(line)]
    if lines:
        sys.exit("\n".join([f"{lock.name} names places:", *lines]))


if __name__ == "__main__":
    main()
