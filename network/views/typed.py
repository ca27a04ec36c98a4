"""What was typed in a page comes back after signing in or changing language.

A form that arrives without a session, or is refused, gets an address to come back to: its page
with what is public of it in the open, and the rest (a note, a key) in the visitor's session for
an hour. Nothing is ever sent a second time by itself: the person sees the form and confirms it.
"""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from secrets import token_urlsafe
from typing import Any

from allauth.account.utils import get_next_redirect_url
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone

View = Callable[..., HttpResponse]
NAME = "typed"
KEPT = timedelta(hours=1)
#: Of each visitor: a few pages, none longer than a booking's longest form.
MOST_PAGES, MOST_CHARACTERS = 3, 20_000
#: What may stand in an address: times and people, and where to go on; not too long for servers.
PUBLIC, MOST_PUBLIC = ("at", "on", "starts", "ends", "people", "next"), 1_500
SECRET = re.compile(r"csrfmiddlewaretoken|password|code|credential", re.IGNORECASE)


def sign_in_first(view: View, *, back: str = "") -> View:
    """Let in people who are signed in; others come back after signing in, with what they typed.

    `back` names the page to come back to where the view itself has none.
    """

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.typed_back = reverse(back) if back else request.path  # type: ignore[attr-defined]  # read by `here`
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        return redirect_to_login(here(request))

    return checked


def here(request: HttpRequest) -> str:
    """Return the address at which the page can be read again as it stands."""
    if request.method != "POST":
        return request.get_full_path()
    path = getattr(request, "typed_back", request.path)
    query = request.GET.copy()
    query.pop(NAME, None)
    public = QueryDict(mutable=True)
    for name in PUBLIC:
        if name in request.POST:
            public.setlist(name, request.POST.getlist(name))
    if path == request.path and len(public.urlencode()) <= MOST_PUBLIC:
        for name, values in public.lists():
            query.setlist(name, values)
    if path == request.path and (token := keep(request)):
        query[NAME] = token
    return f"{path}?{query.urlencode()}" if query else path


def keep(request: HttpRequest) -> str:
    """Keep what was typed in a page of ours, and return its name; nothing for other pages."""
    fields = request.POST.copy()
    for name in [name for name in fields if SECRET.search(name)]:
        del fields[name]
    text = fields.urlencode()
    if not text or len(text) > MOST_CHARACTERS or not hasattr(request, "typed_back"):
        return ""
    now = timezone.now()
    page = {"token": token_urlsafe(9), "path": request.path, "fields": text, "at": now.isoformat()}
    request.session[NAME] = [*fresh(request, now), page][-MOST_PAGES:]
    return page["token"]


def fresh(request: HttpRequest, now: datetime) -> list[dict[str, str]]:
    """Return what is kept of the visitor's pages, old ones left out."""
    pages = request.session.get(NAME, [])
    return [page for page in pages if datetime.fromisoformat(page["at"]) > now - KEPT]


def entries(request: HttpRequest) -> QueryDict | None:
    """Return what the page's form starts with: what is sent or was typed before, if anything."""
    if request.method == "POST":
        return request.POST
    token = request.GET.get(NAME)
    kept = (
        page["fields"]
        for page in (fresh(request, timezone.now()) if token else ())
        if page["token"] == token and page["path"] == request.path
    )
    fields = next(kept, None)
    return None if fields is None else QueryDict(fields)


def following(request: HttpRequest) -> str:
    """Return where somebody goes on who now signs in or signs up: here, or where they wanted."""
    if request.path.startswith(reverse("account")):
        return get_next_redirect_url(request) or ""
    return here(request)
