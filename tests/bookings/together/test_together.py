"""Several people at several sites are booked in one operation: all of it, or nothing."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import translation

from billing.ledger.balances import balance
from billing.models import Account, Charge, Pass
from billing.prices.durations import Duration
from bookings import actions
from bookings.errors import KeyReused, NotFreeThen, NotOffered, NoUnitFree, TooManyAtOnce
from bookings.models import Booking
from bookings.search.parts import Part
from bookings.together import trying
from bookings.together.booking import costing_together, see_together
from bookings.together.cells import Cell, Refused
from sites.models import Space
from subscriptions.errors import CreditsUsedUp, NotOnAccount, RuleRefused, ToBeApproved
from subscriptions.models import Employee, OnAccount
from subscriptions.taking.seats import seat_newcomer
from tests.billing.charging.turns import all_adds_up
from tests.billing.tariffs import make_grid
from tests.bookings.bookings import book_for
from tests.bookings.together.office import DAYS, Office, make_office
from tests.factories import MONDAY, NOW, interval, make_space
from tests.mails import mailbox, part
from tests.subscriptions.employers import make_team, runs
from tests.subscriptions.taken import taken, version
from tests.tasks import RunTasks

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


WHOLE = [interval(day, "08:00", "18:30") for day in DAYS]


@pytest.fixture
def office() -> Office:
    return make_office()


def refused(office: Office, *cells: Cell) -> Any:
    """Return what is refused of an order; nothing of it was booked."""
    before = Booking.objects.count()
    with pytest.raises(Refused) as told:
        office.book(*cells)
    assert Booking.objects.count() == before
    return told.value.cells


def test_five_people_are_booked_at_three_sites_of_three_operators(office: Office) -> None:
    made = office.book(*office.five)

    assert [one.person for one in made] == list(office.people)
    assert len({one.site.operator_id for one in made}) == 3
    assert {one.organisation for one in made} == {office.employer}
    assert {one.booked_by for one in made} == {office.assistant}
    assert [one.interval for one in made] == [WHOLE[0]] * 3 + [WHOLE[1]] * 2
    assert OnAccount.objects.count() == 5


def test_a_half_day_is_that_of_the_search(office: Office) -> None:
    morning, afternoon = office.book(
        office.cell(0, 0, part=Part.MORNING), office.cell(1, 0, part=Part.AFTERNOON)
    )

    assert (morning.interval, afternoon.interval) == (
        interval(DAYS[0], "08:00", "13:00"),
        interval(DAYS[0], "13:00", "18:30"),
    )


def test_a_second_space_of_the_site_takes_whom_the_first_has_no_room_for(office: Office) -> None:
    beside = make_space(office.sites[0], units=1)

    made = office.book(*(office.cell(person, 0) for person in range(3)))

    assert {one.space for one in made} == {office.spaces[0], beside}


def test_where_one_cannot_be_had_nothing_is_booked_and_each_such_cell_says_why(
    office: Office,
) -> None:
    book_for(office.people[4], office.spaces[2], WHOLE[1])
    beyond = [office.cell(person, 0) for person in range(4)]

    no_room, another, busy = refused(office, *beyond, office.cell(4, 1, day=1))

    assert [one.cell for one in (no_room, another)] == beyond[2:]
    assert isinstance(no_room.refusal, NoUnitFree)
    assert isinstance(busy.refusal, NotFreeThen)


def test_a_refused_cell_tells_the_nearest_sites_and_other_days_of_its_week(office: Office) -> None:
    cells = [office.cell(person, 0) for person in range(3)]

    (full,) = refused(office, *cells, office.cell(2, 0, day=1))

    told = [(one.site.name, one.day, one.distance_km is None) for one in full.alternatives]
    assert told == [
        ("Le Comptoir", DAYS[0], False),
        ("La Forge", DAYS[0], False),
        *(("La Fabrique", day, True) for day in DAYS[2:]),
    ]


def test_of_somebody_who_has_something_else_no_more_is_told(office: Office) -> None:
    theirs = book_for(office.people[0], office.spaces[2], interval(DAYS[0], "09:00", "11:00"))

    (busy,) = refused(office, office.cell(0, 0))

    assert str(busy.refusal.message) == "Ada is not free then."
    assert busy.refusal.reference == ""
    assert theirs.reference not in str(busy.refusal)
    assert {one.day for one in busy.alternatives} == set(DAYS[1:])


def test_the_days_a_week_of_a_team_count_the_days_of_the_same_order(office: Office) -> None:
    team = make_team(office.employer, "Ventes", days_a_week=2)
    Employee.objects.filter(person=office.people[0]).update(team=team)

    (third,) = refused(office, *(office.cell(0, 0, day=day) for day in range(3)))

    assert isinstance(third.refusal, RuleRefused)
    assert third.cell.day == DAYS[2]
    assert third.alternatives == []


def test_the_last_credit_covers_one_and_a_plan_without_more_refuses_the_other(
    office: Office,
) -> None:
    share_credits(office, half_days=1, has_overage=False)

    (second,) = refused(office, office.cell(0, 0, day=1), office.cell(1, 1, day=1))

    assert isinstance(second.refusal, CreditsUsedUp)
    assert second.cell.person == office.people[1]


def test_the_last_credit_covers_one_and_the_budget_pays_the_other(office: Office) -> None:
    share_credits(office, half_days=1)

    office.book(office.cell(0, 0, day=1), office.cell(1, 1, day=1))

    lines = Charge.objects.filter(on_account_of=office.employer, kind="use")
    assert sorted(lines.values_list("amount_cents", flat=True)) == [0, 1400]
    assert [balance(one.account) for one in Pass.objects.filter(valid_from__month=12)] == [0]
    assert Account.objects.exists()
    assert all_adds_up()


def share_credits(office: Office, **fields: Any) -> None:
    """Have the employer's people share credits for December, at sites with prices."""
    make_grid({Duration.HALF_DAY: 800, Duration.DAY: 1400})
    boss = office.assistant
    runs(boss, office.employer)
    of = version(plan={"is_shared": True}, **fields)
    taken(of, boss, organisation=office.employer, starts_on=MONDAY, seats=2)
    for one in Employee.objects.filter(person__in=office.people[:2]):
        seat_newcomer(employee=one, now=NOW)


