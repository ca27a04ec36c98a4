"""Addresses that lead nowhere or cannot be read: the product's own pages, with DEBUG too.

Django would show a developer its addresses and its own code instead.
"""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.views.defaults import bad_request, page_not_found


class Missing:
    """Answer with the page of production, in the reader's language, also with DEBUG."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request; an address that leads nowhere, with the page that says so."""
        response = self.get_response(request)
        leads_nowhere = response.status_code == 404 and request.resolver_match is None
        if settings.DEBUG and leads_nowhere:
            return page_not_found(request, Http404())
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer for a view that finds or understands nothing; None leaves the rest to others."""
        if isinstance(error, Http404):
            return page_not_found(request, error)
        return bad_request(request, error) if isinstance(error, BadRequest) else None
