"""Whom a request comes from: one answer, for limits and for logs."""

import ipaddress
from functools import cache

import structlog
from django.conf import settings
from django.http import HttpRequest
from django.http.request import split_domain_port

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

logger = structlog.get_logger(__name__)


def client_address(request: HttpRequest) -> str | None:
    """Return the IP address of the caller, as the trusted proxies saw it; None if nothing tells.

    Each proxy adds whom it saw to the end of X-Forwarded-For: what stands before the places of
    the `TRUSTED_PROXY_COUNT` proxies was written by the caller, and believed of nobody.
    """
    forwarded = request.headers.get("X-Forwarded-For", "")
    count = settings.TRUSTED_PROXY_COUNT
    if forwarded and not count:
        warn_of_a_proxy()
    hops = forwarded.split(",")
    is_told = bool(forwarded) and 0 < count <= len(hops)
    return ip_address(hops[-count]) if is_told else ip_address(request.META.get("REMOTE_ADDR", ""))


def ip_address(text: str) -> str | None:
    """Return the address in `text` in its one spelling, without port; None if there is none."""
    bare = text.strip()
    for candidate in (bare, split_domain_port(bare)[0].strip("[]")):
        try:
            return str(unmapped(ipaddress.ip_address(candidate)))
        except ValueError:
            continue
    return None


def unmapped(address: Address) -> Address:
    """Return the IPv4 address that a dual-stack socket writes as `::ffff:a.b.c.d`.

    Limits count a whole /64 of IPv6 as one caller: left alone, all of IPv4 would be one.
    """
    return getattr(address, "ipv4_mapped", None) or address


@cache
def warn_of_a_proxy() -> None:
    """Say once that a proxy seems to be in front of which the settings know nothing."""
    logger.warning(
        "X-Forwarded-For arrives and is not believed: limits count the proxy as one caller",
        variable="TRUSTED_PROXY_COUNT",
    )
