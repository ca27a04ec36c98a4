"""Plans are written in versions: a draft, put in force from a day on, never edited then."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from network.models import User
from subscriptions.errors import PlanDayRefused, PlanIncomplete, PlanPublished
from subscriptions.models import Plan, PlanVersion
from subscriptions.plans.drafting import Identity, begin_plan, discard_draft, sellers, write_draft
from subscriptions.plans.publishing import offer_again, publish, withdraw
from subscriptions.plans.showing import offered, plans_on_offer
from subscriptions.plans.terms import Terms, costs_of
from tests.factories import (
    MONDAY,
    NOW,
    TUESDAY,
    holder,
    make_operator,
    make_organisation,
    make_user,
)
from tests.subscriptions.plans import COSTS, DESK, RURAL, make_plan, make_version, terms
from tests.waiting import ON_POSTGRESQL, has_to_wait

pytestmark = pytest.mark.django_db
NEW_YEAR = date(2027, 1, 1)


@pytest.fixture
def planner() -> User:
    return holder("manage_plans")


def begun(by: User, **fields: Any) -> Plan:
    """Begin a plan of the network team's."""
    seller = make_organisation("", "network_team")
    identity = Identity(seller, Plan.Holders.BOTH, is_shared=False)
    return begin_plan(identity=identity, terms=terms(**fields), by=by)


def test_a_plan_begins_as_a_draft_that_nobody_is_offered(planner: User) -> None:
    plan = begun(planner, name="Mi-temps")

    draft = PlanVersion.objects.get(plan=plan)
    assert (plan.code, draft.is_published) == ("mi-temps", False)
    assert costs_of(draft) == COSTS
    assert plans_on_offer(TUESDAY) == []


def test_two_plans_of_one_name_have_two_codes(planner: User) -> None:
    assert [begun(planner, name="Équipe").code for _ in range(3)] == [
        "equipe",
        "equipe-2",
        "equipe-3",
    ]


@pytest.mark.parametrize(("name", "code"), [("★★★", "plan"), ("New", "new-2")])
def test_every_name_has_a_code_that_can_be_an_address(planner: User, name: str, code: str) -> None:
    assert begun(planner, name=name).code == code


def test_what_a_version_says_is_what_was_written(planner: User) -> None:
    said = terms(
        half_days=20, carry_over_months=2, has_overage=False, trial_days=14, notice_days=30
    )
    plan = make_plan()

    draft = write_draft(plan=plan, terms=said, by=planner)

    draft.refresh_from_db()
    assert Terms.of(draft) == said


def test_a_draft_is_written_again_in_its_place(planner: User) -> None:
    plan = begun(planner)

    write_draft(plan=plan, terms=terms(price_cents=3000, costs={(RURAL, DESK): 3}), by=planner)

    (draft,) = PlanVersion.objects.filter(plan=plan)
    assert draft.price_cents == 3000
    assert costs_of(draft) == {(RURAL, DESK): 3}


def test_the_first_version_may_begin_today_the_next_ones_on_days_to_come(planner: User) -> None:
    plan = begun(planner)

    publish(plan=plan, first_day=MONDAY, by=planner, now=NOW)
    write_draft(plan=plan, terms=terms(price_cents=3000), by=planner)
    with pytest.raises(PlanDayRefused):
        publish(plan=plan, first_day=MONDAY, by=planner, now=NOW)
    publish(plan=plan, first_day=TUESDAY, by=planner, now=NOW)

    (monday,), (tuesday,) = offered([plan], MONDAY), offered([plan], TUESDAY)
    assert monday.current
    assert monday.following
    assert tuesday.current
    assert (monday.current.price_cents, monday.following.price_cents) == (2800, 3000)
    assert (tuesday.current.price_cents, tuesday.following) == (3000, None)


@pytest.mark.parametrize("day", [MONDAY - timedelta(days=1), NEW_YEAR])
def test_a_day_that_is_over_or_has_its_version_is_refused(planner: User, day: date) -> None:
    plan = make_plan()
    make_version(plan)
    make_version(plan, from_day=NEW_YEAR)
    write_draft(plan=plan, terms=terms(), by=planner)

    with pytest.raises(PlanDayRefused) as refusal:
        publish(plan=plan, first_day=day, by=planner, now=NOW)

    assert refusal.value.about == "first_day"


def test_what_opens_nothing_is_not_put_in_force(planner: User) -> None:
    plan = begun(planner, costs={})

    with pytest.raises(PlanIncomplete):
        publish(plan=plan, first_day=TUESDAY, by=planner, now=NOW)


