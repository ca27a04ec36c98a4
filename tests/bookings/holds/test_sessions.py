"""Whose a hold is: that of the browser that took it, however many presses come at once."""

from importlib import import_module
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client

from bookings.models import Hold
from tests.bookings.holds.visiting import LEA, held, press, text_of
from tests.factories import NOW, make_space

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


@pytest.mark.parametrize("key", ["", "x", "00000000-0000-1000-8000-000000000000", str(uuid4())])
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
