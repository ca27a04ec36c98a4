"""Pages of who runs an employer."""

from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache

from network.views.person import person_of
from network.views.typed import View, sign_in_first
from subscriptions.employers.rights import employers_run_by

SECTION = "employer"


def for_employer(view: View, *, back: str = "") -> View:
    """Let in who runs the employer of the address, and hand it on; others sign in first.

    Of an employer that one does not run, nobody learns whether it exists. Raises Http404.
    """

    @wraps(view)
    def checked(request: HttpRequest, employer: int, **kwargs: Any) -> HttpResponse:
        found = get_object_or_404(employers_run_by(person_of(request)), pk=employer)
        return view(request, found, **kwargs)

    return never_cache(sign_in_first(checked, back=back))
