"""A person's bookings."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Annotated, Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from django.utils.translation import override
from ninja import Header, Query, Router

from api.access import Access, ApiRequest
from api.documents import CALENDAR, LOCATED, problems, scoped
from api.errors import PROBLEMS, answer
from api.queries.alternatives import alternatives_to, prices_at
from api.queries.bookings import bookings_page, with_places
from api.schemas.billing import ExpectingQuery
from api.schemas.bookings import (
    BookingIn,
    BookingOut,
    BookingPatchIn,
    BookingsIn,
    BookingsOut,
    GiveBackIn,
)
from api.schemas.fields import Key, Reference
from api.shapes.alternatives import alternative_out, change_out
from api.shapes.bookings import booking_out
from api.shapes.plain import Json
from api.shapes.refusals import refusal_out, refused
from api.wishes import as_expected, change_as_sent, changed_wish, intervals_sent, wish_of
from bookings.actions import book_asked, cancel, give_back
from bookings.charges.prices import price_of, prices_of
from bookings.ground import AskedBooking
from bookings.idempotency import Answer, answer_once
from bookings.models import Booking
from bookings.possibility import obstacles
from bookings.views.calendar import event_file
from network.errors import Refusal
from network.models import ApiToken, User

router = Router(tags=["Bookings"])
READ, BOOK = ApiToken.Scope.READ, ApiToken.Scope.BOOK


@router.get(
    "/bookings",
    operation_id="listBookings",
    summary=_("List your bookings"),
    description=_("Your own bookings, the latest start first."),
    auth=Access(READ),
    response={200: BookingsOut, **problems(401, 403, 422)},
    openapi_extra=scoped(READ),
)
def list_bookings(request: ApiRequest, query: Query[BookingsIn]) -> HttpResponse:
    """Your own bookings, the latest start first."""
    now = timezone.now()
    bookings, following = bookings_page(request.auth, query, now)
    met, prices = obstacles(bookings, now), prices_of(bookings, now)
    items = [booking_out(one, prices.get(one.reference), met.get(one.pk)) for one in bookings]
    return answer({"items": items, "next": following})


@router.post(
    "/bookings",
    operation_id="createBooking",
    summary=_("Book"),
    description=_(
        "Book for yourself. With an Idempotency-Key, sending the same request again gives "
        "the first answer again, also when both arrive at once. Refused for want of room or "
        "hours, the answer names the nearest other sites where it can be had."
    ),
    auth=Access(BOOK),
    response={201: BookingOut, **problems(400, 401, 403, 404, 409, 413, 415, 422)},
    openapi_extra=scoped(BOOK, LOCATED),
)
def create_booking(
    request: ApiRequest,
    body: BookingIn,
    key: Annotated[Key | None, Header(alias="Idempotency-Key")] = None,
) -> HttpResponse:
    """Book for yourself. With an Idempotency-Key, sending again gives the first answer again."""
    fresh: list[Answer] = []

    def act() -> Answer:
        fresh.append(booked(body, request.auth))
        return fresh[0]

    given = act() if key is None else once(request.auth, key, body, act)
    response = answer(given.body, given.status)
    if given.status == 201:
        response["Location"] = reverse("api-v1:booking", args=[given.body["reference"]])
    if not fresh:
        response["Idempotent-Replayed"] = "true"
    return response


@router.get(
    "/bookings/{reference}",
    operation_id="getBooking",
    summary=_("Look at one booking"),
    description=_("One booking that you have, made, or welcome as the site's manager."),
    auth=Access(READ),
    response={200: BookingOut, **problems(401, 403, 404, 422)},
    openapi_extra=scoped(READ),
    url_name="booking",
)
def get_booking(request: ApiRequest, reference: Reference) -> HttpResponse:
    """One booking that you have, made, or welcome as the site's manager."""
    return answer(told(visible_booking(request.auth, reference)))


@router.get(
    "/bookings/{reference}/event.ics",
    operation_id="getBookingEvent",
    summary=_("Fetch one booking for a calendar"),
    description=_("The booking as an iCalendar file (RFC 5545), in your language."),
    auth=Access(READ),
    response={200: None, **problems(401, 403, 404, 422)},
    openapi_extra=scoped(READ, CALENDAR),
    url_name="booking-event",
)
def get_booking_event(request: ApiRequest, reference: Reference) -> HttpResponse:
    """The booking as an iCalendar file (RFC 5545), in your language."""
    booking = visible_booking(request.auth, reference)
    with override(request.auth.language):
        return event_file(booking, timezone.now())


