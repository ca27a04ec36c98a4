"""Who may cancel somebody else's booking: the action, the pages, the API, the administration."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from bookings.actions import cancel, give_back
from bookings.models import Booking
from tests.bookings.bookings import booked
from tests.factories import NOW, holder, make_space
from tests.persons import PERSONS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
MAY = {"manager", "administrator", "manages any", "superuser"}
#: Who does not even learn that there is such a booking. To manage any is not to see any.
SEE = {"manager", "administrator", "looks at any", "superuser"}
OPEN = [name for name in PERSONS if not name.startswith("closed")]


@pytest.mark.parametrize("act", [cancel, give_back])
@pytest.mark.parametrize("name", PERSONS)
def test_only_who_runs_the_site_or_may_manage_any_cancels_or_gives_back(
    name: str, act: Callable[..., Booking]
) -> None:
    booking = booked(make_space())
    by = PERSONS[name](booking.site)

    if name in MAY:
        act(booking=booking, by=by, now=NOW)
    else:
        with pytest.raises(PermissionDenied):
            act(booking=booking, by=by, now=NOW)

    booking.refresh_from_db()
    assert booking.is_active == (name not in MAY)


@pytest.mark.parametrize("path", ["/bookings/{}/cancel/", "/api/v1/bookings/{}/cancel"])
@pytest.mark.parametrize("name", OPEN)
def test_pages_and_api_say_the_same(client: Client, name: str, path: str) -> None:
    booking = booked(make_space())
    client.force_login(PERSONS[name](booking.site))

    answer = client.post(path.format(booking.reference))

    expected = (302, 200) if name in MAY & SEE else (403,) if name in SEE else (404,)
    assert answer.status_code in expected
    booking.refresh_from_db()
    assert booking.is_active == (name not in MAY & SEE)


@pytest.mark.parametrize(
    ("permissions", "is_cancelled"),
    [("view_booking", False), ("view_booking change_booking", False),
     ("view_booking manage_any_booking", True)],
)  # fmt: skip
def test_the_administration_asks_for_the_same_permission(
    client: Client, permissions: str, is_cancelled: bool
) -> None:
    booking = booked(make_space())
    client.force_login(holder(*permissions.split(), is_staff=True))
    chosen = {"action": "cancel_bookings", "_selected_action": [booking.pk]}

    client.post("/admin/bookings/booking/", chosen | {"confirmed": "yes"})

    cancelled = Booking.objects.filter(status=Booking.Status.CANCELLED)
    assert cancelled.exists() == is_cancelled
