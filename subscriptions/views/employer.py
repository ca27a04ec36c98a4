"""The home of an employer."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from billing.statements.months import Month
from network.models import Organisation
from subscriptions.people.listing import counts_of
from subscriptions.usage.indicators import telework_of
from subscriptions.usage.seats import seats_in
from subscriptions.usage.totals import usage_of
from subscriptions.views.employing import SECTION, for_employer


@for_employer
@require_safe
def home(request: HttpRequest, employer: Organisation) -> HttpResponse:
    """Show what was used this month, who books on the employer's account, what can be done next."""
    now = timezone.now()
    today = timezone.localdate(now)
    used = usage_of(employer, Month.of(today))
    context = {
        "section": SECTION,
        "employer": employer,
        "counts": counts_of(employer, now, today),
        "usage": used,
        "telework": telework_of(employer, used),
        "seats": seats_in(employer, used.month, today),
    }
    return render(request, "subscriptions/employer/home.html", context)
