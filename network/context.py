"""What templates about people know."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from network.acting import looking
from network.views.typed import following, here

SECTIONS = {
    "account_login": "login",
    "account_code": "login",
    "account_login_password": "login",
    "account_signup": "signup",
}


def section(request: HttpRequest) -> dict[str, str]:
    """Name the menu's current link on pages of accounts; a view's own `section` goes first."""
    match = request.resolver_match
    if match is None or not request.path.startswith("/account/"):
        return {}
    return {"section": SECTIONS.get(match.url_name or "", "account")}


def chosen(request: HttpRequest) -> dict[str, object]:
    """Tell as whom the signed-in person looks at the page, and what else they could choose."""
    return {"looking": looking(request)}


def ways(request: HttpRequest) -> dict[str, object]:
    """Tell links that leave a page how to come back to it, with what was typed there."""
    return {
        "here": SimpleLazyObject(lambda: here(request)),
        "following": SimpleLazyObject(lambda: following(request)),
    }
