"""People see where they are signed in and end what they do not know."""

import pytest
from django.test import Client

from tests.network.people import make_member, sign_in

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


def test_ending_the_other_sessions_leaves_only_this_one() -> None:
    make_member()
    here, elsewhere = Client(), Client(headers={"user-agent": FIREFOX})
    sign_in(here)
    sign_in(elsewhere)
    elsewhere.get("/account/")
    assert "Firefox, Windows" in here.get("/account/sessions/").content.decode()

    here.post("/account/sessions/")

    assert here.get("/account/").status_code == 200
    assert elsewhere.get("/account/")["Location"] == "/account/login/?next=/account/"


def test_looking_at_the_sessions_ends_none() -> None:
    make_member()
    here, elsewhere = Client(), Client()
    sign_in(here)
    sign_in(elsewhere)

    here.get("/account/sessions/")

    assert elsewhere.get("/account/").status_code == 200


def test_nobody_sees_or_ends_the_sessions_of_others() -> None:
    make_member("ada@maillage.example")
    make_member("eve@maillage.example")
    ada, eve = Client(headers={"user-agent": FIREFOX}), Client()
    sign_in(ada, "ada@maillage.example")
    sign_in(eve, "eve@maillage.example")

    assert "Firefox" not in eve.get("/account/sessions/").content.decode()
    eve.post("/account/sessions/")

    assert ada.get("/account/").status_code == 200


def test_a_browser_that_lies_about_its_name_is_shown_as_text() -> None:
    make_member()
    client = Client(headers={"user-agent": "<script>alert(1)</script>"})
    sign_in(client)

    page = client.get("/account/sessions/").content.decode()

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_ending_sessions_from_another_site_is_refused() -> None:
    make_member()
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_member("eve@maillage.example"))

    assert client.post("/account/sessions/").status_code == 403
