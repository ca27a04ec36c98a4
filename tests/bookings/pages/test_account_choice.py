"""Who may book on account of an employer chooses who pays, and is told so from then on."""

import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from time_machine import Traveller

from billing.models import Charge, TariffGrid
from bookings.models import Booking
from network.models import Organisation, User
from sites.models import Space
from subscriptions.models import Employee
from tests.billing.charging.turns import left, make_pass
from tests.billing.tariffs import make_grid
from tests.bookings.bookings import book_for
from tests.bookings.charges.on_account import employ, make_employer, on_account
from tests.bookings.holds.visiting import AT, type_code
from tests.bookings.holds.visiting import held as hold_of
from tests.bookings.pages.pressing import agreed_on, words
from tests.factories import NOW, TUESDAY, interval, make_manager, make_space, make_user
from tests.network.people import make_member
from tests.tasks import RunTasks
from tests.words import plain

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
FRIDAY = TUESDAY + timedelta(days=3)
MORNING, AFTERNOON = interval(FRIDAY, "08:00", "12:00"), interval(FRIDAY, "14:00", "18:00")
PAYS_NOTHING = "On account of Scierie du Ried: you pay nothing."


@pytest.fixture
def ada(client: Client) -> User:
    ada = make_user(language="en")
    client.force_login(ada)
    return ada


@pytest.fixture
def employer(ada: User) -> Organisation:
    found = make_employer("Scierie du Ried")
    employ(ada, found)
    return found


@pytest.fixture
def space() -> Space:
    make_grid()
    return make_space()


def look(client: Client, space: Space) -> Any:
    return client.get(reverse("book", args=[space.pk]), {"at": AT, "people": "1"})


def press(client: Client, space: Space, **fields: str) -> Any:
    sent = {"at": AT, "people": "1", "key": str(uuid.uuid4())} | agreed_on(look(client, space))
    return client.post(reverse("book", args=[space.pk]), sent | fields)


def ways(page: Any) -> list[tuple[str, bool]]:
    """Return the ways to pay that a page offers, and which is chosen."""
    found = re.findall(r'<input type="radio" name="pay_with"[^>]*>', page.content.decode())
    codes = [re.search(r'value="(\w+)"', one) for one in found]
    return [(code[1], "checked" in one) for code, one in zip(codes, found, strict=True) if code]


def test_the_employer_comes_first_and_each_account_tells_what_it_pays(
    client: Client, employer: Organisation, space: Space
) -> None:
    page = look(client, space)

    assert ways(page) == [(f"account_{employer.pk}", True), ("passes", False)]
    assert "On account of Scierie du Ried: €8.00" in words(page)
    assert "On your own account: €8.00" in words(page)
    assert PAYS_NOTHING in words(page)


def test_who_has_no_employer_has_no_choice(client: Client, ada: User, space: Space) -> None:
    page = look(client, space)

    assert ways(page) == []
    assert "On your own account" not in words(page)


def test_booked_on_account_the_employer_owes_it(
    client: Client, ada: User, employer: Organisation, space: Space
) -> None:
    answer = press(client, space, pay_with=f"account_{employer.pk}")

    booking = Booking.objects.get()
    assert answer.url == booking.get_absolute_url()
    assert booking.organisation == employer
    assert not Charge.objects.of_person(ada).exists()


def test_who_chooses_their_own_account_pays(
    client: Client, ada: User, employer: Organisation, space: Space
) -> None:
    press(client, space, pay_with="passes")

    assert Booking.objects.get().organisation is None
    assert Charge.objects.of_person(ada).get().amount_cents == 800


def test_a_form_that_says_nothing_is_paid_by_the_person(
    client: Client, employer: Organisation, space: Space
) -> None:
    press(client, space)

    assert Booking.objects.get().organisation is None


def test_an_account_and_both_own_ways_are_three_choices(
    client: Client, ada: User, employer: Organisation, space: Space
) -> None:
    ten = make_pass(ada, TariffGrid.objects.get(), 4, NOW + timedelta(days=90))

    page = look(client, space)
    press(client, space, pay_with=f"account_{employer.pk}")

    codes = [code for code, _is_chosen in ways(page)]
    assert codes == [f"account_{employer.pk}", "passes", "money"]
    assert "On your own account: 1 half-day of “Ten”. 3 will be left." in words(page)
    assert left(ten) == 4


