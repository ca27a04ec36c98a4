"""Reads data files into dataclasses: every key known, every value of its type, or a fault."""

import dataclasses
import tomllib
from collections.abc import Iterable
from enum import Enum
from pathlib import Path
from types import NoneType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from demo.words import Words

T = TypeVar("T")

#: What a value should have been, in the words of a data file.
NAMES = {"str": "a text", "int": "a whole number", "float": "a number", "bool": "true or false"}


class FileFault(Exception):
    """What is wrong in a data file: `place` names the file and the key."""

    def __init__(self, place: str, wrong: str) -> None:
        super().__init__(f"{place}: {wrong}")


def read(wanted: type[T], folder: Path, name: str) -> T:
    """Return what the file `name` of `folder` says, as a `wanted`.

    Raises `FileFault` for a file that is missing or no TOML, an unknown or missing key, and a
    value of another type. Numbers in its words count from one.
    """
    try:
        table = tomllib.loads((folder / name).read_text("utf-8"))
    except FileNotFoundError:
        raise FileFault(name, "there is no such file") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise FileFault(name, str(error)) from error
    found: T = value(wanted, table, name)
    return found


def value(wanted: Any, found: object, place: str) -> Any:
    """Return `found` as a `wanted`: a dataclass, a choice, many of them, or a plain value."""
    if get_origin(wanted) is tuple:
        return many(get_args(wanted)[0], found, place)
    if get_origin(wanted) is dict:
        return by_key(get_args(wanted), found, place)
    if NoneType in get_args(wanted):  # no file says None: it leaves the key out
        return value(get_args(wanted)[0], found, place)
    if wanted is Words and isinstance(found, str):
        return Words(fr=found)
    if dataclasses.is_dataclass(wanted):
        return record(wanted, found, place)
    if issubclass(wanted, Enum):
        return choice(wanted, found, place)
    return plain(wanted, found, place)


def many(wanted: Any, found: object, place: str) -> tuple[Any, ...]:
    """Return each of a list's values as a `wanted`."""
    rows = plain(list, found, place)
    return tuple(value(wanted, row, f"{place} {n}") for n, row in enumerate(rows, start=1))


def by_key(wanted: tuple[Any, ...], found: object, place: str) -> dict[Any, Any]:
    """Return a table whose keys and values are as the pair `wanted` says."""
    rows = plain(dict, found, place)
    key, each = wanted
    return {
        value(key, name, place): value(each, row, f"{place}, {name}") for name, row in rows.items()
    }


def record(wanted: Any, found: object, place: str) -> Any:
    """Return a table as the dataclass `wanted`: its fields are the keys."""
    row = plain(dict, found, place)
    hints = get_type_hints(wanted)
    for key in row:
        if key not in hints:
            raise FileFault(f"{place}, {key}", f"is not a key here; there are {told(hints)}")
    for field in dataclasses.fields(wanted):
        is_needed = field.default is field.default_factory is dataclasses.MISSING
        if field.name not in row and is_needed:
            raise FileFault(f"{place}, {field.name}", "is missing")
    return wanted(**{key: value(hints[key], row[key], f"{place}, {key}") for key in row})


def choice(wanted: type[Enum], found: object, place: str) -> Enum:
    """Return the choice whose name `found` is, in small letters."""
    choices = {one.name.lower(): one for one in wanted}
    name = plain(str, found, place)
    if name not in choices:
        raise FileFault(place, f"{name!r} is not one of {told(choices)}")
    return choices[name]


def plain(wanted: type, found: object, place: str) -> Any:
    """Return `found`, which must be exactly a `wanted`; a whole number is a number too."""
    if wanted is float and type(found) is int:
        return float(found)
    if type(found) is not wanted:
        name = NAMES.get(wanted.__name__, f"a {wanted.__name__}")
        raise FileFault(place, f"is {found!r} and should be {name}")
    return found


def told(names: Iterable[str]) -> str:
    """Return names as the end of a fault's sentence."""
    return ", ".join(sorted(names))
