"""The page between a press and what it costs: what differs is told, and done once it is agreed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from bookings.charges.agreeing import Terms
from bookings.charges.promises import Difference, agreed_in
from bookings.errors import PriceChanged
from bookings.models import Booking

#: Not sent again: the one is each page's own, the other is what is asked here.
OWN = ("csrfmiddlewaretoken", "agreed")
CONFLICT = 409


def agreed_by(request: HttpRequest) -> Difference | None:
    """Return what a form agrees to: None when it tells nothing that can be read."""
    return agreed_in(request.POST.get("agreed", ""))


def told_by(request: HttpRequest) -> Difference:
    """Return what the page of a form told that booking costs: nothing, if that cannot be read."""
    return agreed_by(request) or Difference()


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
