"""Who may change somebody else's booking, and where to."""

import json

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from bookings.actions import change
from bookings.wishes import Wish
from network.models import Membership, User
from sites.models import Site, Space
from tests.bookings.bookings import booked
from tests.factories import NOW, TUESDAY, interval, make_manager, make_site, make_space
from tests.persons import PERSONS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
TIMES = interval(TUESDAY, "13:00", "15:00")
MAY = {"manager", "administrator", "manages any", "superuser"}
MAY_ANYWHERE = {"manages any", "superuser"}


def elsewhere(site: Site) -> Space:
    """Make a space of another operator."""
    space = make_space()
    assert space.site.operator_id != site.operator_id
    return space


def next_door(site: Site) -> Space:
    """Make a space in another site of the same operator."""
    return make_space(make_site(operator=site.operator))


@pytest.mark.parametrize(
    ("where", "may"), [(elsewhere, MAY_ANYWHERE), (next_door, MAY), (make_space, MAY)]
)
@pytest.mark.parametrize("name", PERSONS)
def test_rights_are_asked_where_the_booking_is_and_where_it_goes(
    name: str, where: type, may: set[str]
) -> None:
    booking = booked(make_space())
    by, target = PERSONS[name](booking.site), where(booking.site)
    wish = Wish(space_id=target.pk, intervals=(TIMES,))

    if name in may:
        change(booking=booking, wish=wish, by=by, now=NOW)
    else:
        with pytest.raises(PermissionDenied):
            change(booking=booking, wish=wish, by=by, now=NOW)

    booking.refresh_from_db()
    assert (booking.space == target) == (name in may)


def test_a_manager_of_the_site_it_goes_to_alone_cannot_draw_it_there() -> None:
    booking, target = booked(make_space()), make_space()
    wish = Wish(space_id=target.pk, intervals=(TIMES,))

    with pytest.raises(PermissionDenied):
        change(booking=booking, wish=wish, by=make_manager(target.site), now=NOW)


def test_whoever_runs_both_sites_and_its_person_move_it() -> None:
    first, second = make_space(), make_space()
    booking = booked(first)
    wish = Wish(space_id=second.pk, intervals=(TIMES,))
    by = make_manager(first.site)
    role = Membership.Role.MANAGER
    Membership.objects.create(person=by, organisation=second.site.operator, role=role)

    change(booking=booking, wish=wish, by=by, now=NOW)
    back = Wish(space_id=first.pk, intervals=(TIMES,))
    after = change(booking=booking, wish=back, by=booking.person, now=NOW)

    assert after.space == first


def patched(client: Client, by: User, reference: str, **fields: int) -> int:
    client.force_login(by)
    path = f"/api/v1/bookings/{reference}"
    return client.patch(path, json.dumps(fields), "application/json").status_code


def test_over_the_api_a_manager_moves_a_guest_within_the_operator_only(client: Client) -> None:
    booking = booked(make_space())
    manager = make_manager(booking.site)
    other, near = elsewhere(booking.site), next_door(booking.site)

    statuses = [patched(client, manager, booking.reference, space=one.pk) for one in (other, near)]

    assert statuses == [403, 200]
    booking.refresh_from_db()
    assert booking.space == near


@pytest.mark.parametrize(
    ("name", "status"),
    [("stranger", 404), ("administration only", 404), ("colleague", 404), ("looks at any", 403)],
)
def test_over_the_api_who_may_not_gets_nowhere(client: Client, name: str, status: int) -> None:
    booking = booked(make_space())

    got = patched(client, PERSONS[name](booking.site), booking.reference, space=booking.space_id)

    assert got == status
