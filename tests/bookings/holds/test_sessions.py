"""Whose a hold is: that of the browser that took it, however many presses come at once."""

from importlib import import_module
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client

from bookings.models import Booking, Hold
from tests.bookings.holds.visiting import ADA, AT, LEA, address, held, press, text_of, type_code
from tests.factories import NOW, make_space, make_user
from tests.network.people import make_member, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
WAYS = [{"email": LEA}, {"email": "", "other_way": "1"}]


@pytest.mark.parametrize("way", WAYS, ids=["code", "password"])
def test_two_first_presses_of_one_page_are_one_hold_and_both_browsers_cookies_lead_to_it(
    way: dict[str, str],
) -> None:
    """Sent at once, both come without a cookie; the browser keeps that of the later answer."""
    space, key = make_space(units=1), str(uuid4())
    first, second = Client(), Client()

    answers = [press(one, space, key=key, **way) for one in (first, second)]

    assert answers[0]["Location"] == answers[1]["Location"]
    page = f"/hold/{Hold.objects.get().token}/"
    for browser in (first, second):
        assert browser.cookies["sessionid"].value
        assert "Gardé pour vous" in text_of(browser.get(page))


@pytest.mark.parametrize("has_typed", [True, False])
def test_a_second_press_that_the_first_ones_sign_in_overtook_leads_to_the_booking(
    client: Client, *, has_typed: bool
) -> None:
    """Signing in changed the session's key; the press still bears the old one."""
    page = held(client, make_space())
    fields = dict(client.get(page).context["typed"]) if has_typed else {}
    second = Client()
    second.cookies["sessionid"] = client.cookies["sessionid"].value
    booked = type_code(client, page)

    answer = second.post(page, fields | {"code": "123456"})

    assert (answer.status_code, answer["Location"]) == (302, page)
    assert "sessionid" not in answer.cookies
    assert client.get(page)["Location"] == booked["Location"]
    assert second.get(page).status_code == 404


@pytest.mark.parametrize(
    "key", ["", "x", "00000000-0000-1000-8000-000000000000", "9b2d6c1e-5a3f-4c7d-8e21-0f6a7b8c9d10"]
)
def test_who_sits_behind_the_same_address_and_types_the_same_never_gets_anothers_hold(
    client: Client, key: str
) -> None:
    space, stranger = make_space(units=2), Client()
    page = held(client, space, key=key)

    other = held(stranger, space, key=str(uuid4()) if len(key) == 36 else key)

    assert other != page
    assert stranger.get(page).status_code == client.get(other).status_code == 404


def test_presses_of_one_session_that_know_nothing_of_each_other_are_bounded_and_none_is_lost(
    client: Client,
) -> None:
    """Ten at once each save the session as they read it: what they took stays the session's."""
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session.create()
    client.cookies["sessionid"] = session.session_key
    answers = []
    for _press in range(10):
        answers.append(press(client, make_space(), "", other_way="1").status_code)
        session.save()  # as it was read before the press: empty

    assert sorted(answers) == [302] * 3 + [409] * 7
    for hold in Hold.objects.live(NOW):
        assert client.get(f"/hold/{hold.token}/").status_code == 200


#: The same place, otherwise: an hour longer, or with another note, or for two.
OTHERWISE = [
    {"at": AT.replace("12:00", "13:00")},
    {"note": "Je viens sans mon chien"},
    {"people": "2"},
]


@pytest.mark.parametrize("other", OTHERWISE, ids=["time", "note", "people"])
@pytest.mark.parametrize("is_signed_in", [False, True], ids=["visitor", "signed in"])
def test_what_a_session_holds_is_free_to_it_and_gives_way_to_what_it_wants_instead(
    client: Client, other: dict[str, str], is_signed_in: bool
) -> None:
    space = make_space(units=2)
    first = held(client, space, people="2" if "people" not in other else "1")
    if is_signed_in:
        make_member(ADA)
        sign_in(client, ADA)

    fields = {"people": "2"} | other
    shown = client.get(address(space), {"at": AT} | fields)
    answer = press(client, space, **fields)

    assert "note" in other or shown.context["preview"].refusal is None
    assert answer.status_code == 302
    assert answer["Location"] != first
    assert not Hold.objects.filter(token=first.split("/")[2], booking=None).exists()
    assert (Booking.objects.count(), Hold.objects.count()) == ((1, 0) if is_signed_in else (0, 1))


def test_what_is_refused_instead_leaves_a_session_what_it_holds(client: Client) -> None:
    space = make_space(units=1)
    page = held(client, space)
    client.force_login(make_user())

    answer = press(client, space, at=AT.replace("12:00", "23:00"))

    assert answer.status_code == 409
    assert "Gardé pour vous" in text_of(client.get(page))
