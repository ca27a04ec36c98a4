"""Somebody sees on whose account they book, and leaves by themselves."""

from datetime import timedelta

import pytest
from django.test import Client

from network.models import User
from tests.billing.pages.reading import page, signed_in, words_of
from tests.factories import MONDAY, TUESDAY, make_user
from tests.subscriptions.employers import make_employee, make_employer, make_team

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
MINE = "/account/employers/"


@pytest.fixture
def lea() -> User:
    return make_user("lea@weber.example", name="Léa Roth")


@pytest.fixture
def reader(client: Client, lea: User) -> Client:
    return signed_in(client, lea)


def test_one_sees_each_employer_with_its_team(reader: Client, lea: User) -> None:
    employer = make_employer(name="Boulangerie Weber")
    make_employee(employer, lea, team=make_team(employer, "Fournil"), until=TUESDAY)
    gone = MONDAY - timedelta(days=1)
    make_employee(make_employer(name="Menuiserie"), lea, since=gone, until=gone)

    told = page(reader, MINE)

    assert "Boulangerie Weber Since 23 November 2026 · until 24 November 2026 · Fournil" in told
    assert "Menuiserie" not in told
    assert "Never hours, never which desk." in told


def test_without_an_employer_the_page_says_how_one_comes(reader: Client) -> None:
    assert "Your employer invites you by e-mail." in page(reader, MINE)


def test_one_leaves_by_oneself(reader: Client, lea: User) -> None:
    row = make_employee(None, lea)

    told = page(reader, f"{MINE}{row.pk}/leave/")
    answer = reader.post(f"{MINE}{row.pk}/leave/", {"last_day": "2026-11-24"})

    assert "At the end of this day you lose the seat" in told
    assert answer["Location"] == MINE
    row.refresh_from_db()
    assert row.until == TUESDAY


def test_a_day_that_is_over_is_refused(reader: Client, lea: User) -> None:
    row = make_employee(None, lea)

    answer = reader.post(f"{MINE}{row.pk}/leave/", {"last_day": "2026-11-22"})

    assert answer.status_code == 409
    assert "Choose a day from today on, within a year." in words_of(answer)
    row.refresh_from_db()
    assert row.until is None


def test_nobody_leaves_for_another(reader: Client) -> None:
    other = make_employee()

    assert reader.get(f"{MINE}{other.pk}/leave/").status_code == 404
    assert reader.post(f"{MINE}{other.pk}/leave/", {"last_day": "2026-11-24"}).status_code == 404
    other.refresh_from_db()
    assert other.until is None


def test_a_stranger_signs_in_first(client: Client) -> None:
    assert client.get(MINE)["Location"] == f"/account/login/?next={MINE}"
