"""A site's page: what it is, when it is open, what is free on a day."""

from collections.abc import Sequence
from datetime import date, timedelta

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from bookings.forms.booking import MOST_PEOPLE, HoursForm
from bookings.forms.search import MOST_DAYS_AHEAD
from bookings.search.candidates import Search
from bookings.search.day_grids import DayGrid, Row, day_grid
from bookings.search.maps import outlines
from bookings.search.slots import Slot, SlotSearch, When
from bookings.search.weeks import DAYS_OF_WEEK, week_of, week_strip
from bookings.templatetags.slots import book_url
from bookings.views.book import hours_of
from network.validators import validate_calendar
from sites.geo import Point, bounding_box
from sites.intervals import Interval
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
    """Show a site on the day asked, or on its next open day; go on to the hours chosen there."""
    now = timezone.now()
    place = get_object_or_404(
        Site.objects.active().select_related("commune", "operator"), slug=slug
    )
    today = now.astimezone(place.zone).date()
    form = DayForm(request.GET)
    asked = asked_day(form, today)
    people = form.cleaned_data.get("people") or 1 if form.is_valid() else 1
    span = sorted({*next_days(asked), *week_of(asked)})
    found = SlotSearch(Search(site=slug, people=people), span, now)
    free = {one: found.most_free(When((one,))) for one in span if one >= today}
    ahead = [one for one in next_days(asked) if free[one]]
    day = asked if "on" in request.GET or not ahead else ahead[0]
    grid = day_grid(found, day)
    times = hours_form(request.GET, grid, day, people) if grid else None
    if times and times.is_valid():
        return redirect(hours_chosen(times, place))
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
        "slots": slots_by_space(found, day),
        "space_names": {space.id: space.name for space in found.spaces},
        "grid": grid,
        "hours_form": times,
        "next_free": next((one for one in span if one > day and free.get(one)), None),
        "hours": found.openings.open_intervals(place, day),
        "why_closed": found.openings.why_closed(place, day),
        "week": week_hours(found.openings, place, week_shown(day, span)),
        "strip": week_strip([day], today, lambda one: f"?on={one.isoformat()}", free),
        "map": map_of_site(place, stop),
    }
    return render(request, "bookings/site.html", context)


def week_shown(day: date, span: Sequence[date]) -> list[date]:
    """Return the week of `day`, or the days from it on where not all of that week was read."""
    week = week_of(day)
    return week if week[-1] in span else [one for one in span if one <= day][-DAYS_OF_WEEK:]


def next_days(day: date) -> list[date]:
    """Return the seven days from `day` on."""
    return [day + timedelta(days=number) for number in range(DAYS_OF_WEEK)]


def slots_by_space(found: SlotSearch, day: date) -> dict[int, tuple[Slot, ...]]:
    """Return the usual slots of each space, by its key."""
    spaces = (space for one in found.sites(When((day,))) for space in one.spaces)
    return {one.space.id: one.slots for one in spaces}


def hours_form(query: QueryDict, grid: DayGrid, day: date, people: int) -> HoursForm:
    """Return the form of exact hours, checked once it was sent; at first it asks what is free."""
    entries = None
    if "starts" in query:
        entries = query.dict() | {"on": day.isoformat(), "people": str(people)}
    spaces = [(row.space.id, row.space.name) for row in grid.rows]
    chosen = next((row for row in grid.rows if str(row.space.id) == query.get("space")), None)
    first = first_wish(chosen) if chosen else next(filter(None, map(first_wish, grid.rows)), None)
    initial: dict[str, object] = {"on": day.isoformat(), "people": people}
    if chosen:
        initial["space"] = chosen.space.id
    if first:
        zone = grid.rows[0].space.site.zone
        initial["starts"] = first.starts_at.astimezone(zone).time()
        initial["ends"] = first.ends_at.astimezone(zone).time()
    return HoursForm(entries, spaces=spaces, initial=initial)


def first_wish(row: Row) -> Interval | None:
    """Return the first time that can be booked in a space."""
    return next((cell.wish for cell in row.cells if cell.wish), None)


def hours_chosen(times: HoursForm, place: Site) -> str:
    """Return where the hours of a valid form are booked."""
    chosen = times.cleaned_data
    interval = hours_of(chosen, place.zone)
    return book_url(chosen["space"], [interval], place.zone, chosen["people"])


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
