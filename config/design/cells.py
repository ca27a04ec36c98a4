"""The cells of a day grid, written: a site has dozens of them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django import template
from django.utils.safestring import SafeString

from config.design.controls import written
from config.design.pieces import attributes, hidden_words

register = template.Library()


@register.simple_tag
def draw_heads(hours: Iterable[Mapping[str, Any]]) -> SafeString:
    """Return the hours over the columns, each over as many quarters as it has."""
    return SafeString(
        "".join(f'<td colspan="{one["span"]}">{written(one["text"])}</td>' for one in hours)
    )


@register.simple_tag
def draw_cells(row: Mapping[str, Any]) -> SafeString:
    """Return the cells of a row of day_grid.html: a link in each that can be had."""
    about = hidden_words(f"{row['about']}, ")
    return SafeString("".join(cells(row["cells"], about)))


def cells(drawn: Iterable[Mapping[str, Any]], about: str) -> Iterator[str]:
    """Yield each cell; `about` is what screen readers hear before its link."""
    for cell in drawn:
        words = f"<b>{written(cell['hours'])}</b>"
        if beside := " ".join(told(cell)):
            words += f" <small>{beside}</small>"
        yield f'<td class="{cell["css"]}" colspan="{cell["span"]}">{held(cell, about, words)}</td>'


def told(cell: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is told beside the hours: how many are left or why none is, and the price."""
    if note := cell["note"]:
        yield written(note)
    if price := cell.get("price"):
        yield f"<b>{written(price)}</b>"


def held(cell: Mapping[str, Any], about: str, words: str) -> str:
    """Return the words of a cell as a link, or as what cannot be pressed."""
    if not cell.get("href"):
        return f"<div>{words}</div>"
    ways = attributes(href=cell["href"], data_left=cell.get("left"))
    return f"<a{ways}>{about}{words}</a>"
