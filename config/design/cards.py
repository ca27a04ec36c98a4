"""Cards of a search's results, written: twenty of them took a fifth of the page by a template."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from bookings.charges.slots import SlotPrices
from bookings.search.candidates import SiteRow
from bookings.search.results import Card
from bookings.search.slots import SiteSlots, SpaceSlots
from bookings.search.where.farther import FartherSite
from bookings.templatetags.results import (
    drawn_slots,
    farther_line,
    hours_chip,
    result_line,
    room_chip,
    size_line,
)
from bookings.templatetags.slots import hours_list
from config.design.controls import written
from config.design.pieces import attributes, draw_slots, icon, lang
from network.hrefs import address_of
from network.wording import worded_once
from sites.intervals import Interval
from sites.templatetags.speeds import speed

register = template.Library()
#: What of a site its facts do not tell.
NOT_TOLD: dict[str, Any] = {
    "id": 0, "slug": "", "name": "", "commune": "", "insee_code": "", "latitude": 0.0,
    "longitude": 0.0, "is_itinerant": False, "holidays": "",
}  # fmt: skip


@register.simple_tag
def site_card(
    card: Card, people: int, query: str = "", level: int = 2, prices: SlotPrices | None = None
) -> SafeString:
    """Return a site in the results under a heading of that level; its link keeps `query`."""
    spaces = "".join(space(one, people, prices) for one in card.spaces)
    site = card.found.site
    return SafeString(
        f'<article class="card result"{attributes(data_pin=site.slug)}>'
        f'<div class="card-head"><div>{heading(site, query, level)}'
        f'<p class="soft">{written(result_line(card.found))}</p></div>'
        f"{chip(card)}</div>"
        f'<ul class="facts">{facts(card.found)}</ul>'
        f"{spaces}</article>"
    )


@register.simple_tag
def draw_farther(sites: Iterable[FartherSite], day: date) -> SafeString:
    """Return sites beyond the reach as lines of a list, each linked to its page on `day`."""
    query, mark = f"?on={day.isoformat()}", lang()
    return SafeString(
        "".join(
            f'<li><a href="{address_of("site", one.slug)}{query}"{mark}>{written(one.name)}</a> '
            f'<span class="soft">{written(farther_line(one))}</span></li>'
            for one in sites
        )
    )


def heading(site: SiteRow, query: str, level: int) -> str:
    """Return the site's name as a link."""
    href = address_of("site", site.slug) + (f"?{query}" if query else "")
    name = written(site.name)
    return f"<h{level}><a{attributes(href=href)}{lang()}>{name}</a></h{level}>"


def chip(card: Card) -> str:
    """Return in a few words how much is left."""
    told = hours_chip() if card.is_partly else room_chip(card.found)
    return f'<span class="chip {told["state"]}">{written(told["text"])}</span>'


def facts(found: SiteSlots) -> str:
    """Return what is told of a site: its category, hours, connection, access and host."""
    site = found.site
    return told_facts(site._replace(**NOT_TOLD), found.hours)


# Few sites differ in what is told of them, and each of its words is looked up by itself.
@worded_once
def told_facts(site: SiteRow, hours: tuple[Interval, ...]) -> str:
    """Return the same of a site that is `NOT_TOLD` apart from others, as items of a list."""
    return "".join(f"<li>{one}</li>" for one in each_fact(site, hours))


def each_fact(site: SiteRow, hours: tuple[Interval, ...]) -> Iterator[str]:
    """Yield each of them."""
    yield written(site.category_label)
    if hours:
        yield marked("clock", hours_list(hours, site.zone))
    yield marked("speed", f"{site.technology_label} {speed(site.download_mbps)}")
    if site.step_free_access:
        yield marked("step-free", _("Step-free access"))
    if site.host:
        yield marked("building", site.host_label)


def marked(name: str, words: str) -> str:
    """Return words after their icon."""
    return f"{icon(name)} {written(words)}"


def space(one: SpaceSlots, people: int, prices: SlotPrices | None) -> str:
    """Return a space and the times at which it can be booked."""
    times = drawn_slots(one.slots, one.space, people, one.space.site.name, prices)
    return (
        f'<div class="space"><div><strong{lang()}>{written(one.space.name)}</strong> '
        f'<span class="small soft">{written(size_line(one.space))}</span></div>'
        f'<div class="slots">{draw_slots(times)}</div></div>'
    )
