"""The pages of subscriptions, and what they are about."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from billing.statements.months import Month
from network.models import Organisation, User
from subscriptions.taking.ending import end_subscription
from subscriptions.taking.subscribing import Wish, take
from tests.journeys.who import EMPLOYER, NEWCOMER, TEAM
from tests.subscriptions.plans import make_plan, make_version

#: Name, address, who looks, as in `PAGES`.
SUBSCRIPTION_PAGES = [
    ("plan to take", "/plans/team/subscribe/", EMPLOYER),
    ("plan to take, asked", "/plans/team/subscribe/?{seats_asked}", EMPLOYER),
    ("plan for employers", "/plans/team/subscribe/", NEWCOMER),
    ("my subscriptions", "/subscriptions/", EMPLOYER),
    ("no subscriptions", "/subscriptions/", NEWCOMER),
    ("subscription", "/subscriptions/{subscription}/", EMPLOYER),
    ("seats to change", "/subscriptions/{subscription}/seats/", EMPLOYER),
    ("seats to change, asked", "/subscriptions/{subscription}/seats/?seats=7", EMPLOYER),
    ("subscription to end", "/subscriptions/{subscription}/end/", EMPLOYER),
    ("subscription to go on", "/subscriptions/{ending}/go-on/", EMPLOYER),
    ("every subscription", "/manage/subscriptions/", TEAM),
]
SUBSCRIPTION_VARIANTS = {
    "plan to take, asked",
    "plan for employers",
    "no subscriptions",
    "seats to change, asked",
}


def make_subscriptions(employer: Organisation, by: User) -> dict[str, object]:
    """Have an employer subscribe, and its administrator for themselves; return what names them."""
    now, today = timezone.now(), timezone.localdate()
    version = make_version(
        make_plan("team", holders="organisations", is_shared=True),
        today - timedelta(days=1),
        name="Équipe",
    )
    own = make_version(make_plan("own"), today - timedelta(days=1), name="Découverte")
    wish = Wish(version=version, starts_on=today, seats=5, organisation=employer)
    made, _is_new = take(wish=wish, by=by, now=now, key=uuid4())
    mine = Wish(version=own, starts_on=today)
    ending, _is_new = take(wish=mine, by=by, now=now, key=uuid4())
    end_subscription(subscription=ending, ends_on=Month.of(today).last, by=by, now=now)
    return {
        "subscription": made.pk,
        "ending": ending.pk,
        "seats_asked": f"organisation={employer.pk}&seats=3&starts_on={today}",
    }
