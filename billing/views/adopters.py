"""Pages of those who write grids, and of those who put them in force."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from billing.grids.rights import ADOPT, bodies_of, refuse_unless_adopter
from network.models import User
from network.views.person import person_of
from network.views.typed import View, sign_in_first


def for_adopters(view: View) -> View:
    """Let in who may put grids in force; others sign in first. Raises PermissionDenied."""
    return checked_by(refuse_unless_adopter, view)


def for_drafters(view: View, *, back: str = "") -> View:
    """Let in who may write drafts: the network team, operators. Raises PermissionDenied."""
    return checked_by(refuse_unless_drafter, view, back=back)


def checked_by(refuse: Callable[[User], None], view: View, *, back: str = "") -> View:
    """Let in those whom `refuse` does not, once they are signed in; they come back as told."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        refuse(person_of(request))
        return view(request, *args, **kwargs)

    return never_cache(sign_in_first(checked, back=back))


def refuse_unless_drafter(by: User) -> None:
    """Raise PermissionDenied unless `by` may write some draft."""
    if not bodies_of(by, ADOPT):
        raise PermissionDenied


def section_of(person: User) -> str:
    """Return the menu's link that the pages of grids belong to, for the team and for operators."""
    return "grids" if person.has_perm(ADOPT) else "local-prices"
