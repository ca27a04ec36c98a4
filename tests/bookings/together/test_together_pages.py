"""Who books for an employer's people chooses a week, looks at what it would be, books all of it."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from billing.prices.durations import Duration
from bookings.models import Booking
from network.models import User
from subscriptions.models import Employee
from tests.billing.pages.reading import signed_in, words_of
from tests.billing.tariffs import make_grid
from tests.bookings.bookings import book_for
from tests.bookings.together.office import DAYS, Office, make_office
from tests.factories import MONDAY, interval, make_manager, make_user
from tests.subscriptions.employers import make_employee, make_employer, runs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
WEEK = DAYS[0].isoformat()


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture
def desk(client: Client, office: Office) -> Client:
    """Return the browser of the assistant."""
    return signed_in(client, office.assistant)


def chosen(office: Office, *places: tuple[int, int, int]) -> dict[str, Any]:
    """Return the fields of a week: people, sites and days by their numbers."""
    people = dict.fromkeys(office.people[person].pk for person, _site, _day in places)
    fields: dict[str, Any] = {"week": WEEK, "person": list(people)}
    for person, site, day in places:
        fields[f"site{day}_{office.people[person].pk}"] = office.sites[site].pk
    return fields


FIVE = ((0, 0, 0), (1, 1, 0), (2, 2, 0), (3, 0, 1), (4, 1, 1))


def looked(desk: Client, office: Office, fields: dict[str, Any]) -> Any:
    """Press the button of the grid."""
    return desk.post(reverse("employer-book-check", args=[office.employer.pk]), fields)


def sent(desk: Client, office: Office, fields: dict[str, Any], **told: Any) -> Any:
    """Press the button of the check page."""
    usual = {"total": 0, "key": str(uuid4()), "book": "all"}
    return desk.post(
        reverse("employer-book-check", args=[office.employer.pk]), fields | usual | told
    )


def test_the_grid_asks_for_people_a_week_and_sites(desk: Client, office: Office) -> None:
    address = reverse("employer-book", args=[office.employer.pk])

    empty = words_of(desk.get(address))
    assert "Nobody is chosen yet. Add the first person." in empty
    assert "Monday 30 November" in empty

    answer = desk.get(address, {"person": office.people[0].pk, "add": office.people[1].pk})
    assert [row.employee.person for row in answer.context["grid"].rows] == office.people[:2]
    assert "La Fabrique (Villé)" in words_of(answer)


def test_the_sites_where_its_people_went_last_come_first(desk: Client, office: Office) -> None:
    office.book(office.cell(0, 2))
    own = book_for(office.people[1], office.spaces[1], interval(DAYS[3], "08:00", "12:00"))

    answer = desk.get(
        reverse("employer-book", args=[office.employer.pk]), {"person": office.people[0].pk}
    )

    assert answer.context["recent"] == [str(office.sites[2].pk)]
    assert own.organisation is None


def test_the_check_tells_each_price_and_the_total_and_books_nothing(
    desk: Client, office: Office
) -> None:
    make_grid({Duration.HALF_DAY: 800, Duration.DAY: 1400})

    told = words_of(looked(desk, office, chosen(office, *FIVE)))

    assert "€70.00 for your account" in told
    assert "Ada Monday 30 November La Fabrique (Villé) €14.00" in told
    assert "Book all of it" in told
    assert not Booking.objects.exists()


def test_one_press_books_all_and_the_list_tells_neither_hours_nor_desks(
    desk: Client, office: Office
) -> None:
    answer = sent(desk, office, chosen(office, *FIVE))

    assert Booking.objects.count() == 5
    told = words_of(desk.get(answer["Location"]))
    assert "5 places are booked. Each person gets an e-mail." in told
    assert "Ada Monday 30 November La Fabrique (Villé) Cancel" in told
    assert not re.search(r"\d:\d\d", told)


def test_pressed_twice_it_is_booked_once(desk: Client, office: Office) -> None:
    for _press in range(2):
        answer = sent(desk, office, chosen(office, *FIVE), key="same")
        assert answer.status_code == 302

    assert Booking.objects.count() == 5


def test_a_refusal_offers_another_site_or_day_by_one_press_and_keeps_all_else(
    desk: Client, office: Office
) -> None:
    fields = chosen(office, (0, 0, 0), (1, 0, 0), (2, 0, 0), (3, 1, 4))

    answer = looked(desk, office, fields)

    told = words_of(answer)
    assert "1 place cannot be booked" in told
    assert "Cléa Monday 30 November: La Fabrique (Villé) Nothing is free here" in told
    assert "Book all of it" not in told
    codes = re.findall(r'name="instead" value="([^"]+)"', answer.content.decode())
    assert len(codes) == 6  # two sites, four days
    mended = looked(desk, office, fields | {"instead": codes[0]})
    assert mended.context["can_book"]
    sites = [(one.cell.person.name, one.cell.site.name) for one in mended.context["fine"]]
    assert ("Cléa", "Le Comptoir") in sites
    assert len(sites) == 4


def test_what_is_taken_before_the_press_is_told_and_nothing_is_booked(
    desk: Client, office: Office
) -> None:
    for _other in range(2):
        book_for(make_user(), office.spaces[0], interval(DAYS[0], "08:00", "18:00"))

    answer = sent(desk, office, chosen(office, *FIVE))

    assert answer.status_code == 409
    assert "One place cannot be booked, so nothing was booked." in words_of(answer)
    assert Booking.objects.count() == 2


def test_a_dearer_total_than_was_told_is_asked_again(desk: Client, office: Office) -> None:
    make_grid({Duration.HALF_DAY: 800, Duration.DAY: 1400})

    answer = sent(desk, office, chosen(office, (0, 0, 0)), total=1399)

    assert answer.status_code == 409
    assert "The price is another one than this page told you." in words_of(answer)
    assert not Booking.objects.exists()


@pytest.mark.parametrize(
    "odd",
    [
        {"week": "9999-99-99"},
        {"week": "1999-01-01"},
        {"week": ""},
        {"person": ["x", "0", "-1", "99999999999999999999"]},
        {"total": "1e9"},
        {"key": "k" * 5000},
        {"instead": "1 2 3 4"},
        {"instead": f"0 {WEEK} {WEEK} 0"},
    ],
)
def test_what_cannot_be_read_is_as_at_first(
    desk: Client, office: Office, odd: dict[str, Any]
) -> None:
    answer = sent(desk, office, chosen(office, (0, 0, 0)) | odd)

    assert answer.status_code == 302
    assert Booking.objects.count() == (0 if "person" in odd else 1)


@pytest.mark.parametrize("site", ["0", "-1", "x", "99999999999999999999"])
def test_an_unknown_site_is_told_and_nothing_is_booked(
    desk: Client, office: Office, site: str
) -> None:
    fields = chosen(office, (0, 0, 0), (1, 1, 0))
    fields[f"site1_{office.people[0].pk}"] = site

    answer = sent(desk, office, fields)

    assert answer.status_code == 409
    assert "A site that is chosen takes no bookings" in words_of(answer)
    assert not Booking.objects.exists()


def test_what_is_sent_to_the_grid_becomes_its_address(desk: Client, office: Office) -> None:
    there = reverse("employer-book", args=[office.employer.pk])

    answer = desk.post(there, chosen(office, (0, 0, 0)) | {"add": office.people[1].pk})

    shown = desk.get(answer["Location"]).context["grid"]
    assert [row.employee.person for row in shown.rows] == office.people[:2]
    assert [cell.site for cell in shown.cells] == office.sites[:1]


def test_the_check_is_never_read_by_its_address_alone(desk: Client, office: Office) -> None:
    answer = desk.get(
        reverse("employer-book-check", args=[office.employer.pk]), chosen(office, (0, 0, 0))
    )

    assert answer.status_code == 302
    assert len(desk.get(answer["Location"]).context["grid"].cells) == 1


def test_nothing_chosen_leads_back_to_the_grid(desk: Client, office: Office) -> None:
    answer = looked(desk, office, {"week": WEEK, "person": [office.people[0].pk]})

    assert answer.status_code == 302
    assert f"person={office.people[0].pk}" in answer["Location"]


def test_no_more_than_twenty_people_are_asked_at_once(desk: Client, office: Office) -> None:
    people = [make_employee(office.employer).person for _number in range(40)]
    keys = [one.pk for one in people if one]

    answer = desk.get(reverse("employer-book", args=[office.employer.pk]), {"person": keys})

    assert len(answer.context["grid"].rows) == 20
    assert "No more than 20 people at once" in words_of(answer)


def somebody(office: Office, who: str) -> User:
    """Return one of those who do not book for the employer's people."""
    gone = MONDAY - timedelta(days=1)
    mine = Employee.objects.filter(person=office.assistant)
    if who == "an assistant of another employer":
        person = make_user()
        make_employee(make_employer(), person, books_for_others=True)
        return person
    if who == "a manager of the site":
        return make_manager(office.sites[0])
    if who == "one of its people":
        return office.people[0]
    mine.update(**{"until": gone, "since": gone} if "left" in who else {"books_for_others": False})
    return office.assistant


