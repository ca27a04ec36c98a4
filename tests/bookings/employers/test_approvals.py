"""What an employer has to approve of is held meanwhile: booked once granted, else let go."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from bookings.actions import book
from bookings.employers.waiting import MOST_WAITING, Browser, wait_for_approval
from bookings.errors import HoldEnded, NoUnitFree, TooManyHolds
from bookings.models import Booking, Hold
from bookings.wishes import Wish, interval_text
from network.models import User
from sites.models import Space
from subscriptions.approvals.answering import answer
from subscriptions.errors import ApprovalRefused
from subscriptions.models import Approval, Employee, OnAccount
from tests.billing.charging.turns import all_adds_up
from tests.billing.pages.reading import signed_in, words_of
from tests.billing.tariffs import make_grid
from tests.factories import MONDAY, NOW, PARIS, interval, make_space, make_user
from tests.subscriptions.employers import make_employee, make_employer, make_team

pytestmark = pytest.mark.django_db
FRIDAY = MONDAY + timedelta(days=4)
DAY = interval(FRIDAY, "08:00", "18:00")
BROWSER = Browser("caller", "")


@pytest.fixture
def boss() -> User:
    return make_user(name="Claire", language="en")


@pytest.fixture
def ada(boss: User) -> Employee:
    team = make_team(make_employer(boss, "Adira"), approval_above_cents=500, approver=boss)
    person = make_user(name="Ada", language="en")
    return make_employee(team.organisation, person, team=team)


@pytest.fixture
def space() -> Space:
    make_grid()
    return make_space(units=1)


def asked(by: Employee, space: Space, now: datetime = NOW) -> Approval:
    assert by.person is not None
    wish = Wish(space_id=space.pk, intervals=(DAY,), on_account_of=by.organisation_id)
    return wait_for_approval(wish=wish, person=by.person, browser=BROWSER, now=now)


def taken_by_another(space: Space, now: datetime) -> None:
    somebody = make_user()
    wish = Wish(space_id=space.pk, intervals=(DAY,))
    book(wish=wish, person=somebody, by=somebody, now=now)


def told(approval: Approval, by: User, *, is_granted: bool, now: datetime = NOW) -> Approval:
    return answer(approval=approval, is_granted=is_granted, words="", by=by, now=now)


def test_it_is_kept_from_others_until_somebody_answers(ada: Employee, space: Space) -> None:
    waiting = asked(ada, space)

    assert waiting.expires_at == NOW + timedelta(hours=72)
    assert waiting.price_cents > 500
    with pytest.raises(NoUnitFree):
        taken_by_another(space, NOW + timedelta(hours=1))
    assert not Booking.objects.exists()


def test_granted_it_is_booked_on_the_employers_account(
    ada: Employee, boss: User, space: Space
) -> None:
    told(asked(ada, space), boss, is_granted=True)

    booking = Booking.objects.get()
    assert (booking.person, booking.organisation) == (ada.person, ada.organisation)
    assert OnAccount.objects.get().subject == booking.reference
    assert all_adds_up()


def test_refused_it_is_free_again_at_once(ada: Employee, boss: User, space: Space) -> None:
    told(asked(ada, space), boss, is_granted=False)

    assert not Hold.objects.exists()
    taken_by_another(space, NOW)


def test_unanswered_at_its_end_it_keeps_nobody_out_with_no_job_run(
    ada: Employee, boss: User, space: Space
) -> None:
    waiting = asked(ada, space)
    late = waiting.expires_at

    taken_by_another(space, late)

    with pytest.raises(ApprovalRefused):
        told(waiting, boss, is_granted=True, now=late)


def test_it_ends_half_an_hour_before_it_begins_and_what_begins_sooner_is_not_asked(
    ada: Employee, space: Space
) -> None:
    evening_before = datetime(2026, 11, 26, 18, 0, tzinfo=PARIS)
    assert asked(ada, space, evening_before).expires_at == DAY.starts_at - timedelta(minutes=30)
    Hold.objects.all().delete()

    with pytest.raises(HoldEnded):
        asked(ada, space, DAY.starts_at - timedelta(minutes=20))
    assert not Hold.objects.exists()


def test_what_was_let_go_cannot_be_granted_and_nothing_is_answered(
    ada: Employee, boss: User, space: Space
) -> None:
    waiting = asked(ada, space)
    Hold.objects.all().delete()

    with pytest.raises(HoldEnded):
        told(waiting, boss, is_granted=True)

    waiting.refresh_from_db()
    assert waiting.answered_at is None


def test_one_has_only_so_much_wait(ada: Employee, space: Space) -> None:
    for number in range(MOST_WAITING):
        Approval.objects.create(
            subject=f"w{number}",
            organisation=ada.organisation,
            person=ada.person,
            price_cents=1,
            asked_at=NOW,
            expires_at=DAY.ends_at,
        )

    with pytest.raises(TooManyHolds):
        asked(ada, space)


@pytest.mark.usefixtures("frozen")
def test_on_the_page_one_is_told_who_approves_and_asks_them(
    client: Client, ada: Employee, boss: User, space: Space
) -> None:
    assert ada.person is not None
    reader = signed_in(client, ada.person)
    sent = {
        "at": interval_text(DAY, PARIS),
        "people": "1",
        "note": "",
        "pay_with": f"account_{ada.organisation_id}",
        "key": "first",
    }
    page = reader.get(f"/book/{space.pk}/", {"at": sent["at"]})
    sent |= dict(page.context["told"])

    refused = reader.post(f"/book/{space.pk}/", sent)
    assert refused.status_code == 409
    assert "Claire has to approve" in words_of(refused)
    assert "Ask for approval" in words_of(refused)
    assert not Approval.objects.exists()

    done = reader.post(
        f"/book/{space.pk}/", sent | {"key": "second", "ask_approval": "1"}, follow=True
    )
    assert "Claire is asked to approve." in words_of(done)
    assert "Waiting for approval" in words_of(done)
    asked_for = Approval.objects.get()
    assert asked_for.approver == boss

    stranger = signed_in(Client(), make_user())
    assert stranger.post(f"/bookings/waiting/{asked_for.pk}/withdraw/").status_code == 404

    given_up = reader.post(f"/bookings/waiting/{asked_for.pk}/withdraw/", follow=True)
    assert "The request is withdrawn" in words_of(given_up)
    assert "Waiting for approval" not in words_of(given_up)
    taken_by_another(space, NOW)
