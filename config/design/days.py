"""A day of the week strip, written: pages of searches and sites have seven of them each."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import pgettext

from config.design.controls import written
from config.design.pieces import attributes, classes, day_mark, icon
from network.wording import worded_once
from sites.templatetags.when import day_words

register = template.Library()


@register.simple_tag
def draw_day(day: Mapping[str, Any]) -> SafeString:
    """Return a day of date_strip.html: a link where it can be picked."""
    mark = day_mark(day.get("count"), day.get("is_past", False))
    name = "a" if day.get("href") else "span"
    told = attributes(href=day.get("href"), aria_current="date" if day.get("is_today") else None)
    css = classes("day", mark["state"], is_chosen=day.get("is_selected"))
    return SafeString(f'<{name} class="{css}"{told}>{" ".join(lines(day, mark))}</{name}>')


def lines(day: Mapping[str, Any], mark: Mapping[str, str]) -> Iterator[str]:
    """Yield the day in words and as it is seen, then what there is."""
    words, weekday = names(day["date"])
    yield hidden(f"{words}, ")
    if day.get("is_selected"):
        yield hidden(f"{pgettext('day', 'chosen')}, ")
    yield f'<small aria-hidden="true">{weekday}</small>'
    yield f'<b aria-hidden="true">{day["date"].day}</b>'
    sign = icon(mark["icon"]) if mark["icon"] else ""
    yield f'<small class="places">{sign}{written(mark["text"])}</small>'
    if mark.get("part"):
        yield f'<small class="part">{written(mark["part"])}</small>'
    if mark.get("label"):
        yield hidden(mark["label"])


@worded_once
def names(day: date) -> tuple[str, str]:
    """Return a day in words, and how its weekday is called in short."""
    return day_words(day), date_format(day, "D")


def hidden(words: str) -> str:
    """Return words that only screen readers say."""
    return f'<span class="visually-hidden">{written(words)}</span>'
