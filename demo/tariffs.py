"""The grid in force, the next one with its vote, and what sites ask otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from billing.cancelling.policies import Terms
from billing.cancelling.setting import set_site_policy
from billing.grids.drafts import Head, begun, copied
from billing.grids.rights import Body
from billing.models import (
    Band,
    Comment,
    GridPrice,
    LocalPrice,
    OffPeak,
    PassOffer,
    Proposal,
    Subsidy,
    TariffGrid,
    VatRegime,
    Vote,
)
from billing.models.issuers import STANDARD_RATE
from billing.prices import shares
from billing.prices.durations import Duration
from billing.prices.groups import Group
from billing.prices.vat import Regime
from billing.votes.adopting import Deliberation, adopt
from billing.votes.voting import propose, vote
from demo.network import BuiltNetwork
from demo.tariff_plans import Cents, GridPlan, OwnPrices, PassPlan, TariffPlan
from demo.words import Words, columns_of, in_other_languages
from network.models import Membership, Organisation, User
from sites.models import Site, Space
from sites.models.hours import Weekday
from sites.rules import local_day

WORKING_DAYS = list(Weekday)[:5]
#: Per cent of the whole, and thousandths in a per cent.
HUNDRED, TENTHS = 100, 10
#: How long votes last if the settings allow it, and how long ago that on the next grid ended.
USUAL_VOTE, VOTE_ENDED = timedelta(days=21), timedelta(days=10)
#: How long ago its outcome was put in force, and when the vote that runs ends.
ADOPTED = timedelta(days=5)
VOTE_ENDS = timedelta(days=12)
#: Whose manager one can sign in as: their places have yet to vote.
YET_TO_VOTE = "giessen"


@dataclass(frozen=True)
class Tariffs:
    """Writes what the plan says, by and as of."""

    plan: TariffPlan
    network: BuiltNetwork
    personas: Mapping[str, User]
    now: datetime

    @property
    def team(self) -> User:
        """Return who adopts grids."""
        return self.personas["team"]

    def write(self, first_day: date) -> None:
        """Write the grid in force since `first_day`, the next January's, and prices of sites."""
        today = self.now.date()
        january = date(today.year + 1, 1, 1)
        began = local_day(first_day, ZoneInfo(settings.TIME_ZONE)).starts_at
        current = self.draft(self.plan.current, first_day, began, raised_percent=0)
        self.adopt(current, self.plan.current, began)
        plan = self.plan.next
        ended, percent = self.now - VOTE_ENDED, self.plan.raised_percent
        following = self.draft(plan, january, ended - vote_lasts(), raised_percent=percent)
        self.vote(following, plan.reasons, ended, every=5)
        self.adopt(following, plan, self.now - ADOPTED)
        self.write_open_vote(date(january.year, 7, 1))
        self.write_draft(current, date(january.year, 9, 1))
        self.write_own(first_day)
        self.write_terms(first_day)

    def write_terms(self, day: date) -> None:
        """Write how issuers stand to VAT, and the sites whose cancelling is stricter."""
        plans = self.network.content.organisations
        VatRegime.objects.bulk_create(
            VatRegime(
                operator=self.network.organisations[key],
                starts_on=day,
                regime=plan.vat,
                rate=STANDARD_RATE if plan.vat == Regime.TAXABLE else 0,
            )
            for key, plan in plans.items()
            if plan.vat
        )
        for own in self.plan.policies:
            set_site_policy(
                site=self.network.site(own.site).site,
                kind=own.kind,
                terms=Terms(own.free_hours, own.late_percent),
                by=self.personas["manager"],
                now=self.now,
            )

    def write_open_vote(self, day: date) -> None:
        """Write a draft on which the places vote now, with what is said of it."""
        plan = self.plan.proposed
        operator = self.network.organisations[plan.operator]
        head, by = head_of(plan.name, day, operator), self.manager_of(operator)
        draft = begun(head=head, by=by, now=self.now)
        self.fill(draft, raised_percent=plan.raised_percent)
        proposal = self.vote(draft, plan.reasons, self.now + VOTE_ENDS, every=3)
        Comment.objects.bulk_create(
            Comment(
                proposal=proposal,
                site=self.network.site(one.site).site if one.site else None,
                text=one.text,
                written_at=self.now - timedelta(days=len(plan.comments) - number),
            )
            for number, one in enumerate(plan.comments)
        )

    def write_draft(self, grid: TariffGrid, day: date) -> None:
        """Write what the manager whom one can sign in as is to put to the vote."""
        plan = self.plan.draft
        head = head_of(plan.name, day, self.network.organisations[plan.operator])
        by, per_mille = self.personas["manager"], plan.raised_percent * TENTHS
        copied(grid=grid, head=head, by=by, now=self.now, raised_per_mille=per_mille)

    def draft(self, plan: GridPlan, day: date, now: datetime, *, raised_percent: int) -> TariffGrid:
        """Write a draft of the network team, at an instant that is over."""
        grid = begun(head=head_of(plan.name, day), by=self.team, now=now)
        self.fill(grid, raised_percent=raised_percent)
        return grid

    def adopt(self, grid: TariffGrid, plan: GridPlan, now: datetime) -> None:
        """Put a grid in force at an instant that is over."""
        decided = Deliberation(timezone.localdate(now), plan.deliberation)
        adopt(grid=grid, deliberation=decided, by=self.team, now=now)

    def fill(self, grid: TariffGrid, *, raised_percent: int) -> None:
        """Write all that a grid says."""
        GridPrice.objects.bulk_create(
            row
            for category, kinds in self.plan.prices.items()
            for kind, cents in kinds.items()
            for row in self.prices(grid, category, kind, raised(cents, raised_percent))
        )
        Band.objects.bulk_create(
            Band(
                grid=grid,
                category=category,
                kind=kind,
                below_percent=band.below_percent,
                above_percent=band.above_percent,
            )
            for category, band in self.plan.bands.items()
            for kind in self.plan.prices[category]
        )
        self.write_off_peak(grid)
        PassOffer.objects.bulk_create(offer_of(one, grid) for one in self.plan.passes)

    def prices(
        self, grid: TariffGrid, category: Site.Category, kind: Space.Kind, cents: Cents
    ) -> list[GridPrice]:
        """Return the prices of a kind: of desks also those of groups that pay less."""
        shares = {Group.STANDARD: HUNDRED}
        if kind == Space.Kind.DESK:
            shares |= {group: HUNDRED - less for group, less in self.plan.reductions.items()}
        return [
            GridPrice(
                grid=grid,
                category=category,
                kind=kind,
                duration=duration,
                group=group,
                price_cents=share_of(price, share),
                off_peak_cents=self.calm_price(kind, duration, share_of(price, share)),
            )
            for group, share in shares.items()
            for duration, price in cents.items()
        ]

    def calm_price(self, kind: Space.Kind, duration: Duration, cents: int) -> int | None:
        """Return what an hour costs off peak, where the plan says so."""
        if kind != self.plan.off_peak.kind or duration != Duration.HOUR:
            return None
        return share_of(cents, self.plan.off_peak.percent)

    def write_off_peak(self, grid: TariffGrid) -> None:
        """Write the hours of weekdays that are off peak."""
        hours = self.plan.off_peak
        OffPeak.objects.bulk_create(
            OffPeak(
                grid=grid,
                kind=hours.kind,
                weekday=weekday,
                starts_at=hours.starts,
                ends_at=time(),
            )
            for weekday in WORKING_DAYS
        )

    def vote(self, grid: TariffGrid, reasons: str, closes_at: datetime, *, every: int) -> Proposal:
        """Write a vote in which three of four are for the grid; of `every` places one is silent."""
        opened_at = closes_at - vote_lasts()
        by = self.manager_of(grid.operator) if grid.operator else self.team
        proposal = propose(grid=grid, reasons=reasons, closes_at=closes_at, by=by, now=opened_at)
        choices = (Vote.Choice.YES, Vote.Choice.YES, Vote.Choice.NO, Vote.Choice.YES)
        for number, built in enumerate(self.network.sites):
            if number % every and self.has_voted(built.site):
                vote(
                    proposal=proposal,
                    site=built.site,
                    choice=choices[number % len(choices)],
                    by=self.manager_of(built.site.operator),
                    now=opened_at + timedelta(hours=number),
                )
        return proposal

    def manager_of(self, operator: Organisation) -> User:
        """Return somebody who runs the sites of an operator."""
        return User.objects.filter(
            memberships__organisation=operator, memberships__role__in=Membership.RUNNING_ROLES
        ).order_by("pk")[0]

    def has_voted(self, site: Site) -> bool:
        """Tell whether a site is not of those whose manager is to find a vote to cast."""
        return site.operator != self.network.organisations[YET_TO_VOTE]

    def write_own(self, day: date) -> None:
        """Write the prices that sites set themselves, and those that somebody subsidises."""
        for own in self.plan.local:
            LocalPrice.objects.bulk_create(
                LocalPrice(**columns, set_at=self.now) for columns in self.rows(own, day)
            )
        for own in self.plan.subsidies:
            funder: Organisation = self.network.organisations[own.funder]
            Subsidy.objects.bulk_create(
                Subsidy(**columns, funder=funder, reason=own.reason)
                for columns in self.rows(own, day)
            )

    def rows(self, own: OwnPrices, day: date) -> list[dict[str, object]]:
        """Return the columns of a site's prices."""
        site = self.network.site(own.site).site
        return [
            {
                "site": site,
                "kind": own.kind,
                "duration": duration,
                "price_cents": cents,
                "off_peak_cents": self.calm_price(own.kind, duration, cents),
                "starts_on": day,
            }
            for duration, cents in own.prices.items()
        ]


def vote_lasts() -> timedelta:
    """Return how long votes last: as long as usual, or as the settings ask at least."""
    return max(USUAL_VOTE, timedelta(days=settings.VOTE_LEAST_DAYS))


def head_of(name: Words, day: date, operator: Body = None) -> Head:
    """Return what a draft is called, from when on it is to hold, and who writes it."""
    return Head(name.fr, day, operator, in_other_languages(name=name))


def raised(cents: Cents, percent: int) -> Cents:
    """Return prices raised by so many per cent."""
    return {duration: share_of(price, HUNDRED + percent) for duration, price in cents.items()}


def share_of(cents: int, percent: int) -> int:
    """Return so many per cent of a price, to ten cents."""
    return shares.share_of(cents, percent * TENTHS)


def offer_of(plan: PassPlan, grid: TariffGrid) -> PassOffer:
    """Return a pass on offer in a grid."""
    return PassOffer(
        grid=grid,
        code=plan.code,
        **columns_of(name=plan.name),
        category=plan.category or "",
        is_of_one_site=plan.is_of_one_site,
        half_days=plan.half_days,
        valid_months=plan.valid_months,
        price_cents=plan.price_cents,
    )
