"""Addresses of pages, each asked of `reverse` once: a page links to some by the hundred."""

from functools import lru_cache

from django.urls import get_script_prefix, reverse


def address_of(page: str, *key: str | int) -> str:
    """Return the address of a page, or of the page about one thing."""
    return reversed_once(get_script_prefix(), page, *key)


@lru_cache(maxsize=4096)
def reversed_once(prefix: str, page: str, *key: str | int) -> str:
    """Return the address below that prefix, which the server sets and `reverse` reads itself."""
    return reverse(page, args=key)
