"""The organisations of the signed-in person."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from network.models import Capacity, Membership, User
from network.views.person import person_of
from network.views.typed import sign_in_first
from sites.models import Site


@dataclass(frozen=True)
class Belonging:
    """One organisation of a person: what it is, what they are there, the sites it runs."""

    membership: Membership
    kinds: list[Capacity.Kind]
    sites: list[Site]


@require_safe
@sign_in_first
def organisations(request: HttpRequest) -> HttpResponse:
    """Show what the person belongs to, and let them choose as whom they look at the pages."""
    belongings = belongings_of(person_of(request))
    return render(request, "bookings/organisations.html", {"belongings": belongings})


def belongings_of(person: User) -> list[Belonging]:
    """Return the organisations of `person` by name; three queries, however many there are."""
    memberships = person.memberships.with_capacities().order_by("organisation__name", "pk")
    sites: dict[int, list[Site]] = {}
    run = Site.objects.active().of_organisations(person).select_related("commune")
    for site in run.order_by("name", "pk"):
        sites.setdefault(site.operator_id, []).append(site)
    return [
        Belonging(one, one.organisation.kinds(), sites.get(one.organisation_id, []))
        for one in memberships
    ]