def test_what_a_pass_on_the_employer_s_account_covers_is_no_choice_of_money(
    client: Client, ada: User, employer: Organisation, space: Space
) -> None:
    until, grid = NOW + timedelta(days=90), TariffGrid.objects.get()
    of_both = make_pass(ada, grid, 4, until, on_account_of=employer)
    own = make_pass(ada, grid, 7, until)

    page = look(client, space)
    press(client, space, pay_with=f"account_{employer.pk}")

    codes = [code for code, _is_chosen in ways(page)]
    assert codes == [f"account_{employer.pk}", "passes", "money"]
    assert "Price Nothing to pay 1 half-day of “Ten”. 3 will be left." in words(page)
    assert "On account of Scierie du Ried: 1 half-day of “Ten”. 3 will be left." in words(page)
    assert "On your own account: 1 half-day of “Ten”. 6 will be left." in words(page)
    assert (left(of_both), left(own)) == (3, 7)


def test_who_belongs_to_two_employers_chooses_between_them(
    client: Client, ada: User, employer: Organisation, space: Space
) -> None:
    mill = make_employer("Moulin")
    employ(ada, mill)

    page = look(client, space)
    press(client, space, pay_with=f"account_{employer.pk}")

    codes = [code for code, _is_chosen in ways(page)]
    assert codes == [f"account_{mill.pk}", f"account_{employer.pk}", "passes"]
    assert Booking.objects.get().organisation == employer


def test_an_account_that_is_not_theirs_is_refused_and_nothing_is_booked(
    client: Client, employer: Organisation, space: Space
) -> None:
    other = make_employer("Another")

    answer = press(client, space, pay_with=f"account_{other.pk}", agreed="800/0/0/0")

    assert answer.status_code == 409
    assert "You cannot book on account of this organisation. Choose another." in words(answer)
    assert ways(answer)[0] == (f"account_{employer.pk}", True)
    assert "Another" not in words(answer)
    assert not Booking.objects.exists()


@pytest.mark.parametrize("odd", ["account_", "account_0", "account_x", "account_" + "9" * 40])
def test_what_names_no_account_is_not_understood(
    client: Client, employer: Organisation, space: Space, odd: str
) -> None:
    answer = press(client, space, pay_with=odd)

    assert answer.status_code == 422
    assert not Booking.objects.exists()


def test_who_left_since_the_page_was_opened_is_asked_once_more(
    client: Client, employer: Organisation, space: Space
) -> None:
    told = agreed_on(look(client, space))
    Employee.objects.all().delete()
    sent = {"at": AT, "people": "1", "key": "1", "pay_with": f"account_{employer.pk}"}

    answer = client.post(reverse("book", args=[space.pk]), sent | told)

    assert answer.status_code == 409
    assert ways(answer) == []
    assert not Booking.objects.exists()


def test_an_employer_that_would_pay_more_than_told_is_not_charged_unasked(
    client: Client, employer: Organisation, space: Space
) -> None:
    code = f"account_{employer.pk}"

    answer = press(client, space, pay_with=code, **{f"agreed_{code}": "700/0/0/0"})

    assert answer.status_code == 409
    assert "This costs €8.00 now, other than this page told you." in words(answer)
    assert not Booking.objects.exists()


def test_what_was_held_is_confirmed_on_the_account_that_is_chosen(
    client: Client, ada: User, employer: Organisation, space: Space
) -> None:
    client.logout()
    address = hold_of(client, space, agreed="800/0/0/0")
    client.force_login(ada)
    page = client.get(address)

    code = f"account_{employer.pk}"
    client.post(address, {"action": "confirm", "pay_with": code} | agreed_on(page))

    assert ways(page)[0] == (code, True)
    assert Booking.objects.get().organisation == employer


