"""Choices that tell how many sites each would leave: marked when drawn, and filled in for a search.

What is drawn of a form is the same for many searches and kept; their figures are not.
"""

import re
from collections.abc import Callable
from typing import Any

from django import forms

#: In the attributes of a choice, and behind its words: whose figure belongs there.
MARKED = re.compile(r' data-of="(\w+)=([^"]*)"|\[\[(\w+)=([^]]*)\]\]')
#: Of a field and its value: what follows the words, and whether it cannot be chosen.
Told = Callable[[str, str], tuple[str, bool]]


def mark(name: str, value: object) -> str:
    """Return what stands behind the words of a choice until its figure is known."""
    return f"[[{name}={value}]]"


class Counted(forms.widgets.ChoiceWidget):
    """Choices each with its figure."""

    def create_option(self, name: str, value: Any, label: Any, *rest: Any, **more: Any) -> Any:
        """Return a choice with its marks."""
        marked = super().create_option(name, value, f"{label}{mark(name, value)}", *rest, **more)
        marked["attrs"]["data-of"] = f"{name}={value}"
        return marked


class CheckboxSelectMultiple(Counted, forms.CheckboxSelectMultiple):
    """Boxes to tick."""


class Select(Counted, forms.Select):
    """A list of which one is chosen."""


class CheckboxInput(forms.CheckboxInput):
    """One box to tick; the figure stands behind its label, which the form marks."""

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Return what is drawn, with the mark of its attributes."""
        return super().get_context(name, value, {**(attrs or {}), "data-of": f"{name}="})


def filled(drawn: str, told: Told) -> str:
    """Return what was drawn with its figures, and what cannot be chosen so marked."""

    def figure(found: re.Match[str]) -> str:
        if found[1]:
            return " disabled" if told(found[1], found[2])[1] else ""
        return told(found[3], found[4])[0]

    return MARKED.sub(figure, drawn)
