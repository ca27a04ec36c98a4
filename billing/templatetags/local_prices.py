"""What a site asks beside the grid, in words and tables."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from billing.grids.bands import Bounds, Margins
from billing.grids.conformity import Finding
from billing.grids.reviewing import HeldThen, Reviewed
from billing.grids.showing import Cell
from billing.grids.site_prices import Offer, OfGrid
from billing.models import LocalPrice, Subsidy, TariffGrid
from billing.prices.cheapest import Price
from billing.prices.groups import Group
from billing.templatetags.tariffs import cell_words, price_words, ware_words
from network.templatetags.dates import date_words
from network.templatetags.money import money
from network.ways import Step, step, way
from sites.models import Site, Space
from sites.templatetags.told import as_own

register = template.Library()


@register.simple_tag
def way_to_prices(site: Site, page: str = "") -> list[Step]:
    """Return the breadcrumb of the pages of local prices."""
    return way(*steps_to(site), here=page)


def steps_to(site: Site) -> list[Step]:
    """Return the steps to what a site asks."""
    own = step(as_own(site.name), "site-prices", site.slug)
    return [step(_("Prices of my sites"), "local-prices"), own]


@register.simple_tag
def own_price_counts(site: Site, reviewed: Sequence[Reviewed], today: date) -> dict[str, Any]:
    """Return how many prices of its own a site has, and from when on how many lie outside a band.

    `outside`: pairs of a count and a day; those outside today come first, without a day.
    """
    own = [one for one in reviewed if one.row.site_id == site.pk]
    days = Counter(max(one.outside_from, today) for one in own if one.outside_from)
    outside = [(days[day], None if day == today else day) for day in sorted(days)]
    return {"own": len(own), "outside": outside}


@register.simple_tag
def site_group_choices(site: Site, groups: Sequence[Group], group: Group) -> list[dict[str, Any]]:
    """Return the links to what a site asks each customer group."""
    address = reverse("site-prices", args=[site.slug])
    return [
        {"text": one.label, "href": f"{address}?group={one}", "is_chosen": one == group}
        for one in groups
    ]


@register.filter
def by_kind(offers: Sequence[Offer]) -> list[tuple[Space.Kind, list[Offer]]]:
    """Return the prices of each kind of space."""
    return [(kind, list(some)) for kind, some in groupby(offers, key=lambda one: one.kind)]


@register.simple_tag
def offer_table(site: Site, group: Group, offers: Sequence[Offer]) -> dict[str, Any]:
    """Return columns and rows of one kind: a duration, the grid's price, the band, the site's."""
    columns = [
        {"text": _("Duration")},
        {"text": _("Grid"), "is_numeric": True},
        {"text": _("The site may ask")},
        {"text": _("The site asks")},
        {"text": _("From a later day")},
        {"text": _("Change")},
    ]
    caption = _("Prices for: %(group)s") % {"group": group.label}
    rows = [offer_row(site, group, one) for one in offers]
    return {"caption": caption, "columns": columns, "rows": rows}


def offer_row(site: Site, group: Group, offer: Offer) -> list[dict[str, Any]]:
    """Return the cells of one price."""
    address = reverse("set-price", args=[site.slug, offer.kind, offer.duration, group])
    return [
        {"text": offer.duration.label},
        {"text": both_words(offer.grid), "is_numeric": True},
        {"text": margins_words(offer.margins)},
        {"text": own_words_of(offer)},
        {"text": ", ".join(coming_words(row) for row in offer.to_come) or "–"},
        {
            "text": _("Set the price"),
            "href": address,
            "about": ware_words(offer.kind, offer.duration),
        },
    ]


@register.simple_tag
def planned_told(site: Site, group: Group, offers: Iterable[Offer]) -> list[dict[str, str]]:
    """Return what a site plans of some prices: in words, and where it is withdrawn by its day."""
    words = _("%(ware)s: %(price)s")
    return [
        {
            "text": words
            % {"ware": ware_words(one.kind, one.duration), "price": coming_words(row)},
            "href": reverse("drop-planned", args=[site.slug, one.kind, one.duration, group]),
            "day": row.starts_on.isoformat(),
        }
        for one in offers
        for row in one.to_come
    ]


def withdrawn_words(said: OfGrid, ended: Iterable[LocalPrice]) -> str:
    """Return from when on a site asks the grid's price, and what it had planned that ends."""
    words = _("From %(day)s the site asks the grid’s price.")
    if said.price:
        words = _("From %(day)s the site asks the grid’s price, %(price)s.")
    told = words % {"day": date_words(said.begins), "price": said.price and both_words(said.price)}
    if planned := ", ".join(map(coming_words, ended)):
        told += " " + _("What was planned does not come: %(planned)s.") % {"planned": planned}
    return told


