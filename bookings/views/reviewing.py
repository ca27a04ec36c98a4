"""The check page: a wish as it stands now, and what else there is when it cannot be had."""

from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from bookings.charges.paying import Paying, paying_for
from bookings.charges.slots import slot_prices
from bookings.errors import NoUnitFree, OverlapsOwnBooking, QuotaOfSpace, TooManyPeople
from bookings.forms.booking import PartyForm
from bookings.forms.refusals import say_at_field
from bookings.holds.session import live
from bookings.models import Booking
from bookings.search.previews import alternatives, elsewhere_for, preview
from bookings.views.agreeing import told_fields
from bookings.views.site import map_of_site
from bookings.wishes import Wish, interval_text
from network.errors import Refusal
from network.models import User
from network.views.refused import status_of
from sites.models import Site, Space, Stop

CONFLICT = 409


def stop_at(place: Site, instant: datetime) -> Stop | None:
    """Return where an itinerant site stands at that instant."""
    if not place.is_itinerant:
        return None
    there = place.stops.filter(starts_at__lte=instant, ends_at__gt=instant)
    return there.select_related("commune").first()


def booked_before(wish: Wish, why: Refusal | None) -> Booking | None:
    """Return the booking in the way of the wish if it is just what is wished: booked already."""
    if not isinstance(why, OverlapsOwnBooking):
        return None
    booking = Booking.objects.get(reference=why.reference)
    times = {one.interval for one in booking.allocations.confirmed()}
    return booking if booking.space_id == wish.space_id and times == set(wish.intervals) else None


def is_of_party(refusal: Refusal, wish: Wish) -> bool:
    """Tell whether fewer people may have what is refused to so many."""
    too_many = isinstance(refusal, TooManyPeople)
    return too_many or isinstance(refusal, NoUnitFree | QuotaOfSpace) and wish.people > 1


def review(
    request: HttpRequest, form: PartyForm, wish: Wish, space: Space, refused: Refusal | None
) -> HttpResponse:
    """Show the wish as it stands now, with what else is free when it cannot be had.

    `refused` says why it was not confirmed, though it may be free again by now.
    """
    now, person = timezone.now(), request.user
    assert isinstance(person, User | AnonymousUser)
    own = live(request, now)
    seen = preview(wish=wish, space=space, person=person, now=now, own=own)
    why = seen.refusal or refused
    booked = booked_before(wish, why)
    if booked:
        return already(request, booked)
    paying = Paying(None) if seen.refusal else paying_for(wish, space, person, now)
    form.tell(paying)
    is_at_field = bool(why and is_of_party(why, wish) and say_at_field(why, form))
    context = {
        "section": "home",
        "form": form,
        "preview": seen,
        "refusal": None if is_at_field else why,
        "intervals": seen.intervals,
        "at": [interval_text(one, space.site.zone) for one in wish.intervals],
        "people": wish.people,
        "can_correct": seen.refusal is None or is_of_party(seen.refusal, wish),
        "hold_minutes": settings.HOLD_MINUTES,
        "today": now.astimezone(space.site.zone).date(),
        "alternatives": alternatives(space, wish, person, now) if seen.refusal else [],
        "paying": paying,
        "price": paying.price(paying.meant(form.chosen)),
        "prices": slot_prices(person, now) if seen.refusal else None,
        "told": told_fields(paying),
        "elsewhere": elsewhere_for(space, wish, person, seen.refusal, now),
        **whereabouts(space, wish),
    }
    status = CONFLICT if why and request.method == "POST" else status_of(request, form)
    return render(request, "bookings/book.html", context, status=status)


def already(request: HttpRequest, booked: Booking) -> HttpResponse:
    """Say that just this is the person's already: the Back key leads here, too."""
    status = CONFLICT if request.method == "POST" else 200
    context = {"section": "home", "booking": booked}
    return render(request, "bookings/already.html", context, status=status)


def whereabouts(space: Space, wish: Wish) -> dict[str, object]:
    """Return the space, its site, and where that stands when the wish begins, with its map."""
    site = space.site
    stop = stop_at(site, wish.intervals[0].starts_at)
    return {"space": space, "site": site, "stop": stop, "map": map_of_site(site, stop)}
