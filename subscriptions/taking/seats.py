"""Who has which seat of an employer's subscription: given, and given up at the end of a day."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from billing.models import Pass
from billing.passes.granting import pass_to, take_from
from billing.statements.months import day_of
from network.models import User
from subscriptions.errors import NoSeatLeft, NotOnAccount
from subscriptions.locking import lock_subscription
from subscriptions.models import Employee, Seat, Subscription
from subscriptions.months.counting import seats_on
from subscriptions.months.granting import SHARED


@transaction.atomic
def give_seat(*, subscription: Subscription, person: User, now: datetime) -> Seat:
    """Give an employee a seat of their employer's; who has one keeps it.

    They may spend at once what it is granted. Raises NoSeatLeft, and NotOnAccount for who is no
    employee of it.
    """
    locked, today = lock_subscription(subscription.pk), timezone.localdate(now)
    since = max(today, locked.starts_on)
    if there := locked.seats.taken().filter(person=person).first():
        return there
    refuse_stranger(locked, person, today)
    number = free_number(locked, since)
    made = Seat.objects.create(subscription=locked, number=number, person=person, since=since)
    for granted in passes_of(locked, number, since):
        pass_to(granted=granted, person=person)
    return made


def refuse_stranger(subscription: Subscription, person: User, today: date) -> None:
    """Refuse a seat to who is no employee of the subscriber."""
    theirs = Employee.objects.staying().filter(organisation=subscription.organisation_id)
    if not theirs.filter(person=person).exists() or subscription.is_over(today):
        raise NotOnAccount(_("Only people of the employer have its seats."))


def free_number(subscription: Subscription, day: date) -> int:
    """Return the least number of a seat that nobody has from a day on. Raises NoSeatLeft."""
    there = subscription.seats.until_or_after(day).values_list("number", flat=True)
    free = set(range(1, seats_on(subscription, day) + 1)) - set(there)
    if not free:
        raise NoSeatLeft(_("All seats are taken: add one, or take one back first."))
    return min(free)


def passes_of(subscription: Subscription, number: int, day: date) -> list[Pass]:
    """Return what a seat is granted that can be used on a day or later."""
    numbers = (SHARED, number)
    rows = subscription.grants.filter(number__in=numbers).select_related("granted")
    return [row.granted for row in rows if row.granted.last_on >= day]


@transaction.atomic
def take_seat(*, seat: Seat, last_day: date) -> None:
    """Have somebody lose their seat at the end of a day, today or later: once told, it stays told.

    What they have spent by then stays theirs; the next one who has it spends the rest.
    """
    locked = lock_subscription(seat.subscription_id)
    row = Seat.objects.get(pk=seat.pk)
    if row.until is not None or row.person is None:
        return
    row.until = max(last_day, row.since)
    row.save(update_fields=["until"])
    granted = passes_of(locked, row.number, row.until)
    take_from(granted=granted, person=row.person, at=day_of(row.until).ends_at)


def seat_newcomer(*, employee: Employee, now: datetime) -> Seat | None:
    """Give an employee a seat where their employer has one free, of its oldest subscription first.

    None where all are taken: they book on account of it all the same, by its rules.
    """
    if employee.person is None:
        return None
    today = timezone.localdate(now)
    mine = Subscription.objects.of_organisation(employee.organisation).ending_after(today)
    for one in mine.order_by("starts_on", "pk"):
        try:
            return give_seat(subscription=one, person=employee.person, now=now)
        except NoSeatLeft:
            continue
    return None


def take_seats(*, employee: Employee, last_day: date) -> None:
    """Have an employee who leaves lose their seats at the end of their last day."""
    mine = Seat.objects.taken().filter(person=employee.person)
    for seat in mine.filter(subscription__organisation=employee.organisation):
        take_seat(seat=seat, last_day=last_day)
