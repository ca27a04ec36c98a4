"""What people pay in the demo: their groups, a pass, and the charges of all bookings."""

from collections.abc import Collection, Iterable, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import NAMESPACE_OID, uuid5

from billing.charging.settling import settle
from billing.charging.subjects import Turn
from billing.grids.rights import operators_of
from billing.groups.granting import Grant, grant_group, people_grantable
from billing.models import GroupMembership, Pass
from billing.passes.buying import sell_pass
from billing.passes.correcting import Correction, write_correction
from billing.passes.selling import offers_at
from billing.prices.groups import Group
from demo.charging import Charging, Offers, open_accounts
from demo.diary import Written
from demo.network import BuiltNetwork
from demo.people import Regular
from demo.stories import VILLE
from demo.turns import turns_of
from network.models import Capacity, User

#: The groups of those who say that they are so; an operator has seen what proves it.
OF_STATUS = {User.Status.JOB_SEEKER: Group.JOB_SEEKER, User.Status.STUDENT: Group.STUDENT}
#: To how many customers the manager gave a group.
AT_COUNTER = 4
#: Until when they are shown anew, after today.
GROUPS_RUN = timedelta(days=60)
#: What the teleworker bought at ten in the morning, so long before the start of today.
PASS, BOUGHT = "dix-demi-journees-rural", timedelta(days=12, hours=14)

#: Why its seller added a half-day to it, and so long before the start of today.
GESTURE, CORRECTED = "Chauffage en panne mardi matin", timedelta(hours=13)

Turns = Sequence[tuple[datetime, Turn]]
#: The keys of a person and of the organisation whose seat they have.
Seated = tuple[int, int | None]


@dataclass(frozen=True)
class Paying:
    """Who pays what, as of `now`, the start of today."""

    network: BuiltNetwork
    personas: dict[str, User]
    joined_at: datetime
    now: datetime

    def grant_groups(self, regulars: Iterable[Regular]) -> None:
        """Have job seekers and students pay less, since they joined."""
        ends_on = self.now.date() + GROUPS_RUN
        team = self.personas["team"]
        said = Grant(self.personas["jobseeker"], Group.JOB_SEEKER, ends_on)
        grant_group(grant=said, by=team, now=self.joined_at)
        GroupMembership.objects.bulk_create(
            GroupMembership(
                person=one.person,
                group=OF_STATUS[User.Status(one.person.status)],
                ends_on=ends_on,
                granted_by=team,
                granted_at=self.joined_at,
            )
            for one in regulars
            if one.person.status in OF_STATUS
        )

    def grant_at_counter(self) -> None:
        """Have the manager whom one can sign in as say a group of some customers."""
        by = self.personas["manager"]
        (operator,) = operators_of(by)
        customers = people_grantable(by, operator).filter(group_memberships__isnull=True)
        for person in customers.order_by("pk")[:AT_COUNTER]:
            said = Grant(person, Group.RESIDENT, self.now.date() + GROUPS_RUN, operator)
            grant_group(grant=said, by=by, now=self.now)

    def charge(self, written: Iterable[Written], day: date, seated: Set[Seated]) -> None:
        """Charge all bookings by the prices in force since `day`.

        Those of personas, and of people on account of an employer whose seat they have, one by
        one: passes may cover them.
        """
        turns = list(turns_of(written))
        told = {one.pk for one in self.personas.values()}
        own = [pair for pair in turns if is_told_apart(pair[1], told, seated)]
        others = [pair for pair in turns if not is_told_apart(pair[1], told, seated)]
        self.charge_in_bulk(others, day)
        bought_at = self.now - BOUGHT
        settle_all([pair for pair in own if pair[0] < bought_at])
        self.buy_pass(bought_at)
        settle_all([pair for pair in own if pair[0] >= bought_at])
        self.correct_pass()

    def charge_in_bulk(self, turns: Turns, day: date) -> None:
        """Charge the bookings of those who have no pass."""
        sites = [built.site for built in self.network.sites]
        people = {turn.person.pk: turn.person for _at, turn in turns}
        running = GroupMembership.objects.at(self.now, self.now.date())
        groups = running.values_list("person", "group")
        offers = Offers(sites, day, {person: Group(word) for person, word in groups})
        operators = {site.operator_id: site.operator for site in sites}
        payers = self.network.taking_part_as(Capacity.Kind.EMPLOYER)
        accounts = open_accounts(people.values(), payers, operators.values())
        charging = Charging(offers, accounts)
        for at, turn in turns:
            charging.settle(turn, at)
        charging.write()

    def buy_pass(self, at: datetime) -> None:
        """Have the teleworker buy the pass that covers their bookings from then on: no mail."""
        site = self.network.site(VILLE).site
        sell_pass(
            offer=offers_at(site, at).get(code=PASS),
            site=site,
            by=self.personas["teleworker"],
            now=at,
            key=uuid5(NAMESPACE_OID, "demo:pass"),
        )

    def correct_pass(self) -> None:
        """Have the manager whom one can sign in as add a half-day to it, as a gesture: no mail."""
        held = Pass.objects.of_person(self.personas["teleworker"])
        write_correction(
            sold=held.get(),
            correction=Correction(1, GESTURE),
            by=self.personas["manager"],
            now=self.now - CORRECTED,
            key=uuid5(NAMESPACE_OID, "demo:correction"),
        )


def is_told_apart(turn: Turn, people: Collection[int], seated: Set[Seated]) -> bool:
    """Tell whether passes may cover a turn: it is then settled by itself."""
    return turn.person.pk in people or (turn.person.pk, turn.payer) in seated


def settle_all(turns: Turns) -> None:
    """Settle turns as the product does, in the order of time."""
    for at, turn in turns:
        settle(turn=turn, now=at)
