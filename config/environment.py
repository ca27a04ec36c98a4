"""Reading the environment: a value that cannot be understood is refused by its variable's name."""

import io
import os
import re
from collections import ChainMap
from collections.abc import Callable
from ipaddress import ip_address
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

T = TypeVar("T")
ENGINES = {"django.db.backends.sqlite3", "django.db.backends.postgresql"}

# Mail as files, which a developer's machine can show without a mail server.
environ.Env.EMAIL_SCHEMES["filemail"] = "network.mails.folder.FolderBackend"


class Literal(environ.Env):  # type: ignore[misc]  # django-environ has no types
    """Takes a value as it is: the library takes `$Zq8…` for the name of another variable."""

    def get_value(self, var: str, cast: Any = None, default: Any = None, **_more: Any) -> Any:
        """Return what `var` says, cast, or else `default`."""
        return self.parse_value(self.ENVIRON[var], cast) if var in self.ENVIRON else default


env = Literal()
#: What a file says; the environment itself goes before it.
told_by_file: dict[str, str] = {}
env.ENVIRON = ChainMap(os.environ, told_by_file)
ANSWERS = dict.fromkeys(("1", "true", "yes", "y", "on", "ok"), True) | dict.fromkeys(
    ("0", "false", "no", "n", "off", ""), False
)
LINE = re.compile(r"\s*(#.*)?|(export )?[A-Za-z_]\w*=.*", re.ASCII)


def file(var: str, *, default: Path) -> Path | None:
    """Let the file that `var` names, or `default`, say what the environment does not.

    Return it; None if none is read: `var` is empty or, where it is not set, there is no `default`
    or the environment has a SECRET_KEY. Such an environment is a deployment's and whole: it must
    not be switched to DEBUG by what a developer left in the checkout.
    """
    told_by_file.clear()
    named = os.environ.get(var)
    is_left_out = named is None and ("SECRET_KEY" in os.environ or not default.exists())
    if named == "" or is_left_out:
        return None
    path = default if named is None else Path(named)
    told_by_file.update(values_in(path))
    return path


def values_in(path: Path) -> dict[str, str]:
    """Return the variables that the lines NAME=value of a file set.

    Raises ImproperlyConfigured, which shows no line: it may be secret.
    """
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ImproperlyConfigured(f"{path} cannot be read: {type(error).__name__}.") from None
    for number, line in enumerate(text.splitlines(), 1):
        if not LINE.fullmatch(line):
            raise ImproperlyConfigured(f"{path}: line {number} is not NAME=value.")

    class Lines(environ.Env):  # type: ignore[misc]  # django-environ has no types
        ENVIRON: dict[str, str] = {}

    Lines.read_env(io.StringIO(text))
    return Lines.ENVIRON


def text(var: str, *, default: str) -> str:
    """Return the value of `var`."""
    return str(env.str(var, default=default))


def number(var: str, *, default: int, among: range | None = None) -> int:
    """Return the whole number in `var`, which is one of those."""

    def read() -> int:
        found = int(env.str(var, default=str(default)))
        if among is not None and found not in among:
            raise ValueError(var)
        return found

    return understood(var, read)


def server(var: str) -> str:
    """Return the address of a server by its numbers, with or without a port; empty if not told."""

    def read() -> str:
        found = text(var, default="")
        place = urlsplit(f"//{found}")
        if found and not (ip_address(place.hostname or "") and place.port != 0):
            raise ValueError(var)
        return found

    return understood(var, read)


def is_told(var: str) -> bool:
    """Tell whether `var` is set at all."""
    return var in env.ENVIRON


def secret(var: str, value: str) -> str:
    """Return `value`, a secret that cannot be guessed; refuse another one by the name `var`."""
    is_weak = value.startswith("django-insecure-") or len(value) < 50 or len(set(value)) < 10
    if is_weak:
        raise ImproperlyConfigured(
            f"{var} is weak: set 50 characters of chance or more, for instance"
            " those of python -c 'import secrets; print(secrets.token_urlsafe(50))'."
        )
    return value


def flag(var: str, *, default: bool) -> bool:
    """Tell whether `var` says yes (1, true, yes, on) or no (0, false, no, off, nothing)."""
    return understood(var, lambda: ANSWERS[env.str(var, default=str(default)).strip().lower()])


def words(var: str, *, default: list[str]) -> list[str]:
    """Return the comma-separated words of `var`."""
    return [str(word) for word in env.list(var, default=default)]


def database(var: str, *, default: str) -> dict[str, Any]:
    """Return the connection that the address in `var` describes: SQLite or PostgreSQL."""
    config: dict[str, Any] = understood(var, lambda: env.db(var, default=default))
    if config.get("ENGINE") not in ENGINES or not config.get("NAME"):
        raise ImproperlyConfigured(
            f"{var} is not an address like postgres://user:password@host:5432/name"
            " or sqlite:////path/file.sqlite3."
        )
    return config


def mail(var: str, *, default: str) -> dict[str, Any]:
    """Return Django's EMAIL_… settings that the address in `var` describes."""
    config: dict[str, Any] = understood(var, lambda: env.email(var, default=default))
    return config


def understood(var: str, read: Callable[[], T]) -> T:
    """Return what `read` does; its failure refuses `var`, whose value may be secret, by name."""
    try:
        return read()
    except (ValueError, KeyError, TypeError, ImproperlyConfigured):
        raise ImproperlyConfigured(f"{var} has a value that is not understood.") from None