@register.filter
def said_words(said: OfGrid) -> str:
    """Return what a grid asks and allows: "8,00 € ; le site peut demander de 7,20 € à 10,00 €"."""
    if said.price is None or said.margins is None:
        return _("The grid of that day does not have this price.")
    told = {"price": both_words(said.price), "bounds": margins_words(said.margins)}
    return _("%(price)s; the site may ask %(bounds)s") % told


@register.filter
def both_words(price: Price) -> str:
    """Return a price, and the one off peak where it is another."""
    return cell_words(Cell(price.peak, price.off_peak))


@register.filter
def margins_words(margins: Margins) -> str:
    """Return "7,20 € – 10,00 €", with the bounds off peak where they are others."""
    told = bounds_words(margins.peak)
    if margins.calm == margins.peak:
        return told
    return _("%(peak)s; off peak %(calm)s") % {"peak": told, "calm": bounds_words(margins.calm)}


def bounds_words(bounds: Bounds) -> str:
    """Return the least and the most, or that there is one price."""
    if bounds.least == bounds.most:
        return _("%(price)s alone") % {"price": price_words(bounds.least)}
    told = {"least": money(bounds.least), "most": money(bounds.most)}
    return _("%(least)s to %(most)s") % told


def own_words_of(offer: Offer) -> str:
    """Return the site's own price and since when, or that it is the grid's."""
    if offer.own is None:
        return _("the grid’s price")
    told = {"price": row_words(offer.own), "day": date_words(offer.own.starts_on)}
    if offer.outside is None:
        return _("%(price)s since %(day)s") % told
    told |= {"charged": both_words(offer.full)}
    return _("%(price)s since %(day)s; %(charged)s charged") % told


@register.filter
def outside_words(offers: Sequence[Offer], grid: TariffGrid) -> list[str]:
    """Return, of each own price that the grid holds to its band, what is charged and why."""
    return [held_words(one, one.outside, grid) for one in offers if one.outside]


def held_words(offer: Offer, found: Finding, grid: TariffGrid) -> str:
    """Return that a price lies outside the band of a grid, and what is charged instead."""
    words = _(
        "%(ware)s: %(price)s is above the band of the grid in force since %(day)s:"
        " %(charged)s is charged."
    )
    if found.off_by < 0:
        words = _(
            "%(ware)s: %(price)s is below the band of the grid in force since %(day)s:"
            " %(charged)s is charged."
        )
    return words % {
        "ware": ware_words(offer.kind, offer.duration),
        "price": both_words(found.price),
        "day": date_words(grid.in_force_from),
        "charged": both_words(offer.full),
    }


@register.filter
def held_then_words(held: HeldThen) -> str:
    """Return what is charged, and from when on, where a grid to come does not let a price be."""
    found = held.finding
    words = _("%(ware)s: %(price)s is above the band: %(charged)s is charged from %(day)s.")
    if found.margins is None:
        words = _("%(ware)s: this grid has no such price: from %(day)s it does not count.")
    elif found.off_by < 0:
        words = _("%(ware)s: %(price)s is below the band: %(charged)s is charged from %(day)s.")
    return words % {
        "ware": ", ".join(held.row.ware_words),
        "price": both_words(found.price),
        "day": date_words(held.day),
        "charged": found.charged and both_words(found.charged),
    }


def coming_words(row: LocalPrice) -> str:
    """Return what a site asks from a later day on."""
    day = date_words(row.starts_on)
    if row.is_withdrawn:
        return _("the grid’s price from %(day)s") % {"day": day}
    return _("%(price)s from %(day)s") % {"price": row_words(row), "day": day}


def row_words(row: LocalPrice | Subsidy) -> str:
    """Return both prices of a row in words."""
    return cell_words(Cell(row.price_cents, row.off_peak_cents))


@register.filter
def subsidy_words(subsidy: Subsidy) -> str:
    """Return what people pay with a subsidy and for how long."""
    told = {"price": row_words(subsidy), "day": date_words(subsidy.starts_on)}
    if subsidy.ends_on is None:
        return _("%(price)s from %(day)s") % told
    words = _("%(price)s from %(day)s to %(end)s")
    return words % {**told, "end": date_words(subsidy.ends_on)}