@pytest.mark.parametrize(
    "who",
    [
        *("an assistant of another employer", "a manager of the site", "one of its people"),
        *("an assistant who has left", "an assistant no longer"),
    ],
)
def test_nobody_else_learns_of_it(client: Client, office: Office, who: str) -> None:
    (booking,) = office.book(office.cell(1, 1))
    other = signed_in(client, somebody(office, who))

    for name in ("employer-book", "employer-book-check", "employer-booked"):
        assert other.get(reverse(name, args=[office.employer.pk])).status_code == 404
    assert sent(other, office, chosen(office, *FIVE)).status_code == 404
    give_up = reverse("employer-booked-cancel", args=[office.employer.pk, booking.reference])
    assert other.post(give_up).status_code == 404
    assert Booking.objects.active().count() == 1


def test_pages_ask_as_much_of_the_database_for_one_as_for_five(
    desk: Client, office: Office
) -> None:
    listed = reverse("employer-booked", args=[office.employer.pk])
    week = reverse("employer-book", args=[office.employer.pk])
    keys = [one.pk for one in office.people]
    counts = []

    for cells in (office.five[:1], office.five[1:]):
        office.book(*cells)
        shown = keys[: Booking.objects.count()]
        with CaptureQueriesContext(connection) as asked:
            desk.get(listed)
            desk.get(week, {"person": shown})
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_a_visitor_signs_in_first(client: Client, office: Office) -> None:
    answer = client.get(reverse("employer-book", args=[office.employer.pk]))

    assert answer.status_code == 302
    assert "login" in answer["Location"]


