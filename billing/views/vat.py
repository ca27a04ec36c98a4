"""How the operators whose sites somebody runs stand to VAT, and have stood."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from billing.forms.vat import RegimeForm
from billing.grids.rights import operators_of
from billing.issuers.regimes import tell_regime
from billing.models import VatRegime
from billing.views.saving import GET_OR_POST, answer, is_saved
from network.views.person import person_of
from network.views.typed import entries, sign_in_first


@never_cache
@sign_in_first
@require_safe
def regimes(request: HttpRequest) -> HttpResponse:
    """Show how each operator stands to VAT today, what is to come and what was."""
    today = timezone.localdate()
    operators = operators_of(person_of(request)).order_by("name", "pk")
    told = [
        (one, VatRegime.objects.of(one, today), list(one.vat_regimes.order_by("-starts_on")))
        for one in operators
    ]
    if not told:
        raise PermissionDenied
    context = {"section": "local-prices", "operators": told, "today": today}
    return render(request, "billing/vat.html", context)


@never_cache
@sign_in_first
@require_http_methods(GET_OR_POST)
def tell(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask how an operator stands to VAT from when on, and write it down."""
    by, now = person_of(request), timezone.now()
    operator = get_object_or_404(operators_of(by), pk=pk)
    current = VatRegime.objects.of(operator, timezone.localdate(now))
    form = RegimeForm(entries(request), current=current)

    def write() -> None:
        tell_regime(operator=operator, standing=form.standing, by=by, now=now)

    if is_saved(request, form, write):
        messages.success(request, _("The regime is told. What was charged keeps the one it had."))
        return redirect("vat")
    context = {"section": "local-prices", "operator": operator, "current": current, "form": form}
    return answer(request, "billing/vat_tell.html", context)
