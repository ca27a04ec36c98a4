"""The one answer for a database that is away, busy, full or read-only: try again, said in words."""

import sys
from collections.abc import Callable
from typing import Any

import structlog
from django.core.exceptions import SuspiciousOperation
from django.core.signals import got_request_exception
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.http import escape_leading_slashes

from api.errors import PROBLEMS, away
from config.health import healthz
from network.faults import Fault, fault_of

logger = structlog.get_logger(__name__)

FAULT = "maillage.fault"
#: What is typed there is not written into a page: passwords, codes.
SECRET_PATHS = ("/account/", "/admin/")


class Faults:
    """Turn what the database raises, in views and in middleware alike, into one answer.

    Our own mistakes stay a 500. `/healthz` is answered here, above all that may wait.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        got_request_exception.connect(remember, dispatch_uid=FAULT)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request, or that it cannot be answered just now."""
        if request.path == "/healthz":
            return healthz(request)
        response = self.get_response(request)
        fault: Fault | None = request.META.get(FAULT)
        return told(request, fault) if fault and response.status_code == 500 else response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer for a view; None leaves the exception to others."""
        fault = fault_of(error)
        if fault is None:
            return None
        # Without a traceback: many of them, drawn for a developer, would cost more than the wait.
        logger.warning("request failed by the database", fault=fault.value, reason=str(error))
        return told(request, fault)


def remember(sender: Any, request: HttpRequest | None = None, **_others: Any) -> None:
    """Keep what middleware raised: Django makes a 500 of it before another one sees it."""
    error = sys.exception()
    if request is not None and error is not None:
        request.META[FAULT] = fault_of(error)


def told(request: HttpRequest, fault: Fault) -> HttpResponse:
    """Return the answer to a fault, made without the database, in the reader's language."""
    with translation.override(translation.get_language_from_request(request)):
        if request.path.startswith("/api/"):
            return away(fault)
        _status, title = PROBLEMS[fault]
        words = {"title": title, "is_busy": fault is Fault.BUSY}
        page = render_to_string("503.html", words | again(request))
    response = HttpResponse(page, status=503)
    response["Retry-After"] = str(fault.retry_after_s)
    response["Cache-Control"] = "no-store"
    return response


def again(request: HttpRequest) -> dict[str, object]:
    """Return what sends the same request again: its address, and what was typed."""
    is_read = request.method in ("GET", "HEAD")
    fields = [] if is_read else typed(request)
    path = escape_leading_slashes(request.get_full_path())  # "//elsewhere" would leave the site
    return {"path": path, "is_read": is_read, "typed": fields}


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """Return the fields of a sent form; none where they are secret or cannot be sent again."""
    if request.path.startswith(SECRET_PATHS):
        return []
    try:
        if request.FILES:
            return []
        return [(name, text) for name, texts in request.POST.lists() for text in texts]
    except (SuspiciousOperation, MultiPartParserError, OSError):
        return []
