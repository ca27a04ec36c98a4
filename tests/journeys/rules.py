"""The pages of what an employer sets for its people, and what they are about."""

from datetime import timedelta

from django.utils import timezone

from network.models import Organisation, User
from sites.models import Site
from subscriptions.approvals.answering import answer
from subscriptions.approvals.asking import Wanted, ask_approval
from subscriptions.employers.headcounts import tell_headcount
from subscriptions.models import Employee
from tests.journeys.who import EMPLOYER, NEWCOMER
from tests.subscriptions.domains.owned import make_domain
from tests.subscriptions.employers import make_cost_centre, make_team

#: Name, address, who looks, as in `PAGES`.
RULE_PAGES = [
    ("teams", "/employer/{employer}/teams/", EMPLOYER),
    ("new team", "/employer/{employer}/teams/new/", EMPLOYER),
    ("team", "/employer/{employer}/teams/{team}/", EMPLOYER),
    ("rules of a team", "/employer/{employer}/teams/{team}/change/", EMPLOYER),
    ("team to delete", "/employer/{employer}/teams/{team}/delete/", EMPLOYER),
    ("approvals of an employer", "/employer/{employer}/approvals/", EMPLOYER),
    ("what waits for approval", "/approvals/", EMPLOYER),
    ("nothing to approve", "/approvals/", NEWCOMER),
    ("booking to approve", "/approvals/{approval}/", EMPLOYER),
    ("refused booking", "/approvals/{refused}/", EMPLOYER),
    ("cost centres", "/employer/{employer}/cost-centres/", EMPLOYER),
    ("name of a cost centre", "/employer/{employer}/cost-centres/{centre}/", EMPLOYER),
    ("cost centre to delete", "/employer/{employer}/cost-centres/{centre}/delete/", EMPLOYER),
    ("headcount", "/employer/{employer}/headcount/", EMPLOYER),
    ("domains", "/employer/{employer}/domains/", EMPLOYER),
    ("domain to delete", "/employer/{employer}/domains/{domain}/delete/", EMPLOYER),
    ("employer to join", "/employers/join/", EMPLOYER),
    ("no employer to join", "/employers/join/", NEWCOMER),
]
RULE_VARIANTS = {
    "what waits for approval",
    "nothing to approve",
    "refused booking",
    "no employer to join",
}


def make_rules(employer: Organisation, by: User, asking: Employee) -> dict[str, object]:
    """Make what an employer sets, and what somebody asks; return what names them."""
    now, today = timezone.now(), timezone.localdate()
    team = make_team(employer, "Livraison", days_a_week=2, kinds=["desk", "office"])
    team.monthly_budget_cents, team.approval_above_cents, team.approver = 12_000, 4_000, by
    team.save()
    site = Site.objects.earliest("pk")
    team.sites.add(site)
    asking.team = team
    asked = [
        ask_approval(
            wanted=Wanted(
                subject=subject,
                site=site,
                days=frozenset({today + timedelta(days=1)}),
                price_cents=5_200,
            ),
            employee=asking,
            expires_at=now + timedelta(hours=2),
            now=now,
        )
        for subject in ("waiting", "answered")
    ]
    answer(approval=asked[1], is_granted=False, words="Venez au bureau.", by=by, now=now)
    tell_headcount(employer=employer, day=today, people=42, by=by, now=now)
    make_domain(employer, "boulangerie.example", verified_at=now, checked_at=now, made_at=now)
    return {
        "team": team.pk,
        "approval": asked[0].pk,
        "refused": asked[1].pk,
        "centre": make_cost_centre(employer, "CC2", "Tournées").pk,
        "domain": make_domain(employer, "weber.example").pk,
    }
