import re
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client

from bookings.models import Booking
from demo.loading import load_demo
from network.models import Organisation, User
from sites.management.commands.load_territories import load_territories
from sites.models import Site
from tests.factories import make_site

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
A_WEEK = timedelta(days=7)


def loaded() -> list[tuple[object, ...]]:
    """Load a short demo, say what it made, and take it back."""
    with transaction.atomic():
        load_demo(TODAY, past=A_WEEK)
        columns = ("reference", "person__email", "site__slug", "starts_at", "created_at", "status")
        rows = list(Booking.objects.order_by("reference").values_list(*columns))
        transaction.set_rollback(True)
    return rows


def test_one_day_always_gives_the_same_demo() -> None:
    load_territories()

    first, second = loaded(), loaded()

    assert len(first) > 1000
    assert first == second


def test_a_network_that_has_sites_is_left_alone() -> None:
    make_site("Un vrai site")
    out = StringIO()

    call_command("load_demo", stdout=out)

    assert "nothing was loaded" in out.getvalue()
    assert "maillage-demo-2026" not in out.getvalue()
    assert Site.objects.count() == 1


def test_a_crash_on_the_way_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*args: object) -> None:
        raise RuntimeError("out of power")

    monkeypatch.setattr("demo.loading.build_regulars", crash)

    with pytest.raises(RuntimeError):
        load_demo(TODAY, past=A_WEEK)

    assert not Site.objects.exists()
    assert not Organisation.objects.exists()
    assert not User.objects.exists()


@pytest.fixture
def a_week(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the command load a short demo."""

    def load_a_week(today: date) -> object:
        return load_demo(today, past=A_WEEK)

    monkeypatch.setattr("demo.management.commands.load_demo.load_demo", load_a_week)


@pytest.mark.usefixtures("a_week")
def test_the_command_loads_the_demo_and_tells_who_can_sign_in() -> None:
    first, second = StringIO(), StringIO()

    call_command("load_demo", "--today=2026-11-23", stdout=first)
    call_command("load_demo", "--today=2026-11-23", stdout=second)

    for login in (
        "teleworker",
        "jobseeker",
        "employer",
        "manager",
        "collectivity",
        "team",
        "teleworker60",
    ):
        assert f"{login}@maillage.example" in first.getvalue()
    assert "maillage-demo-2026" in first.getvalue()
    assert "32 sites, 468 units, 666 people" in first.getvalue()
    assert "nothing was loaded" in second.getvalue()
    assert "team@maillage.example" in second.getvalue()


@pytest.mark.usefixtures("a_week", "frozen")
def test_the_page_told_of_each_person_is_there_for_them() -> None:
    out = StringIO()

    call_command("load_demo", "--today=2026-11-23", stdout=out)

    told = re.findall(r"^  (\w+@\S+) .*: (/\S*)$", out.getvalue(), re.MULTILINE)
    logins = ["teleworker", "jobseeker", "employer", "manager", "collectivity", "team"]
    assert [email for email, _page in told] == [f"{one}@maillage.example" for one in logins]
    for email, page in told:
        assert page_of(email, page).status_code == 200


@pytest.mark.usefixtures("a_week", "frozen")
def test_what_is_told_of_each_person_is_true() -> None:
    out = StringIO()

    call_command("load_demo", "--today=2026-11-23", stdout=out)

    seen = page_of("teleworker@maillage.example", "/bookings/").content.decode()
    assert seen.count("Modifier") >= 1
    assert "Réserver à nouveau" in seen
    (booking,) = re.findall(r"^  manager@.*?: (/bookings/\w+/)", out.getvalue(), re.MULTILINE)
    page = page_of("manager@maillage.example", booking).content.decode()
    assert any(site in page for site in ("La Fabrique de Villé", "La Scierie"))
    assert page_of("manager@maillage.example", f"{booking}cancel/").status_code == 200
    assert "/admin/sites/site/" in page_of("team@maillage.example", "/admin/").content.decode()


def page_of(email: str, page: str) -> Any:
    client = Client()
    backend = "django.contrib.auth.backends.ModelBackend"
    client.force_login(User.objects.get(email=email), backend=backend)
    return client.get(page)