def test_who_signs_in_by_the_code_of_a_hold_chooses_before_it_is_theirs(
    client: Client, space: Space
) -> None:
    employer = make_employer()
    lea = employ(make_member("lea@maillage.example"), employer)
    address = hold_of(client, space, lea.email, agreed="800/0/0/0")

    answer = type_code(client, address)

    assert answer.url == address
    assert not Booking.objects.exists()
    page = client.get(address)
    assert ways(page) == [(f"account_{employer.pk}", True), ("passes", False)]


def test_who_pays_is_said_on_the_page_in_the_list_and_in_the_mail(
    client: Client,
    ada: User,
    employer: Organisation,
    space: Space,
    run_tasks: RunTasks,
    mailoutbox: list[EmailMessage],
) -> None:
    booking = on_account(ada, employer, space, MORNING)
    run_tasks()

    page = words(client.get(booking.get_absolute_url()))
    rows = words(client.get(reverse("bookings")))

    assert f"Payment {PAYS_NOTHING}" in page
    assert "€8.00, on account of Scierie du Ried" in rows
    assert f"Payment: {PAYS_NOTHING}" in plain(str(mailoutbox[0].body))


def test_who_pays_is_said_where_it_is_cancelled_or_changed(
    client: Client, ada: User, employer: Organisation, space: Space
) -> None:
    booking = on_account(ada, employer, space, MORNING)

    for name in ("booking-cancel", "booking-change"):
        page = words(client.get(reverse(name, args=[booking.reference])))
        assert PAYS_NOTHING in page


def test_cancelled_late_the_employer_pays_the_share_and_the_page_says_so(
    client: Client, ada: User, employer: Organisation, space: Space, frozen: Traveller
) -> None:
    booking = on_account(ada, employer, space, MORNING)
    frozen.move_to(MORNING.starts_at - timedelta(hours=1))
    address = reverse("booking-cancel", args=[booking.reference])
    asked = client.get(address)

    done = client.post(address, agreed_on(asked), follow=True)

    assert f"€4.00 is kept, because it is given up late. {PAYS_NOTHING}" in words(done)
    assert "€4.00 is kept, because it is given up late." in words(asked)
    assert PAYS_NOTHING in words(asked)
    assert sum(one.amount_cents for one in Charge.objects.of_organisation(employer)) == 400
    assert not Charge.objects.of_person(ada).exists()


def test_a_dearer_change_says_that_the_employer_pays_it(
    client: Client, ada: User, employer: Organisation, space: Space
) -> None:
    booking = on_account(ada, employer, space, MORNING)
    address = reverse("booking-change", args=[booking.reference])
    times = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1", "people": "1"}
    day = {"form-0-on": f"{FRIDAY}", "form-0-starts": "08:00", "form-0-ends": "18:00"}

    asked = client.post(address, times | day)

    assert "Scierie du Ried pays €6.00 more than before." in words(asked)
    assert "You pay" not in words(asked)
    client.post(address, times | day | agreed_on(asked))
    assert sum(one.amount_cents for one in Charge.objects.of_organisation(employer)) == 1400


def test_an_own_booking_of_the_week_is_not_said_to_save_anything(
    client: Client, ada: User, employer: Organisation, space: Space
) -> None:
    book_for(ada, space, AFTERNOON)

    page = words(client.get(on_account(ada, employer, space, MORNING).get_absolute_url()))

    assert "together with your other bookings" not in page


def test_who_runs_the_site_is_told_the_price_and_not_who_pays(
    client: Client, ada: User, employer: Organisation, space: Space
) -> None:
    booking = on_account(ada, employer, space, MORNING)
    client.force_login(make_manager(space.site, language="en"))

    page = words(client.get(booking.get_absolute_url()))
    address = reverse("booking-cancel", args=[booking.reference])
    asked = client.get(address)
    done = client.post(address, agreed_on(asked), follow=True)

    assert "Price €8.00" in page
    assert "€8.00 is no longer owed." in words(done)
    assert not any("Scierie" in one for one in (page, words(asked), words(done)))


def test_who_runs_the_employer_does_not_see_the_booking(
    client: Client, ada: User, employer: Organisation, space: Space
) -> None:
    booking = on_account(ada, employer, space, MORNING)
    boss = make_user(language="en")
    boss.memberships.create(organisation=employer, role="administrator")
    client.force_login(boss)

    assert client.get(booking.get_absolute_url()).status_code == 404
