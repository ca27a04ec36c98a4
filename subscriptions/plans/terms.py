"""What a version of a plan says, as plain values."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Self

from sites.models import Site, Space
from subscriptions.models import PlanCost, PlanVersion

#: Credits of a half-day, by category of site and kind of space.
Costs = Mapping[tuple[Site.Category, Space.Kind], int]


@dataclass(frozen=True, kw_only=True)
class Terms:
    """Price of a seat and month in cents, VAT included; credits in half-days, None for no bound.

    `other_words`: the name in other languages, as rows keep it.
    """

    name: str
    price_cents: int
    half_days: int | None
    carry_over_months: int = 0
    has_overage: bool = True
    trial_days: int = 0
    commitment_months: int = 0
    notice_days: int = 0
    costs: Costs = field(default_factory=dict)
    other_words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def columns(self) -> dict[str, Any]:
        """Return what stands in the row of a version: all but what half-days cost."""
        told = {name: getattr(self, name) for name in self.told_names()}
        return told | {"other_words": dict(self.other_words)}

    @classmethod
    def told_names(cls) -> list[str]:
        """Return the names of what is told by one value each."""
        return [one.name for one in fields(cls) if one.name not in ("costs", "other_words")]

    @classmethod
    def of(cls, version: PlanVersion) -> Self:
        """Return what a version says."""
        told = {name: getattr(version, name) for name in cls.told_names()}
        return cls(**told, costs=costs_of(version), other_words=version.other_words)


def wares() -> Iterable[tuple[Site.Category, Space.Kind]]:
    """Return every category of site with every kind of space."""
    return ((category, kind) for category in Site.Category for kind in Space.Kind)


def costs_of(version: PlanVersion) -> Costs:
    """Return what half-days cost, in the order of categories and kinds."""
    told = {(row.category, row.kind): row.credits for row in version.costs.all()}
    return {key: told[key] for key in wares() if key in told}


def cost_rows(version: PlanVersion, costs: Costs) -> list[PlanCost]:
    """Return the rows of what half-days cost, yet to be written."""
    return [
        PlanCost(version=version, category=category, kind=kind, credits=credits)
        for (category, kind), credits in costs.items()
    ]
