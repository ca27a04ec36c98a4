"""A form that is refused is never a 200: programs, logs and browsers see that it was not taken."""

from collections.abc import Callable
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

OK, UNPROCESSABLE = 200, 422


def status_of(request: HttpRequest, *forms: BaseForm) -> int:
    """Return the status of a page that shows these forms: 422 if one was sent and is to correct.

    What was typed before and is only shown again, to be sent, refuses nothing.
    """
    is_refused = request.method == "POST" and any(form.errors for form in forms)
    return UNPROCESSABLE if is_refused else OK


class RefusedForms:
    """Give it to pages of views that tell no status of their own: allauth's and ours like them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        return self.get_response(request)

    def process_template_response(
        self, request: HttpRequest, response: TemplateResponse
    ) -> TemplateResponse:
        """Say of a page that answers a form what its forms say."""
        if response.status_code == OK:
            response.status_code = status_of(request, *forms_in(response.context_data))
        return response


def forms_in(context: dict[str, Any] | None) -> list[BaseForm]:
    """Return the forms that a page is drawn with."""
    return [one for one in (context or {}).values() if isinstance(one, BaseForm)]
