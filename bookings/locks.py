"""Who waits for whom: every write takes its locks from here, in one order.

First names (of callers and sessions that hold), then the person, then the spaces by id, then the
hold or the booking: so no two of them ever wait for each other. docs/decisions tell why the space
is the contested row.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection
from django.db.models import BigIntegerField, Q, QuerySet
from django.utils.translation import gettext as _

from bookings.admission import refuse_stranger
from bookings.errors import AlreadyCancelled, AlreadyStarted, HoldEnded
from bookings.models import Booking, Hold
from network.models import User
from network.sql import Among, Asked, Given, Statement, kept, together
from sites.models import Space


def lock_names(*names: str) -> None:
    """Make whoever bears one of those names wait for each other until the transaction ends.

    They have no row to lock. SQLite needs nothing: there, one writes at a time.
    """
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for name in sorted(set(names)):
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])


@kept
def person_to_lock() -> QuerySet[User, tuple[int]]:
    """Return one person's row, locked."""
    mine = Q(pk=Given("person", BigIntegerField()))
    return User.objects.select_for_update(no_key=True).filter(mine).values_list("pk")


@kept
def spaces_to_lock() -> QuerySet[Space]:
    """Return some spaces, locked in the order of their ids, with their sites."""
    some = Among("pk", "spaces", BigIntegerField())
    locked = Space.objects.select_for_update(no_key=True, of=("self",)).filter(some)
    return locked.select_related("site").order_by("pk")


class AskedLocks:
    """The locks of a person, if any, and of spaces, in their order, to be asked with the rest."""

    def __init__(self, person: User | None, *space_ids: int) -> None:
        self.spaces = spaces_to_lock().asked(spaces=space_ids)
        self.statements: tuple[Statement, ...] = (self.spaces,)
        if person:
            self.statements = (ask_person_lock(person), self.spaces)

    def space(self, space_id: int) -> Space:
        """Return one of the spaces as it is now, with its site. Raises Space.DoesNotExist."""
        return by_key(self.spaces.rows, space_id)[space_id]


def ask_person_lock(person: User) -> Asked[tuple[int]]:
    """Return the person's lock, to be asked with what it protects."""
    return person_to_lock().asked(person=person.pk)


def lock_person(person: User) -> None:
    """Make this person's bookings wait for each other."""
    together(ask_person_lock(person))


def lock_people(*people: User) -> None:
    """Do the same for several, in the order of their keys: before any space."""
    rows = User.objects.select_for_update(no_key=True).order_by("pk")
    list(rows.filter(pk__in={one.pk for one in people}).values_list("pk"))


def lock_spaces(*space_ids: int) -> dict[int, Space]:
    """Lock the contested spaces, in id order, and return them with their sites.

    Raises Space.DoesNotExist.
    """
    return by_key(spaces_to_lock().read(spaces=space_ids), *space_ids)


def by_key(spaces: Sequence[Space], *space_ids: int) -> dict[int, Space]:
    """Return the spaces by their ids. Raises Space.DoesNotExist."""
    found = {space.pk: space for space in spaces}
    if missing := set(space_ids) - found.keys():
        raise Space.DoesNotExist(f"There is no space {min(missing)}.")
    return found


def lock_booking(booking: Booking, by: User, now: datetime) -> Booking:
    """Return the booking as it is now, locked; raise PermissionDenied to a stranger."""
    current = (
        Booking.objects.select_for_update(no_key=True, of=("self",))
        .select_related("site", "space", "person")
        .get(pk=booking.pk)
    )
    refuse_stranger(by, current.person, current.site, current.account_of_others, now)
    return current


def lock_changeable(booking: Booking, by: User, now: datetime) -> Booking:
    """Return the booking as it is now, locked, or refuse to change it."""
    current = lock_booking(booking, by, now)
    refuse_unchangeable(current, now)
    return current


def refuse_unchangeable(booking: Booking, now: datetime) -> None:
    """Refuse to change a booking that was cancelled or has begun."""
    if not booking.is_active:
        raise AlreadyCancelled(_("This booking was cancelled."))
    if booking.has_started(now):
        raise AlreadyStarted(
            _("This booking has already begun. You can give back what is left of it.")
        )


def lock_hold(hold: Hold, now: datetime) -> Hold:
    """Return the hold as it is now, locked; raise HoldEnded when it is over, or gone.

    One that was confirmed before is returned while its row is there.
    """
    current = Hold.objects.select_for_update().filter(pk=hold.pk).first()
    if current is None or not (current.booking_id or current.is_live(now)):
        raise HoldEnded(_("This place is no longer held for you. Choose it once more."))
    return current
