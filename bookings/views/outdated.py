"""A form that is older than its visitor's signing in."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.csrf import csrf_failure


def form_outdated(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token is not the session's: nothing was done.

    Who signed in in another tab finds what they hold as it stands now, with the button that
    confirms it; elsewhere a page says what happened.
    """
    if request.resolver_match is None or request.resolver_match.url_name != "hold":
        return csrf_failure(request, reason)
    if request.user.is_authenticated:
        messages.info(request, _("You have signed in meanwhile: no code is needed any more."))
    return redirect(request.path)
