"""Cursors: where the next page starts, signed so that nobody makes one up."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.core import signing
from django.utils.translation import gettext as _
from ninja.errors import ValidationError

CURSOR_SALT = "api.cursor"
Row = TypeVar("Row")


def sealed(listing: str, key: Sequence[Any]) -> str:
    """Return the cursor after the item of `key`, good for `listing` only."""
    return signing.dumps(key, salt=f"{CURSOR_SALT}.{listing}")


def opened(listing: str, cursor: str) -> list[Any]:
    """Return the key in `cursor`. Raises ValidationError for one that we did not make."""
    try:
        key: list[Any] = signing.loads(cursor, salt=f"{CURSOR_SALT}.{listing}")
    except (signing.BadSignature, ValueError) as error:
        wrong = {
            "loc": ("query", "cursor"),
            "type": "cursor",
            "msg": _("This is not a cursor of this list."),
        }
        raise ValidationError([wrong]) from error
    return key


def page_of(
    rows: Sequence[Row], limit: int, listing: str, key: Callable[[Row], Sequence[Any]]
) -> tuple[Sequence[Row], str | None]:
    """Return the first `limit` rows and, when there are more, the cursor after the last of them."""
    if len(rows) <= limit:
        return rows, None
    return rows[:limit], sealed(listing, key(rows[limit - 1]))