@router.patch(
    "/bookings/{reference}",
    operation_id="changeBooking",
    summary=_("Change a booking"),
    description=_(
        "Change what is sent and keep the rest, the numbered unit too: send null to take "
        "any. Refused, the booking stays as it was. Refused for want of room or hours, the "
        "answer names the nearest other sites where your own booking could go: send the space "
        "of one."
    ),
    auth=Access(BOOK),
    response={200: BookingOut, **problems(400, 401, 403, 404, 409, 413, 415, 422)},
    openapi_extra=scoped(BOOK),
)
def change_booking(request: ApiRequest, reference: Reference, body: BookingPatchIn) -> HttpResponse:
    """Change what is sent, keep the rest. Refused, the booking stays as it was."""
    booking, now = visible_booking(request.auth, reference), timezone.now()
    try:
        act = partial(change_as_sent, booking=booking, body=body, by=request.auth, now=now)
        changed = as_expected(expecting=body, now=now, act=act)
    except Refusal as refusal:
        instead = change_elsewhere(as_it_is(booking), body, request.auth, refusal, now)
        return refused(refusal, instead)
    return answer(told(as_it_is(changed)))


@router.post(
    "/bookings/{reference}/cancel",
    operation_id="cancelBooking",
    summary=_("Cancel a booking"),
    description=_("Give the place back; others can book it at once."),
    auth=Access(BOOK),
    response={200: BookingOut, **problems(401, 403, 404, 409, 422)},
    openapi_extra=scoped(BOOK),
)
def cancel_booking(
    request: ApiRequest, reference: Reference, query: Query[ExpectingQuery]
) -> HttpResponse:
    """Give the place back; it can be booked by others at once."""
    booking, now = visible_booking(request.auth, reference), timezone.now()
    act = partial(cancel, booking=booking, by=request.auth, now=now)
    return answer(told(as_it_is(as_expected(expecting=query, now=now, act=act))))


@router.post(
    "/bookings/{reference}/give-back",
    operation_id="giveBackBooking",
    summary=_("Give back what is left of a booking"),
    description=_(
        "Give back times that have not begun, and the rest of one that runs: it ends at the "
        "next quarter of an hour. Others can book them at once. Sending it again changes nothing. "
        "A booking of which nothing is left is cancelled."
    ),
    auth=Access(BOOK),
    response={200: BookingOut, **problems(400, 401, 403, 404, 409, 413, 415, 422)},
    openapi_extra=scoped(BOOK),
)
def give_back_booking(request: ApiRequest, reference: Reference, body: GiveBackIn) -> HttpResponse:
    """Give back what has not begun of the times sent, of all when none are."""
    booking, now = visible_booking(request.auth, reference), timezone.now()
    times = intervals_sent(body) or None
    act = partial(give_back, booking=booking, by=request.auth, now=now, times=times)
    return answer(told(as_it_is(as_expected(expecting=body, now=now, act=act))))


def told(booking: Booking) -> dict[str, Any]:
    """Return the booking with what it costs and whether it can still be had."""
    now = timezone.now()
    met = obstacles([booking], now).get(booking.pk)
    return booking_out(booking, price_of(booking, now), met)


def as_it_is(booking: Booking) -> Booking:
    """Return the booking read once more, with all that an answer tells of it."""
    return with_places(Booking.objects.all()).get(pk=booking.pk)


def visible_booking(person: User, reference: str) -> Booking:
    """Return the booking of that reference. Raises Booking.DoesNotExist also for a stranger."""
    return with_places(Booking.objects.visible_to(person)).get(reference=reference)


def booked(body: BookingIn, person: User) -> Answer:
    """Book and answer; a refusal is an answer too, to be given again for the same key."""
    wish, now = wish_of(body), timezone.now()
    asked = AskedBooking(wish, person, now)
    try:
        act = partial(book_asked, asked, by=person)
        booking = as_expected(expecting=body, now=now, act=act)
    except Refusal as refusal:
        found = alternatives_to(wish, person, refusal, now)
        prices = prices_at(found, person, now)
        instead = [alternative_out(one, prices) for one in found]
        return Answer(PROBLEMS[refusal.code][0], refusal_out(refusal, instead))
    price = price_of(booking, now) if asked.is_priced else None
    return Answer(201, booking_out(booking, price))


def change_elsewhere(
    booking: Booking, body: BookingPatchIn, by: User, refusal: Refusal, now: datetime
) -> list[Json]:
    """Return where the booking could go instead; none to others, whom its person's days are not."""
    if booking.person_id != by.pk:
        return []
    wish = changed_wish(booking, body)
    found = alternatives_to(wish, by, refusal, now, booking)
    prices = prices_at(found, by, now)
    return [change_out(one, prices) for one in found]


def once(person: User, key: str, body: BookingIn, act: Callable[[], Answer]) -> Answer:
    """Answer as `act` does, or as it did when the key first came."""
    sent = body.model_dump(mode="json")
    return answer_once(person=person, key=key, request=sent, now=timezone.now(), act=act)
