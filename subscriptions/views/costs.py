"""Pages of an employer's cost centres."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from billing.forms.drafts import ConfirmForm
from billing.views.saving import GET_OR_POST, answer, is_saved, is_sent
from network.models import Organisation
from network.views.person import person_of
from network.views.typed import entries
from subscriptions.costs.writing import (
    add_cost_centres,
    delete_cost_centre,
    name_cost_centre,
    used_words,
)
from subscriptions.forms.costs import AddForm, NameForm
from subscriptions.models import CostCentre
from subscriptions.views.employing import SECTION, for_employer

#: Cost centres on a page.
MOST_ROWS = 50


@for_employer
@require_http_methods(GET_OR_POST)
def cost_centres(request: HttpRequest, employer: Organisation) -> HttpResponse:
    """List the cost centres, and add some."""
    form = AddForm(entries(request), employer=employer)

    def write() -> object:
        return add_cost_centres(employer=employer, some=form.named, by=person_of(request))

    if is_saved(request, form, write):
        count = len(form.named)
        words = ngettext(
            "%(count)s cost centre is added.", "%(count)s cost centres are added.", count
        )
        messages.success(request, words % {"count": count})
        return redirect("employer-costs", employer.pk)
    rows = (
        CostCentre.objects.filter(organisation=employer)
        .annotate(people=Count("employees"))
        .order_by("code")
    )
    page = Paginator(rows, MOST_ROWS).get_page(request.GET.get("page"))
    context = {"section": SECTION, "employer": employer, "form": form, "page": page}
    return answer(request, "subscriptions/costs/cost_centres.html", context)


@for_employer
@require_http_methods(GET_OR_POST)
def name(request: HttpRequest, employer: Organisation, pk: int) -> HttpResponse:
    """Ask for another name of a cost centre, and write it."""
    found = get_object_or_404(
        CostCentre.objects.filter(organisation=employer).select_related("organisation"), pk=pk
    )
    form = NameForm(entries(request), initial={"name": found.name})

    def write() -> object:
        return name_cost_centre(
            cost_centre=found, name=form.cleaned_data["name"], by=person_of(request)
        )

    if is_saved(request, form, write):
        messages.success(request, _("The name is saved."))
        return redirect("employer-costs", employer.pk)
    context = {"section": SECTION, "employer": employer, "cost_centre": found, "form": form}
    return answer(request, "subscriptions/costs/name.html", context)


@for_employer
@require_http_methods(GET_OR_POST)
def delete(request: HttpRequest, employer: Organisation, pk: int) -> HttpResponse:
    """Ask whether a cost centre is to be deleted, or say why it cannot be."""
    found = get_object_or_404(
        CostCentre.objects.filter(organisation=employer).select_related("organisation"), pk=pk
    )
    form = ConfirmForm(entries(request))
    by = person_of(request)
    if is_saved(request, form, lambda: delete_cost_centre(cost_centre=found, by=by)):
        messages.success(request, _("The cost centre is deleted."))
        return redirect("employer-costs", employer.pk)
    used = [] if is_sent(request) else used_words(found)
    context = {"section": SECTION, "employer": employer, "cost_centre": found, "form": form}
    return answer(request, "subscriptions/costs/delete.html", context | {"used": used})
