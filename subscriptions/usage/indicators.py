"""How many of an employer's staff telework, and how often, against the founding study's lines.

Source: study of digital uses in Alsace, phase 2 (2011), § 9.6. Productivity is highest at one or
two days of telework a week; effects on real estate and traffic show once "20 % ou 30 % minimum" of
staff do it. More than two days a week is a sign of somebody on their own, not a success.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from billing.statements.months import Month
from network.models import Organisation
from subscriptions.employers.headcounts import headcount_on
from subscriptions.models import Employee, Headcount
from subscriptions.usage.totals import Usage

#: Per cent of staff from which effects show, and that are wanted.
FIRST_LINE, SECOND_LINE = 20, 30
HUNDRED, DAYS_A_WEEK, MOST_DAYS = 100, 7, 2
#: Of fewer people no share is told: it would tell of one of them.
SMALLEST_GROUP = 5


@dataclass(frozen=True)
class Telework:
    """Who teleworked in a month: people with a day at least, their days, and out of how many.

    `often`: how many of them did so on more than two days a week, on average.
    """

    month: Month
    people: int
    days: int
    often: int
    headcount: Headcount | None

    @property
    def share(self) -> float | None:
        """Return the share of staff who telework, in per cent; None without a headcount."""
        return HUNDRED * self.people / self.headcount.people if self.headcount else None

    @property
    def days_a_week(self) -> float | None:
        """Return the mean days a week of those who telework; None without any."""
        weeks = self.month.last.day / DAYS_A_WEEK
        return self.days / self.people / weeks if self.people else None

    @property
    def is_beyond_staff(self) -> bool:
        """Tell whether more people telework than the headcount says that there are."""
        return self.headcount is not None and self.people > self.headcount.people


def telework_of(employer: Organisation, usage: Usage) -> Telework:
    """Return an employer's indicators by the headcount of the month's last day: one query."""
    return telework(usage, headcount_on(employer, usage.month.last))


def telework(usage: Usage, headcount: Headcount | None) -> Telework:
    """Return the indicators of a month."""
    often = sum(is_often(days, usage.month) for days in usage.days_of_people.values())
    total = usage.total
    return Telework(usage.month, total.people, total.days, often, headcount)


def is_often(days: int, month: Month) -> bool:
    """Tell whether so many days of a month are more than two a week.

    >>> november = Month(date(2026, 11, 1))
    >>> [is_often(days, november) for days in (8, 9)]
    [False, True]
    """
    return days * DAYS_A_WEEK > MOST_DAYS * month.last.day


def sizes_of_teams(employer: Organisation, day: date) -> Mapping[int | None, int]:
    """Return how many people each team of an employer has on a day, by its key: one query."""
    rows = Employee.objects.on(day).filter(organisation=employer, person__isnull=False)
    return Counter(dict(rows.order_by().values_list("team").annotate(people=Count("pk"))))


def share_of_team(people: int, size: int) -> float | None:
    """Return the share of a team's people who telework, in per cent; None of a small team."""
    return min(HUNDRED * people / size, HUNDRED) if size >= SMALLEST_GROUP else None
