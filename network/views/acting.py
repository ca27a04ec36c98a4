"""The switch between oneself and one's organisations."""

from functools import partial

from allauth.account.utils import get_next_redirect_url
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from network.acting import switch
from network.errors import Refusal
from network.views.typed import sign_in_first


@require_POST
@partial(sign_in_first, back="account")
def act(request: HttpRequest) -> HttpResponse:
    """Look at the pages as an organisation, or as oneself again, and go back to the page."""
    try:
        chosen = switch(request, request.POST.get("acting", ""))
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
    else:
        words = _("You see the pages as %(organisation)s.") % {"organisation": chosen}
        messages.success(request, words if chosen else _("You see the pages as yourself."))
    return redirect(get_next_redirect_url(request) or "account")
