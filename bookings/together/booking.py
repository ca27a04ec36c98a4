"""Several people at several sites are booked in one transaction: all of it, or nothing."""

from collections.abc import Callable, Sequence
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from billing.passes.holding import lock_purses
from bookings.charges.prices import prices_of
from bookings.errors import PriceChanged, TooManyAtOnce
from bookings.idempotency import Answer, answer_once
from bookings.locks import lock_people, lock_spaces
from bookings.models import Booking
from bookings.together.alternatives import Helper
from bookings.together.cells import Cell, Order, Refused, Tried
from bookings.together.places import Places
from bookings.together.trying import try_all
from network.models import Organisation, User
from subscriptions.assistants import books_for
from subscriptions.models import Employee

MOST_CELLS = 100
CREATED = 201


def book_together(
    *, cells: Sequence[Cell], employer: Organisation, by: User, now: datetime, key: str
) -> list[Booking]:
    """Book every cell on account of an employer, or none; once for a key of `by`.

    Raises Refused with each cell that cannot be had, why, and what else can; TooManyAtOnce,
    KeyReused; PermissionDenied when `by` does not book for the employer, or somebody is not its.
    """
    order = Order(tuple(cells), employer, by, now)
    refuse_order(order)
    try:
        return booked_once(order, key)
    except Refused as refused:
        raise Refused(refused.message, Helper(order.cells, now).helped(refused.cells)) from None


def see_together(
    *, cells: Sequence[Cell], employer: Organisation, by: User, now: datetime
) -> list[Tried]:
    """Return what `book_together` would do with each cell now: it is done and undone.

    Raises TooManyAtOnce and PermissionDenied.
    """
    order = Order(tuple(cells), employer, by, now)
    refuse_order(order)
    tried = undone(order)
    helped = iter(Helper(order.cells, now).helped(tried))
    return [next(helped) if one.refusal else one for one in tried]


@transaction.atomic
def costing_together(*, told_cents: int, now: datetime, act: Callable[[], list[Booking]]) -> None:
    """Book by `act` what costs the employer no more in all than was told. Raises PriceChanged."""
    prices = prices_of(act(), now)
    if sum(one.cents for one in prices.values()) > told_cents:
        raise PriceChanged(_("The price is another one than this page told you. Look once more."))


def refuse_order(order: Order) -> None:
    """Refuse who does not book for the employer, people who never were its, too many cells."""
    if not books_for(order.by, order.employer.pk, order.now):
        raise PermissionDenied
    if not 0 < len(order.cells) <= MOST_CELLS:
        words = _("Choose at least one place, and no more than %(most)d at once.")
        raise TooManyAtOnce(words % {"most": MOST_CELLS})
    people = {one.person.pk for one in order.cells}
    known = Employee.objects.filter(organisation=order.employer, person__in=people)
    if set(known.values_list("person", flat=True)) != people:
        raise PermissionDenied


@transaction.atomic
def booked_once(order: Order, key: str) -> list[Booking]:
    """Book an order, or return what this key has booked before. Raises Refused, KeyReused."""
    places = locked_places(order)

    def act() -> Answer:
        made = [one.booking.reference for one in booked_or_refused(order, places) if one.booking]
        return Answer(CREATED, {"references": made})

    answer = answer_once(
        person=order.by,
        key=f"together:{key}"[:255],
        request=[order.employer.pk, *(told_of(one) for one in order.cells)],
        now=order.now,
        act=act,
    )
    made = Booking.objects.select_related("site", "space", "person")
    return list(made.filter(reference__in=answer.body["references"]).order_by("pk"))


@transaction.atomic
def undone(order: Order) -> list[Tried]:
    """Return what booking an order comes to, and leave nothing of it."""
    tried = try_all(order, locked_places(order))
    transaction.set_rollback(True)
    return tried


def locked_places(order: Order) -> Places:
    """Return what cells may be given, under the locks of all people, spaces and passes of it.

    In the order of `bookings.locks`, each kind by its keys, before anything is booked: two orders
    of the same people in other orders never wait for each other in a circle.
    """
    places = Places(order.cells, order.now)
    people = [one.person for one in order.cells]
    lock_people(order.by, *people)
    lock_spaces(*places.spaces)
    lock_purses(people, order.employer)
    return places


def booked_or_refused(order: Order, places: Places) -> list[Tried]:
    """Book every cell. Raises Refused, when all of it is to be undone."""
    tried = try_all(order, places)
    if refused := [one for one in tried if one.refusal]:
        words = ngettext(
            "One place cannot be booked, so nothing was booked.",
            "%(count)d places cannot be booked, so nothing was booked.",
            len(refused),
        )
        raise Refused(words % {"count": len(refused)}, refused)
    return tried


def told_of(cell: Cell) -> list[object]:
    """Return a cell for the digest of its order."""
    return [cell.person.pk, cell.site.pk, cell.day, cell.part, cell.kind]
