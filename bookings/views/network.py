"""The sites of a département, page by page."""

from datetime import date, timedelta

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
from sites.models import Site

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
    days = [timezone.localdate(now) + timedelta(days=number) for number in range(DAYS_OF_WEEK)]
    search = SlotSearch(Search(sites=tuple(page)), days, now)
    day = first_free_day(search, days)
    told = {one.site.id: one for one in counted_sites(search, day)}
    context = {
        "section": "home",
        "departement": found,
        "page": page,
        "day": day,
        "sites": [told[pk] for pk in page if pk in told],
    }
    return render(request, "bookings/departement.html", context)


def counted_sites(search: SlotSearch, day: date) -> list[SiteSlots]:
    """Return the sites on `day`, each with the spaces that are counted there: desks if it has."""
    return [
        found.of_kind(counted_kind(search.spaces_of[found.site]))
        for found in search.told(When((day,)))
    ]


def first_free_day(search: SlotSearch, days: list[date]) -> date:
    """Return the first of `days` with anything free, else the first of them."""
    return next((day for day in days if search.count(When((day,))).free), days[0])
