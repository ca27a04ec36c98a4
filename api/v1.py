"""Version 1 of the API: its addresses, its strictness and its document."""

from collections.abc import Callable
from functools import cached_property, wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from api.documents import complete
from api.endpoints import (
    availability,
    billing,
    bookings,
    me,
    plans,
    sites,
    subscriptions,
    territories,
)
from api.errors import problem
from api.handlers import register
from api.parser import StrictParser

View = Callable[..., HttpResponse]


def strict(view: View) -> View:
    """Answer in the API's way what is refused before any operation is found."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        asked, request.method = (
            request.method,
            "GET" if request.method == "HEAD" else request.method,
        )
        response = view(request, *args, **kwargs)
        request.method = asked
        if response.status_code == 405:
            response = not_allowed(response["Allow"])
        response.setdefault("Cache-Control", "no-store")
        return response

    return checked


def has_foreign_body(request: HttpRequest) -> bool:
    """Tell whether something else than JSON was sent."""
    is_sent = request.headers.get("Content-Length", "0") != "0"
    return is_sent and request.content_type != "application/json"


def not_allowed(methods: str) -> HttpResponse:
    """Answer which methods there are; HEAD wherever GET is."""
    response = problem("method_not_allowed")
    names = {name.strip() for name in methods.split(",")}
    response["Allow"] = ", ".join(sorted(names | {"HEAD"} if "GET" in names else names))
    return response


@csrf_exempt
def unknown_address(request: HttpRequest) -> HttpResponse:
    """Answer an address of the API that is none."""
    return problem("not_found")


def strict_operation(run: Any) -> View:
    """Refuse a body that is not JSON, and query parameters that are not the operation's."""
    models = run.__self__.models  # a method of ninja's Operation
    takes_body = any(model.__ninja_param_source__ == "body" for model in models)
    known = {
        name
        for model in models
        if model.__ninja_param_source__ == "query"
        for name in model.__ninja_flatten_map__
    }

    @wraps(run)
    def checked(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if takes_body and has_foreign_body(request):
            return problem("unsupported_media_type")
        if wrong := wrong_parameters(request, known):
            return problem("invalid_request", errors=wrong)
        response: HttpResponse = run(request, **kwargs)
        return response

    return checked


def wrong_parameters(request: HttpRequest, known: set[str]) -> list[dict[str, str]]:
    """Return the query parameters that are unknown or come twice."""
    detail = _("There is no such parameter here, or it comes twice.")
    return [
        {
            "code": "repeated" if name in known else "unknown",
            "detail": detail,
            "parameter": name,
        }
        for name, values in request.GET.lists()
        if name not in known or len(values) > 1
    ]


class Api(NinjaAPI):
    """Ninja's API, with problem documents throughout."""

    @property
    def urls(self) -> tuple[list[URLResolver | URLPattern], str, str]:
        """Return the addresses for `path()`."""
        patterns, app_name, namespace = super().urls
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                pattern.callback = strict(pattern.callback)
        return patterns, app_name, namespace

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        """Return the OpenAPI 3.1 document, the same to everybody: not to be changed."""
        return self._document

    @cached_property
    def _document(self) -> OpenAPISchema:
        """The document, once it was asked for: writing it takes half a second."""
        document = super().get_openapi_schema()
        complete(document)
        return document


api = Api(
    title="Maillage",
    version="1",
    urls_namespace="api-v1",
    docs_url=None,
    docs_decorator=require_safe,
    parser=StrictParser(),
    description="Find and book a place to work in the network. Errors are RFC 9457 problems.",
)
register(api)
api.add_decorator(strict_operation, mode="view")
for topic in (sites, territories, availability, bookings, billing, plans, subscriptions, me):
    api.add_router("", topic.router)
