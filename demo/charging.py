"""Charges the invented bookings: decided turn by turn by the product's rules, written in bulk."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import chain, count

from billing.cancelling.policies import Terms, terms_at
from billing.charging.cases import Case
from billing.charging.lines import Sale, owed_lines
from billing.charging.moving import entries
from billing.charging.quotes import PriceList, Quote, Use
from billing.charging.reading import Facts, Offer
from billing.charging.settling import drafted, settlement_lines
from billing.charging.standing import standing
from billing.charging.subjects import Turn
from billing.grids.tables import tariffs_in_force
from billing.ledger.accounts import earned_by, owed_by_many, owed_by_organisation
from billing.ledger.posting import rows_of
from billing.models import Account, Charge, Transfer, VatRegime
from billing.prices.groups import Group
from billing.prices.vat import Regime
from demo.calendar import ONE_DAY
from network.models import Organisation, User
from sites.models import Site

BATCH = 2000
#: What makes the price of two uses the same.
Shape = tuple[object, ...]
Groups = tuple[Group, ...]


@dataclass(frozen=True)
class RememberedPrices(PriceList):
    """Prices that are asked often for the same hours of a weekday: each is reckoned once."""

    found: dict[Shape, tuple[datetime, Quote]] = field(default_factory=dict)
    alike: dict[tuple[int, str], str] = field(default_factory=dict)

    def quote(self, use: Use) -> Quote:
        """Return the lowest price of a use. Raises NoTariff."""
        starts_at = use.intervals[0].starts_at
        shape = (self.told(use.site, use.kind), *shape_of(use))
        if shape not in self.found:
            self.found[shape] = starts_at, super().quote(use)
        first, quote = self.found[shape]
        return moved(quote, starts_at - first) if first != starts_at else quote

    def told(self, site: Site, kind: str) -> str:
        """Return all prices of a kind at a site as a text, which many sites have in common."""
        if (site.pk, kind) not in self.alike:
            groups = (Group.STANDARD, *self.groups)
            every = [self.tariffs and self.tariffs.tariff(site.pk, kind, one) for one in groups]
            self.alike[site.pk, kind] = f"{kind} {every}"
        return self.alike[site.pk, kind]


def shape_of(use: Use) -> Shape:
    """Return what a price depends on beside the tariff: how many, and when by the site's clocks.

    No site is open while clocks change. A use of several days has a price of its own.
    """
    starts_at = use.intervals[0].starts_at
    local = starts_at.astimezone(use.site.zone)
    rest = tuple((one.starts_at - starts_at, one.ends_at - starts_at) for one in use.intervals)
    day = local.date() if rest[-1][1] > ONE_DAY else None
    return use.site.zone.key, use.units, local.weekday(), local.time(), day, rest


def moved(quote: Quote, by: timedelta) -> Quote:
    """Return the quote of the same hours of another day."""
    lines = (
        replace(one, starts_at=one.starts_at + by, ends_at=one.ends_at + by) for one in quote.lines
    )
    return replace(quote, lines=tuple(lines))


class Offers:
    """What all is sold at, by the one grid that is in force from a day on until today."""

    def __init__(self, sites: Iterable[Site], day: date, groups: Mapping[int, Group]) -> None:
        every = list(sites)
        self.groups = groups
        self.tariffs = tariffs_in_force(every, day)
        self.regimes = {one.operator_id: VatRegime.objects.of(one.operator, day) for one in every}
        self._lists: dict[Groups, PriceList] = {}
        self._terms: dict[tuple[int, str], Terms] = {}

    def prices_for(self, belonging: int | None) -> PriceList:
        """Return the prices of who is in that person's groups; of nobody, the standard ones."""
        group = self.groups.get(belonging) if belonging else None
        groups = (group,) if group else ()
        return self._lists.setdefault(groups, RememberedPrices(self.tariffs, groups))

    def terms(self, site: Site, kind: str) -> Terms:
        """Return on which terms a kind is cancelled at a site."""
        if (site.pk, kind) not in self._terms:
            self._terms[site.pk, kind] = terms_at(site, kind)
        return self._terms[site.pk, kind]

    def offer(self, use: Use, belonging: int | None) -> Offer:
        """Return what a use is sold at to who is in that person's groups."""
        vat = self.regimes[use.site.operator_id]
        terms = self.terms(use.site, use.kind)
        return Offer(self.prices_for(belonging), terms, Regime(vat.regime), vat.rate)


