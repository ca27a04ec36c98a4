"""What a worker does now and then for packages. They register theirs in a module `regularly`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Regular:
    """What is done every so many seconds, told the time. Several workers may do it at once."""

    every_s: float
    act: Callable[[datetime], object]


REGULAR: list[Regular] = []


def register(every_s: float, act: Callable[[datetime], object]) -> None:
    """Have workers do `act` every so many seconds, and as soon as they start."""
    REGULAR.append(Regular(every_s, act))
