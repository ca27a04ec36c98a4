"""Prices, passes and what is owed, as plain JSON types."""

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from api.shapes.plain import Json, local
from billing.charging.quotes import HUNDRED
from billing.models import Band, GridPrice, OffPeak, PassOffer, TariffGrid
from billing.passes.holding import Held
from billing.showing.telling import Price, PricedLine, Spent

#: The one currency there is.
EURO = "EUR"


def tariffs_out(grid: TariffGrid) -> Json:
    """Return all that a grid says: four queries."""
    prices = grid.gridprices.order_by("category", "kind", "pk")
    off_peak = grid.offpeaks.order_by("kind", "weekday", "starts_at")
    return {
        "name": str(grid.told_name),
        "in_force_from": grid.in_force_from.isoformat(),
        "deliberation": grid.deliberation_number,
        "currency": EURO,
        "prices": [price_out(one) for one in prices],
        "bands": [band_out(one) for one in grid.bands.order_by("category", "kind")],
        "off_peak": [off_peak_out(one) for one in off_peak],
        "passes": [offer_out(one) for one in grid.passoffers.order_by("kind", "price_cents", "pk")],
    }


def price_out(one: GridPrice) -> Json:
    """Return a price of a grid."""
    return {
        "category": one.category,
        "kind": one.kind,
        "duration": one.duration,
        "group": one.group,
        "price_cents": one.price_cents,
        "off_peak_cents": one.off_peak_cents,
    }


def band_out(one: Band) -> Json:
    """Return how far sites may go."""
    return {
        "category": one.category,
        "kind": one.kind,
        "below_percent": one.below_percent,
        "above_percent": one.above_percent,
    }


def off_peak_out(one: OffPeak) -> Json:
    """Return hours of a weekday."""
    return {
        "kind": one.kind or None,
        "weekday": one.weekday,
        "starts_at": f"{one.starts_at:%H:%M}",
        "ends_at": f"{one.ends_at:%H:%M}",
    }


def offer_out(one: PassOffer) -> Json:
    """Return a pass on offer."""
    return {
        "code": one.code,
        "name": str(one.told_name),
        "kind": one.kind,
        "category": one.category or None,
        "is_of_one_site": one.is_of_one_site,
        "half_days": one.half_days,
        "valid_months": one.valid_months,
        "price_cents": one.price_cents,
    }


def balance_out(owed_cents: int, passes: Iterable[Held]) -> Json:
    """Return what a person owes, and what is left of their passes."""
    return {
        "currency": EURO,
        "owed_cents": owed_cents,
        "passes": [held_out(one) for one in passes if one.left],
    }


def held_out(one: Held) -> Json:
    """Return a pass that a person holds."""
    return {
        "name": str(one.row.told_name),
        "kind": one.row.kind,
        "site": one.row.site.slug if one.row.site else None,
        "half_days": one.row.half_days,
        "left": one.left,
        "last_on": one.row.last_on.isoformat(),
    }


def booking_price_out(price: Price) -> Json:
    """Return what a booking costs, by the clocks of its site."""
    free_until = price.free_until
    return {
        "currency": EURO,
        "total_cents": price.cents,
        "lines": [line_out(one, price.zone) for one in price.lines],
        "saved_cents": price.saved_cents,
        "late_cents": price.late_cents,
        "late_half_days": price.late_half_days,
        "subsidy_cents": price.subsidy_cents,
        "subsidies": [{"funder": one.funder, "reason": one.reason} for one in price.aids],
        "covered": [spent_out(one) for one in price.spent],
        "free_until": local(free_until, price.zone) if free_until else None,
        "late_percent": price.percent_at_stake,
        "half_days_at_stake": price.most_at_stake,
    }


def spent_out(one: Spent) -> Json:
    """Return what a pass covers."""
    return {"name": str(one.row.told_name), "half_days": one.half_days}


def quote_out(price: Price, more_cents: int | None = None) -> Json:
    """Return what a booking would cost; of a change, what is paid more."""
    return booking_price_out(price) | {"more_cents": more_cents}


def line_out(line: PricedLine, zone: ZoneInfo) -> Json:
    """Return one line of a price."""
    return {
        "duration": line.duration,
        "starts_at": local(line.starts_at, zone),
        "ends_at": local(line.ends_at, zone),
        "quantity": line.quantity / HUNDRED,
        "unit_price_cents": line.unit_price_cents,
        "amount_cents": line.amount_cents,
        "covered_by": line.covered_by or None,
    }
