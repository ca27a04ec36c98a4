"""What a turn of a booking is settled on: prices, terms, groups, tax, passes, lines. Reads only.

All of it is asked in one go; in a second one, if there are any, lines of bookings beside and what
is left of passes, which are locked by then if some of them is to be taken. Prices of other days, by
which bookings beside were made, are read when there are any.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import chain

from django.db.models import BigIntegerField, DateField, QuerySet
from django.utils.translation import gettext as _

from billing.cancelling.policies import Terms, policies, terms_of
from billing.charging.covering import Purse
from billing.charging.days import local_date
from billing.charging.quotes import PriceList, Quote, Use
from billing.charging.standing import Standing, by_subject, lines_of_subjects, standing
from billing.charging.subjects import Subject, Turn
from billing.errors import GroupNotInGrid, NoTariff
from billing.grids.tables import AskedTariffs
from billing.groups.belonging import groups_at, groups_told
from billing.ledger.accounts import (
    ask_accounts,
    code_of_operator,
    code_of_organisation,
    code_of_person,
    code_of_use,
)
from billing.models import Account, Charge, Pass, VatRegime
from billing.models.issuers import UNTOLD
from billing.passes.holding import ask_held, ask_purses, held_of
from billing.prices.groups import Group
from billing.prices.vat import Regime
from network.sql import Given, Statement, kept, together
from sites.models import Site


@kept
def regimes_on() -> QuerySet[VatRegime, tuple[str, int]]:
    """Return how an operator stands to VAT on a day."""
    its = VatRegime.objects.filter(operator=Given("operator", BigIntegerField()))
    return its.in_force(Given("day", DateField())).values_list("regime", "rate")[:1]


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

    def to_group(self, group: Group) -> "Offer":
        """Return the same for who belongs to that group alone. Raises GroupNotInGrid."""
        tariffs = self.prices.tariffs
        if tariffs and group not in tariffs.table.groups:
            words = _("The grid has no prices of this group. It has: %(groups)s.")
            raise GroupNotInGrid(words % {"groups": ", ".join(tariffs.table.groups)})
        return replace(self, prices=PriceList(tariffs, (group,)))


@dataclass
class Facts:
    """What is known when a turn is settled; `offer` is that of what the booking uses after it.

    `belonging` is the key of whose customer groups count, if anybody's. `lines` are all lines of it
    and of those beside it, in their order, by booking. `held` is what passes hold before the turn,
    where something may be taken of them. `locked` tells by accounts that nobody else takes of now
    how much may be taken.
    """

    belonging: int | None
    books: Mapping[str, Sequence[Standing]]
    lines: Mapping[str, Sequence[Charge]] = field(default_factory=dict)
    purse: Purse = field(default_factory=Purse)
    held: Mapping[Pass, int] = field(default_factory=dict)
    offer: Offer | None = None
    accounts: Mapping[str, Account] = field(default_factory=dict)
    locked: Mapping[int, int] = field(default_factory=dict)
    lists: dict[tuple[int, datetime], PriceList] = field(default_factory=dict)

    def prices_of(self, one: Subject) -> PriceList:
        """Return the prices by which a booking was made, once they were read."""
        return self.lists[listed(one)]

    def read_prices_of(self, some: Iterable[Subject]) -> None:
        """Read the prices by which some bookings were made, of all instants at once.

        What a site asks is the same for all who book on one day: it is asked once.
        """
        wanted = {listed(one): one.use.site for one in some if listed(one) not in self.lists}
        days = {(site.pk, local_date(at, site)): site for (_site, at), site in wanted.items()}
        tariffs = {key: AskedTariffs([site], key[1]) for key, site in days.items()}
        asked = {
            key: AskedPrices(
                site, key[1], self.belonging, tariffs[site.pk, local_date(key[1], site)]
            )
            for key, site in wanted.items()
        }
        every = chain.from_iterable(one.statements for one in tariffs.values())
        together(*every, *(one.groups for one in asked.values()))
        self.lists |= {key: one.prices for key, one in asked.items()}


def listed(one: Subject) -> tuple[int, datetime]:
    """Return where and when a booking was made: what its prices depend on."""
    return one.use.site.pk, one.booked_at


class AskedPrices:
    """What a site cost who booked at an instant, to be asked with other things.

    Without a person it is the standard price: no customer group is an organisation's.
    """

    def __init__(
        self, site: Site, at: datetime, belonging: int | None, tariffs: AskedTariffs
    ) -> None:
        self.tariffs = tariffs
        self.groups = groups_at().asked(person=belonging, instant=at, day=local_date(at, site))

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Return what to ask."""
        return *self.tariffs.statements, self.groups

    @property
    def prices(self) -> PriceList:
        """Return what was read."""
        return PriceList(self.tariffs.tariffs, groups_told(self.groups.rows))


