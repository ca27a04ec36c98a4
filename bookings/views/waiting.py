"""Somebody gives up what waits for their employer's approval."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from bookings.employers.waiting import give_up
from network.views.person import person_of
from network.views.typed import sign_in_first
from subscriptions.models import Approval


@never_cache
@sign_in_first
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Let go what waits for an answer, if it still does."""
    mine = Approval.objects.filter(person=person_of(request))
    give_up(approval=get_object_or_404(mine, pk=pk), now=timezone.now())
    messages.success(request, _("The request is withdrawn, the place is free for others."))
    return redirect("bookings")
