"""The home of an employer."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from network.models import Organisation
from subscriptions.people.listing import counts_of
from subscriptions.views.employing import SECTION, for_employer


@for_employer
@require_safe
def home(request: HttpRequest, employer: Organisation) -> HttpResponse:
    """Show how many people book on the employer's account, and what can be done next."""
    now = timezone.now()
    context = {
        "section": SECTION,
        "employer": employer,
        "counts": counts_of(employer, now, timezone.localdate(now)),
    }
    return render(request, "subscriptions/employer/home.html", context)
