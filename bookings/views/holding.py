"""What is held for a visitor: who they are is asked, then it is theirs."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from bookings.errors import HoldEnded
from bookings.holds.holding import caller_of, confirm, release
from bookings.holds.holding import hold as hold_space
from bookings.holds.session import find, forget_typed, named, remember, typed_for
from bookings.models import Hold
from bookings.wishes import Wish, interval_text
from network.accounts.clients import client_address
from network.accounts.entrance import CodeRefused, Entrance
from network.accounts.forms import AddressForm, EntranceForm
from network.errors import Refusal
from network.models import User
from network.views.entrance import send_again
from network.views.typed import as_typed

CONFLICT = 409
#: What the check page sends, and the hold's page again, should the session be gone by then.
TYPED_NAMES = ("at", "people", "note", "email")


def held_for_visitor(
    request: HttpRequest, wish: Wish, told: Mapping[str, Any], now: datetime
) -> str:
    """Hold the wish for the session and send its code; return the address to go on to.

    `told` is what the check page's form was told. Without an address it is that of the other ways
    in, which lead back to the hold. Raises a Refusal.
    """
    email, session = told.get("email", ""), named(request, told["key"])
    caller = caller_of(client_address(request))
    held = hold_space(wish=wish, email=email, caller=caller, session=session, now=now)
    remember(request, held, only_typed(request.POST))
    page = page_of(held)
    if email:
        send_code(request, email, page)
        return page
    return f"{reverse('account_login_password')}?{QueryDict.fromkeys(['next'], page).urlencode()}"


def send_code(request: HttpRequest, email: str, page: str) -> None:
    """Send a code to the address, or tell the next page why not."""
    try:
        Entrance.begin(request, email=email, following=page)
    except CodeRefused as refused:
        messages.error(request, refused.message)


def only_typed(fields: QueryDict) -> QueryDict:
    """Return of sent fields those that the check page's form has."""
    typed = QueryDict(mutable=True)
    for name in TYPED_NAMES:
        if name in fields:
            typed.setlist(name, fields.getlist(name))
    return typed


def page_of(held: Hold) -> str:
    """Return the address of the hold's page."""
    return reverse("hold", args=[held.token])


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def hold(request: HttpRequest, token: str) -> HttpResponse:
    """Show what is held and ask who it is for; then confirm it, or let it go."""
    now = timezone.now()
    held = find(request, token)
    if held is None:
        return gone(request, token)
    if held.booking:
        return redirect(held.booking)
    if not held.is_live(now):
        return ended(request, token)
    if request.method == "POST":
        return ACTIONS.get(request.POST.get("action", ""), type_code)(request, held, now)
    return show(request, held)


def gone(request: HttpRequest, token: str) -> HttpResponse:
    """Answer for a hold that the session does not know, or whose row is tidied away.

    Somebody else's is not found; a form that outlived its session leads back to what it holds.
    """
    if typed_for(request, token):
        return ended(request, token)
    space = request.POST.get("space", "")
    if not (space.isascii() and space.isdigit() and len(space) <= 18):
        raise Http404
    messages.warning(request, _("Your session has ended. All that you typed is still here."))
    path = reverse("book", args=[int(space)])
    return redirect(as_typed(request, path, only_typed(request.POST)))


def ended(request: HttpRequest, token: str) -> HttpResponse:
    """Lead back to the page where it was chosen, with all that was typed, and say why."""
    words = _("We no longer hold this for you: the time is over. All that you typed is still here.")
    messages.warning(request, words)
    return back(request, token)


def back(request: HttpRequest, token: str) -> HttpResponse:
    """Show again the page on which this session took the hold, as it was typed."""
    page = typed_for(request, token)
    if page is None:
        raise Http404
    space, typed = page
    return redirect(as_typed(request, reverse("book", args=[space]), typed))


def type_code(request: HttpRequest, held: Hold, now: datetime) -> HttpResponse:
    """Sign in who typed the right code and give them what is held; a second factor comes first."""
    if request.user.is_authenticated:
        return give(request, held, now)
    entrance = entrance_of(request, held)
    if entrance is None:
        return redirect(page_of(held))
    form = EntranceForm(request.POST, entrance=entrance)
    if not form.is_valid():
        return show(request, held, form)
    entrance.state["following"] = page_of(held)
    answer = entrance.finish(is_to_stay=form.cleaned_data["remember"])
    return give(request, held, now) if request.user.is_authenticated else answer


def entrance_of(request: HttpRequest, held: Hold) -> Entrance | None:
    """Return the code that was sent for this hold, or to its address for another one."""
    entrance = Entrance.of(request)
    if entrance is None:
        return None
    is_meant = entrance.email == held.email or entrance.state["following"] == page_of(held)
    return entrance if is_meant else None


def give(request: HttpRequest, held: Hold, now: datetime) -> HttpResponse:
    """Confirm the hold for who is signed in, or say why it cannot be theirs."""
    if not isinstance(request.user, User):
        return redirect(page_of(held))
    try:
        booking = confirm(hold=held, person=request.user, now=now)
        forget_typed(request, held.token)
        return redirect(booking)
    except HoldEnded:
        return ended(request, held.token)
    except Refusal as refusal:
        return show(request, held, refusal=refusal)


def ask_again(request: HttpRequest, held: Hold, now: datetime) -> HttpResponse:
    """Send the code once more."""
    if entrance := entrance_of(request, held):
        send_again(entrance)
    return redirect(page_of(held))


def ask_elsewhere(request: HttpRequest, held: Hold, now: datetime) -> HttpResponse:
    """Send a code to the address that is typed now: the first one, or another."""
    form = AddressForm(request.POST)
    if not form.is_valid():
        return show(request, held, address_form=form)
    send_code(request, form.cleaned_data["email"], page_of(held))
    return redirect(page_of(held))


def let_go(request: HttpRequest, held: Hold, now: datetime) -> HttpResponse:
    """Hold it no longer, and lead back to where it was chosen."""
    release(hold=held)
    messages.info(request, _("This is no longer held for you."))
    return back(request, held.token)


ACTIONS: dict[str, Callable[[HttpRequest, Hold, datetime], HttpResponse]] = {
    "confirm": give,
    "resend": ask_again,
    "address": ask_elsewhere,
    "release": let_go,
}


def show(
    request: HttpRequest,
    held: Hold,
    form: EntranceForm | None = None,
    *,
    address_form: AddressForm | None = None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    """Show the hold's page: its forms as they were sent, or as they start."""
    entrance = entrance_of(request, held)
    if form is None and entrance is not None:
        form = EntranceForm(None, entrance=entrance)
    context = {
        "section": "home",
        "hold": held,
        "form": form,
        "address_form": address_form or AddressForm(initial={"email": held.email}),
        "refusal": refusal,
        "typed": typed_fields(held),
    }
    return render(request, "bookings/hold.html", context, status=CONFLICT if refusal else 200)


def typed_fields(held: Hold) -> list[tuple[str, str]]:
    """Return what the page's forms carry, to find back should the session end."""
    zone = held.site.zone
    at = [("at", interval_text(one, zone)) for one in held.intervals]
    told = {"space": held.space_id, "people": held.people, "note": held.note, "email": held.email}
    return [*at, *((name, str(value)) for name, value in told.items())]
