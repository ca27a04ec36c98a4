"""The sites of a département, page by page."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from bookings.search.candidates import Search
from bookings.search.counting import counted_kind
from bookings.search.days.weeks import DAYS_OF_WEEK
from bookings.search.slots import SiteSlots, SlotSearch, When
from network.models import Departement
from sites.models import Site, Space

PER_PAGE = 20


@require_safe
def departement(request: HttpRequest, code: str) -> HttpResponse:
    """Show the sites of a département by commune, with what is free on their next open day."""
    now = timezone.now()
    found = get_object_or_404(Departement, code=code)
    sites = Site.objects.active().filter(commune__departement=found)
    in_order = sites.order_by("commune__search_key", "name", "pk").values_list("pk", flat=True)
    page = Paginator(in_order, PER_PAGE).get_page(request.GET.get("page"))
    if not page:
        raise Http404
    day, counted = counted_sites(tuple(page), now)
    told = {one.site.id: one for one in counted}
    context = {
        "section": "home",
        "departement": found,
        "page": page,
        "day": day,
        "sites": [told[pk] for pk in page if pk in told],
    }
    return render(request, "bookings/departement.html", context)


def counted_sites(sites: tuple[int, ...], now: datetime) -> tuple[date, list[SiteSlots]]:
    """Return those sites as they are counted on the first day with anything free, and that day.

    Today if nothing is free within a week. Later days are read only if today has nothing.
    """
    today, *later = next_days(now)
    first = read(sites, [today], now)
    if has_room(first, today):
        return today, told_on(first, today)
    following = read(sites, later, now)
    day = next((one for one in later if has_room(following, one)), None)
    return (day, told_on(following, day)) if day else (today, told_on(first, today))


def next_days(now: datetime) -> list[date]:
    """Return the days of a week from today on."""
    return [timezone.localdate(now) + timedelta(days=number) for number in range(DAYS_OF_WEEK)]


def read(sites: tuple[int, ...], days: Sequence[date], now: datetime) -> list[SlotSearch]:
    """Return what there is of what is counted at sites: desks, all kinds where there is none."""
    desks = SlotSearch(Search(sites=sites, kinds=(Space.Kind.DESK,)), days, now)
    others = set(sites) - {site.id for site in desks.spaces_of}
    return [desks, SlotSearch(Search(sites=tuple(others)), days, now)] if others else [desks]


def has_room(found: Iterable[SlotSearch], day: date) -> bool:
    """Tell whether anything is free on that day."""
    return any(one.count(When((day,))).free for one in found)


def told_on(found: Iterable[SlotSearch], day: date) -> list[SiteSlots]:
    """Return the sites on that day, each with spaces of one kind; closed ones know till when."""
    return [
        site.of_kind(counted_kind(one.spaces_of[site.site]))
        for one in found
        for site in one.told(When((day,)))
    ]
