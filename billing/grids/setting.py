"""A site sets its own prices, within the band of the grid in force on their day.

They begin tomorrow at the earliest: so what a day costs is settled before it begins, and a booking
of that day has one price, whenever it is changed and changed back.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from billing.errors import NoTariff, NotInForceYet, OutsideBand, PriceNotOwn
from billing.grids.bands import Bounds, Margins
from billing.grids.rights import refuse_unless_running
from billing.grids.tables import Key, table_of
from billing.models import LocalPrice, TariffGrid
from billing.prices.durations import Duration
from billing.prices.groups import Group
from network.models import User
from network.templatetags.money import money
from sites.models import Site, Space


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A price that a site wants from a day on. Cents, VAT included."""

    site: Site
    kind: Space.Kind
    duration: Duration
    price_cents: int
    starts_on: date
    group: Group = Group.STANDARD
    off_peak_cents: int | None = None

    @property
    def key(self) -> Key:
        """Return which of the grid's prices it stands for."""
        return self.kind, self.duration, self.group


def margins_on(site: Site, key: Key, day: date) -> Margins:
    """Return within what a site may ask on a day.

    Raises NoTariff where the grid of that day has no such price.
    """
    grid = TariffGrid.objects.in_force(day)
    within = table_of(grid.pk).margins.get((site.category, *key)) if grid else None
    if within is None:
        raise NoTariff(_("The grid has no such price: a site cannot set one of its own."))
    return within


@transaction.atomic
def set_local_price(*, asked: Asked, by: User, now: datetime) -> LocalPrice:
    """Have a site ask its own price from a day on, tomorrow at the earliest.

    Without one off peak, it is the same, and within the band there too. Raises OutsideBand with the
    bounds, NotInForceYet, NoTariff, or PermissionDenied.
    """
    refuse_unless_running(by, asked.site)
    refuse_begun(asked.starts_on, asked.site, now)
    lock_prices(asked.site)
    within = margins_on(asked.site, asked.key, asked.starts_on)
    refuse_outside(asked.price_cents, within.peak, is_calm=False)
    calm = asked.price_cents if asked.off_peak_cents is None else asked.off_peak_cents
    refuse_outside(calm, within.calm, is_calm=within.calm != within.peak)
    return written(asked, by, now, is_withdrawn=False)


@transaction.atomic
def withdraw_local_price(*, asked: Asked, by: User, now: datetime) -> list[LocalPrice]:
    """Have a site return to the grid's price from a day on; return what it had planned from then.

    That ends with it, so that the grid's price stays. Raises PriceNotOwn where the site asks the
    grid's price anyway, else as `set_local_price` does.
    """
    refuse_unless_running(by, asked.site)
    refuse_begun(asked.starts_on, asked.site, now)
    lock_prices(asked.site)
    rows = LocalPrice.objects.of_price(asked.site, *asked.key)
    later = rows.filter(starts_on__gte=asked.starts_on)
    ended = [one for one in later if not one.is_withdrawn]
    before = rows.filter(starts_on__lt=asked.starts_on).last()
    if not (ended or is_own(before)):
        raise PriceNotOwn(_("The site asks the grid’s price from this day on already."))
    later.delete()
    if is_own(before):
        written(asked, by, now, is_withdrawn=True)
    return ended


@transaction.atomic
def withdraw_planned(*, site: Site, key: Key, day: date, by: User, now: datetime) -> None:
    """Have what a site planned from a day on not begin: what held before goes on.

    A return to the grid's price that would then follow nothing goes with it. Raises NotInForceYet
    once the day has begun, PriceNotOwn where nothing is planned from it, or PermissionDenied.
    """
    refuse_unless_running(by, site)
    refuse_begun(day, site, now)
    lock_prices(site)
    rows = LocalPrice.objects.of_price(site, *key)
    if not rows.filter(starts_on=day).delete()[0]:
        raise PriceNotOwn(_("Nothing is planned from this day on any more."))
    before, after = rows.filter(starts_on__lt=day).last(), rows.filter(starts_on__gt=day).first()
    if after and after.is_withdrawn and not is_own(before):
        after.delete()


def is_own(row: LocalPrice | None) -> bool:
    """Tell whether what holds is a price of the site's own: neither none, nor the grid's."""
    return row is not None and not row.is_withdrawn


def lock_prices(site: Site) -> None:
    """Have whoever else changes what the site asks wait."""
    Site.objects.select_for_update(no_key=True).get(pk=site.pk)


def written(asked: Asked, by: User, now: datetime, *, is_withdrawn: bool) -> LocalPrice:
    """Write the price; another one of the same day, not used by then, gives way."""
    kind, duration, group = asked.key
    row, _made = LocalPrice.objects.update_or_create(
        site=asked.site,
        kind=kind,
        duration=duration,
        group=group,
        starts_on=asked.starts_on,
        defaults={
            "price_cents": asked.price_cents,
            "off_peak_cents": asked.off_peak_cents,
            "is_withdrawn": is_withdrawn,
            "set_by": by,
            "set_at": now,
        },
    )
    return row


def first_day(site: Site, now: datetime) -> date:
    """Return the first day of which a site may still say what it asks: tomorrow by its clocks."""
    return now.astimezone(site.zone).date() + timedelta(days=1)


def refuse_begun(starts_on: date, site: Site, now: datetime) -> None:
    """Refuse a price of a day that has begun: what was booked on it keeps what it was told."""
    if starts_on < first_day(site, now):
        words = _("A price begins tomorrow at the earliest: what is booked today keeps its own.")
        raise NotInForceYet(words)


def refuse_outside(cents: int, within: Bounds, *, is_calm: bool) -> None:
    """Refuse a price beyond the bounds, and name them."""
    if not within.allow(cents):
        words = _("The grid allows from %(least)s to %(most)s here.")
        if is_calm:
            words = _("Off peak, the grid allows from %(least)s to %(most)s here.")
        told = {"least": money(within.least), "most": money(within.most)}
        raise OutsideBand(words % told, within.least, within.most, is_off_peak=is_calm)
