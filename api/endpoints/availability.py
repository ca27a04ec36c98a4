"""What is free: public."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from ninja import Query, Router

from api.access import anyone
from api.documents import PUBLIC, problems
from api.errors import answer
from api.queries.cursors import opened, page_of
from api.schemas.availability import AvailabilityIn, AvailabilityOut
from api.shapes.availability import offer_out
from bookings.errors import TooLong
from bookings.rules import MOST_INTERVALS, refuse_backwards
from bookings.search.availability import find_offers, place_in_list
from bookings.search.candidates import Search
from sites.intervals import Interval

router = Router(tags=["Availability"], auth=anyone)
LONGEST = timedelta(days=MOST_INTERVALS)


@router.get(
    "/availability",
    operation_id="findAvailability",
    summary=_("Find what is free"),
    description=_(
        "Spaces with room for `people` over the whole time, the nearest first. Spaces "
        "without room are left out; an itinerant site is told where it stands that day."
    ),
    response={200: AvailabilityOut, **problems(401, 422)},
    openapi_extra=PUBLIC,
)
def find_availability(request: HttpRequest, query: Query[AvailabilityIn]) -> HttpResponse:
    """Spaces with room for `people` over the whole time, nearest first; full ones are left out."""
    offers = find_offers(search_of(query), interval_of(query), timezone.now())
    if query.cursor:
        after = tuple(opened("availability", query.cursor))
        offers = [offer for offer in offers if place_in_list(offer) > after]
    page, following = page_of(offers, query.limit, "availability", place_in_list)
    return answer({"items": [offer_out(offer) for offer in page], "next": following})


def search_of(query: AvailabilityIn) -> Search:
    """Return what is looked for, in the domain's words."""
    return Search(
        kinds=(query.space_kind,) if query.space_kind else (),
        specialisations=(query.specialisation,) if query.specialisation else (),
        near=query.near,
        radius_km=query.radius_km,
        people=query.people,
        site=query.site,
    )


def interval_of(query: AvailabilityIn) -> Interval:
    """Return the asked time, or refuse one that no booking could have."""
    interval = Interval(query.starts_at, query.ends_at)
    refuse_backwards([interval])
    if interval.length > LONGEST:
        raise TooLong(gettext("This is too much for one booking. Make several."))
    return interval
