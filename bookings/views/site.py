"""A site's page: what it is, when it is open, what is free on a day."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import CharField, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.views.decorators.http import require_safe

from bookings.charges.slots import slot_prices
from bookings.search.candidates import Search, SpaceRow, asked_candidates, candidates_of
from bookings.search.days.weeks import week_strip
from bookings.search.where.maps import outlines
from bookings.views.site_day import SiteDay, free_elsewhere, hours_chosen, hours_form, site_day
from network.sql import Given, kept, together
from sites.editions import edition_of
from sites.geo import Point, bounding_box
from sites.maps.pins import Pin
from sites.maps.schematic import SchematicMap, draw
from sites.models import Site, Stop
from sites.openings import Openings
from sites.queries import asked_facts, facts_of

STOPS_SHOWN = 8
SURROUNDINGS_KM = 35


@require_safe
def site(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a site on the day asked, or on its next open day; go on to the hours chosen there."""
    now = timezone.now()
    place, spaces = site_and_spaces(slug)
    today = now.astimezone(place.zone).date()
    facts = asked_facts(place, today)
    shown = site_day(place, spaces, request.GET, now, facts)
    names = {space.id: space.name for space in shown.found.spaces}
    times = hours_form(shown, request.GET.dict())
    if times and times.is_valid():
        return redirect(hours_chosen(times, place))
    context = {
        "section": "home",
        "site": place,
        # Made only when what tells of the site is drawn, which is once for each edition.
        "facts": SimpleLazyObject(lambda: facts_of(facts.rows)),
        "edition": edition_of(place, shown.stop, facts.rows, names, today),
        "stops": upcoming_stops(place, now) if place.is_itinerant else [],
        "today": today,
        "elsewhere": free_elsewhere(shown, request.user, now),
        "hours_form": times,
        "prices": slot_prices(request.user, now),
        "strip": week_strip([shown.day], today, lambda one: f"?on={one.isoformat()}", shown.counts),
        "kind": shown.kind,
        "map": SimpleLazyObject(lambda: map_of_site(place, shown.stop)),
        "space_names": names,
        **told_of(shown),
    }
    return render(request, "bookings/site.html", context)


def site_and_spaces(slug: str) -> tuple[Site, list[SpaceRow]]:
    """Return the active site of that name in addresses, and its spaces; it raises Http404."""
    sites, spaces = active_sites().asked(slug=slug), asked_candidates(Search(site=slug))
    together(sites, spaces)
    if not sites.rows:
        raise Http404
    return sites.rows[0], candidates_of(spaces.rows)


@kept
def active_sites() -> QuerySet[Site]:
    """Return the active site of that name in addresses."""
    named = Site.objects.active().filter(slug=Given("slug", CharField()))
    return named.select_related("commune", "operator")


def told_of(shown: SiteDay) -> dict[str, object]:
    """Return what the page tells of the day."""
    openings = shown.found.openings
    return {
        "stop": shown.stop,
        "day": shown.day,
        "people": shown.people,
        "slots": shown.slots,
        "grid": shown.grid,
        "next_free": shown.next_free,
        "hours": openings.open_intervals(shown.place, shown.day),
        "why_closed": openings.why_closed(shown.place, shown.day),
        "week": week_hours(openings, shown.place, shown.week),
    }


def map_of_site(place: Site, stop: Stop | None) -> SchematicMap:
    """Return the surroundings of the site, or of where it stands that day."""
    point = stop.point if stop else place.point
    commune = stop.commune if stop else place.commune
    pin = Pin(place.slug, place.name, place.get_absolute_url(), point, name=commune.name)
    box = bounding_box(point, SURROUNDINGS_KM)
    corners = [Point(box.south, box.west), Point(box.north, box.east)]
    return draw(outlines(), [pin], around=corners)


def upcoming_stops(place: Site, now: datetime) -> list[Stop]:
    """Return the next stops of an itinerant site."""
    stops = place.stops.filter(ends_at__gt=now).select_related("commune")
    return list(stops.order_by("starts_at")[:STOPS_SHOWN])


def week_hours(openings: Openings, place: Site, days: Sequence[date]) -> list[dict[str, object]]:
    """Return each day's opening and, where it is shut, why."""
    return [
        {
            "day": day,
            "intervals": openings.open_intervals(place, day),
            "why_closed": openings.why_closed(place, day),
        }
        for day in days
    ]
