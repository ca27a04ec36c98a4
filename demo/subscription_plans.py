"""What subscriptions.toml says: each class is a table, each field one of its keys."""

from dataclasses import dataclass

from demo.words import Words
from sites.models import Site, Space
from subscriptions.models import Plan


@dataclass(frozen=True, kw_only=True)
class NextTerms:
    """What changes of a plan in January."""

    price_cents: int


@dataclass(frozen=True, kw_only=True)
class PlanPlan:
    """A plan and its terms: prices in cents, credits in half-days, none for no bound."""

    name: Words
    holders: Plan.Holders
    price_cents: int
    costs: dict[Site.Category, dict[Space.Kind, int]]
    half_days: int | None = None
    carry_over_months: int = 0
    trial_days: int = 0
    commitment_months: int = 0
    notice_days: int = 0
    is_shared: bool = False
    next: NextTerms | None = None
