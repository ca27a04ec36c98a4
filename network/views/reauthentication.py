"""Is it you? A code before something sensitive, for who has neither a password nor a passkey."""

from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.flows.reauthentication import resume_request
from allauth.account.utils import get_next_redirect_url
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from network.accounts.entrance import CodeRefused, Entrance
from network.accounts.forms import CodeForm
from network.views.person import person_of


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def by_code(request: HttpRequest) -> HttpResponse:
    """Send a code to the person's own address, ask for it, and go on with what they wanted."""
    entrance = own_entrance(request)
    if request.POST.get("action") == "send":
        send(request)
        return redirect(request.get_full_path())
    if request.method != "POST" or entrance is None:
        return ask(request, CodeForm.shown(entrance) if entrance else None)
    form = CodeForm(request.POST, entrance=entrance)
    if not form.is_valid():
        form.keep_refusal()
        return redirect(request.get_full_path())
    entrance.end()
    told = {"email": entrance.email, "reauthenticated": True}
    record_authentication(request, person_of(request), method="code", **told)
    return resume_request(request) or redirect("account")


def own_entrance(request: HttpRequest) -> Entrance | None:
    """Return the code that was sent to the address of who is signed in; not one of before."""
    entrance = Entrance.of(request)
    return entrance if entrance and entrance.email == person_of(request).email else None


def send(request: HttpRequest) -> None:
    """Send a code, the first or once more, or tell the next page why not."""
    entrance = own_entrance(request)
    try:
        if entrance:
            entrance.resend()
        else:
            Entrance.begin(request, email=person_of(request).email, following="")
    except CodeRefused as refused:
        messages.error(request, refused.message)


def ask(request: HttpRequest, form: CodeForm | None) -> HttpResponse:
    """Show the page that offers a code, or asks for the one that was sent."""
    context = {"form": form, "next": get_next_redirect_url(request)}
    return render(request, "account/reauthenticate_code.html", context)
