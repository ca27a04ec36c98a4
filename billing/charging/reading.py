"""What a turn of a booking is settled on: prices, terms, groups, tax, passes, lines. Reads only.

All of it is asked in one go. Prices of other days, by which bookings beside were made, are read
when there are any.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import BigIntegerField, DateField, DateTimeField, QuerySet

from billing.cancelling.policies import Terms, policies, terms_of
from billing.charging.covering import Purse
from billing.charging.days import local_date
from billing.charging.quotes import PriceList, Quote, Use
from billing.charging.standing import Standing, lines_of_subjects, standing
from billing.charging.subjects import Subject, Turn
from billing.errors import NoTariff
from billing.grids.tables import AskedTariffs
from billing.models import GroupMembership, Pass, VatRegime
from billing.models.issuers import STANDARD_RATE
from billing.passes.holding import held
from billing.prices.groups import Group
from billing.prices.vat import Regime
from network.sql import Asked, Given, Statement, kept, together
from sites.models import Site


@kept
def groups_on() -> QuerySet[GroupMembership, tuple[str]]:
    """Return the groups that a person belongs to on a day."""
    mine = GroupMembership.objects.filter(person=Given("person", BigIntegerField()))
    return mine.on(Given("day", DateField())).order_by("group").values_list("group")


@kept
def regimes_on() -> QuerySet[VatRegime, tuple[str, int]]:
    """Return how an operator stands to VAT on a day."""
    its = VatRegime.objects.filter(operator=Given("operator", BigIntegerField()))
    return its.in_force(Given("day", DateField())).values_list("regime", "rate")[:1]


@kept
def passes_at() -> QuerySet[Pass, tuple[int]]:
    """Return the passes of a person that are not over."""
    mine = Pass.objects.filter(person=Given("person", BigIntegerField()))
    return mine.filter(valid_until__gt=Given("now", DateTimeField())).values_list("pk")


@dataclass(frozen=True)
class Offer:
    """What a use is sold at: prices, terms of cancelling, tax."""

    prices: PriceList
    terms: Terms
    regime: Regime
    rate: int

    def quote(self, use: Use) -> Quote | None:
        """Return what a use costs; None when no price is set."""
        try:
            return self.prices.quote(use)
        except NoTariff:
            return None


@dataclass
class Facts:
    """What is known when a turn is settled; `offer` is that of what the booking uses after it."""

    person: int
    books: Mapping[str, Sequence[Standing]]
    purse: Purse = field(default_factory=Purse)
    offer: Offer | None = None
    lists: dict[tuple[int, date], PriceList] = field(default_factory=dict)

    def prices_of(self, one: Subject) -> PriceList:
        """Return the prices by which a booking was made."""
        site, day = one.use.site, local_date(one.booked_at, one.use.site)
        if (site.pk, day) not in self.lists:
            self.lists[site.pk, day] = read_prices(site, day, self.person)
        return self.lists[site.pk, day]


def read_prices(site: Site, day: date, person: int) -> PriceList:
    """Return what a site cost a person who booked on a day."""
    tariffs, groups = AskedTariffs([site], day), groups_on().asked(person=person, day=day)
    together(*tariffs.statements, groups)
    return price_list(tariffs, groups)


def price_list(tariffs: AskedTariffs, groups: Asked[tuple[str]]) -> PriceList:
    """Return what was read of prices and of the groups of a person."""
    return PriceList(tariffs.tariffs, tuple(Group(word) for (word,) in groups.rows))


class AskedOffer:
    """What a use is sold at to a person who books it at an instant, to be asked with others."""

    def __init__(self, use: Use, person: int, booked_at: datetime, now: datetime) -> None:
        site, self.kind = use.site, use.kind
        self.day = local_date(booked_at, site)
        self.tariffs = AskedTariffs([site], self.day)
        self.groups = groups_on().asked(person=person, day=self.day)
        self.regimes = regimes_on().asked(operator=site.operator_id, day=local_date(now, site))
        self.policies = policies().asked(site=site.pk, kind=use.kind)

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Return what to ask."""
        return *self.tariffs.statements, self.groups, self.regimes, self.policies

    @property
    def offer(self) -> Offer:
        """Return what was read. Without a regime, an operator is subject to VAT."""
        regime, rate = (*self.regimes.rows, (Regime.TAXABLE, STANDARD_RATE))[0]
        terms = terms_of(self.policies.rows, self.kind)
        return Offer(price_list(self.tariffs, self.groups), terms, Regime(regime), rate)


def read(turn: Turn, now: datetime) -> Facts:
    """Return what a turn is settled on."""
    asked: list[Statement] = []
    lines = lines_of_subjects().asked(subjects=turn.references)
    if turn.before or turn.beside:
        asked.append(lines)
    if turn.after is None:
        together(*asked)
        return Facts(turn.person.pk, standing(lines.rows))
    offered = AskedOffer(turn.after, turn.person.pk, turn.booked_at, now)
    passes = passes_at().asked(person=turn.person.pk, now=now)
    together(*asked, *offered.statements, passes)
    purse = read_purse([pk for (pk,) in passes.rows], now)
    offer = offered.offer
    facts = Facts(turn.person.pk, standing(lines.rows), purse, offer)
    facts.lists[turn.after.site.pk, offered.day] = offer.prices
    return facts


def read_purse(passes: Sequence[int], now: datetime) -> Purse:
    """Return what is left of some passes."""
    return Purse(held(Pass.objects.filter(pk__in=passes), now) if passes else ())
