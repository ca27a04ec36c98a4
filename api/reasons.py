"""What is wrong with a part of a request, in our words: pydantic's own are English alone."""

from collections.abc import Mapping
from typing import Any, get_args

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from pydantic_core.core_schema import ErrorType

OBJECT = _("Send an object.")
WHOLE_NUMBER = _("Send a whole number.")
NUMBER = _("Send a number.")
TEXT = _("Send a text.")
DAY = _("Send a day as 2026-11-24.")
CHOICE = _("Send one of these: %(expected)s.")
#: Said of a kind that is not below: a test sees to it that our schemas raise none.
OTHERWISE = _("This is not as documented.")

#: Pydantic's kind of error → what we say, with the values that it tells of that kind.
REASONS: dict[str, Promise] = {
    "missing": _("This is missing."),
    "extra_forbidden": _("There is no such name here."),
    "model_type": OBJECT,
    "model_attributes_type": OBJECT,
    "int_type": WHOLE_NUMBER,
    "int_parsing": WHOLE_NUMBER,
    "int_from_float": WHOLE_NUMBER,
    "int_parsing_size": _("This number is too large."),
    "float_type": NUMBER,
    "float_parsing": NUMBER,
    "greater_than": _("Send a number above %(gt)s."),
    "greater_than_equal": _("Send a number of at least %(ge)s."),
    "less_than_equal": _("Send a number of at most %(le)s."),
    "string_type": TEXT,
    "string_unicode": _("The text holds a character that cannot be kept."),
    "string_too_short": ngettext_lazy(
        "Send at least %(min_length)d character.",
        "Send at least %(min_length)d characters.",
        "min_length",
    ),
    "string_too_long": ngettext_lazy(
        "Send at most %(max_length)d character.",
        "Send at most %(max_length)d characters.",
        "max_length",
    ),
    "string_pattern_mismatch": _("This is not written as documented: %(pattern)s."),
    "date_type": DAY,
    "date_parsing": DAY,
    "date_from_datetime_parsing": DAY,
    "date_from_datetime_inexact": DAY,
    "list_type": _("Send a list."),
    "too_short": ngettext_lazy(
        "List at least %(min_length)d item.",
        "List at least %(min_length)d items.",
        "min_length",
    ),
    "too_long": ngettext_lazy(
        "List at most %(max_length)d item.", "List at most %(max_length)d items.", "max_length"
    ),
    "enum": CHOICE,
    "literal_error": CHOICE,
}
PYDANTICS = frozenset(get_args(ErrorType))


def reason(error: Mapping[str, Any]) -> str:
    """Return what is wrong, in the reader's language; `error` is one of ninja's ValidationError."""
    if error["type"] not in PYDANTICS or error.get("is_ours"):
        return str(error["msg"])
    said = REASONS.get(error["type"], OTHERWISE)
    return str(said % told(error.get("ctx", {})))


def told(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values that an error tells; of choices only a comma between: "or" is English."""
    shown = dict(values)
    if "expected" in shown:
        shown["expected"] = str(shown["expected"]).replace(" or ", ", ")
    return shown
