"""Who is signed in."""

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.middleware import AuthenticationMiddleware, get_user
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import SessionBase
from django.db.models import BigIntegerField, QuerySet
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject

from network.models import User
from network.sql import Given, kept


@kept
def people_of_one_key() -> QuerySet[User]:
    """Return one person."""
    return User.objects.filter(pk=Given("person", BigIntegerField()))


class People(AuthenticationMiddleware):
    """Django's, which reads the person by a statement that is compiled once: each page asks it."""

    def process_request(self, request: HttpRequest) -> None:
        """Have the request know who is signed in, once that is asked."""
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: person_of(request))  # type: ignore[assignment]  # as Django's is


def person_of(request: HttpRequest) -> User | AnonymousUser:
    """Return who is signed in; a session that is not plainly right is left to Django to judge."""
    session = request.session
    if SESSION_KEY not in session:
        return AnonymousUser()
    for person in people_of_one_key().read(person=session[SESSION_KEY]):
        if is_theirs(session, person):
            return person
    found: User | AnonymousUser = get_user(request)
    return found


def is_theirs(session: SessionBase, person: User) -> bool:
    """Tell whether somebody who may come in did so with the password that they have now."""
    told = session.get(HASH_SESSION_KEY, "")
    is_by_a_door = session.get(BACKEND_SESSION_KEY) in settings.AUTHENTICATION_BACKENDS
    is_by_password = constant_time_compare(told, person.get_session_auth_hash())
    return person.is_active and is_by_a_door and is_by_password
