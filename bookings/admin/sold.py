"""What a space is sold as stays while somebody has it to come: by that, bookings are charged."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from bookings.models import Booking
from sites.models import Site


class Sold(NamedTuple):
    """What the price of a space depends on."""

    kind: str
    sold_by: str


def sold_at(site: Site) -> Mapping[int, Sold]:
    """Return what each space of a site is sold as, by its key."""
    rows = site.spaces.values_list("pk", "kind", "sold_by")
    return {pk: Sold(kind, sold_by) for pk, kind, sold_by in rows}


def refuse_sold_otherwise(site: Site, before: Mapping[int, Sold], now: datetime) -> None:
    """Refuse to sell a space as something else while bookings of it run or are to come.

    Raises ValidationError, with their number for each space.
    """
    changed = [pk for pk, sold in sold_at(site).items() if sold != before.get(pk, sold)]
    met = Booking.objects.active().filter(space__in=changed, ends_at__gt=now)
    if last := met.select_related("space").order_by("-ends_at", "-pk").first():
        raise ValidationError(words_of(last, met.count()))


def words_of(last: Booking, count: int) -> str:
    """Return what to do instead."""
    words = _(
        "“%(space)s” has bookings that run or are to come (%(count)d, the last one is"
        " %(reference)s). They are charged by its kind and by how it is sold: both stay until these"
        " are over. Add another space instead, and close this one then."
    )
    return words % {"space": last.space, "count": count, "reference": last.reference}


def refusing(form: Any, refused: ValidationError) -> Any:
    """Return `form` refused for what saving it would do."""

    class RefusingForm(form):  # type: ignore[misc]  # made by the admin
        def clean(self) -> Any:
            super().clean()
            raise refused

    return RefusingForm
