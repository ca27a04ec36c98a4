"""Find a place: results, suggestions of communes, the week at a glance."""

from datetime import date, datetime, timedelta

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from bookings.charges.slots import slot_prices
from bookings.forms.search import SearchForm
from bookings.search.choices import choices_of
from bookings.search.days.weeks import Counts, week_of, week_strip
from bookings.search.held import held_on
from bookings.search.results import Results, results_of
from bookings.search.slots import SlotSearch, When
from bookings.search.where.maps import map_around, map_of
from bookings.search.where.places import suggestions
from sites.maps.schematic import SchematicMap

#: How far ahead to look for a free day when the chosen one has none.
DAYS_TO_LOOK_AHEAD = 14
PER_PAGE = 20


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show what the address asks for: sites with room first, nearest first."""
    now = timezone.now()
    form = SearchForm(request.GET, today=timezone.localdate(now))
    context: dict[str, object] = {"section": "home", "form": form, "choices": None}
    if not form.is_valid():
        return render(request, "bookings/search.html", context, status=400)
    asked = form.search()
    results = results_of(asked, form.when, request.user, now)
    context |= {
        "results": results,
        "prices": slot_prices(request.user, now),
        "held": held_on(request.user, form.sought_kind, form.when.days, now),
        "sites": results.free,
        "page": Paginator(results.cards, PER_PAGE).get_page(request.GET.get("page")),
        "days": form.when.days,
        "week": strip(request, form),
        "next_day": None if results.cards else next_free_day(form, now),
        "map": map_of_results(form, results, request.GET.urlencode()),
        "choices": choices_of(asked, form.when.days[0], form.reach_of, now),
    }
    return render(request, "bookings/search.html", context)


def map_of_results(form: SearchForm, results: Results, query: str) -> SchematicMap:
    """Return the map of what is within reach; where nothing is, of where there is room."""
    if form.place is None:
        return map_of(results.sites, query)
    shown = results.sites or [one.found for one in results.beyond]
    return map_around(form.place, shown, query)


def next_free_day(form: SearchForm, now: datetime) -> date | None:
    """Return the first later day on which the wish fits somewhere."""
    last = form.when.days[-1]
    days = [last + timedelta(days=number) for number in range(1, DAYS_TO_LOOK_AHEAD)]
    found = SlotSearch(form.search(), days, now)
    choices = (When((day,), form.when.part, form.when.hours) for day in days)
    free = (choice.days[0] for choice in choices if any(one.is_free for one in found.sites(choice)))
    return next(free, None)


@require_safe
def week(request: HttpRequest) -> HttpResponse:
    """Answer the week of the search as a fragment, each day with its free places."""
    now = timezone.now()
    form = SearchForm(request.GET, today=timezone.localdate(now))
    if not form.is_valid():
        return HttpResponse(status=400)
    days = [day for day in week_of(form.when.days[0]) if day >= form.today]
    found = SlotSearch(form.search(), days, now)
    choices = (When((day,), form.when.part, form.when.hours) for day in days)
    counts = {one.days[0]: found.count(one, asks_opening=is_first(one, form)) for one in choices}
    context = {"week": strip(request, form, counts)}
    return render(request, "bookings/week.html", context)


def is_first(choice: When, form: SearchForm) -> bool:
    """Tell whether it is the day searched first, of which is told when what is closed opens."""
    return choice.days[0] == form.when.days[0]


def strip(
    request: HttpRequest, form: SearchForm, counts: Counts | None = None
) -> dict[str, object]:
    """Return the week of the search's first day for the date strip, counted or not yet."""
    query = request.GET.copy()
    for name in ("on", "also", "page"):
        query.pop(name, None)
    others = query.urlencode()

    def address(day: date) -> str:
        return f"?on={day.isoformat()}" + (f"&{others}" if others else "")

    week = week_strip(form.when.days, form.today, address, counts)
    kind = form.sought_kind
    return week | {"kind": kind, "is_counted": counts is not None, "query": request.GET.urlencode()}


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """Answer the places that `q` may mean, as options of a list.

    With `all`, not only a few; with `only=communes`, nothing else.
    """
    found = suggestions(
        request.GET.get("q", "")[:100],
        every="all" in request.GET,
        only_communes=request.GET.get("only") == "communes",
    )
    return render(request, "bookings/suggestions.html", {"suggestions": found})
