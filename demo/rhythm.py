"""How many come on which day: week, seasons, growth, and how early people book."""

from datetime import date
from math import exp

#: Against a Tuesday, from Monday to Sunday: partial telework avoids Wednesday and Friday.
WEEKDAYS = (0.8, 1.0, 0.72, 0.98, 0.5, 0.3, 0.0)
#: School holidays and summer, roughly those of Alsace: (month, day) from, until, and how many come.
DIPS = (
    ((1, 1), (1, 4), 0.3),
    ((2, 12), (2, 26), 0.8),
    ((4, 8), (4, 22), 0.8),
    ((7, 5), (7, 25), 0.7),
    ((7, 26), (8, 23), 0.42),
    ((8, 24), (8, 31), 0.7),
    ((10, 17), (11, 2), 0.75),
    ((12, 20), (12, 31), 0.3),
)
GROWTH_PER_DAY = 0.0014  # a quarter more after six months
BOOKED_TODAY, BOOKED_TOMORROW = 0.95, 0.72
BOOKING_HORIZON = 9.0  # days after which a third as many have booked


def level(day: date, today: date) -> float:
    """Return the share of a Tuesday's people that come on `day`, as known on `today`."""
    return WEEKDAYS[day.weekday()] * season(day) * known(day, today)


def season(day: date) -> float:
    """Return the share of ordinary days that this time of the year sees."""
    moment = (day.month, day.day)
    return next((share for first, last, share in DIPS if first <= moment <= last), 1.0)


def known(day: date, today: date) -> float:
    """Return the growth so far or, of days to come, the share that has booked already."""
    ahead = (day - today).days
    if ahead > 0:
        return BOOKED_TOMORROW * exp(-(ahead - 1) / BOOKING_HORIZON)
    return (BOOKED_TODAY if ahead == 0 else 1.0) * (1.0 + GROWTH_PER_DAY * ahead)
