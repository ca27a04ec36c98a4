"""Putting a grid in force, and the text of the deliberation that did."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from billing.forms.adopting import AdoptionForm, DocumentForm
from billing.grids.reviewing import held_by
from billing.models import TariffGrid
from billing.views.adopters import for_adopters
from billing.views.drafts import step_page
from billing.views.saving import GET_OR_POST, is_saved, is_sent, why_not_asked
from billing.votes.adopting import Deliberation, add_document, refuse_unready
from billing.votes.telling import put_in_force
from network.views.person import person_of
from network.views.typed import entries


@for_adopters
@require_http_methods(GET_OR_POST)
def adopt_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the deliberation, and put a grid in force."""
    found, now = get_object_or_404(TariffGrid.objects.drafts(), pk=pk), timezone.now()
    files = request.FILES if is_sent(request) else None
    form = AdoptionForm(entries(request), files, initial={"day": timezone.localdate(now)})

    def write() -> None:
        deliberation = Deliberation(**form.cleaned_data)
        put_in_force(grid=found, deliberation=deliberation, by=person_of(request), now=now)

    if is_saved(request, form, write):
        messages.success(request, _("The grid is put in force from its first day on."))
        return redirect("grid", pk)
    form.ask_for_file_again()
    why = why_not_asked(request, lambda: refuse_unready(found, now))
    return step_page(request, "billing/grid_adopt.html", found, form, held=held_by(found), why=why)


@for_adopters
@require_http_methods(GET_OR_POST)
def add_text(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the text of the deliberation of a grid that was put in force without, and add it."""
    found = get_object_or_404(TariffGrid.objects.adopted().without_document(), pk=pk)
    form = DocumentForm(*((request.POST, request.FILES) if is_sent(request) else ()))

    def write() -> None:
        add_document(grid=found, document=form.cleaned_data["document"], by=person_of(request))

    if is_saved(request, form, write):
        messages.success(request, _("The text of the deliberation is published."))
        return redirect("grid", pk)
    return step_page(request, "billing/grid_document.html", found, form)
