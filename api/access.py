"""Who asks: a session of the site, or a bearer token with a scope."""

from datetime import timedelta

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from ninja.utils import check_csrf

from api.errors import Denied
from network.models import ApiToken, User

#: Writing the last use at every call would make each read a write, and each booking two commits.
LAST_USE_PRECISION = timedelta(minutes=15)
CHALLENGE = 'Bearer realm="Maillage"'


class ApiRequest(HttpRequest):
    """A request whose person is known."""

    auth: User


class Access:
    """Let in a signed-in person, or one whose token has `scope`; told of by ninja as `auth`."""

    def __init__(self, scope: ApiToken.Scope) -> None:
        self.scope = scope

    def __call__(self, request: HttpRequest) -> User:
        """Return the person, or raise Denied."""
        token = bearer_token(request)
        if token is None:
            return session_person(request)
        if self.scope not in token.scopes:
            raise Denied(
                "scope_missing",
                _("This needs a token with the scope “%(scope)s”.") % {"scope": self.scope.value},
                {"WWW-Authenticate": f'{CHALLENGE}, error="insufficient_scope", '
                 f'scope="{self.scope.value}"'},
            )  # fmt: skip
        return token.person


def anyone(request: HttpRequest) -> User | AnonymousUser:
    """Let everybody in, but nobody with a token that is no longer valid."""
    token = bearer_token(request)
    return token.person if token else AnonymousUser()


def bearer_token(request: HttpRequest) -> ApiToken | None:
    """Return the valid token that was sent, None when none was; raise Denied for a bad one."""
    header = request.headers.get("Authorization", "")
    if not header:
        return None
    scheme, _space, secret = header.partition(" ")
    now = timezone.now()
    token = ApiToken.usable(secret.strip(), now) if scheme.lower() == "bearer" else None
    if token is None:
        raise Denied(
            "unauthorised",
            _("This token is unknown, expired or revoked."),
            {"WWW-Authenticate": f'{CHALLENGE}, error="invalid_token"'},
        )
    if token.last_used_at is None or token.last_used_at < now - LAST_USE_PRECISION:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
    return token


def session_person(request: HttpRequest) -> User:
    """Return who is signed in, or raise Denied; a write must prove that a page of ours sent it."""
    person = request.user
    if not isinstance(person, User):
        raise Denied("unauthorised", headers={"WWW-Authenticate": CHALLENGE})
    if check_csrf(request) is not None:
        raise Denied("csrf_failed", _("Send the X-CSRFToken header, or use a token."))
    return person
