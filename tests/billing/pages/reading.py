"""Pages as their readers have them: words alone, in English."""

from html import unescape
from typing import Any

from django.test import Client
from django.utils.html import strip_tags

from network.models import User
from tests.factories import reads_english
from tests.words import plain


def signed_in(client: Client, person: User) -> Client:
    """Sign somebody in who reads English."""
    client.force_login(reads_english(person), backend="django.contrib.auth.backends.ModelBackend")
    return client


def words_of(answer: Any) -> str:
    """Return what a page says, in one line."""
    return plain(" ".join(unescape(strip_tags(answer.content.decode())).split()))


def page(client: Client, address: str, status: int = 200, **asked: Any) -> str:
    """Return what the page at an address says, asked for that."""
    answer = client.get(address, asked)
    assert answer.status_code == status
    return words_of(answer)


def simulated(client: Client, **asked: Any) -> str:
    """Return what the simulator says of two days a week in Villé, or of what is asked."""
    usual: dict[str, Any] = {"site1": "Villé", "days1": 2, "half_days1": 0}
    return page(client, "/tariffs/simulator/", **usual | asked)
