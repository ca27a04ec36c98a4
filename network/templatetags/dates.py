"""Days and times of day in words, in the active language, and what keeps each on one line."""

from datetime import date, datetime
from typing import TypeVar

from django import template
from django.utils.formats import date_format
from django.utils.timezone import is_aware, localtime
from django.utils.translation import get_language

from network.wording import worded_once

register = template.Library()

Day = TypeVar("Day", date, datetime)

#: Keeps "9 h" and "6 km" on one line.
GLUE = "\u00a0"
#: A line may end after a dash, even before a no-break space, which then indents the next line.
JOINER = "\N{WORD JOINER}"
JOINT = f"{GLUE}–{JOINER}{GLUE}"
#: Said once of German hours, at their end.
O_CLOCK = f"{GLUE}Uhr"


def is_french() -> bool:
    """Tell whether the words are for a French reader."""
    return (get_language() or "").startswith("fr")


def is_german() -> bool:
    """Tell whether the words are for a German reader."""
    return (get_language() or "").startswith("de")


def clock(hour: int, minute: int) -> str:
    """Return a time of day: "9 h", "12 h 30"; in German "9 Uhr", "12:30 Uhr"; in English "9:00"."""
    if is_french():
        return f"{hour}{GLUE}h{GLUE}{minute:02}" if minute else f"{hour}{GLUE}h"
    if is_german():
        return f"{hour}:{minute:02}{O_CLOCK}" if minute else f"{hour}{O_CLOCK}"
    return f"{hour}:{minute:02}"


def hour_range(start: str, end: str) -> str:
    """Return two times as "9 h – 12 h 30" or "9–12:30 Uhr", which no line breaks."""
    if is_german():
        return f"{start.removesuffix(O_CLOCK)}–{JOINER}{end}"
    return f"{start}{JOINT}{end}"


@register.filter
@worded_once
def foldable(words: str) -> str:
    """Return `words` with hours that a box too narrow for them may fold, after dash or at "Uhr".

    The dash stays with the first hour: alone on a line, or before the second, it reads as minus.
    """
    if is_german():
        return words.replace(JOINER, "\N{ZERO WIDTH SPACE}").replace(O_CLOCK, " Uhr")
    return words.replace(JOINT, f"{GLUE}– ")


def day_number(day: date) -> str:
    """Return the number of a day in its month: "24"; "1ᵉʳ" for the French first; German "24."."""
    if is_french() and day.day == 1:
        return "1ᵉʳ"
    return f"{day.day}." if is_german() else str(day.day)


@register.filter
def day_of_week(day: date) -> str:
    """Return "mardi 24", "Dienstag, 24." or "Tuesday 24", where the month is not in doubt."""
    return weekday_words(plain_day(day))


def plain_day(day: date) -> date:
    """Return the day without a time: moments of two zones are equal, their days may differ."""
    return date(day.year, day.month, day.day)


@worded_once
def weekday_words(day: date) -> str:
    """Return the same of a plain day."""
    return f"{date_format(day, 'l')}{',' if is_german() else ''} {day_number(day)}"


@register.filter(expects_localtime=True)
def date_words(day: date) -> str:
    """Return "24 novembre 2026" (an instant counts as the day it is in the reader's zone)."""
    day = readers(day)
    return f"{day_number(day)} {date_format(day, 'F Y')}"


@register.filter(expects_localtime=True)
def moment_words(instant: datetime) -> str:
    """Return "24 novembre 2026, 9 h 30", by the clocks of the reader's zone."""
    local = readers(instant)
    return f"{date_words(local)}, {clock(local.hour, local.minute)}"


def readers(day: Day) -> Day:
    """Return an instant by the clocks of the reader's zone, which only templates do unasked."""
    return localtime(day) if isinstance(day, datetime) and is_aware(day) else day