class Charging:
    """Settles turns in the order of time and keeps their rows. Nobody here holds a pass.

    A line has a number of its own as its key until it is written.
    """

    def __init__(self, offers: Offers, accounts: Mapping[str, Account]) -> None:
        self.offers, self.accounts = offers, accounts
        self.lines: dict[str, list[Charge]] = defaultdict(list)
        self.transfers: list[Transfer] = []
        self._numbers = count(1)

    def settle(self, turn: Turn, now: datetime) -> None:
        """Keep what a turn is to write."""
        if turn.after and not turn.beside:
            lines = list(self._numbered(self._alone(turn, turn.after, now)))
        else:
            lines = self._decided(Case(turn, self._facts(turn), now))
        cause = f"{turn.reference}:{turn.revision}"
        self.transfers += rows_of(entries(lines, cause, self.accounts), now)

    def _alone(self, turn: Turn, use: Use, now: datetime) -> Iterator[Charge]:
        """Yield the lines of a new booking that has nothing beside it: the short way, as most."""
        sale = Sale(
            reference=turn.reference,
            person=turn.person,
            use=use,
            offer=self.offers.offer(use, turn.belonging),
            now=now,
            payer=turn.payer,
        )
        if quote := sale.offer.quote(use):
            for line in quote.lines:
                yield from owed_lines(sale, quote, line)

    def _decided(self, case: Case) -> list[Charge]:
        """Return the lines of a turn of any kind, as settling decides it."""
        draft = drafted(case)
        lines = list(self._numbered(settlement_lines(case, draft)))
        return [*lines, *self._numbered(draft.adjusted(case.now))]

    def _facts(self, turn: Turn) -> Facts:
        """Return what the turn is settled on."""
        prices = self.offers.prices_for(turn.belonging)
        told = ((one.use.site, one.booked_at) for one in turn.beside)
        use = turn.after or turn.before
        assert use is not None
        made = {(site.pk, at) for site, at in (*told, (use.site, turn.booked_at))}
        lines = self._lines_of(turn)
        return Facts(
            turn.belonging,
            standing([*chain.from_iterable(lines.values())]),
            lines,
            offer=self.offers.offer(turn.after, turn.belonging) if turn.after else None,
            lists=dict.fromkeys(made, prices),
        )

    def _lines_of(self, turn: Turn) -> Mapping[str, Sequence[Charge]]:
        """Return all lines of the booking and of those beside it."""
        references = (turn.reference, *(one.reference for one in turn.beside))
        return {one: self.lines.get(one, ()) for one in references}

    def _numbered(self, lines: Iterable[Charge]) -> Iterator[Charge]:
        """Yield lines as they are kept, each with a number."""
        for line in lines:
            line.pk = next(self._numbers)
            self.lines[line.subject].append(line)
            yield line

    def write(self) -> None:
        """Write all rows: lines of use, then what corrects them, then what the ledger moved."""
        every = sorted(
            (line for some in self.lines.values() for line in some),
            key=lambda line: (line.made_at, line.pk),
        )
        uses = {line.pk: line for line in every if line.corrects_id is None}
        corrections = [line for line in every if line.corrects_id is not None]
        write_lines(list(uses.values()))
        for line in corrections:
            assert line.corrects_id is not None
            line.corrects_id = uses[line.corrects_id].pk
        write_lines(corrections)
        Transfer.objects.bulk_create(self.transfers, batch_size=BATCH)


def write_lines(lines: list[Charge]) -> None:
    """Write lines under the keys that the database gives them."""
    for line in lines:
        line.pk = None
    Charge.objects.bulk_create(lines, batch_size=BATCH)


def open_accounts(
    people: Iterable[User], payers: Iterable[Organisation], operators: Iterable[Organisation]
) -> dict[str, Account]:
    """Return the accounts of people and organisations that owe, and of who earns, by code."""
    owing = [*owed_by_many(people), *map(owed_by_organisation, payers)]
    rows = [*owing, *map(earned_by, operators)]
    return {one.code: one for one in rows}
