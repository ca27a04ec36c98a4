"""The charge lines that are written: each is a row that nobody changes afterwards."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import translation

from billing.charging.covering import Cover
from billing.charging.quotes import HUNDRED, Line, Payer, Quote, Use
from billing.charging.reading import Offer
from billing.charging.standing import Standing
from billing.models import Charge
from billing.prices.durations import Duration
from network.models import User
from sites.intervals import envelope
from sites.models import Space

Kind = Charge.Kind
LONGEST_WORDS = 200


@dataclass(frozen=True, kw_only=True)
class Sale:
    """What all lines of one use at one site share.

    `payer` is the organisation, by its key, on whose account it is.
    """

    reference: str
    person: User
    use: Use
    offer: Offer
    now: datetime
    payer: int | None = None

    def line(self, quote: Quote, starts_at: datetime, **fields: Any) -> Charge:
        """Return a line of use, from an instant on."""
        site, kind, terms = self.use.site, self.use.kind, self.offer.terms
        usual = {
            "kind": Kind.USE,
            "subject": self.reference,
            "operator_id": site.operator_id,
            "site": site,
            "person": self.person,
            "on_account_of_id": self.payer,
            "space_kind": kind,
            "words": words_of(self.use, self.person),
            "group": quote.group,
            "grid_id": quote.grid,
            "vat_regime": self.offer.regime,
            "vat_rate": self.offer.rate,
            "starts_at": starts_at,
            "free_until": terms.free_until(starts_at),
            "late_percent": terms.late_percent,
            "made_at": self.now,
        }
        return Charge(**usual | fields)


def words_of(use: Use, person: User) -> str:
    """Return "Poste – La Ruche", in the person's language."""
    with translation.override(person.language):
        return f"{Space.Kind(use.kind).label} – {use.site.name}"[:LONGEST_WORDS]


def owed_lines(sale: Sale, quote: Quote, line: Line) -> Iterator[Charge]:
    """Yield a priced line: what the person owes and, if it is subsidised, what the funder does."""
    of_both = {
        "ends_at": line.ends_at,
        "duration": line.duration,
        "quantity": line.quantity,
        "is_off_peak": line.is_calm_price,
        "subsidy_id": line.rate.subsidy,
        "full_price_cents": line.full_cents,
    }
    unit, amount = line.unit_price_cents, line.amount_cents
    yield sale.line(quote, line.starts_at, **of_both, unit_price_cents=unit, amount_cents=amount)
    if line.rate.funder is not None and line.aid_cents:
        yield sale.line(
            quote,
            line.starts_at,
            **of_both,
            person=None,
            organisation_id=line.rate.funder,
            on_account_of_id=None,
            unit_price_cents=line.aid_unit_cents,
            amount_cents=line.aid_cents,
        )


def covered_lines(sale: Sale, quote: Quote, cover: Cover) -> Iterator[Charge]:
    """Yield a day that passes cover: of each pass a line of no cents. The first tells the price."""
    span = envelope(cover.piece.intervals)
    for number, (row, count) in enumerate(cover.shares):
        yield sale.line(
            quote,
            span.starts_at,
            ends_at=span.ends_at,
            duration=Duration.HALF_DAY,
            quantity=count * HUNDRED,
            unit_price_cents=0,
            amount_cents=0,
            full_price_cents=0 if number else quote.full_cents,
            spent_pass=row,
        )


def moved_cover(cover: Cover, now: datetime) -> Iterator[Charge]:
    """Yield the same day of a booking, on its own terms, that other half-days cover."""
    first = cover.instead_of[0].line
    for number, (row, count) in enumerate(cover.shares):
        full = 0 if number else first.full_price_cents
        fields = {"quantity": count * HUNDRED, "spent_pass": row, "full_price_cents": full}
        yield like(first, Kind.USE, now, **kept_terms(first) | fields)


def kept_terms(line: Charge) -> dict[str, Any]:
    """Return what a line that stands for another keeps of it."""
    return {"free_until": line.free_until, "late_percent": line.late_percent, "corrects_id": None}


def like(line: Charge, kind: Charge.Kind, now: datetime, **fields: Any) -> Charge:
    """Return a line about the same use as another, which it corrects."""
    same = (
        *("subject", "operator_id", "site", "space_kind"),
        *("person_id", "organisation_id", "on_account_of_id"),
        *("starts_at", "ends_at", "words", "duration", "group", "vat_regime", "vat_rate"),
        *("subsidy_id", "grid_id", "unit_price_cents", "is_off_peak"),
    )
    usual = {
        **{name: getattr(line, name) for name in same},
        "kind": kind,
        "corrects_id": line.pk,
        "quantity": 0,
        "full_price_cents": 0,
        "amount_cents": 0,
        "made_at": now,
    }
    return Charge(**usual | fields)


def paid_by(line: Charge, payer: Payer) -> dict[str, Any]:
    """Return who owes a line that corrects another, which somebody else may owe."""
    if payer == line.organisation_id:
        return {}
    return {"organisation_id": payer, "person_id": None, "on_account_of_id": None}


def given_back(one: Standing, now: datetime) -> Iterator[Charge]:
    """Yield what takes a line off, with all that corrected it: one for each who owes some of it."""
    line = one.line
    for payer, cents in {line.organisation_id: 0, **one.owed}.items():
        if payer == line.organisation_id:
            pass_fields = {"spent_pass": line.spent_pass, "quantity": line.quantity}
            yield like(line, Kind.GIVEN_BACK, now, **pass_fields, amount_cents=-cents)
        elif cents:
            yield like(line, Kind.GIVEN_BACK, now, **paid_by(line, payer), amount_cents=-cents)