def test_put_in_force_twice_there_is_no_draft_the_second_time(planner: User) -> None:
    plan = begun(planner)
    publish(plan=plan, first_day=TUESDAY, by=planner, now=NOW)

    with pytest.raises(PlanIncomplete):
        publish(plan=plan, first_day=NEW_YEAR, by=planner, now=NOW)


def test_the_next_draft_leaves_what_is_in_force_as_it_is(planner: User) -> None:
    plan = begun(planner)
    first = publish(plan=plan, first_day=MONDAY, by=planner, now=NOW)

    write_draft(plan=plan, terms=terms(price_cents=1, costs={(RURAL, DESK): 9}), by=planner)

    first.refresh_from_db()
    assert (first.price_cents, costs_of(first)) == (2800, COSTS)


def test_a_plan_that_never_was_in_force_is_deleted_with_its_draft(planner: User) -> None:
    never, once = begun(planner), make_plan("once")
    make_version(once)
    write_draft(plan=once, terms=terms(), by=planner)

    discard_draft(plan=never, by=planner)
    discard_draft(plan=once, by=planner)

    assert list(Plan.objects.values_list("code", flat=True)) == ["once"]
    with pytest.raises(PlanPublished):
        discard_draft(plan=once, by=planner)


def test_withdrawn_a_plan_is_offered_until_its_day_and_again_when_wished(planner: User) -> None:
    plan = make_plan()
    make_version(plan)

    withdraw(plan=plan, from_day=TUESDAY, by=planner, now=NOW)

    assert [len(plans_on_offer(day)) for day in (MONDAY, TUESDAY)] == [1, 0]
    offer_again(plan=plan, by=planner)
    assert len(plans_on_offer(TUESDAY)) == 1


def test_a_plan_is_not_withdrawn_from_a_day_that_is_over(planner: User) -> None:
    plan = make_plan()

    with pytest.raises(PlanDayRefused):
        withdraw(plan=plan, from_day=MONDAY - timedelta(days=1), by=planner, now=NOW)


def test_the_network_or_an_operator_sells_the_network_first() -> None:
    make_organisation("Employer")
    operator = make_operator("A")
    team = make_organisation("Z", "network_team", "operator")

    assert sellers() == [team, operator]


def test_an_employer_sells_no_plan(planner: User) -> None:
    identity = Identity(make_organisation(), Plan.Holders.BOTH, is_shared=False)

    with pytest.raises(PermissionDenied):
        begin_plan(identity=identity, terms=terms(), by=planner)


def test_nobody_else_writes_plans() -> None:
    plan, somebody = make_plan(), make_user()
    make_version(plan)
    identity = Identity(plan.seller, Plan.Holders.BOTH, is_shared=False)
    for act in (
        lambda: begin_plan(identity=identity, terms=terms(), by=somebody),
        lambda: write_draft(plan=plan, terms=terms(), by=somebody),
        lambda: discard_draft(plan=plan, by=somebody),
        lambda: publish(plan=plan, first_day=TUESDAY, by=somebody, now=NOW),
        lambda: withdraw(plan=plan, from_day=TUESDAY, by=somebody, now=NOW),
        lambda: offer_again(plan=plan, by=somebody),
    ):
        with pytest.raises(PermissionDenied):
            act()


@pytest.mark.parametrize(
    "fields",
    [{"half_days": 0}, {"half_days": None, "carry_over_months": 1}, {"costs": {(RURAL, DESK): 0}}],
)
def test_the_database_refuses_terms_that_make_no_sense(fields: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make_version(make_plan(), **fields)


def test_the_database_refuses_people_who_share() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make_plan(holders="persons", is_shared=True)


def test_the_database_refuses_two_drafts_and_two_versions_of_a_day() -> None:
    plan = make_plan()
    make_version(plan)
    make_version(plan, from_day=None)
    for day in (MONDAY, None):
        with pytest.raises(IntegrityError), transaction.atomic():
            make_version(plan, from_day=day)


@ON_POSTGRESQL
@pytest.mark.django_db(transaction=True)
def test_who_writes_the_same_plan_meanwhile_waits(planner: User) -> None:
    plan = begun(planner)

    with transaction.atomic():
        write_draft(plan=plan, terms=terms(price_cents=3000), by=planner)

        for act in (
            lambda: publish(plan=plan, first_day=TUESDAY, by=planner, now=NOW),
            lambda: write_draft(plan=plan, terms=terms(), by=planner),
            lambda: withdraw(plan=plan, from_day=TUESDAY, by=planner, now=NOW),
            lambda: discard_draft(plan=plan, by=planner),
        ):
            assert has_to_wait(act)
