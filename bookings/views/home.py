"""The home page: what comes next for its person, and where to start."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.functional import SimpleLazyObject
from django.views.decorators.http import require_safe

from bookings.access import Access, access_to
from bookings.ahead import Ahead, AskedAhead
from bookings.charges.slots import AskedSlotPrices
from bookings.forms.search import SearchForm
from bookings.models import Booking
from bookings.possibility import missed_ahead
from bookings.search.repeats import Agenda, AskedHabit, Repeat, same_again
from bookings.search.where.maps import network_map
from bookings.search.where.nearby import offers_for
from bookings.views.arriving import stop_of
from network.acting import ask_with_choices
from network.errors import Refusal
from network.models import User
from sites.geo import Point
from sites.glance import glance
from sites.intervals import Interval
from sites.models import Site, Stop
from sites.openings import Openings


@dataclass(frozen=True)
class Next:
    """A person's next booking: its times still ahead, how to get in, where an itinerant site is."""

    booking: Booking
    intervals: list[Interval]
    access: Access
    stop: Stop | None

    @property
    def point(self) -> Point:
        """Return where to go."""
        return self.stop.point if self.stop else self.booking.site.point


@dataclass(frozen=True)
class Around:
    """Where sites are looked for: around the person's home, else around the site they had last."""

    point: Point | None = None
    home: str = ""
    site: Site | None = None


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the search and, of a person, what is booked next and what could be."""
    now = timezone.now()
    network = glance()
    first_day = network.next_open_day(timezone.localtime(now))
    context: dict[str, object] = {
        "section": "home",
        "first_day": first_day,
        # Made only when the search is drawn, which is once a minute.
        "form": SimpleLazyObject(partial(search_form, timezone.localdate(now), first_day)),
        "network": network,
    }
    if isinstance(request.user, User):
        response = render(
            request, "bookings/home.html", context | own_home(request, request.user, now)
        )
        add_never_cache_headers(response)  # it may tell a door code
        return response
    context["map"] = network_map({one.name: one.code for one in network.departements})
    return render(request, "bookings/home.html", context)


def search_form(today: date, first_day: date) -> SearchForm:
    """Return the search with nothing typed, that proposes `first_day`."""
    form = SearchForm(today=today)
    form.initial["on"] = first_day
    return form


def own_home(request: HttpRequest, person: User, now: datetime) -> dict[str, object]:
    """Return what the page tells of a person, their next booking first."""
    prices = AskedSlotPrices(person, now)
    ahead, habit = ahead_and_habit(request, person, now, prices)
    agenda = Agenda(now, held_by_kind(ahead))
    had = [*(one.booking for one in habit), *(one.booking for one in ahead)]
    around = around_of(person, had)
    offers = offers_for(agenda, around.point, same_again(habit, agenda), ahead)
    return {
        "agenda": agenda,
        "next": next_of(ahead[0], now) if ahead else None,
        "impossible": impossible_among(ahead, now, offers.openings),
        "around": around,
        "near": offers.near,
        "again": offers.again,
        "prices": prices.prices,
    }


def ahead_and_habit(
    request: HttpRequest, person: User, now: datetime, prices: AskedSlotPrices
) -> tuple[list[Ahead], list[Repeat]]:
    """Return what a person has booked and what they use to book.

    Asked with it are what menus ask, and what their prices are told by.
    """
    ahead, habit = AskedAhead(person, now), AskedHabit(person, now)
    ask_with_choices(request, *ahead.statements, *habit.statements, *prices.statements)
    return ahead.found(), habit.found()


def held_by_kind(ahead: Sequence[Ahead]) -> dict[str, list[Interval]]:
    """Return the times of active bookings by kind of space."""
    held: dict[str, list[Interval]] = {}
    for one in ahead:
        held.setdefault(one.booking.space.kind, []).extend(one.intervals)
    return held


def next_of(first: Ahead, now: datetime) -> Next:
    """Return the booking that comes next, or runs."""
    booking = first.with_times()
    times = [one for one in first.intervals if one.ends_at > now]
    return Next(booking, times, access_to(booking, times, now), stop_of(booking, times, now))


def impossible_among(
    ahead: Sequence[Ahead], now: datetime, openings: Openings
) -> list[tuple[Booking, Interval, Refusal]]:
    """Return which bookings can no longer be had, each with the first such time."""
    met = missed_ahead(ahead, now, openings)
    bookings = [one.booking for one in ahead if one.booking.pk in met]
    return [(one, *next(iter(met[one.pk].items()))) for one in bookings]


def around_of(person: User, bookings: Sequence[Booking]) -> Around:
    """Return the person's home, else the site of the first of `bookings`, if either is known."""
    commune = person.home_commune
    if commune is not None:
        return Around(Point(commune.latitude, commune.longitude), home=commune.name)
    if bookings:
        return Around(bookings[0].site.point, site=bookings[0].site)
    return Around()
