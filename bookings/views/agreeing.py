"""The page between a press and what it costs: what differs is told, and done once it is agreed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from bookings.charges.agreeing import Terms
from bookings.charges.paying import Paying
from bookings.charges.promises import Difference, agreed_in, of_price
from bookings.errors import PriceChanged
from bookings.models import Booking
from bookings.wishes import PERSONS_OWN, Means, means_in

#: Not sent again: the one is each page's own, the other is what is asked here.
OWN = ("csrfmiddlewaretoken", "agreed")
CONFLICT = 409


def agreed_by(request: HttpRequest) -> Difference | None:
    """Return what a form agrees to: None when it tells nothing that can be read."""
    return agreed_in(request.POST.get("agreed", ""))


def told_name(means: Means) -> str:
    """Return the field that sends back what a page tells that a way to pay costs."""
    return "agreed" if means == PERSONS_OWN else f"agreed_{means.code}"


def told_fields(paying: Paying) -> list[tuple[str, str]]:
    """Return the fields that send back what a page tells that each way to pay costs."""
    return [(told_name(one.means), of_price(one.price).code) for one in paying.ways]


def told_by(request: HttpRequest) -> Difference:
    """Return what a page told that its booking costs: nothing, if that cannot be read."""
    means = means_in(request.POST.get("pay_with", "")) or PERSONS_OWN
    return agreed_in(request.POST.get(told_name(means), "")) or Difference()


def changed_since() -> PriceChanged:
    """Return why something is asked once more, whose page says below what holds now."""
    return PriceChanged(
        _("What this costs you has changed since you opened this page. Below is what holds now.")
    )


def ask(request: HttpRequest, booking: Booking, terms: Terms, *, title: str) -> HttpResponse:
    """Tell what was asked for would cost or give back; sent again from here, it is agreed.

    Where it is asked once more, it says that something has changed.
    """
    refusal = changed_since() if agreed_by(request) else None
    context = {
        "section": "bookings",
        "title": title,
        "booking": booking,
        "terms": terms,
        "refusal": refusal,
        "typed": sent(request),
    }
    status = CONFLICT if refusal else 200
    return render(request, "bookings/agree.html", context, status=status)


def sent(request: HttpRequest) -> list[tuple[str, str]]:
    """Return the fields of a form as they were sent."""
    lists = request.POST.lists()
    return [(name, str(one)) for name, values in lists if name not in OWN for one in values]
