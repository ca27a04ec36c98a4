"""Prices of the network beside its grids, and beside each other: pages and CSV."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from billing.grids.reviewing import dispersed, reviewed, verdicts
from billing.grids.rights import ADOPT
from billing.grids.spreadsheets import conformity_file, dispersion_file
from billing.models import TariffGrid
from billing.prices.durations import Duration
from network.views.person import person_of
from network.views.typed import sign_in_first
from sites.models import Site, Space

#: Prices on a page.
MOST_ROWS = 100


@dataclass(frozen=True)
class Viewer:
    """Somebody who reviews prices: of which sites, and whether of all."""

    sites: QuerySet[Site]
    is_team: bool


def section_of(viewer: Viewer) -> str:
    """Return the menu's link that the pages belong to."""
    return "grids" if viewer.is_team else "local-prices"


ReviewView = Callable[[HttpRequest, Viewer], HttpResponse]


def for_reviewers(view: ReviewView) -> Callable[[HttpRequest], HttpResponse]:
    """Let in the network team, for every site, and who runs sites. Raises PermissionDenied."""

    @wraps(view)
    def checked(request: HttpRequest) -> HttpResponse:
        person = person_of(request)
        is_team = person.has_perm(ADOPT)
        sites = Site.objects.all() if is_team else Site.objects.run_by(person)
        if not (is_team or sites.exists()):
            raise PermissionDenied
        return view(request, Viewer(sites, is_team))

    return never_cache(sign_in_first(require_safe(checked)))


@for_reviewers
def conformity(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Show each site's own prices beside what the grid in force and each one to come allow."""
    today = timezone.localdate()
    found = reviewed(viewer.sites, today)
    grid, coming = TariffGrid.objects.in_force(today), list(TariffGrid.objects.to_come(today))
    context = {
        "section": section_of(viewer),
        "viewer": viewer,
        "page": Paginator(found, MOST_ROWS).get_page(request.GET.get("page")),
        "verdicts": verdicts(found, grid, coming),
        "coming": coming,
        "today": today,
    }
    return render(request, "billing/conformity.html", context)


@for_reviewers
def conformity_csv(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Send the same as a file."""
    today = timezone.localdate()
    coming = list(TariffGrid.objects.to_come(today))
    return conformity_file(reviewed(viewer.sites, today), coming)


@for_reviewers
def dispersion(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Show how far the prices of one kind and duration lie apart, by territory."""
    kind = Space.Kind(asked(request, "kind", Space.Kind.values, Space.Kind.DESK))
    duration = Duration(asked(request, "duration", Duration.values, Duration.HALF_DAY))
    found = dispersed(timezone.localdate(), [kind], [duration])
    context = {
        "section": section_of(viewer),
        "kind": kind,
        "duration": duration,
        "kinds": Space.Kind,
        "durations": Duration,
        "found": found[0] if found else None,
    }
    return render(request, "billing/dispersion.html", context)


@for_reviewers
def dispersion_csv(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Send the dispersion of every kind and duration as a file."""
    return dispersion_file(dispersed(timezone.localdate(), list(Space.Kind), list(Duration)))


def asked(request: HttpRequest, name: str, known: list[str], usual: str) -> str:
    """Return what an address asks for, if it is known."""
    word = request.GET.get(name, "")
    return word if word in known else usual
