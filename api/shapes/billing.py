"""Prices, passes and what is owed, as plain JSON types."""

from collections.abc import Iterable

from api.shapes.plain import Json
from billing.models import Band, GridPrice, OffPeak, PassOffer, TariffGrid
from billing.passes.holding import Held

#: The one currency there is.
EURO = "EUR"


def tariffs_out(grid: TariffGrid) -> Json:
    """Return all that a grid says: four queries."""
    prices = grid.gridprices.order_by("category", "kind", "pk")
    off_peak = grid.offpeaks.order_by("kind", "weekday", "starts_at")
    return {
        "name": grid.name,
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
        "name": one.name,
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
        "name": one.row.name,
        "kind": one.row.kind,
        "site": one.row.site.slug if one.row.site else None,
        "half_days": one.row.half_days,
        "left": one.left,
        "last_on": one.row.last_on.isoformat(),
    }
