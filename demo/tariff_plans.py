"""What tariffs.toml says: each class is a table, each field one of its keys. Prices in cents."""

from dataclasses import dataclass
from datetime import time

from billing.prices.durations import Duration
from billing.prices.groups import Group
from demo.words import Words
from sites.models import Site, Space

Cents = dict[Duration, int]


@dataclass(frozen=True, kw_only=True)
class GridPlan:
    """A version of the grid; with reasons, it was put to the vote."""

    name: Words
    deliberation: str
    reasons: str = ""


@dataclass(frozen=True, kw_only=True)
class CommentPlan:
    """What is said of a proposed grid: for a site, or without one for the network team."""

    text: str
    site: str = ""


@dataclass(frozen=True, kw_only=True)
class DraftPlan:
    """What an operator writes and does not propose yet: by how much it raises prices."""

    name: Words
    operator: str
    raised_percent: int


@dataclass(frozen=True, kw_only=True)
class OpenVotePlan:
    """An operator's draft whose vote runs: by how much it raises prices, and what is said of it."""

    name: Words
    operator: str
    raised_percent: int
    reasons: str
    comments: tuple[CommentPlan, ...]


@dataclass(frozen=True, kw_only=True)
class BandPlan:
    """How far sites of a category may go."""

    below_percent: int
    above_percent: int


@dataclass(frozen=True, kw_only=True)
class OffPeakPlan:
    """From when on, on weekdays, a kind costs so many per cent."""

    kind: Space.Kind
    starts: time
    percent: int


@dataclass(frozen=True, kw_only=True)
class PassPlan:
    """A pass on offer."""

    code: str
    name: Words
    half_days: int
    valid_months: int
    price_cents: int
    category: Site.Category | None = None
    is_of_one_site: bool = False


@dataclass(frozen=True, kw_only=True)
class OwnPrices:
    """What one site asks itself, or asks less with a funder's money."""

    site: str
    kind: Space.Kind
    prices: Cents
    funder: str = ""
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class PolicyPlan:
    """What cancelling a kind of space costs at one site, by who manages it."""

    site: str
    kind: Space.Kind
    free_hours: int
    late_percent: int


@dataclass(frozen=True, kw_only=True)
class TariffPlan:
    """All of tariffs.toml."""

    raised_percent: int
    current: GridPlan
    next: GridPlan
    proposed: OpenVotePlan
    draft: DraftPlan
    reductions: dict[Group, int]
    bands: dict[Site.Category, BandPlan]
    prices: dict[Site.Category, dict[Space.Kind, Cents]]
    off_peak: OffPeakPlan
    passes: tuple[PassPlan, ...]
    local: tuple[OwnPrices, ...]
    subsidies: tuple[OwnPrices, ...]
    policies: tuple[PolicyPlan, ...]
