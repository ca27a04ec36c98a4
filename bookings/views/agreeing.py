"""The page between a press and what it costs: what differs is told, and done once it is agreed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bookings.charges.agreeing import Terms
from bookings.models import Booking

#: Not sent again: the one is each page's own, the other is what is asked here.
OWN = ("csrfmiddlewaretoken", "agreed")


def ask(request: HttpRequest, booking: Booking, terms: Terms, *, title: str) -> HttpResponse:
    """Tell what was asked for would cost or give back; sent again from here, it is agreed."""
    context = {
        "section": "bookings",
        "title": title,
        "booking": booking,
        "terms": terms,
        "typed": sent(request),
    }
    return render(request, "bookings/agree.html", context)


def sent(request: HttpRequest) -> list[tuple[str, str]]:
    """Return the fields of a form as they were sent."""
    lists = request.POST.lists()
    return [(name, str(one)) for name, values in lists if name not in OWN for one in values]
