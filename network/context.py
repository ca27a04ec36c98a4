"""What templates about people know."""

from django.http import HttpRequest

SECTIONS = {"account_login": "login", "account_signup": "signup"}


def section(request: HttpRequest) -> dict[str, str]:
    """Name the menu's current link on pages of accounts; a view's own `section` goes first."""
    match = request.resolver_match
    if match is None or not request.path.startswith("/account/"):
        return {}
    return {"section": SECTIONS.get(match.url_name or "", "account")}
