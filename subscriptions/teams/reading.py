"""What is known when a team's rules are asked: the rules, and what stands. Reads only."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from billing.charging.days import monday_of
from billing.charging.quotes import CUSTOMER
from billing.charging.standing import Standing, lines_of_subjects, standing
from billing.models import Charge
from network.models import Organisation, User
from sites.models import Site
from subscriptions.models import OnAccount, Team
from subscriptions.teams.rules import Asked, Rules, Usage, by_month

#: Lines of a week or a month begin before the days that are asked about; clocks differ by hours.
LONGEST_LINE = timedelta(days=33)
A_WEEK, LONGEST_MONTH = timedelta(days=7), timedelta(days=31)


def rules_of(team: Team, site: Site) -> Rules:
    """Return the rules of a team as they are for a site; three queries at most."""
    sites = list(team.sites.order_by("name", "pk"))
    territories = list(team.territories.order_by("name", "pk"))
    is_bounded = bool(sites or territories)
    return Rules(
        team=team.name,
        employer=team.organisation.name,
        days_a_week=team.days_a_week,
        budget_cents=team.monthly_budget_cents,
        approval_above_cents=team.approval_above_cents,
        kinds=frozenset(team.kinds),
        places=(*(one.name for one in sites), *(one.name for one in territories)),
        is_place_open=not is_bounded or site in sites or is_in_territories(team, site),
    )


def is_in_territories(team: Team, site: Site) -> bool:
    """Tell whether a site's commune belongs to one of the territories of a team."""
    return team.territories.filter(pk__in=site.commune.territories.values("pk")).exists()


def usage_beside(person: User | None, employer: Organisation, asked: Asked) -> tuple[Usage, Usage]:
    """Return what stands of the booking itself and of a person's others; two queries.

    Of the weeks and months of the days that are asked for.
    """
    found = standing_around(person, employer, {*asked.days, *asked.cents})
    own = found.pop(asked.subject, [])
    return usage(own), usage(one for some in found.values() for one in some)


def standing_around(
    person: User | None, employer: Organisation, days: Iterable[date]
) -> dict[str, list[Standing]]:
    """Return by booking what stands on the account around some days: their weeks and months."""
    first, last = around(days)
    on_account = OnAccount.objects.filter(organisation=employer, person=person)
    lines = Charge.objects.filter(
        kind=Charge.Kind.USE,
        subject__in=on_account.values("subject"),
        starts_at__gte=first - LONGEST_LINE,
        starts_at__lt=last + timedelta(days=2),
    )
    subjects = sorted(set(lines.values_list("subject", flat=True)))
    return standing(lines_of_subjects().read(subjects=subjects)) if subjects else {}


def around(days: Iterable[date]) -> tuple[datetime, datetime]:
    """Return instants before and after all days of the weeks and months of some days."""
    some = sorted(days)
    first = min(monday_of(some[0]), some[0].replace(day=1))
    last = max(monday_of(some[-1]) + A_WEEK, some[-1].replace(day=1) + LONGEST_MONTH)
    return midnight(first), midnight(last)


def midnight(day: date) -> datetime:
    """Return the beginning of a day by the clocks of UTC."""
    return datetime.combine(day, time(), tzinfo=UTC)


def usage(some: Iterable[Standing]) -> Usage:
    """Return the days, the cents that are owed and the places of lines that stand."""
    lines = list(some)
    cents: Counter[date] = Counter()
    for one in lines:
        cents[one.day] += one.owed[CUSTOMER]
    return Usage(
        days=frozenset(day for one in lines for day in one.days),
        owed=by_month(cents),
        places=frozenset(one.place for one in lines),
    )
