"""What every request goes through: its log lines, and what browsers may keep of its answer."""

from collections.abc import Callable

import structlog
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers
from django_structlog.middlewares import RequestMiddleware

from network.accounts.clients import client_address

#: Where pages tell something of one person, even before one knows of whom.
PRIVATE = ("/account/", "/admin/", "/book/", "/bookings/", "/hold/")


class RequestLog(RequestMiddleware):
    """Log lines that know the caller as limits do, not by what the caller says of itself."""

    @classmethod
    def bind_ip(cls, request: HttpRequest) -> None:
        """Write the caller's address on every line of the request."""
        structlog.contextvars.bind_contextvars(ip=client_address(request))

    @staticmethod
    def bind_user_id(request: HttpRequest) -> None:
        """Write who is signed in, where something else had to know it: not asked for the log."""
        user_id = request.user.pk if request.session.accessed else None
        structlog.contextvars.bind_contextvars(user_id=user_id)


def private_pages(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Have nobody keep the pages about a person, whichever package draws them.

    On a machine that many use, the Back key would show them to whoever comes next.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if is_private(request) and "no-store" not in response.get("Cache-Control", ""):
            add_never_cache_headers(response)
        return response

    return middleware


def is_private(request: HttpRequest) -> bool:
    """Tell whether the answer is about a person: by its place, or because it knows who asks."""
    session = request.session
    return request.path.startswith(PRIVATE) or (session.accessed and SESSION_KEY in session)
