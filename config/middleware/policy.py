"""What a page may load, said to its browser with every answer."""

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse

HEADER = "Content-Security-Policy"
#: With DEBUG it is Django's page for developers, whose scripts and styles stand in the page.
DRAWN_BY_DJANGO = HTTPStatus.INTERNAL_SERVER_ERROR


def content_policy(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Say `SECURE_CSP`, written once: no page of ours has a policy of its own."""
    policy = "; ".join(
        f"{directive} {' '.join(sources)}" for directive, sources in settings.SECURE_CSP.items()
    )

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not (settings.DEBUG and response.status_code == DRAWN_BY_DJANGO):
            response.headers.setdefault(HEADER, policy)
        return response

    return middleware
