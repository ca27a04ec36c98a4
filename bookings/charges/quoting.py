"""What a booking would cost, asked without a mind to book. Reads only; no room is looked for."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _

from billing.charging.cases import Case
from billing.errors import NoTariff
from billing.prices.groups import Group
from billing.showing.before import price_before
from billing.showing.telling import Price
from bookings.admission import admitted, refuse_payer
from bookings.charges.prices import wished
from bookings.ground import window_around
from bookings.wishes import Wish
from network.models import User
from network.sql import together
from sites.intervals import Interval
from sites.models import Space
from sites.openings import AskedOpenings


def quoted(*, wish: Wish, person: User, group: Group | None = None, now: datetime) -> Price:
    """Return what confirming a wish would cost a person now, with their passes and bookings.

    With a `group`, what it would cost somebody of it, who has neither. Raises Space.DoesNotExist, a
    Refusal of the times, the space or the account as `book` does, GroupNotInGrid, NoTariff.
    """
    refuse_payer(wish, person, now)
    space = Space.objects.select_related("site__operator").get(pk=wish.space_id)
    times = admitted_times(wish, space, now)
    case = wished(wish, space, times, User() if group else person, now)
    return priced(price_before(to_group(case, group) if group else case))


def priced(price: Price | None) -> Price:
    """Return a price that there is. Raises NoTariff."""
    if price is None:
        raise NoTariff(_("No price is set for this yet. Ask the site."))
    return price


def admitted_times(wish: Wish, space: Space, now: datetime) -> Sequence[Interval]:
    """Return the times of a wish as they would be booked, or refuse them."""
    opens = AskedOpenings(space.pk, window_around(wish, now))
    together(*opens.statements)
    return admitted(wish, space, now, opens.of(space.site))


def to_group(case: Case, group: Group) -> Case:
    """Return a case as it is for somebody who belongs to that group alone."""
    assert case.facts.offer is not None
    return replace(case, facts=replace(case.facts, offer=case.facts.offer.to_group(group)))
