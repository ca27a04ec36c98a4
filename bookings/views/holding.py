"""What is held for a visitor: who they are is asked, then it is theirs."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from bookings.charges.paying import Paying, paying_for
from bookings.charges.slots import slot_prices
from bookings.charges.turns import Agreed
from bookings.errors import HoldEnded
from bookings.forms.booking import PaymentForm
from bookings.holds.holding import caller_of, confirm, hold_as_told, obstacle, release, wish_of
from bookings.holds.holding import hold as hold_space
from bookings.holds.session import find, forget_typed, named, remember, typed_for
from bookings.models import Hold
from bookings.search.previews import alternatives, elsewhere_for
from bookings.views.agreeing import told_by, told_fields
from bookings.views.hold_ends import back, ended, gone, only_typed
from bookings.wishes import PERSONS_OWN, Means, Wish, interval_text
from network.accounts.clients import client_address
from network.accounts.entrance import CodeRefused, Entrance
from network.accounts.forms import AddressForm, EntranceForm
from network.errors import Refusal
from network.models import User
from network.views.entrance import send_again
from network.views.refused import status_of
from subscriptions.accounts import accounts_of

CONFLICT = 409


def held_for_visitor(
    request: HttpRequest, wish: Wish, told: Mapping[str, Any], now: datetime
) -> str:
    """Hold the wish for the session and send its code; return the address to go on to.

    `told` is what the check page's form was told. Without an address it is that of the other ways
    in, which lead back to the hold. Raises a Refusal.
    """
    email, session = told.get("email", ""), named(request, told["key"])
    caller = caller_of(client_address(request))
    act = partial(hold_space, wish=wish, email=email, caller=caller, session=session, now=now)
    held = hold_as_told(told=told_by(request), now=now, act=act)
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
        return gone(request, token, now)
    if held.booking:
        return redirect(held.booking)
    if not held.is_live(now):
        return ended(request, *chosen(request, held))
    if request.method == "POST":
        return ACTIONS.get(request.POST.get("action", ""), type_code)(request, held, now)
    return show(request, held)


def chosen(request: HttpRequest, held: Hold) -> tuple[int, QueryDict]:
    """Return the space of a hold of this session and what was typed for it, or else is held."""
    as_held = QueryDict(mutable=True)
    for name, value in typed_fields(held):
        as_held.appendlist(name, value)
    return typed_for(request, held.token) or (held.space_id, only_typed(as_held))


def type_code(request: HttpRequest, held: Hold, now: datetime) -> HttpResponse:
    """Sign in who typed the right code and give them what is held; a second factor comes first."""
    if request.user.is_authenticated:
        return give(request, held, now)
    entrance = entrance_of(request, held)
    if entrance is None:
        return redirect(page_of(held))
    form = EntranceForm(request.POST, entrance=entrance)
    if not form.is_valid():
        form.keep_refusal()
        return redirect(page_of(held))
    entrance.state["following"] = page_of(held)
    answer = entrance.finish()
    return give(request, held, now) if request.user.is_authenticated else answer


def entrance_of(request: HttpRequest, held: Hold) -> Entrance | None:
    """Return the code that was sent for this hold, or to its address for another one."""
    entrance = Entrance.of(request)
    if entrance is None:
        return None
    is_meant = entrance.email == held.email or entrance.state["following"] == page_of(held)
    return entrance if is_meant else None


def give(request: HttpRequest, held: Hold, now: datetime) -> HttpResponse:
    """Confirm the hold for who is signed in, or say why it cannot be theirs.

    Who may book on account of an organisation and was not asked yet chooses first.
    """
    means = PaymentForm(request.POST).chosen
    if not isinstance(request.user, User) or lacks_choice(request.user, means, now):
        return redirect(page_of(held))
    try:
        booking = confirm(
            hold=held,
            person=request.user,
            now=now,
            agreed=Agreed(told_by(request)),
            means=means or PERSONS_OWN,
        )
        forget_typed(request, held.token)
        return redirect(booking)
    except HoldEnded:
        return ended(request, *chosen(request, held))
    except Refusal as refusal:
        return show(request, held, refusal=refusal)


def lacks_choice(person: User, means: Means | None, now: datetime) -> bool:
    """Tell whether a person has said nothing of who pays, though they have a choice."""
    return means is None and accounts_of(person, now).exists()


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
    page = chosen(request, held)
    release(hold=held)
    messages.info(request, _("This is no longer held for you."))
    return back(request, *page)


ACTIONS: dict[str, Callable[[HttpRequest, Hold, datetime], HttpResponse]] = {
    "confirm": give,
    "resend": ask_again,
    "address": ask_elsewhere,
    "release": let_go,
}


def show(
    request: HttpRequest,
    held: Hold,
    *,
    address_form: AddressForm | None = None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    """Show the hold's page: its forms as they were sent, or as they start.

    What nobody could confirm any more is shown with what else is free instead.
    """
    now, person = timezone.now(), request.user
    impossible = obstacle(hold=held, now=now)
    form = None if impossible else code_form(request, held)
    address = address_form or AddressForm(initial={"email": held.email})
    paying = Paying(None) if impossible else paying_for(wish_of(held), held.space, person, now)
    payment = PaymentForm(request.POST)
    payment.tell(paying)
    context = {
        "section": "home",
        "hold": held,
        "form": form,
        "address_form": address,
        "refusal": impossible or refusal,
        "typed": [*typed_fields(held), *told_fields(paying)],
        "paying": paying,
        "price": paying.price(paying.meant(payment.chosen)),
        "payment": payment,
        "title": title_for(person, impossible, is_code_sent=form is not None),
        **(instead(held, person, impossible, now) if impossible else {}),
    }
    status = CONFLICT if refusal else status_of(request, address)
    return render(request, "bookings/hold.html", context, status=status)


def code_form(request: HttpRequest, held: Hold) -> EntranceForm | None:
    """Return the form of the code that was sent for the hold; nobody who is in needs one."""
    entrance = None if request.user.is_authenticated else entrance_of(request, held)
    return EntranceForm.shown(entrance) if entrance else None


def title_for(
    person: User | AnonymousUser, impossible: Refusal | None, *, is_code_sent: bool
) -> str:
    """Return what is asked of whoever looks at the hold's page."""
    if impossible:
        return _("This cannot be booked")
    if person.is_authenticated:
        return _("Check and confirm")
    if is_code_sent:
        return _("Type the code, and it is yours")
    return _("Say who you are, and it is yours")


def instead(
    held: Hold, person: User | AnonymousUser, why: Refusal, now: datetime
) -> dict[str, object]:
    """Return what else there is when what is held can no longer be had."""
    wish = wish_of(held)
    return {
        "is_impossible": True,
        "people": held.people,
        "today": now.astimezone(held.site.zone).date(),
        "alternatives": alternatives(held.space, wish, person, now),
        "prices": slot_prices(person, now),
        "elsewhere": elsewhere_for(held.space, wish, person, why, now),
    }


def typed_fields(held: Hold) -> list[tuple[str, str]]:
    """Return what the page's forms carry, to find back should the session end."""
    zone = held.site.zone
    at = [("at", interval_text(one, zone)) for one in held.intervals]
    told = {"space": held.space_id, "people": held.people, "note": held.note, "email": held.email}
    return [*at, *((name, str(value)) for name, value in told.items())]
