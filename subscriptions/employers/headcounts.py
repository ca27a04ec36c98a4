"""How many people an employer says that it has: dated, so that shares of past months stay true."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network.models import Organisation, User
from subscriptions.employers.locking import lock_employer
from subscriptions.employers.rights import refuse_unless_runs
from subscriptions.errors import HeadcountRefused
from subscriptions.models import Headcount


def headcount_on(organisation: Organisation, day: date) -> Headcount | None:
    """Return the last headcount that was told of a day or of one before; None without one."""
    rows = Headcount.objects.filter(organisation=organisation, day__lte=day)
    return rows.order_by("-day").first()


@transaction.atomic
def tell_headcount(
    *, employer: Organisation, day: date, people: int, by: User, now: datetime
) -> Headcount:
    """Tell how many people an employer has on a day, or correct what was told of it.

    The row says who told it last, and when. Raises HeadcountRefused for a day to come, or
    PermissionDenied.
    """
    refuse_unless_runs(by, employer)
    if day > timezone.localdate(now):
        raise HeadcountRefused(_("Nobody knows yet how many they will be: name a day so far."))
    told = {"people": people, "made_at": now, "made_by": by}
    rows = Headcount.objects.filter(organisation=lock_employer(employer))
    return rows.update_or_create(organisation=employer, day=day, defaults=told)[0]
