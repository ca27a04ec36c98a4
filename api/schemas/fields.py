"""Types of what is sent: each refuses in words what the domain could not read."""

import math
import re
from datetime import UTC, date, datetime
from typing import Annotated, Any

from django.utils.translation import gettext as _
from ninja import Path, Schema
from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    PlainValidator,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from network.rules import ODD_CHARACTERS, holds_odd_characters, is_in_calendar
from network.text import public_words
from sites.geo import Point

#: The largest id a table may give.
MOST_ID = 2**63 - 1
#: The largest number a small integer keeps.
MOST_SEATS = 2**15 - 1
INSTANT = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(?P<offset>Z|[+-]\d\d:\d\d)?",
    re.ASCII | re.IGNORECASE,
)
DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
LATITUDE = r"-?(90(\.0{1,15})?|[1-8]?[0-9](\.[0-9]{1,15})?)"
LONGITUDE = r"-?(180(\.0{1,15})?|(1[0-7][0-9]|[1-9]?[0-9])(\.[0-9]{1,15})?)"
REFERENCE = "^[0-9A-HJKMNP-TV-Z]{10}$"
NEAR = f"{LATITUDE},{LONGITUDE}"


class In(Schema):
    """What is sent: an unknown name is refused, not ignored."""

    model_config = ConfigDict(extra="forbid")


def read_instant(value: Any) -> datetime:
    """Read an ISO 8601 instant with its offset, as UTC.

    In an address an unescaped "+" arrives as a space, which can mean nothing else there.
    """
    text = value.replace(" ", "+").upper() if isinstance(value, str) else ""
    found = INSTANT.fullmatch(text)
    if not found:
        raise PydanticCustomError("instant", _("Write an instant as 2026-11-24T09:00:00+01:00."))
    if not found["offset"]:
        raise PydanticCustomError(
            "naive_instant", _("Add the offset from UTC, e.g. 2026-11-24T09:00:00+01:00.")
        )
    try:
        instant = datetime.fromisoformat(text).astimezone(UTC)
    except OverflowError as error:
        raise out_of_calendar() from error
    except ValueError as error:
        raise PydanticCustomError("instant", _("There is no such date or time.")) from error
    if not is_in_calendar(instant):
        raise out_of_calendar()
    return instant


def read_day(value: Any) -> date:
    """Read an ISO 8601 day."""
    if not isinstance(value, str) or not DAY.fullmatch(value):
        raise PydanticCustomError("day", _("Write a day as 2026-11-24."))
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise PydanticCustomError("day", _("There is no such date or time.")) from error


def out_of_calendar() -> PydanticCustomError:
    """Return the refusal of a year that nobody books in."""
    return PydanticCustomError("out_of_calendar", _("No booking can be had in that year."))


def read_near(value: Any) -> Point:
    """Read "latitude,longitude" in decimal degrees."""
    if not isinstance(value, str) or not re.fullmatch(NEAR, value):
        raise PydanticCustomError(
            "near", _("Write a place as latitude,longitude, e.g. 48.3427,7.3029.")
        )
    latitude, longitude = value.split(",")
    return Point(float(latitude), float(longitude))


def refuse_odd_characters(text: str) -> str:
    """Refuse what nobody writes and no database, mail or calendar can keep."""
    if holds_odd_characters(text):
        raise PydanticCustomError("text", _("The text holds a character that cannot be kept."))
    return text


class Readable:
    """Says in the JSON schema which characters are refused."""

    def __get_pydantic_json_schema__(self, schema: Any, handler: GetJsonSchemaHandler) -> Any:
        return {**handler(schema), "pattern": f"^[^{ODD_CHARACTERS}]*$"}


def refuse_infinite(number: float) -> float:
    """Refuse what JSON cannot say."""
    if not math.isfinite(number):
        raise PydanticCustomError("number", _("This is not a number."))
    return number


def integral(value: Any) -> Any:
    """Return 1 for 1.0: to JSON Schema both are the same integer."""
    is_integer = isinstance(value, float) and value.is_integer()
    return int(value) if is_integer else value


Instant = Annotated[
    datetime,
    BeforeValidator(read_instant),
    WithJsonSchema(
        {"type": "string", "format": "date-time", "examples": ["2026-11-24T09:00:00+01:00"]}
    ),
]
DayIn = Annotated[
    date,
    BeforeValidator(read_day),
    WithJsonSchema({"type": "string", "format": "date", "examples": ["2026-11-24"]}),
]
Near = Annotated[
    Point,
    PlainValidator(read_near),
    WithJsonSchema({"type": "string", "pattern": f"^{NEAR}$", "examples": ["48.3427,7.3029"]}),
]
Text = Annotated[str, AfterValidator(refuse_odd_characters), Readable()]
#: What others read; where nothing can be read nothing was written.
Words = Annotated[Text, AfterValidator(public_words)]
Radius = Annotated[float, Field(gt=0, le=20_100), AfterValidator(refuse_infinite)]
# Integers of a body: neither "1" nor true is one. What an address holds is text, which `int` reads.
Id = Annotated[int, Field(strict=True, ge=1, le=MOST_ID), BeforeValidator(integral)]
Seats = Annotated[int, Field(strict=True, ge=1, le=MOST_SEATS), BeforeValidator(integral)]
Amount = Annotated[int, Field(strict=True, ge=0), BeforeValidator(integral)]
Difference = Annotated[int, Field(strict=True), BeforeValidator(integral)]
AmountText = Annotated[int, Field(ge=0)]
People = Annotated[int, Field(ge=1, le=MOST_SEATS)]
Limit = Annotated[int, Field(ge=1, le=500)]
Slug = Annotated[str, Path(max_length=50, pattern=r"^[A-Za-z0-9_-]+$")]
Reference = Annotated[str, Path(min_length=10, max_length=10, pattern=REFERENCE)]
Key = Annotated[str, Field(min_length=1, max_length=255, pattern="^[!-~]+$")]
