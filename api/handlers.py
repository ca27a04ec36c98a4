"""What becomes of each exception that reaches the API."""

import logging
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from api.errors import Denied, away, problem
from api.reasons import reason
from api.shapes.refusals import refused
from network.errors import Refusal
from network.faults import fault_of

logger = logging.getLogger(__name__)


def register(api: NinjaAPI) -> None:
    """Have `api` answer every exception with a problem document."""
    api.add_exception_handler(Refusal, refused_by_rule)
    api.add_exception_handler(Denied, denied)
    api.add_exception_handler(ValidationError, invalid)
    api.add_exception_handler(HttpError, unreadable)
    api.add_exception_handler(RequestDataTooBig, too_large)
    for missing in (Http404, ObjectDoesNotExist):
        api.add_exception_handler(missing, not_found)
    api.add_exception_handler(PermissionDenied, forbidden)
    api.add_exception_handler(Exception, broken)


def refused_by_rule(_request: HttpRequest, error: Any) -> HttpResponse:
    """Answer with the domain's own code and words."""
    return refused(error)


def denied(_request: HttpRequest, error: Any) -> HttpResponse:
    """Answer that the request is not let in."""
    response = problem(error.code, error.detail)
    for name, value in error.headers.items():
        response[name] = value
    return response


def invalid(_request: HttpRequest, error: Any) -> HttpResponse:
    """Answer which parts of the request are wrong."""
    return problem("invalid_request", errors=[located(one) for one in error.errors])


def located(error: Mapping[str, Any]) -> dict[str, str]:
    """Return one error with its place: a JSON pointer in the body, or a parameter's name."""
    source, *path = error["loc"]
    where = {"code": error["type"], "detail": reason(error)}
    if source == "body":
        # The first part is the name of the endpoint's argument.
        return where | {"pointer": "#" + "".join(f"/{part}" for part in path[1:])}
    return where | {"parameter": str(path[-1]) if path else source}


def unreadable(_request: HttpRequest, _error: Any) -> HttpResponse:
    """Answer that the body cannot be read: the only HttpError that is raised here."""
    return problem("malformed_json")


def too_large(_request: HttpRequest, _error: Any) -> HttpResponse:
    """Answer that the body is larger than any request needs."""
    return problem("too_large")


def not_found(_request: HttpRequest, _error: Any) -> HttpResponse:
    """Answer alike for what is not there and for what the person may not see."""
    return problem("not_found")


def forbidden(_request: HttpRequest, _error: Any) -> HttpResponse:
    """Answer that the person sees this but may not do it."""
    return problem("forbidden")


def broken(request: HttpRequest, error: Any) -> HttpResponse:
    """Log what broke and tell nothing of it, but whether to try again."""
    if fault := fault_of(error):
        logger.warning("api_fault: %s", error, extra={"path": request.path})
        return away(fault)
    logger.error("api_error", exc_info=error, extra={"path": request.path})
    return problem("internal_error", _("It has been recorded. Try again later."))
