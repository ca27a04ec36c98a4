"""The language that somebody reads: kept on their account, for pages, mail and calendars."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.functional import lazy

from network.models import User


def account_language(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Show pages to who is signed in in the language of their account, whatever the browser's."""

    def follow(request: HttpRequest) -> HttpResponse:
        person = signed_in(request)
        if person is not None:
            translation.activate(person.language)
            request.LANGUAGE_CODE = translation.get_language()
        return get_response(request)

    return follow


def signed_in(request: HttpRequest) -> User | None:
    """Return who is signed in; a request without session is not asked."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    return request.user if isinstance(request.user, User) else None


def page_language() -> str:
    """Return the language of the page that is being answered, one that accounts may have."""
    active = translation.get_language() or settings.LANGUAGE_CODE
    return active if active in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def name_within(code: str) -> str:
    """Return the name of a language as it stands within a line: French begins it small."""
    name = str(dict(settings.LANGUAGES)[code])
    return name.lower() if page_language() == "fr" else name


#: The same in the language of who reads, when it is read.
name_within_lazy = lazy(name_within, str)


def own_names() -> list[tuple[str, str]]:
    """Return each language with the name it gives itself, for whoever reads no other."""
    return [
        (code, str(translation.get_language_info(code)["name_local"]).capitalize())
        for code, _name in settings.LANGUAGES
    ]
