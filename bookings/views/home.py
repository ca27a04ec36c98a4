"""The home page: where to start."""

from datetime import date, datetime, timedelta

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from bookings.forms.search import SearchForm
from bookings.models import Booking
from bookings.possibility import missed_times
from bookings.search.candidates import Search
from bookings.search.maps import map_of
from bookings.search.repeats import last_desk
from bookings.search.slots import SiteSlots, SlotSearch, When
from bookings.search.weeks import DAYS_OF_WEEK
from network.errors import Refusal
from network.models import User
from network.rules import search_key
from sites.intervals import Interval


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the search and the whole network, with what is free on its next open day."""
    now = timezone.now()
    today = timezone.localdate(now)
    days = [today + timedelta(days=number) for number in range(DAYS_OF_WEEK)]
    found = SlotSearch(Search(), days, now)
    day, sites = first_free_day(found, days)
    form = SearchForm(today=today)
    form.initial["on"] = day
    context = {
        "section": "home",
        "form": form,
        "day": day,
        "sites": sorted(sites, key=lambda one: search_key(one.site.commune)),
        "map": map_of(sites, lambda site: site.most_free, query=f"on={day.isoformat()}"),
        "again": last_desk(request.user, now),
        "impossible": impossible_for(request.user, now),
    }
    return render(request, "bookings/home.html", context)


def impossible_for(
    person: User | AnonymousUser, now: datetime
) -> list[tuple[Booking, Interval, Refusal]]:
    """Return the person's bookings that can no longer be had, each with the first such time."""
    if not isinstance(person, User):
        return []
    ahead = Booking.objects.of(person).active().upcoming(now).select_related("site", "space")
    own = list(ahead.order_by("starts_at", "pk"))
    met = missed_times(own, now)
    return [(one, *next(iter(met[one.pk].items()))) for one in own if one.pk in met]


def first_free_day(found: SlotSearch, days: list[date]) -> tuple[date, list[SiteSlots]]:
    """Return the first of `days` with anything free (else the first), and the sites that day."""
    first: tuple[date, list[SiteSlots]] | None = None
    for day in days:
        sites = found.sites(When((day,)))
        if any(site.is_free for site in sites):
            return day, sites
        first = first or (day, sites)
    return first or (days[0], [])
