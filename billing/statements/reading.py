"""A statement: the lines of a month, and what the ledger moved for them. Reads only."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Case, F, Max, Q, Sum, When
from django.utils import timezone

from billing.models import Charge, Transfer
from billing.prices.vat import Regime, net_cents, shared_nets, tax_cents
from billing.statements.corrections import Correction, correcting, corrections_of
from billing.statements.months import Month
from billing.statements.parties import Party

#: The organisations that may owe a line.
PAYERS = ("organisation", "on_account_of")


@dataclass(frozen=True)
class Tax:
    """What some lines come to, of one issuer's regime and rate. Cents."""

    operator: str
    regime: Regime
    rate: int
    gross_cents: int

    @property
    def net_cents(self) -> int:
        """Return what is left once the tax is out."""
        return net_cents(self.gross_cents, self.rate)

    @property
    def tax_cents(self) -> int:
        """Return the tax."""
        return tax_cents(self.gross_cents, self.rate)

    @property
    def amounts(self) -> tuple[int, int, int]:
        """Return them as they add up: without the tax, the tax, with it."""
        return self.net_cents, self.tax_cents, self.gross_cents


@dataclass(frozen=True)
class Statement:
    """The lines of a month, oldest first, what stood before, and what the ledger moved.

    `corrections` are of passes, in half-days: they move no money. Cents, VAT included: what a
    customer owes, or what an operator earned, above zero.
    """

    party: Party
    month: Month
    lines: Sequence[Charge]
    before_cents: int
    moved_cents: int
    corrections: Sequence[Correction] = ()

    @cached_property
    def total_cents(self) -> int:
        """Return what the lines add up to."""
        return total(self.lines)

    @property
    def after_cents(self) -> int:
        """Return what stands at the end of the month."""
        return self.before_cents + self.moved_cents

    @cached_property
    def by_rate(self) -> Mapping[tuple[int, str, int], Sequence[Charge]]:
        """Return the lines by issuer, regime and rate, in the order they come in."""
        found = defaultdict(list)
        for line in self.lines:
            found[line.operator_id, line.vat_regime, line.vat_rate].append(line)
        return found

    @property
    def taxes(self) -> list[Tax]:
        """Return the lines' sums by issuer, regime and rate: of each the tax is rounded once."""
        return [
            Tax(lines[0].operator.name, Regime(regime), rate, total(lines))
            for (_operator, regime, rate), lines in self.by_rate.items()
        ]

    @cached_property
    def nets(self) -> list[int]:
        """Return what each line is without VAT, in their order; they add up to those of `taxes`."""
        found: dict[int, int] = {}
        for (_operator, _regime, rate), lines in self.by_rate.items():
            nets = shared_nets([line.amount_cents for line in lines], rate)
            found |= {line.pk: net for line, net in zip(lines, nets, strict=True)}
        return [found[line.pk] for line in self.lines]

    @cached_property
    def days(self) -> Mapping[date, Sequence[Charge]]:
        """Return the lines by the day they were written."""
        found = defaultdict(list)
        for line in self.lines:
            found[written_on(line)].append(line)
        return found


def written_on(line: Charge | Transfer) -> date:
    """Return the day that a line, or a row of the ledger, was written, by the network's clocks."""
    return timezone.localdate(line.made_at)


def total(lines: Iterable[Charge]) -> int:
    """Return what some lines add up to."""
    return sum(line.amount_cents for line in lines)


def statement(party: Party, month: Month) -> Statement:
    """Return a party's statement of a month: three queries."""
    span = month.interval
    lines = party.lines.filter(made_at__gte=span.starts_at, made_at__lt=span.ends_at)
    rows = lines.select_related("operator", "site", "person", *PAYERS, "spent_pass")
    before, moved = moved_cents(party, month)
    corrections = list(corrections_of(party, span))
    return Statement(party, month, list(rows.order_by("made_at", "pk")), before, moved, corrections)


def moved_cents(party: Party, month: Month) -> tuple[int, int]:
    """Return what a party's account came to before a month, and within it, as the ledger says.

    What a customer owes left their account: it is told above zero.
    """
    span = month.interval
    into = Q(target__in=party.accounts)
    signed = Case(When(into, then=F("amount")), default=-F("amount"))
    rows = Transfer.objects.moving().filter(into | Q(source__in=party.accounts))
    told = rows.filter(made_at__lt=span.ends_at).aggregate(
        before=Sum(signed, filter=Q(made_at__lt=span.starts_at)),
        moved=Sum(signed, filter=Q(made_at__gte=span.starts_at)),
    )
    sign = 1 if party.is_operator else -1
    return sign * (told["before"] or 0), sign * (told["moved"] or 0)


def month_before(party: Party, month: Month) -> Month | None:
    """Return the last month before one that has lines: one query."""
    lines = party.lines.filter(made_at__lt=month.interval.starts_at)
    last = lines.aggregate(last=Max("made_at"))["last"]
    return Month.of(timezone.localdate(last)) if last else None


def owed_now(party: Party) -> int:
    """Return what a customer owes in all, as the ledger says: one query."""
    rows = Transfer.objects.moving()
    went, came = Q(source__in=party.accounts), Q(target__in=party.accounts)
    told = rows.filter(went | came).aggregate(
        went=Sum("amount", filter=went), came=Sum("amount", filter=came)
    )
    return (told["went"] or 0) - (told["came"] or 0)


def months_of(party: Party) -> list[Month]:
    """Return the months that have lines or corrections, the last first: two queries."""
    every = (party.lines, correcting(party))
    found = {instant for rows in every for instant in rows.datetimes("made_at", "month")}
    return sorted((Month.of(instant.date()) for instant in found), reverse=True)
