"""The employers on whose account somebody books, for themselves."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from billing.views.saving import GET_OR_POST, answer, is_saved
from network.views.person import person_of
from network.views.typed import entries, sign_in_first
from subscriptions.forms.people import LeaveForm
from subscriptions.models import Employee
from subscriptions.people.leaving import leave
from subscriptions.people.listing import employments_of

SECTION = "account"


@never_cache
@sign_in_first
@require_safe
def employments(request: HttpRequest) -> HttpResponse:
    """List the employers on whose account one books, and what each of them sees."""
    rows = employments_of(person_of(request), timezone.localdate())
    context = {"section": SECTION, "employments": list(rows)}
    return render(request, "subscriptions/employments.html", context)


@never_cache
@sign_in_first
@require_http_methods(GET_OR_POST)
def leaving(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask one's own last day at an employer, say what happens then, and write it."""
    person, now = person_of(request), timezone.now()
    today = timezone.localdate(now)
    found = get_object_or_404(employments_of(person, today), pk=pk)
    form = LeaveForm(entries(request), initial={"last_day": found.until or today})

    def write() -> Employee:
        day = form.cleaned_data["last_day"]
        return leave(employee=found, last_day=day, by=person, now=now)

    if is_saved(request, form, write):
        messages.success(request, _("Your last day is told. You get an e-mail."))
        return redirect("my-employers")
    context = {"section": SECTION, "employment": found, "form": form}
    return answer(request, "subscriptions/employment_leave.html", context)
