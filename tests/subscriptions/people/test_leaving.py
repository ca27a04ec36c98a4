"""Who leaves has seat and account until the end of their last day, and keeps what is theirs."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from network.actions import close_account
from network.capacities import CapacityRefused, set_capacities
from network.models import Organisation, User
from subscriptions.errors import EmployeeRefused, LeavingRefused
from subscriptions.models import Employee, Seat, Subscription
from subscriptions.people.leaving import leave
from subscriptions.signals import employee_leaves
from tests.billing.pages.reading import page, signed_in, words_of
from tests.factories import MONDAY, NOW, TUESDAY, holder, make_user, reads_english
from tests.mails import mailbox, words
from tests.network.people import mails
from tests.subscriptions.employers import make_employee, make_employer, make_invitation, make_team
from tests.subscriptions.plans import make_plan, make_version
from tests.tasks import RunTasks

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
SUNDAY = MONDAY - timedelta(days=1)


@pytest.fixture
def ada() -> User:
    return make_user()


@pytest.fixture
def employer(ada: User) -> Organisation:
    return make_employer(ada, "Boulangerie Weber")


@pytest.fixture
def lea(employer: Organisation) -> Employee:
    person = reads_english(make_user("lea@weber.example", name="Léa Roth"))
    return make_employee(employer, person, team=make_team(employer))


def seat_of(one: Employee, **fields: Any) -> Seat:
    version = make_version(make_plan())
    subscription = Subscription.objects.create(
        version=version, organisation=one.organisation, starts_on=MONDAY, made_at=NOW
    )
    return Seat.objects.create(
        subscription=subscription, number=1, person=one.person, since=MONDAY, **fields
    )


def test_until_the_end_of_the_last_day_one_is_there(lea: Employee, ada: User) -> None:
    leave(employee=lea, last_day=TUESDAY, by=ada, now=NOW)

    assert list(Employee.objects.on(TUESDAY)) == [lea]
    assert not Employee.objects.on(TUESDAY + timedelta(days=1)).exists()


def test_the_seat_is_lost_with_the_last_day_and_those_elsewhere_stay(
    lea: Employee, ada: User
) -> None:
    seat = seat_of(lea)
    elsewhere = seat_of(make_employee(make_employer(), lea.person))

    leave(employee=lea, last_day=TUESDAY, by=ada, now=NOW)

    seat.refresh_from_db()
    elsewhere.refresh_from_db()
    assert (seat.until, elsewhere.until) == (TUESDAY, None)


def test_team_and_row_stay(lea: Employee, ada: User) -> None:
    leave(employee=lea, last_day=MONDAY, by=ada, now=NOW)

    lea.refresh_from_db()
    assert (lea.until, lea.person is not None, lea.team is not None) == (MONDAY, True, True)


def test_the_packages_above_are_told(lea: Employee, ada: User) -> None:
    told: list[tuple[object, ...]] = []

    def listen(sender: object, employee: Employee, **said: Any) -> None:
        told.append((employee, said["last_day"], said["by"], said["now"]))

    employee_leaves.connect(listen)
    try:
        leave(employee=lea, last_day=TUESDAY, by=ada, now=NOW)
    finally:
        employee_leaves.disconnect(listen)

    assert told == [(lea, TUESDAY, ada, NOW)]


def test_what_listens_and_fails_leaves_nothing_half_done(lea: Employee, ada: User) -> None:
    def crash(sender: object, **said: Any) -> None:
        raise RuntimeError("out of power")

    seat = seat_of(lea)
    employee_leaves.connect(crash)
    try:
        with pytest.raises(RuntimeError):
            leave(employee=lea, last_day=TUESDAY, by=ada, now=NOW)
    finally:
        employee_leaves.disconnect(crash)

    lea.refresh_from_db()
    seat.refresh_from_db()
    assert (lea.until, seat.until, mails()) == (None, None, [])


def test_who_leaves_is_told_by_mail(lea: Employee, ada: User, run_tasks: RunTasks) -> None:
    leave(employee=lea, last_day=TUESDAY, by=ada, now=NOW)
    run_tasks()

    (message,) = mailbox()
    assert message["To"] == "lea@weber.example"
    assert message["Subject"] == "Boulangerie Weber: your last day on its account"
    assert "Until 24 November 2026, that day included" in words(message)
    assert "stays yours, with what you booked for yourself." in words(message)


def test_the_day_may_be_told_anew(lea: Employee, ada: User) -> None:
    leave(employee=lea, last_day=TUESDAY, by=ada, now=NOW)
    leave(employee=lea, last_day=MONDAY, by=ada, now=NOW)

    lea.refresh_from_db()
    assert lea.until == MONDAY


@pytest.mark.parametrize("day", [SUNDAY, MONDAY + timedelta(days=367)])
def test_a_day_that_is_over_or_too_far_is_refused(lea: Employee, ada: User, day: date) -> None:
    with pytest.raises(LeavingRefused):
        leave(employee=lea, last_day=day, by=ada, now=NOW)


def test_who_has_left_has_left(employer: Organisation, ada: User) -> None:
    gone = make_employee(employer, since=SUNDAY, until=SUNDAY)

    with pytest.raises(EmployeeRefused):
        leave(employee=gone, last_day=TUESDAY, by=ada, now=NOW)


def test_one_may_leave_by_oneself_and_nobody_else_has_one_leave(lea: Employee) -> None:
    colleague = make_employee(lea.organisation).person
    assert lea.person is not None
    assert colleague is not None

    for stranger in (make_user(), colleague):
        with pytest.raises(PermissionDenied):
            leave(employee=lea, last_day=MONDAY, by=stranger, now=NOW)
    leave(employee=lea, last_day=MONDAY, by=lea.person, now=NOW)

    lea.refresh_from_db()
    assert lea.until == MONDAY


def test_the_page_says_what_happens_and_does_it(lea: Employee, ada: User, client: Client) -> None:
    there = f"/employer/{lea.organisation_id}/people/{lea.pk}/leave/"
    signed_in(client, ada)

    told = page(client, there)
    answer = client.post(there, {"last_day": "2026-11-24"})

    assert "At the end of this day the person loses the seat" in told
    assert answer["Location"] == f"/employer/{lea.organisation_id}/people/"
    assert "Leaves on 24 November 2026" in page(client, answer["Location"])


@pytest.mark.parametrize(
    ("typed", "words"),
    [("2026-11-22", "Choose a day from today on"), ("1026-01-01", ""), ("soon", ""), ("", "")],
)
def test_a_wrong_day_is_refused_at_its_field(
    lea: Employee, ada: User, client: Client, typed: str, words: str
) -> None:
    there = f"/employer/{lea.organisation_id}/people/{lea.pk}/leave/"

    answer = signed_in(client, ada).post(there, {"last_day": typed})

    assert answer.status_code == 409
    assert words in words_of(answer)
    assert answer.context["form"].errors["last_day"]
    lea.refresh_from_db()
    assert lea.until is None


def test_of_another_employer_nobody_is_reached(lea: Employee, client: Client) -> None:
    other = make_user()
    elsewhere = make_employer(other)

    answer = signed_in(client, other).get(f"/employer/{elsewhere.pk}/people/{lea.pk}/leave/")

    assert answer.status_code == 404


def test_whose_account_is_closed_leaves_that_day(lea: Employee) -> None:
    seat = seat_of(lea)
    assert lea.person is not None

    close_account(person=lea.person, by=holder("change_user", is_staff=True), now=NOW)

    lea.refresh_from_db()
    seat.refresh_from_db()
    assert (lea.until, seat.until) == (MONDAY, MONDAY)


def test_whose_account_is_deleted_leaves_the_seat_to_others(lea: Employee) -> None:
    seat = seat_of(lea)
    assert lea.person is not None

    lea.person.delete()

    lea.refresh_from_db()
    seat.refresh_from_db()
    assert (lea.person_id, lea.until) == (None, MONDAY)
    assert (seat.person_id, seat.until) == (None, MONDAY)


def test_who_was_to_leave_sooner_or_has_left_stays_as_told(employer: Organisation) -> None:
    person = make_user()
    gone = make_employee(employer, person, since=SUNDAY, until=SUNDAY)
    today = make_employee(make_employer(), person, until=MONDAY)

    close_account(person=person, by=holder("change_user", is_staff=True), now=NOW)

    gone.refresh_from_db()
    today.refresh_from_db()
    assert (gone.until, today.until) == (SUNDAY, MONDAY)


def test_an_organisation_with_people_stays_an_employer(lea: Employee, ada: User) -> None:
    with pytest.raises(CapacityRefused):
        set_capacities(organisation=lea.organisation, kinds=["partner"], by=ada)

    leave(employee=lea, last_day=TUESDAY, by=ada, now=NOW)
    set_capacities(organisation=lea.organisation, kinds=["partner"], by=ada)


def test_an_organisation_that_subscribes_stays_an_employer(
    employer: Organisation, ada: User
) -> None:
    seat = seat_of(make_employee(employer, until=MONDAY))

    with pytest.raises(CapacityRefused):
        set_capacities(organisation=employer, kinds=["partner"], by=ada)

    Subscription.objects.filter(pk=seat.subscription_id).update(ends_on=TUESDAY)
    set_capacities(organisation=employer, kinds=["partner"], by=ada)


def test_invitations_alone_keep_nobody_an_employer(employer: Organisation, ada: User) -> None:
    make_invitation(employer)

    set_capacities(organisation=employer, kinds=["partner"], by=ada)

    assert [str(one) for one in employer.kinds()] == ["partner"]
