"""The page of who is invited: by whom, what it means, and one button."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from billing.views.saving import CONFLICT
from network.accounts.entrance import CodeRefused, Entrance
from network.errors import Refusal
from network.language import signed_in
from network.models import User
from network.views.person import person_of
from network.views.typed import UP, sign_in_first
from subscriptions.models import Employee, Invitation
from subscriptions.people.accepting import accept, decline, is_theirs, over_words


@never_cache
@require_safe
def invitation(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show an invitation to who has its link: what to do next depends on who is signed in."""
    return page(request, found(key))


@require_POST
@never_cache
def enter(request: HttpRequest, key: UUID) -> HttpResponse:
    """Send a code to the invited address, and ask for it; who typed it comes back here."""
    invited, here = found(key), reverse("invitation", args=[key])
    try:
        Entrance.begin(request, email=invited.email, following=here)
    except CodeRefused as refused:
        return page(request, invited, refused=str(refused.message))
    return redirect("account_code")


@require_POST
@never_cache
@partial(sign_in_first, back=UP)
def accepted(request: HttpRequest, key: UUID) -> HttpResponse:
    """Let who is invited join, and lead them to what they can book."""
    done = _("You can book on the account of %(employer)s from now on.")
    return answered(request, found(key), accept, done)


@require_POST
@never_cache
@partial(sign_in_first, back=UP)
def declined(request: HttpRequest, key: UUID) -> HttpResponse:
    """Let who is invited say no."""
    done = _("You declined. %(employer)s sees it; nothing else is told.")
    return answered(request, found(key), decline, done)


def answered(
    request: HttpRequest, invited: Invitation, act: Callable[..., object], done: str
) -> HttpResponse:
    """Have who is signed in answer an invitation by `act`, and say what is done, or why not."""
    try:
        act(invitation=invited, by=person_of(request), now=timezone.now())
    except Refusal as refusal:
        return page(request, invited, refused=str(refusal.message))
    messages.success(request, done % {"employer": invited.organisation.name})
    return redirect("home")


def found(key: UUID) -> Invitation:
    """Return the invitation of a link. Raises Http404."""
    return get_object_or_404(Invitation.objects.select_related("organisation"), key=key)


def page(request: HttpRequest, invited: Invitation, refused: str = "") -> HttpResponse:
    """Show an invitation, or why it was refused."""
    person = signed_in(request)
    is_open = invited.is_open(timezone.now())
    context = {
        "section": "login" if person is None else "",
        "invitation": invited,
        "employer": invited.organisation,
        "is_there": person is not None and is_there(invited, person),
        "is_theirs": person is not None and is_theirs(invited, person),
        "over": "" if is_open else over_words(invited),
        "refused": refused,
    }
    status = CONFLICT if refused else 200
    return render(request, "subscriptions/invitation.html", context, status=status)


def is_there(invited: Invitation, person: User) -> bool:
    """Tell whether a person books on the account that they are invited to."""
    rows = Employee.objects.filter(organisation=invited.organisation, person=person)
    return rows.staying().exists()
