"""The one table of what may go wrong, and its answers as problem documents (RFC 9457)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from pydantic_core import to_json

from network.faults import Fault

PROBLEM_JSON = "application/problem+json"

#: code → (HTTP status, title). The codes of `bookings.errors` are all here, a test sees to it.
PROBLEMS: dict[str, tuple[int, Promise]] = {
    "unreadable": (400, _("The address or the form holds something that cannot be read")),
    "malformed_json": (400, _("The body is not JSON")),
    "unauthorised": (401, _("Sign in, or send a valid token")),
    "forbidden": (403, _("You may not do this")),
    "scope_missing": (403, _("The token lacks a scope")),
    "csrf_failed": (403, _("The CSRF token is missing or wrong")),
    "not_found": (404, _("There is nothing here")),
    "method_not_allowed": (405, _("This address does not take this method")),
    "no_unit_free": (409, _("Nothing is free any more")),
    "overlapping_own_booking": (409, _("You are already booked at that time")),
    "already_cancelled": (409, _("The booking was cancelled")),
    "already_started": (409, _("The booking has begun")),
    "quota_ahead": (409, _("You hold as much ahead as one person may")),
    "quota_per_day": (409, _("You hold as many places that day as one person may")),
    "quota_of_space": (409, _("You hold as much of this space as one person may")),
    "already_over": (409, _("The time is over")),
    "hold_ended": (409, _("The place is no longer held")),
    "price_changed": (409, _("The price is another one than was told")),
    "too_many_holds": (409, _("As many places are held as may be")),
    "too_large": (413, _("The request is too large")),
    "unsupported_media_type": (415, _("Send JSON")),
    "too_many_requests": (429, _("You ask more often than one may")),
    "invalid_request": (422, _("The request is not as documented")),
    "idempotency_key_reused": (422, _("The idempotency key was used for another request")),
    "ends_before_start": (422, _("The end must come after the start")),
    "in_the_past": (422, _("This time has begun")),
    "too_far_ahead": (422, _("This time is too far ahead")),
    "too_short": (422, _("This time is too short")),
    "too_long": (422, _("This time is too long")),
    "off_grid": (422, _("Times go by quarters of an hour")),
    "overlaps_itself": (422, _("Two of the times overlap")),
    "outside_opening_hours": (422, _("The site is not open over all of this time")),
    "closed": (422, _("The site is closed at this time")),
    "capacity_exceeded": (422, _("Too many people for this space")),
    "not_of_booking": (422, _("This is not a time of the booking")),
    "unit_not_offered": (422, _("This place is not offered by number")),
    "site_inactive": (422, _("The space takes no bookings")),
    "subscription_refused": (409, _("The plan cannot be taken so")),
    "already_subscribed": (409, _("There is a subscription already")),
    "seats_refused": (409, _("So many seats cannot be had")),
    "no_seat_left": (409, _("All seats are taken")),
    "end_refused": (409, _("The subscription cannot end so")),
    "credits_used_up": (409, _("The credits are not enough")),
    "to_be_approved": (409, _("Somebody has to approve of it first")),
    "not_on_account": (403, _("This account is not open to you")),
    "acting_refused": (403, _("You do not belong to this organisation")),
    "account_refused": (403, _("This account is not yours to change")),
    "capacity_refused": (422, _("The organisation cannot be this, or must stay what it is")),
    "address_refused": (422, _("The e-mail address cannot be used")),
    "token_refused": (422, _("The token cannot be made so")),
    "not_enough_credit": (409, _("There is not enough left")),
    "reservation_ended": (409, _("What was reserved is no longer")),
    "no_tariff": (409, _("There is no price for this yet")),
    "price_outside_band": (422, _("The price lies outside the band of the grid")),
    "price_not_own": (409, _("The site has no such price of its own")),
    "grid_adopted": (409, _("A grid in force is not edited")),
    "grid_proposed": (409, _("A grid that is put to the vote is not edited")),
    "grid_incomplete": (422, _("The grid lacks something")),
    "grid_day_refused": (422, _("This day cannot be the first one")),
    "vote_over": (409, _("The vote is not open")),
    "no_vote": (403, _("The place has no vote")),
    "vote_too_short": (422, _("The vote is too short")),
    "vote_not_carried": (409, _("The vote was not carried")),
    "pass_over": (409, _("The pass is over")),
    "group_refused": (422, _("The customer group cannot be given so")),
    "group_not_in_grid": (422, _("The grid has no such customer group")),
    "policy_too_strict": (422, _("The rule is stricter than the network allows")),
    "vat_regime_refused": (422, _("The VAT regime cannot be told so")),
    "plan_published": (409, _("A version of a plan in force is not edited")),
    "plan_incomplete": (422, _("The plan lacks something")),
    "plan_day_refused": (422, _("This day cannot be named for the plan")),
    "domain_refused": (422, _("The domain cannot be the employer's own")),
    "look_up_failed": (503, _("The DNS gives no answer")),
    "not_offered": (422, _("The site does not offer this then")),
    "person_not_free": (409, _("The person is not free then")),
    "too_many_at_once": (422, _("So many places cannot be booked at once")),
    "together_refused": (409, _("Some of the places cannot be booked")),
    "headcount_refused": (422, _("The headcount cannot be told so")),
    "cost_centre_refused": (409, _("The cost centre cannot be written or deleted so")),
    "approval_refused": (409, _("It is answered already, or can be answered no longer")),
    "employer_refused": (422, _("The employer cannot be registered so")),
    "invitation_refused": (409, _("The invitation cannot be sent or accepted")),
    "list_unreadable": (422, _("The list cannot be read")),
    "employee_refused": (409, _("The person is there already, or has left")),
    "leaving_refused": (422, _("Nobody can leave on this day")),
    "team_refused": (422, _("The team cannot be written so")),
    "team_rule": (409, _("A rule of the employer refuses this")),
    "team_days": (409, _("The employer's rule has no more days of the week")),
    "team_budget": (409, _("The employer's budget of the month is not enough")),
    "team_kind": (422, _("The employer's rule has other kinds of space")),
    "team_place": (422, _("The employer's rule has other places")),
    "transfer_key_reused": (409, _("The key was used for another transfer")),
    "refused": (422, _("A rule of the network refuses this")),
    "internal_error": (500, _("Something went wrong on our side")),
    "busy": (503, _("Others are changing the same just now")),
    "unavailable": (503, _("The service is away for a moment")),
}


@dataclass
class Denied(Exception):
    """The API itself says no, before the domain is asked."""

    code: str
    detail: str | Promise = ""
    headers: Mapping[str, str] = field(default_factory=dict)


def problem_body(
    code: str,
    detail: str | Promise = "",
    errors: Sequence[Mapping[str, str]] = (),
    **extensions: object,
) -> dict[str, object]:
    """Return the problem document of `code`; without `detail` its title says it all.

    `extensions` are told unless they are empty: `reference` of the booking in the way,
    `alternatives` where it can be had instead, `price` that it would cost.
    """
    status, title = PROBLEMS[code]
    body: dict[str, object] = {
        "type": f"{reverse('api-documentation')}#{code}",
        "title": str(title),
        "status": status,
        "detail": str(detail or title),
        "code": code,
    }
    more = {"errors": list(errors), **extensions}
    return body | {name: value for name, value in more.items() if value}


def problem(
    code: str,
    detail: str | Promise = "",
    errors: Sequence[Mapping[str, str]] = (),
) -> HttpResponse:
    """Return the answer that says what went wrong."""
    return answer(problem_body(code, detail, errors), status=PROBLEMS[code][0])


def away(fault: Fault) -> HttpResponse:
    """Return the answer that what we stand on failed, and when to try again."""
    response = problem(fault, _("Nothing was half done. Send the same request again."))
    response["Retry-After"] = str(fault.retry_after_s)
    return response


def answer(body: object, status: int = 200) -> HttpResponse:
    """Return `body`, already of plain JSON types, as an answer of the API."""
    media_type = PROBLEM_JSON if status >= 400 else "application/json"
    return HttpResponse(to_json(body), status=status, content_type=media_type)
