"""Employers of the demo: what they subscribe to for whom, their teams, and what is kept of it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import NAMESPACE_OID, uuid5

from billing.statements.months import Month, day_of
from demo.diary import Written
from demo.network import BuiltNetwork
from demo.paying import Seated
from demo.people import Regular
from demo.subscription_plans import EmployerPlan
from network.models import Organisation, User
from subscriptions.costs.reading import Named
from subscriptions.costs.writing import add_cost_centres
from subscriptions.employers.headcounts import tell_headcount
from subscriptions.locking import lock_subscription
from subscriptions.models import CostCentre, Employee, OnAccount, PlanVersion, Subscription, Team
from subscriptions.months.closing import close, dues
from subscriptions.months.granting import grant_months
from subscriptions.taking.seats import give_seat
from subscriptions.taking.subscribing import Wish, take
from subscriptions.teams.writing import make_team

BATCH = 2000


@dataclass(frozen=True)
class Employing:
    """What employers do from a first day on, until `now`, the start of today."""

    network: BuiltNetwork
    personas: dict[str, User]
    first_day: date
    now: datetime

    @property
    def began(self) -> datetime:
        """Return the instant at which all of it begins."""
        return day_of(self.first_day).starts_at

    def begin(self, regulars: Sequence[Regular]) -> set[Seated]:
        """Have employers subscribe and give out their seats: return who has one, and of whom."""
        seated: set[Seated] = set()
        for plan in self.network.content.employers.values():
            employer = self.network.organisations[plan.organisation]
            theirs = [one.person for one in regulars if one.organisation == employer]
            seated |= {(one.pk, employer.pk) for one in self.subscribed(plan, employer, theirs)}
        return seated

    def subscribed(
        self, plan: EmployerPlan, employer: Organisation, people: Sequence[User]
    ) -> list[User]:
        """Have one employer subscribe, and return who has its seats."""
        by = self.personas[plan.persona]
        self.organise(plan, employer, people)
        version = PlanVersion.objects.begun(self.first_day).get(plan__code=plan.plan)
        wish = Wish(
            version=version,
            starts_on=self.first_day,
            seats=plan.seats,
            organisation=employer,
            purchase_order=plan.purchase_order,
        )
        key = uuid5(NAMESPACE_OID, f"demo:subscription:{plan.organisation}")
        made, _is_new = take(wish=wish, by=by, now=self.began, key=key)
        seated = [by, *people][: plan.invited]
        for person in seated:
            give_seat(subscription=made, person=person, now=self.began)
        self.grant(made)
        return seated

    def organise(self, plan: EmployerPlan, employer: Organisation, people: Sequence[User]) -> None:
        """Give an employer its cost centres, its teams, and its headcount."""
        by = self.personas[plan.persona]
        some = [Named(code, name) for code, name in plan.cost_centres.items()]
        centres = add_cost_centres(employer=employer, some=some, by=by)
        teams = [
            make_team(employer=employer, terms=one.terms(by), by=by, now=self.began)
            for one in plan.teams
        ]
        place(employer, people, teams, centres)
        for day, count in plan.headcounts(self.first_day, self.now.date()):
            tell_headcount(employer=employer, day=day, people=count, by=by, now=self.now)

    def grant(self, subscription: Subscription) -> None:
        """Have a subscription grant what it granted as each month began."""
        for month in self.months():
            at = max(self.began, month.interval.starts_at)
            grant_months(subscription=lock_subscription(subscription.pk), now=at)
        grant_months(subscription=lock_subscription(subscription.pk), now=self.now)

    def months(self) -> Iterator[Month]:
        """Yield the months from the first day to today."""
        month = Month.of(self.first_day)
        while month <= Month.of(self.now.date()):
            yield month
            month = month.following

    def close_months(self) -> None:
        """Charge each month that is over, as it was over."""
        for month in list(self.months())[:-1]:
            for due in dues(month):
                close(due=due, now=month.interval.ends_at)


def place(
    employer: Organisation,
    people: Iterable[User],
    teams: Sequence[Team],
    centres: Sequence[CostCentre],
) -> None:
    """Put an employer's people into its teams and under its cost centres, in turn."""
    for number, person in enumerate(people):
        row = Employee.objects.filter(organisation=employer, person=person)
        row.update(
            team=teams[number % len(teams)] if teams else None,
            cost_centre=centres[number % len(centres)] if centres else None,
        )


def keep_accounts(written: Iterable[Written]) -> None:
    """Keep of each booking on an employer's account for which team and cost centre it was."""
    places = {(row.organisation_id, row.person_id): row for row in Employee.objects.all()}
    rows = []
    for booking, _draft in written:
        row = places.get((booking.organisation_id or 0, booking.person_id))
        if row is not None:
            rows.append(kept(booking.reference, row, booking.created_at))
    OnAccount.objects.bulk_create(rows, batch_size=BATCH)


def kept(reference: str, row: Employee, at: datetime) -> OnAccount:
    """Return what is kept of a booking that one of an employer's people makes."""
    return OnAccount(
        subject=reference,
        organisation_id=row.organisation_id,
        person_id=row.person_id,
        team_id=row.team_id,
        cost_centre_id=row.cost_centre_id,
        made_at=at,
    )
