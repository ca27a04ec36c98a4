"""The passes that one's operators sold, and correcting one of them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from billing.forms.corrections import CorrectionForm
from billing.grids.rights import operators_of
from billing.models import Pass, Transfer
from billing.passes.correcting import correct_pass, passes_sold_for
from billing.passes.holding import held
from billing.views.adopters import checked_by
from billing.views.saving import GET_OR_POST, answer, is_saved
from network.models import User
from network.views.person import person_of
from network.views.typed import View, entries

#: Passes on a page.
MOST_ROWS = 50
SECTION = "local-prices"


def for_sellers(view: View) -> View:
    """Let in who runs sites of an operator; others sign in first. Raises PermissionDenied."""
    return checked_by(refuse_unless_seller, view)


def refuse_unless_seller(by: User) -> None:
    """Raise PermissionDenied unless `by` runs sites of an operator."""
    if not operators_of(by).exists():
        raise PermissionDenied


@for_sellers
@require_safe
def sold_passes(request: HttpRequest) -> HttpResponse:
    """List the passes that hold: whose, what is left, until when."""
    now = timezone.now()
    rows = passes_sold_for(person_of(request)).filter(valid_until__gt=now)
    ordered = rows.select_related("person").order_by("person__name", "person__email", "pk")
    page = Paginator(ordered, MOST_ROWS).get_page(request.GET.get("page"))
    shown = Pass.objects.filter(pk__in=[row.pk for row in page]).select_related("person")
    context = {
        "section": SECTION,
        "page": page,
        "passes": held(shown.order_by("person__name", "person__email", "pk"), now),
    }
    return render(request, "billing/sold_passes.html", context)


@for_sellers
@require_http_methods(GET_OR_POST)
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what was corrected of a pass, ask what is to be now and why, and do it once."""
    by = person_of(request)
    sold = get_object_or_404(passes_sold_for(by).select_related("person", "operator"), pk=pk)
    form = CorrectionForm(entries(request))
    if is_saved(request, form, lambda: written(sold, form, by)):
        messages.success(request, _("The pass is corrected. Its holder is told by e-mail."))
        return redirect("sold-pass", sold.pk)
    (one,) = held(Pass.objects.filter(pk=pk).select_related("person"), timezone.now())
    context = {
        "section": SECTION,
        "held": one,
        "corrections": corrections_of(sold),
        "form": form,
        "is_own": sold.person_id == by.pk,
    }
    return answer(request, "billing/sold_pass.html", context)


def written(sold: Pass, form: CorrectionForm, by: User) -> Transfer:
    """Correct the pass. Raises a Refusal."""
    key = form.cleaned_data["key"]
    return correct_pass(sold=sold, correction=form.correction, by=by, now=timezone.now(), key=key)


def corrections_of(sold: Pass) -> list[Transfer]:
    """Return what was corrected of a pass, the last first: not what it was spent on."""
    rows = Transfer.objects.filter(subject=sold.subject, kind=Transfer.Kind.ADJUST)
    return list(rows.order_by("-pk"))
