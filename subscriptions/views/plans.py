"""The plans of the network: public."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from subscriptions.plans.showing import plans_on_offer


@require_safe
def plans(request: HttpRequest) -> HttpResponse:
    """List the plans that one can subscribe to, with what each grants and opens."""
    context = {"section": "tariffs", "plans": plans_on_offer(timezone.localdate())}
    return render(request, "subscriptions/plans.html", context)
