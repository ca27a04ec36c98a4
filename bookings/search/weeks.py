"""The week around a day, as the date strip draws it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

DAYS_OF_WEEK = 7
#: How many units are free on each day counted; None where everything is shut.
FreeByDay = Mapping[date, int | None]


def week_of(day: date) -> list[date]:
    """Return Monday to Sunday of the week that `day` is in."""
    monday = day - timedelta(days=day.weekday())
    return [monday + timedelta(days=number) for number in range(DAYS_OF_WEEK)]


def week_strip(
    chosen: Sequence[date],
    today: date,
    address: Callable[[date], str],
    free: FreeByDay | None = None,
) -> dict[str, object]:
    """Return the week of the first of `chosen`: a link to each day that is not over."""
    days = week_of(chosen[0])
    before = max(days[0] - timedelta(days=DAYS_OF_WEEK), today)
    return {
        "days": [
            {
                "date": day,
                "href": address(day) if day >= today else "",
                "free": free.get(day) if free else None,
                "is_closed": free is not None and day in free and free[day] is None,
                "is_selected": day in chosen,
                "is_today": day == today,
            }
            for day in days
        ],
        "previous_href": address(before) if days[0] > today else "",
        "next_href": address(days[-1] + timedelta(days=1)),
    }
