"""What a site is, has and does, in words."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import template
from django.utils.formats import number_format
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from bookings.templatetags.results import DOT
from network.models import Departement
from network.templatetags.dates import GLUE
from network.ways import Step, step, way
from sites.intervals import Interval
from sites.models import Site, Stop
from sites.queries import SiteFacts
from sites.templatetags.speeds import speed
from sites.templatetags.told import told_names

register = template.Library()


@register.simple_tag
def way_to_site(site: Site) -> list[Step]:
    """Return the way back from the site's page."""
    return [step(_("Find a place"), "home"), {"text": site.name, "is_own": True}]


@register.simple_tag
def way_to_departement(departement: Departement) -> list[Step]:
    """Return the way back from the list of a département's sites."""
    return way(step(_("Find a place"), "home"), here=departement.name)


@register.filter
def postal_address(site: Site) -> str:
    """Return "1 place de la Mairie, 67220 Villé"."""
    return f"{site.address}, {postal_place(site)}"


@register.filter
def postal_place(site: Site) -> str:
    """Return "67220 Villé"."""
    return f"{site.postal_code} {site.commune.name}"


@register.simple_tag
def site_place(site: Site, stop: Stop | None) -> str:
    """Return where the site is that day, in its own words."""
    return str(stop) if stop else postal_address(site)


@register.filter
def site_kinds(site: Site) -> str:
    """Return the site's category and what hosts it."""
    host = [site.get_host_display()] if site.host else []
    return DOT.join([site.get_category_display(), *host])


@register.filter
def surface_words(square_metres: int) -> str:
    """Return "1 250 m²", its thousands apart as the reader's language has them."""
    return f"{number_format(square_metres, 0, force_grouping=True)}{GLUE}m²"


@register.filter
def connection_words(site: Site) -> str:
    """Return "Fibre, 1 Gbit/s down, 500 Mbit/s up"."""
    speeds = {"down": speed(site.download_mbps), "up": speed(site.upload_mbps)}
    words = _("%(down)s down, %(up)s up") % speeds
    return f"{site.get_technology_display()}, {words}"


@register.filter
def step_free_words(site: Site) -> str:
    """Return whether there is a way in without a step."""
    return _("Step-free access") if site.step_free_access else _("No step-free access")


@register.filter
def accessibility_words(site: Site) -> str:
    """Return what makes the site accessible; nothing where nothing is known of it."""
    further = list(accessible_things(site))
    if not (site.step_free_access or further or site.accessibility_note):
        return ""
    return ", ".join([step_free_words(site), *further])


def accessible_things(site: Site) -> Iterator[str]:
    """Yield what the site has beyond its way in."""
    if site.accessible_toilet:
        yield _("accessible toilet")
    if site.accessible_parking:
        yield _("accessible parking")
    if site.hearing_loop:
        yield _("hearing loop")


@register.simple_tag
def space_equipment(facts: SiteFacts, space_id: int) -> SafeString:
    """Return "écran, tableau · H.323, SIP": what the space holds, or nothing."""
    equipment = told_names(facts.equipment.get(space_id, []))
    video = ", ".join(facts.video.get(space_id, []))
    return format_html_join(DOT, "{}", ((one,) for one in (equipment, video) if one))


@register.filter
def closed_words(day: Mapping[str, Any]) -> str:
    """Return "fermé (jour férié)", for a day of the week of a site."""
    why = day["why_closed"]
    return _("closed (%(why)s)") % {"why": why} if why else _("closed")


@register.simple_tag
def shut_title(site: Site, stop: Stop | None, hours: Sequence[Interval] = ()) -> str:
    """Return what is said of a day without a grid: open all the same, no space is large enough.

    An itinerant site may stop nowhere.
    """
    if hours:
        return _("No space here is for so many people")
    if site.is_itinerant and stop is None:
        return _("The site does not stop anywhere that day")
    return _("Closed that day")
