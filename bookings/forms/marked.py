"""Controls of a form that is drawn once for many searches: what differs is marked, and filled in.

A control marks its choices only where its form wants it; elsewhere it is as Django draws it.
"""

import re
from collections.abc import Callable, Container
from functools import lru_cache
from typing import Any

from django import forms

#: In attributes and in text: by which name something is told, and of what.
MARKED = re.compile(r' data-of="(\w+):([^"]*)"|\[\[(\w+):([^]]*)\]\]')
#: Tells what stands where such a mark is.
Tell = Callable[[str, str], str]


def mark(name: str, of: object = "") -> str:
    """Return what stands where `name` is to be told, of a field or another thing."""
    return f"[[{name}:{of}]]"


class Marking(forms.Widget):
    """A control that can mark what its choices are like in each search."""

    is_marked = False

    def marks(self, of: str) -> dict[str, str]:
        """Return the attribute that stands where the state of a choice is to be told."""
        return {"data-of": f"state:{of}"} if self.is_marked else {}


class Choosing(Marking, forms.widgets.ChoiceWidget):
    """Choices each with a state and, where they are counted, a figure."""

    def __init__(self, *rest: Any, is_counted: bool = True, **options: Any) -> None:
        super().__init__(*rest, **options)
        self.is_counted = is_counted

    def create_option(self, name: str, value: Any, label: Any, *rest: Any, **more: Any) -> Any:
        """Return a choice with its marks."""
        of = f"{name}={value}"
        if self.is_marked and self.is_counted:
            label = f"{label}{mark('figure', of)}"
        option = super().create_option(name, value, label, *rest, **more)
        if self.is_marked:
            # Chosen because nothing is: which it is in a search, its mark will tell.
            option["attrs"] = without(self.checked_attribute, option["attrs"]) | self.marks(of)
        return option


def without(names: Container[str], attributes: dict[str, Any]) -> dict[str, Any]:
    """Return the attributes but those of some names."""
    return {name: value for name, value in attributes.items() if name not in names}


class CheckboxSelectMultiple(Choosing, forms.CheckboxSelectMultiple):
    """Boxes to tick."""


class Select(Choosing, forms.Select):
    """A list of which one is chosen."""


class CheckboxInput(Marking, forms.CheckboxInput):
    """One box to tick; the figure stands behind its label, which the form marks."""

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Return what is drawn, with the mark of its attributes."""
        return super().get_context(name, value, {**(attrs or {}), **self.marks(f"{name}=")})


def filled(drawn: str, tell: Tell) -> str:
    """Return what was drawn with all that was marked in it told."""
    text, *rest = pieces(drawn)
    told = [text]
    for name, of, text in zip(rest[::3], rest[1::3], rest[2::3], strict=True):
        told += (tell(name, of), text)
    return "".join(told)


# Of each language and kind of space one is drawn a minute.
@lru_cache(maxsize=64)
def pieces(drawn: str) -> tuple[str, ...]:
    """Return text, then by turns the name of a mark, what it is of, and the text behind it."""
    found: list[str | None] = MARKED.split(drawn)
    return tuple(one for one in found if one is not None)