def test_the_assistant_cancels_what_was_booked_for_somebody(desk: Client, office: Office) -> None:
    (booking,) = office.book(office.cell(0, 0))
    address = reverse("employer-booked-cancel", args=[office.employer.pk, booking.reference])

    assert "Ada Monday 30 November" in words_of(desk.get(address))
    answer = desk.post(address)

    assert answer.status_code == 302
    assert not Booking.objects.active().exists()
    assert "Nothing is booked for them." in words_of(desk.get(answer["Location"]))


def test_what_somebody_booked_by_themselves_is_neither_listed_nor_cancelled(
    desk: Client, office: Office
) -> None:
    ada = office.people[0]
    own = book_for(
        ada, office.spaces[0], interval(DAYS[0], "08:00", "12:00"), on_account_of=office.employer.pk
    )

    listed = words_of(desk.get(reverse("employer-booked", args=[office.employer.pk])))
    address = reverse("employer-booked-cancel", args=[office.employer.pk, own.reference])

    assert "Ada" not in listed
    assert desk.post(address).status_code == 404


def test_the_booking_itself_with_its_desk_is_shown_to_its_person_alone(
    client: Client, office: Office
) -> None:
    (booking,) = office.book(office.cell(0, 0))
    address = booking.get_absolute_url()

    assert signed_in(client, office.assistant).get(address).status_code == 404
    assert signed_in(client, office.people[0]).get(address).status_code == 200


def test_who_runs_the_employer_comes_here_from_its_home(client: Client, office: Office) -> None:
    boss = make_user()
    runs(boss, office.employer)

    home = signed_in(client, boss).get(reverse("employer", args=[office.employer.pk]))

    assert reverse("employer-book", args=[office.employer.pk]) in home.content.decode()


def test_an_assistant_comes_here_from_their_own_employers(desk: Client, office: Office) -> None:
    mine = desk.get(reverse("my-employers"))

    assert reverse("employer-book", args=[office.employer.pk]) in mine.content.decode()