def test_above_a_price_somebody_approves_unless_who_books_runs_the_employer(
    office: Office,
) -> None:
    make_grid({Duration.HALF_DAY: 800, Duration.DAY: 1400})
    team = make_team(office.employer, "Ventes", approval_above_cents=1000)
    Employee.objects.filter(person=office.people[0]).update(team=team)

    (dear,) = refused(office, office.cell(0, 0))
    assert isinstance(dear.refusal, ToBeApproved)

    runs(office.assistant, office.employer)
    assert len(office.book(office.cell(0, 0))) == 1


def test_who_left_meanwhile_is_refused_by_name(office: Office) -> None:
    gone = MONDAY - timedelta(days=1)
    Employee.objects.filter(person=office.people[0]).update(since=gone, until=gone)

    (left,) = refused(office, office.cell(0, 0), office.cell(1, 0))

    assert isinstance(left.refusal, NotOnAccount)
    assert str(left.refusal.message) == "Ada no longer books on your account."


def test_sent_twice_with_one_key_it_is_booked_once(office: Office) -> None:
    first = office.book(*office.five, key="one")

    assert office.book(*office.five, key="one") == first
    assert Booking.objects.count() == 5
    with pytest.raises(KeyReused):
        office.book(office.cell(0, 2, day=3), key="one")


def test_a_refused_key_can_be_sent_again(office: Office) -> None:
    cells = [office.cell(person, 0) for person in range(3)]
    with pytest.raises(Refused):
        office.book(*cells, key="one")

    assert len(office.book(*cells[:2], key="one")) == 2


def test_who_dies_in_between_leaves_nothing(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    really = actions.book_as_asked

    def dies_at_the_third(asked: Any, **told: Any) -> Booking:
        if Booking.objects.count() == 2:
            raise SystemExit
        return really(asked, **told)

    monkeypatch.setattr(trying, "book_as_asked", dies_at_the_third)
    with pytest.raises(SystemExit):
        office.book(*office.five, key="one")
    assert not Booking.objects.exists()

    monkeypatch.undo()
    assert len(office.book(*office.five, key="one")) == 5


def test_each_person_is_told_by_mail_with_calendar_and_who_booked(
    office: Office, run_tasks: RunTasks
) -> None:
    office.book(*office.five)

    run_tasks()

    sent = mailbox()
    assert sorted(one["To"] for one in sent) == sorted(one.email for one in office.people)
    for one in sent:
        assert "Booked by: Odile Kuntz" in part(one, "text/plain")
        assert "METHOD:REQUEST" in part(one, "text/calendar")


def test_looking_says_what_each_would_cost_and_leaves_nothing(office: Office) -> None:
    make_grid({Duration.HALF_DAY: 800, Duration.DAY: 1400})
    cells = [*office.five, office.cell(2, 0)]

    *fine, busy = see_together(cells=cells, employer=office.employer, by=office.assistant, now=NOW)

    assert [one.price and one.price.cents for one in fine] == [1400] * 5
    assert isinstance(busy.refusal, NotFreeThen)
    assert not Booking.objects.exists()
    assert not Charge.objects.exists()


def test_what_costs_more_than_was_told_is_not_booked(office: Office) -> None:
    make_grid({Duration.HALF_DAY: 800, Duration.DAY: 1400})

    with pytest.raises(Exception, match="price"):
        costing_together(told_cents=1399, now=NOW, act=lambda: office.book(office.cell(0, 0)))
    assert not Booking.objects.exists()

    costing_together(told_cents=1400, now=NOW, act=lambda: office.book(office.cell(0, 0)))
    assert Booking.objects.count() == 1


@pytest.mark.parametrize(
    ("day", "kind", "words"),
    [
        (MONDAY - timedelta(days=1), Space.Kind.DESK, "is over"),
        (MONDAY.replace(year=1), Space.Kind.DESK, "is over"),
        (MONDAY + timedelta(days=5), Space.Kind.DESK, "cannot be booked for this"),
        (MONDAY.replace(year=9999), Space.Kind.DESK, "cannot be booked for this"),
        (DAYS[0], Space.Kind.MEETING_ROOM, "has no space of this kind"),
        (DAYS[0], "submarine", "has no space of this kind"),
    ],
)
def test_odd_cells_are_refused_in_words(office: Office, day: Any, kind: str, words: str) -> None:
    (odd,) = refused(office, Cell(office.people[0], office.sites[0], day, Part.DAY, kind))

    assert words in str(odd.refusal.message)


def test_a_site_that_takes_no_bookings_is_refused(office: Office) -> None:
    office.sites[0].is_active = False
    office.sites[0].save()

    (closed,) = refused(office, office.cell(0, 0))

    assert isinstance(closed.refusal, NotOffered)


@pytest.mark.parametrize("number", [0, 101, 200])
def test_no_cells_or_too_many_are_refused_before_anything_is_read(
    office: Office, number: int
) -> None:
    with pytest.raises(TooManyAtOnce):
        office.book(*[office.cell(0, 0)] * number)
