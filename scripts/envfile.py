"""The `.env` of a developer's checkout: made once, by `make run`, and never written again."""

import os
import secrets
import sys
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from config.environment import values_in  # noqa: E402 -- needs the path above

PATH = ROOT / ".env"
TEXT = """\
# What `make run` and `manage.py` run with in this checkout, for development only. Made by the first
# `make run`, never overwritten; what the environment says goes before it. docs/configuration.md
"""
NEEDED = ("DEBUG", "SECRET_KEY")
LOCAL = {"localhost", "127.0.0.1"}


def made(path: Path, address: str) -> bool:
    """Write the file, its owner's alone, with a secret of its own; False if there is one."""
    lines = [f"{name}={value}\n" for name, value in values(address).items()]
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return False
    with open(descriptor, "w", encoding="utf-8") as file:
        file.write("".join([TEXT, *lines]))
    return True


def values(address: str) -> dict[str, str]:
    """Return what the file of a service at `address` says."""
    return {"DEBUG": "1", "SECRET_KEY": secrets.token_urlsafe(50), "PUBLIC_URL": address}


def missing(path: Path, address: str) -> list[str]:
    """Return the lines that an existing file lacks for `manage.py` to do as `make run` does."""
    wanted = values(address)
    return [f"{name}={wanted[name]}" for name in NEEDED if name not in values_in(path)]


def public_url(path: Path, address: str) -> str:
    """Return the address to write in links: the file's, or `address` where that is this machine.

    The port of another run must not be written, a tunnel or a name in the file must.
    """
    told = values_in(path).get("PUBLIC_URL", address)
    return address if urlsplit(told).hostname in LOCAL else told
