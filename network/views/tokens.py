"""The API tokens of the signed-in person."""

from datetime import timedelta
from functools import partial

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from network.actions import create_token, revoke_token
from network.forms import TokenForm
from network.models import ApiToken, User
from network.views.person import person_of
from network.views.refused import status_of
from network.views.typed import entries, sign_in_first


@never_cache
@sign_in_first
@reauthentication_required(allow_get=True)  # type: ignore[untyped-decorator]  # allauth's
def tokens(request: HttpRequest) -> HttpResponse:
    """List a person's tokens and make one, shown in this answer only."""
    person = person_of(request)
    form = TokenForm(entries(request))
    secret = ""
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        expires_at = now + timedelta(days=form.cleaned_data["days"])
        name, scopes = form.cleaned_data["name"], form.cleaned_data["scopes"]
        _token, secret = create_token(
            person=person, name=name, scopes=scopes, expires_at=expires_at, now=now
        )
        form = TokenForm()
    return render(
        request,
        "network/tokens.html",
        {"form": form, "secret": secret, "tokens": kept_tokens(person), "now": timezone.now()},
        status=status_of(request, form),
    )


def kept_tokens(person: User) -> list[ApiToken]:
    """Return the tokens that `person` has not revoked, newest first."""
    return list(person.api_tokens.filter(revoked_at=None).order_by("-created_at", "-pk"))


@require_POST
@partial(sign_in_first, back="tokens")
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """End one of the person's own tokens."""
    person = person_of(request)
    token = get_object_or_404(person.api_tokens.filter(revoked_at=None), pk=pk)
    revoke_token(token=token, by=person, now=timezone.now())
    messages.success(request, _("The token “%(name)s” no longer works.") % {"name": token.name})
    return redirect("tokens")
