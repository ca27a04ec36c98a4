"""The week around a day, as the date strip draws it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

from bookings.search.counting import Count

DAYS_OF_WEEK = 7
#: What there is on each day that was counted.
Counts = Mapping[date, Count]


def week_of(day: date) -> list[date]:
    """Return Monday to Sunday of the week that `day` is in."""
    monday = day - timedelta(days=day.weekday())
    return [monday + timedelta(days=number) for number in range(DAYS_OF_WEEK)]


def week_strip(
    chosen: Sequence[date],
    today: date,
    address: Callable[[date], str],
    counts: Counts | None = None,
) -> dict[str, object]:
    """Return the week of the first of `chosen`: a link to each day that is not over.

    `count` is what there is on that first day, if it was counted.
    """
    days = week_of(chosen[0])
    before = max(days[0] - timedelta(days=DAYS_OF_WEEK), today)
    return {
        "days": [
            {
                "date": day,
                "href": address(day) if day >= today else "",
                "count": counts.get(day) if counts else None,
                "is_past": day < today,
                "is_selected": day in chosen,
                "is_today": day == today,
            }
            for day in days
        ],
        "count": (counts or {}).get(chosen[0]),
        "previous_href": address(before) if days[0] > today else "",
        "next_href": address(days[-1] + timedelta(days=1)),
    }
