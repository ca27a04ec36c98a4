"""What the command tells of the demo that it loaded is so."""

import re
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from network.models import User

pytestmark = pytest.mark.django_db
LOGINS = ["teleworker", "jobseeker", "employer", "manager", "collectivity", "team"]


def test_it_tells_who_can_sign_in(demo: str) -> None:
    again = StringIO()

    call_command("load_demo", "--today=2026-11-23", stdout=again)

    for login in (*LOGINS, "teleworker60"):
        assert f"{login}@maillage.example" in demo
    assert "maillage-demo-2026" in demo
    assert "32 sites, 468 units, 666 people" in demo
    assert "nothing was loaded" in again.getvalue()
    assert "team@maillage.example" in again.getvalue()


@pytest.mark.usefixtures("frozen")
def test_the_page_told_of_each_person_is_there_for_them(demo: str) -> None:
    told = re.findall(r"^  (\w+@\S+) .*: (/\S*)$", demo, re.MULTILINE)

    assert [email for email, _page in told] == [f"{one}@maillage.example" for one in LOGINS]
    for email, page in told:
        assert page_of(email, page).status_code == 200


@pytest.mark.usefixtures("frozen")
def test_what_is_told_of_each_person_is_true(demo: str) -> None:
    (booking,) = re.findall(r"^  manager@.*?: (/bookings/\w+/)", demo, re.MULTILINE)

    seen = page_of("teleworker@maillage.example", "/bookings/").content.decode()
    page = page_of("manager@maillage.example", booking).content.decode()

    assert seen.count("Modifier") >= 1
    assert "Réserver à nouveau" in seen
    assert any(site in page for site in ("La Fabrique de Villé", "La Scierie"))
    assert page_of("manager@maillage.example", f"{booking}cancel/").status_code == 200
    assert "/admin/sites/site/" in page_of("team@maillage.example", "/admin/").content.decode()


def page_of(email: str, page: str) -> Any:
    client = Client()
    backend = "django.contrib.auth.backends.ModelBackend"
    client.force_login(User.objects.get(email=email), backend=backend)
    return client.get(page, follow=True)
