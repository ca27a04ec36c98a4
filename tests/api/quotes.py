"""What tests of quotes ask: a time of Friday."""

from datetime import date, timedelta
from typing import Any

from sites.models import Space
from tests.factories import TUESDAY, interval

FRIDAY = TUESDAY + timedelta(days=3)
MORNING = interval(FRIDAY, "08:00", "13:00")


def asked(
    space: Space, starts: str = "08:00", ends: str = "13:00", day: date = FRIDAY, **fields: Any
) -> dict[str, Any]:
    """Return a body that asks for a time of Friday."""
    return {
        "space": space.pk,
        "starts_at": f"{day}T{starts}:00+01:00",
        "ends_at": f"{day}T{ends}:00+01:00",
    } | fields
