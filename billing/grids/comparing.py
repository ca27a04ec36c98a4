"""What a proposed grid changes from the one that it would follow. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from billing.grids.differences import Changes, changes
from billing.grids.showing import Section, chosen_section, groups_of, sections
from billing.models import OffPeak, PassOffer, Proposal, TariffGrid
from billing.prices.groups import Group
from sites.models import Site


@dataclass(frozen=True)
class Compared:
    """A proposed grid beside that of before, for one category of site and one customer group."""

    before: TariffGrid | None
    group: Group
    groups: Sequence[Group]
    category: Site.Category | None
    categories: Sequence[Site.Category]
    old: Section | None
    new: Section | None
    off_peak: tuple[list[OffPeak], list[OffPeak]]
    passes: tuple[list[PassOffer], list[PassOffer]]

    @property
    def changes(self) -> Changes:
        """Return which prices change."""
        return changes(self.old, self.new)


def compared(proposal: Proposal, group: Group, category: str) -> Compared:
    """Return what a proposal changes; a dozen queries, however large the grids."""
    after = proposal.grid
    before = followed_by(proposal)
    new = {one.category: one for one in sections(after, group)}
    old = {one.category: one for one in sections(before, group)} if before else {}
    told = [one for one in Site.Category if one in new or one in old]
    section = chosen_section([new.get(one) or old[one] for one in told], category)
    chosen = section.category if section else None
    return Compared(
        before=before,
        group=group,
        groups=groups_of(after),
        category=chosen,
        categories=told,
        old=old.get(chosen) if chosen else None,
        new=new.get(chosen) if chosen else None,
        off_peak=(off_peak_of(before), off_peak_of(after)),
        passes=(passes_of(before), passes_of(after)),
    )


def followed_by(proposal: Proposal) -> TariffGrid | None:
    """Return the grid that is in force the day before the first day that the places vote on.

    Of those adopted by the end of the vote: what comes later does not change what was voted on.
    """
    first_day = proposal.grid.planned_from or proposal.grid.in_force_from
    known = TariffGrid.objects.filter(adopted_at__lt=proposal.closes_at)
    return known.in_force(first_day - timedelta(days=1))


def off_peak_of(grid: TariffGrid | None) -> list[OffPeak]:
    """Return the off-peak hours of a grid."""
    return list(grid.offpeaks.order_by("kind", "weekday", "starts_at")) if grid else []


def passes_of(grid: TariffGrid | None) -> list[PassOffer]:
    """Return the passes of a grid."""
    return list(grid.passoffers.order_by("kind", "price_cents", "pk")) if grid else []
