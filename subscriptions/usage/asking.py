"""Which month of its usage an employer asks for."""

from datetime import date

from billing.statements.months import Month

#: No employer has used anything before.
FIRST = Month(date(2020, 1, 1))


def month_named(text: str, today: date) -> Month:
    """Return the month that "2026-11" names, this one without a name.

    Raises ValueError for what is no month, one to come, or one before there was anything to use.
    """
    this = Month.of(today)
    found = Month.parse(text) if text else this
    if not FIRST <= found <= this:
        raise ValueError(text)
    return found
