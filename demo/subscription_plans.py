"""What subscriptions.toml says: each class is a table, each field one of its keys."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import date

from demo.words import Words
from network.models import User
from sites.models import Site, Space
from subscriptions.models import Plan
from subscriptions.teams.writing import TeamTerms


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


@dataclass(frozen=True, kw_only=True)
class TeamPlan:
    """A team and its rules."""

    name: str
    days_a_week: int | None = None
    monthly_budget_cents: int | None = None
    approval_above_cents: int | None = None

    def terms(self, approver: User) -> TeamTerms:
        """Return what is told of it where teams are made."""
        return TeamTerms(approver=approver, **asdict(self))


@dataclass(frozen=True, kw_only=True)
class EmployerPlan:
    """What an employer subscribes to, by a persona who runs it, for so many of its people.

    `staff` is how many people it has: as it began, and now.
    """

    organisation: str
    persona: str
    plan: str
    seats: int
    invited: int
    staff: tuple[int, int]
    purchase_order: str = ""
    cost_centres: dict[str, str] = field(default_factory=dict)
    teams: tuple[TeamPlan, ...] = ()

    def headcounts(self, first: date, today: date) -> Iterator[tuple[date, int]]:
        """Yield how many people it said that it has, on two days."""
        return zip((first, first + (today - first) / 2), self.staff, strict=True)
