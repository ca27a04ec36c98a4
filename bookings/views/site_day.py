"""The day that a site's page shows: what is free of it, and the form of exact hours."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict

from bookings.forms.booking import MOST_PEOPLE, HoursForm
from bookings.forms.search import MOST_DAYS_AHEAD
from bookings.search.candidates import Search, SpaceRow
from bookings.search.counting import Count, counted_kind
from bookings.search.days.day_grids import DayGrid, Row, day_grid
from bookings.search.days.weeks import DAYS_OF_WEEK, Counts, week_of
from bookings.search.repeats import agenda_of
from bookings.search.slots import Slot, SlotSearch, When
from bookings.search.where.elsewhere import (
    Elsewhere,
    Wanted,
    elsewhere_by_kind,
    usual_slot,
)
from bookings.templatetags.slots import book_url
from network.models import User
from network.sql import Statement
from network.validators import validate_calendar
from sites.intervals import Interval
from sites.models import Site, Stop
from sites.rules import half_days, local_span


class DayForm(forms.Form):
    """The day to show and how many people come."""

    on = forms.DateField(required=False, validators=[validate_calendar])
    people = forms.IntegerField(required=False, min_value=1, max_value=MOST_PEOPLE)


@dataclass(frozen=True)
class SiteDay:
    """A day of a site as its page shows it, and what is free on the days around."""

    place: Site
    day: date
    people: int
    found: SlotSearch
    span: Sequence[date]
    counts: Counts
    kind: str
    grid: DayGrid | None

    @property
    def next_free(self) -> date | None:
        """Return the next day with room, among those read; nothing while this one has some."""
        if self.grid and self.grid.is_free:
            return None
        later = (one for one in self.span if one > self.day)
        return next((one for one in later if count(self.found, one, self.kind).free), None)

    @cached_property
    def stop(self) -> Stop | None:
        """Return where an itinerant site stands that day."""
        return self.found.openings.stop_on(self.place, self.day)

    @cached_property
    def slots(self) -> dict[int, tuple[Slot, ...]]:
        """Return the usual slots of each space, by its key."""
        sites = self.found.sites(When((self.day,)))
        return {one.space.id: one.slots for site in sites for one in site.spaces}

    @property
    def week(self) -> list[date]:
        """Return the week of the day, or the days until it where not all of that week was read."""
        week = week_of(self.day)
        if week[-1] in self.span:
            return week
        return [one for one in self.span if one <= self.day][-DAYS_OF_WEEK:]


def site_day(
    place: Site, spaces: Sequence[SpaceRow], query: QueryDict, now: datetime, *besides: Statement
) -> SiteDay:
    """Return the day asked; when none is, the first of seven with room. Asks `besides` with it."""
    today = now.astimezone(place.zone).date()
    form = DayForm(query)
    asked = asked_day(form, today)
    people = form.cleaned_data.get("people") or 1 if form.is_valid() else 1
    week = [asked + timedelta(days=number) for number in range(DAYS_OF_WEEK)]
    span = sorted({*week, *week_of(asked)})
    search = Search(site=place.slug, people=people)
    found = SlotSearch(search, span, now, spaces=spaces, besides=besides)
    kind = counted_kind(found.spaces, query.get("kind", ""))
    with_room = (one for one in week if count(found, one, kind).free)
    day = asked if "on" in query else next(with_room, asked)
    counts = {one: count(found, one, kind) for one in span if one in week_of(day) and one >= today}
    if counts[day].why is not None:  # when it opens again is told of what is closed alone
        counts[day] = found.count(When((day,)), kind, asks_opening=True)
    return SiteDay(place, day, people, found, span, counts, kind, day_grid(found, day))


def count(found: SlotSearch, day: date, kind: str) -> Count:
    """Return what there is of a kind on one day."""
    return found.count(When((day,)), kind)


def asked_day(form: DayForm, today: date) -> date:
    """Return the day asked, or today when it makes no sense."""
    day: date | None = form.cleaned_data.get("on") if form.is_valid() else None
    if day is None or not today <= day <= today + timedelta(days=MOST_DAYS_AHEAD):
        return today
    return day


def hours_form(shown: SiteDay, query: Mapping[str, str]) -> HoursForm | None:
    """Return the form of exact hours, checked once it was sent; at first it asks what is free.

    None where nothing can be booked that day.
    """
    if shown.grid is None or not shown.grid.is_free:
        return None
    rows = shown.grid.rows
    asked = {"on": shown.day.isoformat(), "people": str(shown.people)}
    spaces = [(row.space.id, row.space.name) for row in rows]
    chosen = [row for row in rows if str(row.space.id) == query.get("space")]
    return HoursForm(
        {**query, **asked} if "starts" in query else None,
        spaces=spaces,
        initial={**asked, **first_hours(chosen or rows, shown.place)},
    )


def first_hours(rows: Sequence[Row], place: Site) -> dict[str, object]:
    """Return a time that can be booked in the first space that has any, as fields."""
    for row in rows:
        if wish := natural_wish(row, place.zone):
            starts, ends = (one.astimezone(place.zone) for one in (wish.starts_at, wish.ends_at))
            return {"space": row.space.id, "starts": starts.time(), "ends": ends.time()}
    return {}


def natural_wish(row: Row, zone: ZoneInfo) -> Interval | None:
    """Return the longest free piece of the first half-day that has one long enough to book."""
    wishes = [cell.wish for cell in row.cells if cell.wish]
    if not wishes:
        return None
    least = timedelta(minutes=row.space.min_minutes)
    halves = half_days(wishes, wishes[0].starts_at.astimezone(zone).date(), zone)
    bookable = ([one for one in half if one.length >= least] for half in halves)
    return max(next(filter(None, bookable), wishes), key=lambda one: one.length)


def hours_chosen(times: HoursForm, place: Site) -> str:
    """Return where the hours of a valid form are booked."""
    chosen = times.cleaned_data
    interval = local_span(chosen["on"], chosen["starts"], chosen["ends"], place.zone)
    return book_url(chosen["space"], [interval], place.zone, chosen["people"])


def free_elsewhere(
    shown: SiteDay, person: User | AnonymousUser, now: datetime
) -> dict[int, list[Elsewhere]]:
    """Return where the usual time of each full kind is free, by the last space of that kind."""
    wishes = list(wishes_of(shown))
    if not wishes:
        return {}
    last_of = {
        space.kind: space.id for spaces in shown.found.spaces_of.values() for space in spaces
    }
    found = elsewhere_by_kind(wishes, agenda_of(person, now))
    return {last_of[kind]: some for kind, some in found.items()}


def wishes_of(shown: SiteDay) -> Iterator[Wanted]:
    """Yield what to look for at other sites, of each kind of which nothing is left here."""
    around = shown.stop.point if shown.stop else shown.place.point
    for kind in shown.grid.full_kinds if shown.grid else ():
        spaces = [space.id for space in shown.found.spaces if space.kind == kind]
        slots = (slot for space in spaces for slot in shown.slots.get(space, ()))
        if usual := usual_slot(slots):
            yield Wanted(kind, usual.intervals, shown.people, around, shown.place.slug)
