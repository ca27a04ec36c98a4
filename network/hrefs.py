"""Addresses of pages, each asked of `reverse` once: a page links to some by the hundred."""

from functools import lru_cache

from django.conf import settings
from django.urls import get_script_prefix, reverse


def address_of(page: str, *key: str | int) -> str:
    """Return the address of a page, or of the page about one thing."""
    return reversed_once(get_script_prefix(), page, *key)


def whole_address_of(page: str, *key: object) -> str:
    """Return the address of a page with the network's own before it, as mails tell it."""
    return f"{settings.PUBLIC_URL}{reverse(page, args=key)}"


@lru_cache(maxsize=4096)
def reversed_once(prefix: str, page: str, *key: str | int) -> str:
    """Return the address below that prefix, which the server sets and `reverse` reads itself."""
    return reverse(page, args=key)
