"""Who asks."""

from django.http import HttpRequest

from network.models import User


def person_of(request: HttpRequest) -> User:
    """Return the signed-in person, for views that only they reach."""
    assert isinstance(request.user, User)
    return request.user
