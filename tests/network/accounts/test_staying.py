"""By whatever door somebody comes in, the browser forgets them when closed, unless told to stay."""

from collections.abc import Callable

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client
from pytest_django.fixtures import Settings

from tests.bookings.holds.visiting import held
from tests.factories import NOW, make_space
from tests.network.accounts.coming_in import ADA, CODE, LEA, ask, who
from tests.network.accounts.test_totp import code_now, turn_on
from tests.network.people import PASSWORD, PASSWORD_DOOR, code_in, mails, make_member, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
RESET = "/account/password/reset/"
SECOND_STEP = "/account/2fa/authenticate/"
NEW = {"password1": "une nouvelle phrase", "password2": "une nouvelle phrase"}
NEWCOMER = {"email": LEA, "name": "Léa Muller", "password1": PASSWORD}
HOUR = 3600
Ticked = dict[str, str]


@pytest.fixture(autouse=True)
def twelve_hours(settings: Settings) -> None:
    """Have sessions end as they do outside of tests."""
    settings.SESSION_COOKIE_AGE = 12 * HOUR


Door = Callable[[Client, Ticked], object]


def by_code(client: Client, ticked: Ticked) -> None:
    ask(client, ADA)
    client.post(CODE, {"code": code_in(mails()[-1])} | ticked)


def by_the_code_of_a_hold(client: Client, ticked: Ticked) -> None:
    page = held(client, make_space(), ADA)
    client.post(page, {"code": code_in(mails()[-1])} | ticked)


def by_password(client: Client, ticked: Ticked) -> None:
    sign_in(client, ADA, **ticked)


def by_sign_up(client: Client, ticked: Ticked) -> None:
    client.post("/account/signup/", NEWCOMER | ticked)
    client.post("/account/confirm-email/", {"code": code_in(mails()[-1])})


def by_new_password(client: Client, ticked: Ticked) -> None:
    client.post(RESET, {"email": ADA})
    client.post(f"{RESET}confirm/", {"code": code_in(mails()[-1])})
    client.post(f"{RESET}complete/", NEW | ticked)


DOORS = [by_code, by_the_code_of_a_hold, by_password, by_sign_up, by_new_password]
#: What is ticked, and for how many seconds the cookie lasts: "" is until the browser is closed.
ANSWERS: list[tuple[Ticked, int | str]] = [({}, ""), ({"remember": "on"}, 14 * 24 * 3600)]


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize(("ticked", "lasts_s"), ANSWERS, ids=["not ticked", "ticked"])
def test_a_session_ends_with_the_browser_unless_its_box_was_ticked(
    client: Client, door: Door, ticked: Ticked, lasts_s: int | str
) -> None:
    make_member(ADA)

    door(client, ticked)

    assert who(client)
    assert client.cookies["sessionid"]["max-age"] == lasts_s


@pytest.mark.parametrize("door", [by_code, by_password, by_new_password])
@pytest.mark.parametrize(("ticked", "lasts_s"), ANSWERS, ids=["not ticked", "ticked"])
def test_what_was_ticked_holds_after_a_second_step(
    client: Client,
    frozen: time_machine.Traveller,
    door: Door,
    ticked: Ticked,
    lasts_s: int | str,
) -> None:
    make_member(ADA)
    secret = turn_on(Client())
    frozen.shift(60)
    door(client, ticked)
    assert who(client) == ""

    client.post(SECOND_STEP, {"code": code_now(secret)})

    assert who(client) == ADA
    assert client.cookies["sessionid"]["max-age"] == lasts_s


@pytest.mark.parametrize("door", [by_the_code_of_a_hold, by_new_password])
def test_a_box_ticked_by_who_went_away_before_the_end_holds_for_nobody_else(
    client: Client, door: Door
) -> None:
    client.post("/account/signup/", NEWCOMER | {"email": "eva@maillage.example", "remember": "on"})
    make_member(ADA)

    door(client, {})

    assert who(client)
    assert client.cookies["sessionid"]["max-age"] == ""


@pytest.mark.parametrize(
    "page", [CODE, PASSWORD_DOOR, "/account/signup/", f"{RESET}complete/", "hold"]
)
def test_every_door_shows_its_box_and_it_is_not_ticked(client: Client, page: str) -> None:
    make_member(ADA)
    ask(client, ADA)
    client.post(RESET, {"email": ADA})
    client.post(f"{RESET}confirm/", {"code": code_in(mails()[-1])})
    address = held(client, make_space(), ADA) if page == "hold" else page

    form = client.get(address).context["form"]

    assert not form["remember"].value()
    assert str(form["remember"].label) == "Rester connecté sur cet appareil"


@pytest.mark.parametrize("door", DOORS)
def test_a_session_that_was_not_to_stay_ends_after_twelve_hours_without_use(
    client: Client, frozen: time_machine.Traveller, door: Door
) -> None:
    make_member(ADA)
    door(client, {})

    frozen.shift(12 * HOUR - 1)
    is_in_before = who(client) != ""
    frozen.shift(1)

    assert is_in_before
    assert client.get("/account/")["Location"] == "/account/login/?next=/account/"


def test_a_session_that_is_used_goes_on_and_its_cookie_still_ends_with_the_browser(
    client: Client, frozen: time_machine.Traveller
) -> None:
    make_member(ADA)
    by_password(client, {})

    for _look in range(4):
        frozen.shift(11 * HOUR)
        assert client.get("/account/").status_code == 200
    frozen.shift(12 * HOUR)

    assert client.cookies["sessionid"]["max-age"] == ""
    assert client.get("/account/").status_code == 302


def test_a_session_is_written_anew_once_an_hour_and_not_with_every_page(
    client: Client, frozen: time_machine.Traveller
) -> None:
    make_member(ADA)
    by_password(client, {})
    ends = []

    for seconds in (0, HOUR - 1, 1, HOUR - 1, 1):
        frozen.shift(seconds)
        client.get("/account/")
        ends.append((Session.objects.get().expire_date - NOW).total_seconds() / HOUR)

    assert ends == [12, 12, 13, 13, 14]


def test_a_session_that_is_to_stay_lasts_a_fortnight_used_or_not(
    client: Client, frozen: time_machine.Traveller
) -> None:
    make_member(ADA)
    by_password(client, {"remember": "on"})

    frozen.shift(14 * 24 * HOUR - 1)
    looks = [client.get("/account/").status_code]
    frozen.shift(1)
    looks.append(client.get("/account/").status_code)

    assert looks == [200, 302]


def test_who_stays_after_all_is_not_forgotten_after_twelve_hours(
    client: Client, frozen: time_machine.Traveller
) -> None:
    make_member(ADA)
    by_password(client, {})
    client.post("/account/logout/")
    by_password(client, {"remember": "on"})

    frozen.shift(24 * HOUR)

    assert client.get("/account/").status_code == 200


def test_a_visitor_who_is_nobody_yet_is_forgotten_as_well(client: Client) -> None:
    ask(client, LEA)

    assert client.cookies["sessionid"]["max-age"] == ""


def test_the_cookie_does_not_tell_whether_an_address_has_an_account() -> None:
    make_member(ADA)
    lasting = []
    for email in (ADA, LEA):
        client = Client()
        client.post("/account/signup/", NEWCOMER | {"email": email, "remember": "on"})
        lasting.append(client.cookies["sessionid"]["max-age"])

    assert lasting == ["", ""]
