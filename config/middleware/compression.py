"""Pages and answers of the API, compressed where no proxy does it."""

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

#: What becomes small: photos are compressed already.
TEXTS = ("text/", "application/json", "application/problem+json", "application/geo+json")


class Compression(GZipMiddleware):
    """Django's, for texts, and off with `COMPRESS` (decision 18 tells why this is safe)."""

    def __init__(self, get_response: object) -> None:
        if not settings.COMPRESS:
            raise MiddlewareNotUsed
        super().__init__(get_response)  # type: ignore[arg-type]  # what Django gives

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Return the answer, smaller if it is text and whoever asks takes it so."""
        if not response.get("Content-Type", "").startswith(TEXTS):
            return response
        return super().process_response(request, response)
