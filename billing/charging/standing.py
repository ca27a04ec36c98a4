"""The lines of bookings that stand: uses that were charged and not given back. Reads only."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import CharField, QuerySet

from billing.charging.days import Place, Spot, local_date, monday_of
from billing.charging.quotes import HUNDRED, Payer
from billing.models import Charge, Pass
from network.sql import Among, kept

#: What is told of a line beside itself.
READ_WITH = ("site", "spent_pass__account", "operator", "on_account_of")
USE, GIVEN_BACK, LATE = Charge.Kind.USE, Charge.Kind.GIVEN_BACK, Charge.Kind.LATE
#: Everything that tells one line of use from another.
Identity = tuple[object, ...]


@dataclass(frozen=True)
class Standing:
    """A line of use, and what each payer owes for it after its adjustments, in cents."""

    line: Charge
    owed: Counter[Payer] = field(default_factory=Counter)

    @property
    def covered_by(self) -> Pass | None:
        """Return the pass that covers it, if it is not owed in money."""
        return self.line.spent_pass

    @property
    def half_days(self) -> int:
        """Return the half-days of the pass that it took."""
        return self.line.quantity // HUNDRED if self.line.spent_pass_id else 0

    @property
    def place(self) -> Place:
        """Return where it is."""
        assert self.line.site_id is not None
        return self.line.site_id, self.line.space_kind

    @property
    def day(self) -> date:
        """Return the site's day on which it begins."""
        assert self.line.site is not None
        return local_date(starts(self.line), self.line.site)

    @property
    def days(self) -> list[date]:
        """Return the site's days from its first time to its last: of a day's price, that day."""
        assert self.line.site is not None
        assert self.line.ends_at is not None
        last = local_date(self.line.ends_at - timedelta(microseconds=1), self.line.site)
        return [self.day + timedelta(days=n) for n in range((last - self.day).days + 1)]

    @property
    def is_whole(self) -> bool:
        """Tell whether its price reaches from one week into another: it stays as it is."""
        return monday_of(self.days[0]) != monday_of(self.days[-1])

    def is_cover(self, spot: Spot) -> bool:
        """Tell whether it says that a pass covers its booking at a spot."""
        return self.covered_by is not None and Spot(self.place, self.day) == spot

    def is_late(self, now: datetime) -> bool:
        """Tell whether its cancelling is no longer free."""
        return self.line.free_until is not None and self.line.free_until <= now


def starts(line: Charge) -> datetime:
    """Return when the time that a line is for begins."""
    assert line.starts_at is not None
    return line.starts_at


def identity(line: Charge) -> Identity:
    """Return what makes two lines of use the same."""
    return (
        line.subject,
        line.site_id,
        line.space_kind,
        line.starts_at,
        line.ends_at,
        line.duration,
        line.quantity,
        line.unit_price_cents,
        line.amount_cents,
        line.organisation_id,
        line.on_account_of_id,
        line.subsidy_id,
        line.spent_pass_id,
    )


@kept
def lines_of_subjects() -> QuerySet[Charge]:
    """Return all lines of some bookings."""
    some = Among("subject", "subjects", CharField())
    rows = Charge.objects.filter(some).select_related(*READ_WITH)
    return rows.order_by("pk")


def by_subject(lines: Iterable[Charge]) -> dict[str, list[Charge]]:
    """Return lines by their bookings."""
    found: dict[str, list[Charge]] = defaultdict(list)
    for one in lines:
        found[one.subject].append(one)
    return found


def standing(lines: Collection[Charge]) -> dict[str, list[Standing]]:
    """Return what stands of the lines of some bookings, by booking."""
    corrections: Mapping[int | None, list[Charge]] = defaultdict(list)
    for line in lines:
        if line.corrects_id:
            corrections[line.corrects_id].append(line)
    found: dict[str, list[Standing]] = defaultdict(list)
    for line in lines:
        if line.kind == USE and not is_given_back(corrections[line.pk]):
            found[line.subject].append(Standing(line, owed(line, corrections[line.pk])))
    return found


def is_given_back(corrections: Sequence[Charge]) -> bool:
    """Tell whether a line was given back: it is so as a whole."""
    return any(one.kind == GIVEN_BACK for one in corrections)


def owed(line: Charge, corrections: Sequence[Charge]) -> Counter[Payer]:
    """Return what each owes for a line, with what corrected it."""
    total: Counter[Payer] = Counter()
    for one in (line, *corrections):
        total[one.organisation_id] += one.amount_cents
    return total
