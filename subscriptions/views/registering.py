"""Somebody makes their organisation an employer; who runs several chooses one."""

from allauth.account.utils import get_next_redirect_url
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from billing.views.saving import GET_OR_POST, answer, is_saved
from network.models import Organisation
from network.views.person import person_of
from network.views.typed import entries, sign_in_first
from subscriptions.employers.registering import register_employer
from subscriptions.employers.rights import employers_run_by
from subscriptions.forms.employers import RegisterForm
from subscriptions.views.employing import SECTION


@never_cache
@sign_in_first
@require_http_methods(GET_OR_POST)
def register(request: HttpRequest) -> HttpResponse:
    """Ask name and SIRET of an employer, register it, and go on to where its person wanted."""
    form, made = RegisterForm(entries(request)), list[Organisation]()

    def write() -> None:
        made.append(register_employer(said=form.registration, by=person_of(request)))

    if is_saved(request, form, write):
        words = _("%(name)s is registered: you run it here.") % {"name": made[0].name}
        messages.success(request, words)
        following = get_next_redirect_url(request)
        return redirect(following) if following else redirect("employer", made[0].pk)
    context = {"section": SECTION, "form": form, "next": get_next_redirect_url(request) or ""}
    return answer(request, "subscriptions/employer/register.html", context)


@never_cache
@sign_in_first
@require_safe
def employers(request: HttpRequest) -> HttpResponse:
    """List the employers that one runs; of one alone show its page."""
    rows = list(employers_run_by(person_of(request)))
    if len(rows) == 1:
        return redirect("employer", rows[0].pk)
    context = {"section": SECTION, "employers": rows}
    return render(request, "subscriptions/employer/employers.html", context)
