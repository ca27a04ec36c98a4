"""Who sees somebody's booking: the words of the queryset, pages, calendar file and API."""

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from bookings.models import Booking
from network.models import User
from tests.bookings.bookings import booked
from tests.factories import holder, make_space
from tests.persons import PERSONS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
SEE = {"manager", "administrator", "looks at any", "superuser"}
PATHS = ["/bookings/{}/", "/bookings/{}/change/", "/bookings/{}/cancel/", "/api/v1/bookings/{}"]


@pytest.mark.parametrize("name", PERSONS)
def test_only_who_runs_the_site_or_may_look_at_any_sees_it(name: str) -> None:
    booking = booked(make_space())
    by = PERSONS[name](booking.site)

    assert Booking.objects.visible_to(by).exists() == (name in SEE)


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("name", [name for name in PERSONS if not name.startswith("closed")])
def test_pages_and_api_say_the_same(client: Client, name: str, path: str) -> None:
    booking = booked(make_space())
    client.force_login(PERSONS[name](booking.site))

    answer = client.get(path.format(booking.reference))

    assert answer.status_code == (200 if name in SEE else 404)


def test_permissions_are_read_once_however_often_they_are_asked(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    person = User.objects.get(pk=holder("view_booking").pk)

    with django_assert_num_queries(3):
        person.has_perm("bookings.manage_any_booking")
        Booking.objects.visible_to(person).exists()
        person.has_perm("bookings.exceed_quotas")
