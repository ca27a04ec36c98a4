"""Sign people of the benchmark in: `python -m bench.sessions NUMBER` prints the sessions' keys."""

import json
import sys

import django

django.setup()

from django.conf import settings  # noqa: E402 -- after setup
from django.test import Client  # noqa: E402

from network.models import User  # noqa: E402


def signed_in(person: User) -> str:
    """Return the key of a session of `person`."""
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return str(client.cookies[settings.SESSION_COOKIE_NAME].value)


if __name__ == "__main__":
    # Others than those who book through the API: each of a person's times can be booked once.
    people = User.objects.order_by("-pk")[: int(sys.argv[1])]
    sys.stdout.write(json.dumps([signed_in(person) for person in people]))
