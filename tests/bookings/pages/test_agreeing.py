"""What a change, giving back or a link of a mail costs is told before it is done."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from time_machine import Traveller

from billing.models import Charge, TariffGrid
from bookings.models import Booking
from bookings.reminders.links import cancel_token, times_on
from network.models import User
from sites.intervals import Interval
from sites.models import Space
from tests.billing.charging.turns import all_adds_up, left, make_pass
from tests.billing.tariffs import make_grid
from tests.bookings.bookings import book_for
from tests.bookings.pages.pressing import agreed_on, words
from tests.factories import NOW, TUESDAY, at, interval, make_space, make_user
from tests.mails import mailbox

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
FRIDAY = TUESDAY + timedelta(days=3)
MORNING, AFTERNOON = interval(FRIDAY, "08:00", "13:00"), interval(FRIDAY, "13:00", "18:00")
NEXT = interval(FRIDAY + timedelta(days=7), "08:00", "13:00")
LATE = at(FRIDAY, "07:00")


@pytest.fixture
def space() -> Space:
    make_grid()
    return make_space(units=3)


@pytest.fixture
def person(client: Client) -> User:
    lea = make_user("lea@maillage.example", language="en")
    client.force_login(lea)
    return lea


def hours(starts: str, ends: str, note: str = "") -> dict[str, str]:
    return {
        "form-TOTAL_FORMS": "1",
        "form-INITIAL_FORMS": "1",
        "form-0-on": FRIDAY.isoformat(),
        "form-0-starts": starts,
        "form-0-ends": ends,
        "people": "1",
        "note": note,
    }


def change(client: Client, booking: Booking, fields: dict[str, str]) -> Any:
    return client.post(
        reverse("booking-change", args=[booking.reference]),
        fields,
        headers={"Accept-Language": "en"},
    )


def give_back(client: Client, booking: Booking, *times: Interval, **fields: str) -> Any:
    texts = [f"{one.starts_at:%Y-%m-%dT%H:%M%z}/{one.ends_at:%Y-%m-%dT%H:%M%z}" for one in times]
    address = reverse("booking-give-back", args=[booking.reference])
    return client.post(address, {"times": texts} | fields, headers={"Accept-Language": "en"})


def agreed(page: Any) -> dict[str, str]:
    """Return what the button of the page sends."""
    return dict(page.context["typed"]) | agreed_on(page)


def test_before_it_is_done_how_a_change_is_paid_is_told(
    client: Client, person: User, space: Space
) -> None:
    page = change(client, book_for(person, space, MORNING), hours("08:00", "18:00"))

    assert "Price €14.00 On account. You pay nothing now" in words(page)


def test_of_what_is_given_back_whole_is_told_once_and_not_as_done(
    client: Client, person: User, space: Space
) -> None:
    page = words(give_back(client, book_for(person, space, MORNING), MORNING))

    assert "€8.00 will no longer be owed." in page
    assert "no longer owed" not in page


def test_a_longer_time_is_told_with_what_it_costs_more_and_nothing_is_done(
    client: Client, person: User, space: Space
) -> None:
    booking = book_for(person, space, MORNING)

    page = change(client, booking, hours("08:00", "18:00"))

    booking.refresh_from_db()
    assert page.status_code == 200
    assert "You pay €6.00 more than before." in words(page)
    assert "€14.00" in words(page)
    assert (booking.interval, booking.sequence) == (MORNING, 0)
    assert Charge.objects.count() == 1
    assert list(mailbox()) == []


def test_agreed_to_it_costs_just_that(client: Client, person: User, space: Space) -> None:
    booking = book_for(person, space, MORNING)
    page = change(client, booking, hours("08:00", "18:00", note="By the window"))

    answer = change(client, booking, agreed(page))

    booking.refresh_from_db()
    assert answer.status_code == 302
    assert booking.interval == interval(FRIDAY, "08:00", "18:00")
    assert booking.note == "By the window"
    assert sum(one.amount_cents for one in Charge.objects.all()) == 1400
    assert all_adds_up()


def test_what_costs_the_same_is_changed_at_once(client: Client, person: User, space: Space) -> None:
    booking = book_for(person, space, MORNING)

    answer = change(client, booking, hours("13:00", "18:00"))

    booking.refresh_from_db()
    assert answer.status_code == 302
    assert booking.interval == AFTERNOON


def test_what_was_agreed_for_one_change_agrees_to_no_dearer_one(
    client: Client, person: User, space: Space
) -> None:
    booking = book_for(person, space, interval(FRIDAY, "08:00", "09:00"))
    page = change(client, booking, hours("08:00", "10:00"))

    answer = change(client, booking, hours("08:00", "18:00") | {"agreed": agreed(page)["agreed"]})

    booking.refresh_from_db()
    assert answer.status_code == 409
    assert "What this costs you has changed since you opened this page." in words(answer)
    assert booking.sequence == 0


def test_what_was_agreed_to_is_changed_at_once_when_it_costs_less(
    client: Client, person: User, space: Space
) -> None:
    booking = book_for(person, space, MORNING)
    dearer = {"agreed": "900/0/0/0"}

    answer = change(client, booking, hours("08:00", "18:00") | dearer)

    booking.refresh_from_db()
    assert answer.status_code == 302
    assert booking.interval == interval(FRIDAY, "08:00", "18:00")


@pytest.mark.parametrize("odd", ["", "x", "600", "600/0/0", "6,0/0/0/0", "²/0/0/0", "9" * 999])
def test_what_cannot_be_read_agrees_to_nothing(
    client: Client, person: User, space: Space, odd: str
) -> None:
    booking = book_for(person, space, MORNING)

    answer = change(client, booking, hours("08:00", "18:00") | {"agreed": odd})

    booking.refresh_from_db()
    assert answer.status_code == 200
    assert booking.sequence == 0


def test_what_cannot_be_had_is_refused_before_its_price_is_told(
    client: Client, person: User, space: Space
) -> None:
    booking = book_for(person, space, MORNING)

    page = change(client, booking, hours("08:00", "22:00"))

    assert page.status_code == 409
    assert "more than before" not in words(page)


def test_half_days_that_a_pass_gets_back_are_told(
    client: Client, person: User, space: Space
) -> None:
    ten = make_pass(person, TariffGrid.objects.get(), 10, NOW + timedelta(days=90))
    booking = book_for(person, space, interval(FRIDAY, "08:00", "18:00"))

    page = change(client, booking, hours("08:00", "12:00"))
    assert left(ten) == 8
    change(client, booking, agreed(page))

    assert "1 half-day goes back to your pass." in words(page)
    assert left(ten) == 9


def test_half_days_that_are_taken_more_are_told(client: Client, person: User, space: Space) -> None:
    ten = make_pass(person, TariffGrid.objects.get(), 10, NOW + timedelta(days=90))
    booking = book_for(person, space, interval(FRIDAY, "08:00", "12:00"))

    page = change(client, booking, hours("08:00", "18:00"))
    assert left(ten) == 9
    change(client, booking, agreed(page))

    assert "1 more half-day is taken of your pass." in words(page)
    assert left(ten) == 8


def test_given_back_late_what_is_kept_is_told_first(
    client: Client, person: User, space: Space, frozen: Traveller
) -> None:
    booking = book_for(person, space, MORNING, NEXT)
    frozen.move_to(LATE)
    client.force_login(person)

    page = give_back(client, booking, MORNING)
    before = booking.allocations.confirmed().count()
    answer = client.post(page.request["PATH_INFO"], agreed(page))

    assert "€4.00 will no longer be owed. €4.00 is kept, because it is given up late." in words(
        page
    )
    assert (before, booking.allocations.confirmed().count()) == (2, 1)
    assert answer.status_code == 302
    assert sum(one.amount_cents for one in Charge.objects.all()) == 800 + 400
    assert all_adds_up()


def test_given_back_as_a_whole_the_booking_is_told_to_be_cancelled(
    client: Client, person: User, space: Space
) -> None:
    booking = book_for(person, space, MORNING)

    page = give_back(client, booking, MORNING)

    booking.refresh_from_db()
    assert "Nothing is left of the booking: it is cancelled." in words(page)
    assert "€8.00 will no longer be owed." in words(page)
    assert booking.is_active


@pytest.mark.parametrize(
    ("now", "told", "done"),
    [
        (NOW, "€8.00 will no longer be owed.", "€8.00 is no longer owed. Nothing is kept."),
        (
            LATE,
            "€4.00 will no longer be owed. €4.00 is kept, because it is given up late.",
            "€4.00 is no longer owed. €4.00 is kept, because it is given up late.",
        ),
    ],
)
def test_the_link_of_a_reminder_says_what_its_press_gives_back_and_gave(
    person: User, space: Space, frozen: Traveller, now: Any, told: str, done: str
) -> None:
    booking = book_for(person, space, MORNING, NEXT)
    frozen.move_to(now)
    token = cancel_token(booking, FRIDAY, times_on(booking, FRIDAY))
    link = reverse("booking-cancel-link", args=[token])

    page = Client().get(link, headers={"Accept-Language": "en"})
    after = Client().post(link, agreed_on(page), headers={"Accept-Language": "en"})

    assert done in words(after)
    kept = 400 if now == LATE else 0
    assert told in words(page)
    assert sum(one.amount_cents for one in Charge.objects.all()) == 800 + kept


def test_the_link_of_a_reminder_says_which_half_days_are_back(person: User, space: Space) -> None:
    ten = make_pass(person, TariffGrid.objects.get(), 10, NOW + timedelta(days=90))
    booking = book_for(person, space, interval(FRIDAY, "08:00", "18:00"))
    token = cancel_token(booking, FRIDAY, times_on(booking, FRIDAY))
    link = reverse("booking-cancel-link", args=[token])

    agreed = agreed_on(Client().get(link))
    after = Client().post(link, agreed, headers={"Accept-Language": "en"})

    assert "2 half-days are back on your pass. Nothing is kept." in words(after)
    assert left(ten) == 10


def test_without_prices_the_link_says_nothing_of_money(person: User) -> None:
    booking = book_for(person, make_space(), MORNING)
    token = cancel_token(booking, FRIDAY, times_on(booking, FRIDAY))

    page = Client().get(reverse("booking-cancel-link", args=[token]))

    assert page.status_code == 200
    assert "€" not in page.content.decode()
