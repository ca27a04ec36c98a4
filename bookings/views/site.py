"""A site's page: what it is, when it is open, what is free on a day."""

from datetime import date, timedelta

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from bookings.forms.booking import MOST_PEOPLE
from bookings.forms.search import MOST_DAYS_AHEAD
from bookings.search.candidates import Search
from bookings.search.counting import counted_kind
from bookings.search.maps import outlines
from bookings.search.slots import SlotSearch, When
from bookings.search.timelines import day_lanes
from bookings.search.weeks import DAYS_OF_WEEK, week_of, week_strip
from network.validators import validate_calendar
from sites.geo import Point, bounding_box
from sites.models import Site, Stop
from sites.openings import Openings
from sites.queries import load_facts
from sites.schematic import Pin, SchematicMap, draw

STOPS_SHOWN = 8
SURROUNDINGS_KM = 35


class DayForm(forms.Form):
    """The day to show and how many people come."""

    on = forms.DateField(required=False, validators=[validate_calendar])
    people = forms.IntegerField(required=False, min_value=1, max_value=MOST_PEOPLE)


def asked_day(form: DayForm, today: date) -> date:
    """Return the day asked, or today when it makes no sense."""
    day: date | None = form.cleaned_data.get("on") if form.is_valid() else None
    if day is None or not today <= day <= today + timedelta(days=MOST_DAYS_AHEAD):
        return today
    return day


@require_safe
def site(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a site on the day asked, or on its next open day."""
    now = timezone.now()
    place = get_object_or_404(
        Site.objects.active().select_related("commune", "operator"), slug=slug
    )
    today = now.astimezone(place.zone).date()
    form = DayForm(request.GET)
    asked = asked_day(form, today)
    people = form.cleaned_data.get("people") or 1 if form.is_valid() else 1
    days = [asked + timedelta(days=number) for number in range(DAYS_OF_WEEK)]
    span = sorted({*days, *week_of(asked)})
    found = SlotSearch(Search(site=slug, people=people), span, now)
    kind = counted_kind(found.spaces, request.GET.get("kind", ""))
    counts = {one: found.count(When((one,)), kind) for one in span if one >= today}
    day = asked if "on" in request.GET else next((one for one in days if counts[one].free), asked)
    counts[day] = found.count(When((day,)), kind, asks_opening=True)
    spaces = [space for one in found.sites(When((day,))) for space in one.spaces]
    stop = found.openings.stop_on(place, day)
    context = {
        "section": "home",
        "site": place,
        "facts": load_facts(place, today),
        "stop": stop,
        "stops": upcoming_stops(place, now) if place.is_itinerant else [],
        "day": day,
        "today": today,
        "people": people,
        "slots": {one.space.id: one.slots for one in spaces},
        "space_names": {space.id: space.name for space in found.spaces},
        "lanes": day_lanes(found, day),
        "hours": found.openings.open_intervals(place, day),
        "why_closed": found.openings.why_closed(place, day),
        "week": week_hours(found.openings, place, week_of(day) if day in span else days),
        "strip": week_strip([day], today, lambda one: f"?on={one.isoformat()}", counts),
        "kind": kind,
        "map": map_of_site(place, stop),
    }
    return render(request, "bookings/site.html", context)


def map_of_site(place: Site, stop: Stop | None) -> SchematicMap:
    """Return the surroundings of the site, or of where it stands that day."""
    point = stop.point if stop else place.point
    commune = stop.commune if stop else place.commune
    pin = Pin(place.slug, place.name, place.get_absolute_url(), point, name=commune.name)
    box = bounding_box(point, SURROUNDINGS_KM)
    corners = [Point(box.south, box.west), Point(box.north, box.east)]
    return draw(outlines(), [pin], around=corners)


def upcoming_stops(place: Site, now: object) -> list[Stop]:
    """Return the next stops of an itinerant site."""
    stops = place.stops.filter(ends_at__gt=now).select_related("commune")
    return list(stops.order_by("starts_at")[:STOPS_SHOWN])


def week_hours(openings: Openings, place: Site, days: list[date]) -> list[dict[str, object]]:
    """Return each day's opening and, where it is shut, why."""
    return [
        {
            "day": day,
            "intervals": openings.open_intervals(place, day),
            "why_closed": openings.why_closed(place, day),
        }
        for day in days
    ]
