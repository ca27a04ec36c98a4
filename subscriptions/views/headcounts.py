"""The page on which an employer tells how many people it has."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from billing.views.saving import GET_OR_POST, answer, is_saved
from network.models import Organisation
from network.views.person import person_of
from network.views.typed import entries
from subscriptions.employers.headcounts import headcount_on, tell_headcount
from subscriptions.forms.headcounts import HeadcountForm
from subscriptions.models import Headcount
from subscriptions.views.employing import SECTION, for_employer


@for_employer
@require_http_methods(GET_OR_POST)
def headcounts(request: HttpRequest, employer: Organisation) -> HttpResponse:
    """List what was told, and take another day's or a correction."""
    today = timezone.localdate()
    form = HeadcountForm(entries(request), initial={"day": today})

    def write() -> Headcount:
        by, now = person_of(request), timezone.now()
        return tell_headcount(employer=employer, **form.cleaned_data, by=by, now=now)

    if is_saved(request, form, write):
        messages.success(request, _("The headcount is saved."))
        return redirect("employer-headcount", employer.pk)
    context = {
        "section": SECTION,
        "employer": employer,
        "form": form,
        "last": headcount_on(employer, today),
        "today": today,
        "rows": Headcount.objects.filter(organisation=employer)
        .select_related("made_by")
        .order_by("-day"),
    }
    return answer(request, "subscriptions/headcount.html", context)
