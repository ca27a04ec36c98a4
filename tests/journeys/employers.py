"""The pages of employers and their people, and what they are about."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from network.models import User
from tests.factories import make_user
from tests.journeys.rules import RULE_PAGES, RULE_VARIANTS, make_rules
from tests.journeys.subscriptions import (
    SUBSCRIPTION_PAGES,
    SUBSCRIPTION_VARIANTS,
    make_subscriptions,
)
from tests.journeys.who import EMPLOYER, NEWCOMER, NOBODY, REGULAR
from tests.subscriptions.employers import (
    make_cost_centre,
    make_employee,
    make_employer,
    make_invitation,
    make_team,
)

#: Name, address, who looks, as in `PAGES`.
EMPLOYER_PAGES = [
    ("employer to register", "/employers/new/", NEWCOMER),
    ("no employers", "/employer/", NEWCOMER),
    ("home of an employer", "/employer/{employer}/", EMPLOYER),
    ("usage of an employer", "/employer/{employer}/usage/", EMPLOYER),
    ("people of an employer", "/employer/{employer}/people/", EMPLOYER),
    ("people to invite", "/employer/{employer}/invite/", EMPLOYER),
    ("list of people to invite", "/employer/{employer}/invite/list/", EMPLOYER),
    ("one of the people", "/employer/{employer}/people/{employee}/", EMPLOYER),
    ("last day of one of them", "/employer/{employer}/people/{employee}/leave/", EMPLOYER),
    ("invitation to send again", "/employer/{employer}/invited/{invited}/again/", EMPLOYER),
    ("invitation to withdraw", "/employer/{employer}/invited/{invited}/withdraw/", EMPLOYER),
    ("invitation", "/invitation/{invitation}/", NOBODY),
    ("invitation to accept", "/invitation/{invitation}/", NEWCOMER),
    ("invitation of somebody else", "/invitation/{invitation}/", REGULAR),
    ("people to book for", "/employer/{employer}/book/", EMPLOYER),
    ("week of people to book for", "/employer/{employer}/book/?person={colleague}", EMPLOYER),
    ("booked for people", "/employer/{employer}/booked/", EMPLOYER),
    ("employers of one’s own", "/account/employers/", EMPLOYER),
    ("no employers of one’s own", "/account/employers/", NEWCOMER),
    ("last day at an employer", "/account/employers/{own_employment}/leave/", EMPLOYER),
    *RULE_PAGES,
    *SUBSCRIPTION_PAGES,
]
EMPLOYER_VARIANTS = {
    "invitation to accept",
    "invitation of somebody else",
    "no employers of one’s own",
    "week of people to book for",
    *RULE_VARIANTS,
    *SUBSCRIPTION_VARIANTS,
}


def make_staff(by: User, invited: User) -> dict[str, object]:
    """Make an employer that `by` runs, with people and invitations; return what names them."""
    employer = make_employer(by, "Boulangerie Weber")
    team = make_team(employer, "Fournil")
    centre = make_cost_centre(employer, "CC1", "Boutique")
    today = timezone.localdate()
    usual: dict[str, Any] = {"team": team, "cost_centre": centre, "since": today}
    lea = make_employee(employer, make_user("lea@weber.example", name="Léa Roth"), **usual)
    leaving = make_user("bob@weber.example", name="Bob Kieffer")
    make_employee(employer, leaving, since=today, until=today + timedelta(days=9))
    now = timezone.now()
    dates = {"made_at": now, "sent_at": now, "expires_at": now + timedelta(days=30)}
    make_invitation(employer, "non@weber.example", **dates, withdrawn_at=now, is_declined=True)
    waiting = make_invitation(employer, "attend@weber.example", **dates, team=team)
    return (
        make_rules(employer, by, lea)
        | make_subscriptions(employer, by)
        | {
            "employer": employer.pk,
            "employee": lea.pk,
            "colleague": lea.person_id,
            "own_employment": make_employee(employer, by, since=today).pk,
            "invited": waiting.pk,
            "invitation": make_invitation(employer, invited.email, **dates).key,
        }
    )
