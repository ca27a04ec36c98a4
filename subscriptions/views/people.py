"""An employer's people: listed, changed, and told their last day."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from billing.views.saving import GET_OR_POST, answer, is_saved
from network.models import Organisation
from network.text import one_line
from network.views.person import person_of
from network.views.typed import entries
from subscriptions.forms.people import EmployeeForm, LeaveForm
from subscriptions.models import Employee
from subscriptions.people.changing import change_employee
from subscriptions.people.leaving import leave
from subscriptions.people.listing import counts_of, invited_by, people_of
from subscriptions.views.employing import SECTION, for_employer

#: People on a page, and from how many on one can search among them.
MOST_ROWS = 30
LONGEST_SEARCH = 100


@for_employer
@require_safe
def people(request: HttpRequest, employer: Organisation) -> HttpResponse:
    """List who books on the employer's account, and who is invited."""
    now = timezone.now()
    words = one_line(request.GET.get("q", ""))[:LONGEST_SEARCH]
    rows = people_of(employer, timezone.localdate(now), words)
    counts = counts_of(employer, now, timezone.localdate(now))
    context = {
        "section": SECTION,
        "employer": employer,
        "counts": counts,
        "words": words,
        "is_searched": bool(words) or counts.people > MOST_ROWS,
        "page": Paginator(rows, MOST_ROWS).get_page(request.GET.get("page")),
        "invited": list(invited_by(employer)),
        "now": now,
    }
    return render(request, "subscriptions/employer/people.html", context)


@for_employer
@require_http_methods(GET_OR_POST)
def change(request: HttpRequest, employer: Organisation, pk: int) -> HttpResponse:
    """Ask where somebody is and for whom they book, and write it."""
    found = employee_of(employer, pk)
    form = EmployeeForm(entries(request), employee=found)

    def write() -> Employee:
        books = form.cleaned_data["books_for_others"]
        by = person_of(request)
        return change_employee(employee=found, place=form.place, books_for_others=books, by=by)

    if is_saved(request, form, write):
        messages.success(request, _("The change is saved."))
        return redirect("employer-people", employer.pk)
    context = {"section": SECTION, "employer": employer, "employee": found, "form": form}
    return answer(request, "subscriptions/employer/change.html", context)


@for_employer
@require_http_methods(GET_OR_POST)
def last_day(request: HttpRequest, employer: Organisation, pk: int) -> HttpResponse:
    """Ask the last day of somebody, say what happens then, and write it."""
    found, now = employee_of(employer, pk), timezone.now()
    initial = {"last_day": found.until or timezone.localdate(now)}
    form = LeaveForm(entries(request), initial=initial)

    def write() -> Employee:
        day, by = form.cleaned_data["last_day"], person_of(request)
        return leave(employee=found, last_day=day, by=by, now=now)

    if is_saved(request, form, write):
        messages.success(request, _("The last day is told: the person gets an e-mail."))
        return redirect("employer-people", employer.pk)
    context = {"section": SECTION, "employer": employer, "employee": found, "form": form}
    return answer(request, "subscriptions/employer/leave.html", context)


def employee_of(employer: Organisation, pk: int) -> Employee:
    """Return one of the people of an employer. Raises Http404 for who has left."""
    return get_object_or_404(people_of(employer, timezone.localdate()), pk=pk)
