"""The language switch."""

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.views.i18n import set_language

from network.actions import choose_language
from network.models import User


def switch_language(request: HttpRequest) -> HttpResponseBase:
    """Change the language of the pages and, when signed in, of mail and calendars."""
    answer = set_language(request)
    language = request.POST.get("language", "")
    if isinstance(request.user, User) and language in dict(settings.LANGUAGES):
        choose_language(by=request.user, language=language)
    return answer
