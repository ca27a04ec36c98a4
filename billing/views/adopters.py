"""Pages of those who put grids in force."""

from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from billing.grids.rights import refuse_unless_adopter
from network.views.person import person_of
from network.views.typed import View, sign_in_first


def for_adopters(view: View) -> View:
    """Let in who may put grids in force; others sign in first. Raises PermissionDenied."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        refuse_unless_adopter(person_of(request))
        return view(request, *args, **kwargs)

    return never_cache(sign_in_first(checked))
