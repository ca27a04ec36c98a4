"""The door: an e-mail address, then the code that was sent to it."""

from typing import Any

from allauth.account.internal.flows.email_verification_by_code import EmailVerificationProcess
from allauth.account.internal.templatekit import get_entrance_context_data
from allauth.account.mixins import NextRedirectMixin, RedirectAuthenticatedUserMixin
from allauth.account.utils import get_login_redirect_url
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django.views.generic.edit import FormView

from network.accounts.entrance import CodeRefused, Entrance
from network.accounts.forms import AddressForm, EntranceForm


class EntranceView(RedirectAuthenticatedUserMixin, NextRedirectMixin, FormView):  # type: ignore[misc,type-arg]
    """Ask for an address and send it a code; who is signed in already goes on."""

    template_name = "account/login.html"
    form_class = AddressForm

    def get_initial(self) -> dict[str, Any]:
        """Show the address again that a code was sent to: it may want correcting."""
        entrance = Entrance.of(self.request)
        return {"email": entrance.email if entrance else ""}

    def form_valid(self, form: AddressForm) -> HttpResponse:
        """Send the code and ask for it, or say why none is sent."""
        following = self.get_next_url() or ""
        try:
            Entrance.begin(self.request, email=form.cleaned_data["email"], following=following)
        except CodeRefused as refused:
            form.add_error("email", refused)
            return self.form_invalid(form)
        return redirect("account_code")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        """Tell the page its other ways in, and the address of a sign-up that waits for its code."""
        ways: dict[str, Any] = get_entrance_context_data(self.request)
        begun = EmailVerificationProcess.resume(self.request)
        ways["signing_up"] = begun.email if begun else ""
        return super().get_context_data(**context) | ways


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Ask for the code that was sent, send it once more, or let in who typed it."""
    if request.user.is_authenticated:
        return redirect(get_login_redirect_url(request))
    entrance = Entrance.of(request)
    if entrance is None:
        return redirect("account_login")
    if request.POST.get("action") == "resend":
        send_again(entrance)
        return redirect("account_code")
    if request.method != "POST":
        return render(request, "account/code.html", {"form": EntranceForm.shown(entrance)})
    form = EntranceForm(request.POST, entrance=entrance)
    if form.is_valid():
        return entrance.finish()
    form.keep_refusal()
    return redirect("account_code")


def send_again(entrance: Entrance) -> None:
    """Send the visitor a code once more, and tell the next page so, or why not."""
    try:
        entrance.resend()
    except CodeRefused as refused:
        messages.error(entrance.request, refused.message)
    else:
        if entrance.is_mailed:
            messages.success(entrance.request, _("The code is on its way once more."))
        else:
            messages.info(entrance.request, _("No e-mail was sent: use the last code you got."))
