"""An account that nobody uses is warned and goes with all that is its own; one in use stays."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.test import Client

from bookings.models import Booking
from bookings.purging import NOBODY
from network.jobs.chores import purge
from network.models import ApiToken, Membership, User
from tests.bookings.bookings import booked
from tests.bookings.long_ago import LONG_AGO, make_old_booking, unused_member
from tests.factories import NOW, make_manager, make_space
from tests.network.people import mails, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


def test_an_unused_account_is_warned_and_goes_thirty_days_later_with_all_that_is_its_own() -> None:
    person = unused_member(days=701)
    Authenticator.objects.create(user=person, type="totp", data={"secret": "x"})

    first = purge(now=NOW)
    (mail,) = mails()
    second = purge(now=NOW + timedelta(days=29))
    third = purge(now=NOW + timedelta(days=30))

    assert [one["warnings"] for one in (first, second, third)] == [1, 0, 0]
    assert [one["accounts"] for one in (first, second, third)] == [0, 0, 1]
    assert mail["to"] == ["ada@maillage.example"]
    assert "23 décembre 2026" in mail["body"]
    assert "http://localhost:8000/account/login/" in mail["body"]
    assert not User.objects.filter(pk=person.pk).exists()
    assert not EmailAddress.objects.exists()


def test_an_account_unused_for_many_years_is_warned_first_too() -> None:
    unused_member(days=2000)

    assert purge(now=NOW)["accounts"] == 0
    assert purge(now=NOW + timedelta(days=31))["accounts"] == 1


def test_signing_in_after_the_warning_keeps_the_account_and_the_warning_comes_anew(
    frozen: time_machine.Traveller,
) -> None:
    unused_member(days=701)
    purge(now=NOW)
    frozen.shift(timedelta(days=10))
    sign_in(Client())

    back = NOW + timedelta(days=10)
    assert purge(now=NOW + timedelta(days=60))["accounts"] == 0
    later = purge(now=back + timedelta(days=731))
    assert (later["warnings"], later["accounts"]) == (1, 0)
    assert purge(now=back + timedelta(days=762))["accounts"] == 1


USES: dict[str, Callable[[User], object]] = {
    "a program": lambda person: ApiToken.objects.create(
        person=person, name="t", hash="h", created_at=LONG_AGO, last_used_at=NOW
    ),
    "a booking": lambda person: booked(make_space(), person),
    "a booking made for others": lambda person: Booking.objects.filter(
        pk=booked(make_space()).pk
    ).update(booked_by=person),
}


@pytest.mark.parametrize("name", USES)
def test_an_account_in_use_in_another_way_stays(name: str) -> None:
    person = unused_member(days=2000)
    USES[name](person)

    counts = [purge(now=NOW + timedelta(days=days)) for days in (0, 31, 62)]

    assert [one["warnings"] + one["accounts"] for one in counts] == [0, 0, 0]
    assert User.objects.filter(pk=person.pk).exists()


def test_a_closed_account_goes_without_a_mail_that_nobody_could_act_on() -> None:
    person = unused_member(days=2000)
    User.objects.filter(pk=person.pk).update(is_active=False)

    purge(now=NOW)

    assert mails() == []
    assert purge(now=NOW + timedelta(days=30))["accounts"] == 1


def test_a_person_with_only_old_bookings_goes_and_the_bookings_stay() -> None:
    make_old_booking(NOW - timedelta(days=800))
    User.objects.update(joined_at=LONG_AGO)

    purge(now=NOW)
    purge(now=NOW + timedelta(days=31))

    assert Booking.objects.count() == 1
    assert list(User.objects.values_list("email", flat=True)) == [NOBODY]


def test_a_manager_who_left_leaves_the_site_running() -> None:
    site = make_space().site
    User.objects.filter(pk=make_manager(site).pk).update(joined_at=LONG_AGO)

    purge(now=NOW)
    purge(now=NOW + timedelta(days=31))

    site.refresh_from_db()
    assert not Membership.objects.exists()
