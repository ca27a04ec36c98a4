"""Static files through either server."""

from typing import Any

from django.core.handlers.asgi import ASGIRequest
from django.http import FileResponse, HttpRequest, HttpResponse
from whitenoise.middleware import WhiteNoiseMiddleware


class StaticFiles(WhiteNoiseMiddleware):  # type: ignore[misc]  # it has no types
    """WhiteNoise, which under ASGI answers a file whole: Django warns of its way of streaming."""

    @staticmethod
    def serve(static_file: Any, request: HttpRequest) -> FileResponse | HttpResponse:
        """Return the file, or what the request's conditions make of it."""
        response: FileResponse = WhiteNoiseMiddleware.serve(static_file, request)
        if not isinstance(request, ASGIRequest):
            return response
        content = b"".join(response)
        response.close()
        return HttpResponse(content, status=response.status_code, headers=response.headers)
