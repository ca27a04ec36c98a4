"""What every request goes through: its log lines, and what browsers may keep of its answer."""

from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers
from django_structlog.middlewares import RequestMiddleware

from network.clients import client_address

#: Where pages tell something of one person. Answers that say themselves how to be kept go first.
PRIVATE = ("/account/", "/admin/", "/book/", "/bookings/")


class RequestLog(RequestMiddleware):
    """Log lines that know the caller as limits do, not by what the caller says of itself."""

    @classmethod
    def bind_ip(cls, request: HttpRequest) -> None:
        """Write the caller's address on every line of the request."""
        structlog.contextvars.bind_contextvars(ip=client_address(request))


def private_pages(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Have nobody keep the pages about a person, whichever package draws them."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.path.startswith(PRIVATE) and "no-store" not in response.get("Cache-Control", ""):
            add_never_cache_headers(response)
        return response

    return middleware