class AskedOffer:
    """What a use is sold at to who books it at an instant, to be asked with others."""

    def __init__(self, use: Use, belonging: int | None, booked_at: datetime, now: datetime) -> None:
        self.site, self.kind = use.site, use.kind
        site = use.site
        self.booked_at = booked_at
        tariffs = AskedTariffs([site], local_date(booked_at, site))
        self.prices = AskedPrices(site, booked_at, belonging, tariffs)
        self.regimes = regimes_on().asked(operator=site.operator_id, day=local_date(now, site))
        self.policies = policies().asked(site=site.pk, kind=use.kind)

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Return what to ask."""
        return *self.prices.statements, self.regimes, self.policies

    @property
    def offer(self) -> Offer:
        """Return what was read."""
        regime, rate = (*self.regimes.rows, UNTOLD)[0]
        terms = terms_of(self.policies.rows, self.kind)
        return Offer(self.prices.prices, terms, Regime(regime), rate)


class AskedFacts:
    """What a turn is settled on, to be asked with other things: with what stands beside it.

    One that `is_written`, in the transaction of whoever asks, has the person's passes to itself.
    """

    def __init__(self, turn: Turn, now: datetime, *, is_written: bool) -> None:
        self.turn, self.now, self.is_written = turn, now, is_written
        sites = [one.site for one in (turn.before, turn.after) if one]
        self.lines = lines_of_subjects().asked(subjects=[turn.reference])
        self.accounts = ask_accounts(codes_of(turn, sites))
        self.purses = ask_purses(turn.person.pk, turn.payer, is_locking=is_written)
        self.offered = self.asked_offer()

    def asked_offer(self) -> AskedOffer | None:
        """Return what the turn's use after it is sold at, to be asked."""
        turn, now = self.turn, self.now
        if turn.after is None:
            return None
        return AskedOffer(turn.after, turn.belonging, turn.priced_at(now), now)

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Return what to ask."""
        before = (self.lines,) if self.turn.before else ()
        after = self.offered.statements if self.offered else ()
        return self.accounts, self.purses, *before, *after

    def facts(self, beside: Sequence[Subject]) -> Facts:
        """Return what was read, and what is left of passes and the lines of bookings beside."""
        references = [self.turn.reference, *(one.reference for one in beside)]
        lines = lines_of_subjects().asked(subjects=references) if beside else None
        is_asked = self.purses.rows and (self.offered or beside)
        who = self.turn.person.pk, self.turn.payer
        passes = ask_held(*who, self.now) if is_asked else None
        together(*(one for one in (lines, passes) if one))
        rows = (lines or self.lines).rows
        facts = Facts(self.turn.belonging, standing(rows), by_subject(rows))
        facts.accounts = {one.code: one for one in self.accounts.rows}
        if self.offered:
            facts.offer = self.offered.offer
            facts.lists[self.offered.site.pk, self.offered.booked_at] = facts.offer.prices
        held = held_of(passes.rows) if passes else []
        facts.held = {one.row: one.left for one in held}
        facts.purse = Purse(held if self.offered else ())
        if self.is_written:
            facts.locked = {one.row.account_id: one.left for one in held}
        return facts


def codes_of(turn: Turn, sites: Iterable[Site]) -> set[str]:
    """Return the codes of the accounts that a turn's uses of sites move something between."""
    ways = {(code_of_operator(one.operator_id), code_of_use(one.pk)) for one in sites}
    owing = code_of_organisation(turn.payer) if turn.payer else code_of_person(turn.person.pk)
    return {owing, *chain.from_iterable(ways)}
