"""The way back from a page, its breadcrumb."""

from typing import Any

from django.urls import reverse

#: Words of a page, and its address.
Step = dict[str, Any]


def step(text: str, page: str, *args: object) -> Step:
    """Return a step of a way: the words of a page, and its address by its name."""
    return {"text": text, "href": reverse(page, args=args)}


def way(*steps: Step, here: str = "") -> list[Step]:
    """Return the steps to a page; the last, or `here` if told, is that page: no link."""
    *before, last = (*steps, {"text": here}) if here else steps
    return [*before, {"text": last["text"]}]
