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
from urllib.parse import urljoin

from allauth.account.utils import get_next_redirect_url
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import resolve, reverse
from django.utils import timezone

View = Callable[..., HttpResponse]
NAME = "typed"
#: Of an address that only takes what is sent to it: the page above, where that was pressed.
UP = ".."
KEPT = timedelta(hours=1)
#: Of each visitor: a few pages, none longer than a booking's longest form.
MOST_PAGES, MOST_CHARACTERS = 3, 20_000
#: What may stand in an address: times and people, and where to go on; not too long for servers.
PUBLIC, MOST_PUBLIC = ("at", "on", "starts", "ends", "people", "next"), 1_500
SECRET = re.compile(r"csrfmiddlewaretoken|password|code|credential", re.IGNORECASE)


def sign_in_first(view: View, *, back: str = "") -> View:
    """Let in people who are signed in; others come back after signing in, with what they typed.

    `back` names the page to come back to where the view itself has none: `UP`, the one above it.
    """

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.typed_back = way_back(request, back)  # type: ignore[attr-defined]  # read by `here`
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        return redirect_to_login(here(request))

    return checked


def way_back(request: HttpRequest, back: str) -> str:
    """Return the address of the page to come back to: without a name, the one that was asked."""
    if back == UP:
        return urljoin(request.path, UP)
    return reverse(back) if back else request.path


def keeps_typed(view: View) -> View:
    """Let in everybody, and have links that lead away from a page and back lose nothing typed."""

    @wraps(view)
    def open_to_all(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.typed_back = request.path  # type: ignore[attr-defined]  # read by `here`
        return view(request, *args, **kwargs)

    return open_to_all


def here(request: HttpRequest) -> str:
    """Return the address at which the page can be read again as it stands."""
    if request.method != "POST":
        return request.get_full_path()
    path = getattr(request, "typed_back", request.path)
    query = request.GET.copy()
    query.pop(NAME, None)
    if path == request.path:
        for name, values in public_part(request.POST).lists():
            query.setlist(name, values)
        token = keep(request, path, request.POST) if hasattr(request, "typed_back") else ""
        if token:
            query[NAME] = token
    return f"{path}?{query.urlencode()}" if query else path


def as_typed(request: HttpRequest, path: str, fields: QueryDict) -> str:
    """Return the address at which a page of ours, `path`, shows `fields` as they were typed."""
    query = public_part(fields)
    if token := keep(request, path, fields):
        query[NAME] = token
    return f"{path}?{query.urlencode()}"


def public_part(fields: QueryDict) -> QueryDict:
    """Return what of `fields` may stand in an address; nothing when it is too long for one."""
    public = QueryDict(mutable=True)
    for name in PUBLIC:
        if name in fields:
            public.setlist(name, fields.getlist(name))
    return public if len(public.urlencode()) <= MOST_PUBLIC else QueryDict(mutable=True)


def keep(request: HttpRequest, path: str, typed: QueryDict) -> str:
    """Keep what was typed in a page of ours, and return its name; nothing when it is too long."""
    fields = typed.copy()
    for name in [name for name in fields if SECRET.search(name)]:
        del fields[name]
    text = fields.urlencode()
    if not text or len(text) > MOST_CHARACTERS:
        return ""
    now = timezone.now()
    pages = fresh(request, now)
    for page in pages:
        if (page["path"], page["fields"]) == (path, text):
            return page["token"]
    page = {"token": token_urlsafe(9), "path": path, "fields": text, "at": now.isoformat()}
    request.session[NAME] = [*pages, page][-MOST_PAGES:]
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


def kept_last(request: HttpRequest, view_name: str) -> QueryDict:
    """Return what was typed last in a page of that view, whichever of them; empty if nothing."""
    pages = fresh(request, timezone.now()) if NAME in request.session else []
    ours = [page["fields"] for page in pages if resolve(page["path"]).url_name == view_name]
    return QueryDict(ours[-1] if ours else "")


def forget(request: HttpRequest, view_name: str) -> None:
    """Keep no longer what was typed in pages of that view: it has been sent, and taken."""
    pages = request.session.get(NAME, [])
    others = [page for page in pages if resolve(page["path"]).url_name != view_name]
    if others != pages:
        request.session[NAME] = others


def following(request: HttpRequest) -> str:
    """Return where somebody goes on who now signs in or signs up: here, or where they wanted."""
    if request.path.startswith(reverse("account")):
        return get_next_redirect_url(request) or ""
    return here(request)
