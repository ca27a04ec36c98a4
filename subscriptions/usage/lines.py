"""What was used on an employer's account in a month, line by line: days and cost. Reads only.

Charge lines are read without their hours: what comes from here knows days alone, and no unit.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from billing.charging.quotes import HUNDRED
from billing.models import Charge
from billing.models.charges import ChargeQuerySet
from billing.statements.months import Month
from network.models import Organisation
from subscriptions.models import OnAccount
from subscriptions.usage.presence import Presence, days_in

#: The clocks of sites and of the network differ by less.
A_DAY = timedelta(days=1)
FIELDS = (
    *("kind", "subject", "site_id", "site__time_zone", "space_kind"),
    *("starts_at", "quantity", "spent_pass_id", "amount_cents"),
)


class Kept(NamedTuple):
    """Whose a booking is, and of which team and cost centre it was when made, by their keys."""

    person: int | None = None
    team: int | None = None
    cost_centre: int | None = None


class Row(NamedTuple):
    """What is read of a charge line, in the order of `FIELDS`."""

    kind: str
    subject: str
    site: int
    zone: str
    space_kind: str
    starts_at: datetime
    quantity: int
    spent_pass: int | None
    cents: int

    @property
    def on(self) -> date:
        """Return the site's day on which its use begins."""
        return self.starts_at.astimezone(ZoneInfo(self.zone)).date()

    @property
    def half_days(self) -> int:
        """Return the half-days of credits that it takes; below zero those that it gives back."""
        sign = -1 if self.kind == Charge.Kind.GIVEN_BACK else 1
        return sign * self.quantity // HUNDRED if self.spent_pass else 0


@dataclass(frozen=True, kw_only=True)
class Used:
    """A day that a booking took, or what it cost: half-days of credits, and cents owed.

    What costs is no day, and a day costs nothing: of a week's price no day has a part. `on` is the
    day that was used, or on which begins what is paid for.
    """

    subject: str
    kept: Kept
    site: int
    space_kind: str
    on: date
    is_day: bool = False
    half_days: int = 0
    cents: int = 0

    @property
    def whose(self) -> int | str:
        """Return whose it is: of who closed their account that of the booking alone."""
        return self.kept.person or self.subject


def used_in(employer: Organisation, month: Month) -> Iterator[Used]:
    """Yield the days that were used on an employer's account in a month, and what they cost.

    Three queries, whatever was used. What costs belongs to the month in which its use begins,
    whenever it was booked; what is cancelled is no day, and its late share a cost.
    """
    kept = kept_of(employer)
    for day in days_in(employer, month):
        yield day_used(day, kept)
    for told in lines_around(employer, month).values_list(*FIELDS).iterator():
        row = Row(*told)
        if row.on in month and (row.half_days or row.cents):
            yield cost(row, kept)


def kept_of(employer: Organisation) -> Mapping[str, Kept]:
    """Return whose and of what all bookings on an employer's account are, by their references."""
    rows = OnAccount.objects.filter(organisation=employer)
    told = rows.values_list("subject", "person_id", "team_id", "cost_centre_id").iterator()
    return {subject: Kept(*of) for subject, *of in told}


def lines_around(employer: Organisation, month: Month) -> ChargeQuerySet:
    """Return the lines on an employer's account that may be of a month, in their order."""
    span = month.interval
    rows = Charge.objects.filter(
        on_account_of=employer,
        site__isnull=False,
        starts_at__gte=span.starts_at - A_DAY,
        starts_at__lt=span.ends_at + A_DAY,
    )
    return rows.order_by("pk")


def day_used(one: Presence, kept: Mapping[str, Kept]) -> Used:
    """Return a day that a booking took."""
    return Used(
        subject=one.subject,
        kept=kept.get(one.subject, Kept()),
        site=one.site,
        space_kind=one.space_kind,
        on=one.day,
        is_day=True,
    )


def cost(row: Row, kept: Mapping[str, Kept]) -> Used:
    """Return what a charge line comes to."""
    return Used(
        subject=row.subject,
        kept=kept.get(row.subject, Kept()),
        site=row.site,
        space_kind=row.space_kind,
        on=row.on,
        half_days=row.half_days,
        cents=row.cents,
    )
