"""What an employer's rules say of a booking on its account, and what its totals keep of it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from billing.charging.days import local_date, monday_of
from billing.charging.draft import Adjustment
from billing.charging.quotes import CUSTOMER, Use
from billing.charging.settling import Settlement
from billing.charging.standing import Standing, lines_of_subjects, standing
from bookings.models import Allocation, Booking
from sites.intervals import Interval, envelope
from sites.models import Site
from sites.rules import local_day, split_at_midnights
from subscriptions.accounts import employee_of, refuse_overage
from subscriptions.models import Employee, OnAccount
from subscriptions.teams.asking import refuse_unless_approved, verdict
from subscriptions.teams.rules import Asked


@dataclass(frozen=True, kw_only=True)
class Step:
    """What a booking on an employer's account is to be: what it uses, the lines that stand then."""

    booking: Booking
    use: Use
    lines: Sequence[Standing]
    now: datetime
    adjusted: Sequence[Adjustment] = ()
    is_approved: bool = False

    @property
    def cents(self) -> Counter[date]:
        """Return what the employer would owe, by the day on which each line begins."""
        found: Counter[date] = Counter()
        for one in self.lines:
            found[one.day] += one.owed[CUSTOMER]
        for line, payer, cents in self.adjusted:
            found[Standing(line).day] += cents if payer == CUSTOMER else 0
        return found

    @property
    def asked(self) -> Asked:
        """Return what rules are asked about."""
        days = local_days(self.use.intervals, self.use.site)
        return Asked(
            site=self.use.site,
            kind=self.use.kind,
            days=days,
            cents=self.cents,
            subject=self.booking.reference,
            days_beside=days_beside(self.booking, days),
        )


def on_account(step: Step) -> OnAccount:
    """Return what is kept of a new booking for its employer's totals, if its rules let it be made.

    Raises NotOnAccount, RuleRefused, ToBeApproved.
    """
    employee = judge(step)
    return OnAccount(
        subject=step.booking.reference,
        organisation_id=employee.organisation_id,
        person=step.booking.person,
        team_id=employee.team_id,
        cost_centre_id=employee.cost_centre_id,
        made_at=step.now,
    )


def judge(step: Step) -> Employee:
    """Return whose booking it is, if the employer's rules let it be so. Raises what they raise."""
    employee = employee_of(step.booking.person, step.booking.organisation_id, step.now)
    asked = step.asked
    if asked.price_cents:
        refuse_overage(employee, step.now)
    said = verdict(employee=employee, asked=asked, now=step.now)
    said.refuse()
    if not step.is_approved:
        refuse_unless_approved(said)
    return employee


def new_step(booking: Booking, use: Use, settled: Settlement, now: datetime) -> Step:
    """Return the step of a booking that is about to be made."""
    lines, adjusted = settled.draft.own_new, settled.draft.own_adjusted
    return Step(booking=booking, use=use, lines=lines, adjusted=adjusted, now=now)


def changed_step(booking: Booking, use: Use, settled: Settlement, now: datetime) -> Step:
    """Return the step of a booking that is about to become another: with the lines that stay."""
    there = standing(lines_of_subjects().read(subjects=[booking.reference]))
    dropped = {one.line.pk for one in settled.draft.own_drops}
    kept = [one for one in there.get(booking.reference, ()) if one.line.pk not in dropped]
    lines = [*kept, *settled.draft.own_new]
    adjusted = settled.draft.own_adjusted
    return Step(booking=booking, use=use, lines=lines, adjusted=adjusted, now=now)


def local_days(times: Iterable[Interval], site: Site) -> frozenset[date]:
    """Return the days of a site on which some times are."""
    parts = (part for one in times for part in split_at_midnights(one, site.zone))
    return frozenset(local_date(one.starts_at, site) for one in parts)


def days_beside(booking: Booking, days: frozenset[date]) -> frozenset[date]:
    """Return the days of the same weeks that its person has on the same account; one query.

    By the clocks of its site.
    """
    zone = booking.site.zone
    first, last = monday_of(min(days)), monday_of(max(days)) + timedelta(days=6)
    window = envelope([local_day(first, zone), local_day(last, zone)])
    rows = Allocation.objects.held_by(booking.person, after=window.starts_at)
    mine = rows.filter(booking__organisation=booking.organisation_id, starts_at__lt=window.ends_at)
    times = mine.exclude(booking=booking.pk).values_list("starts_at", "ends_at")
    return local_days((Interval(*one) for one in times), booking.site)
