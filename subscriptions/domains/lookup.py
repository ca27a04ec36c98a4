"""The DNS: the one place that asks it. Waits are bounded; never within a transaction."""

from urllib.parse import urlsplit

import dns.exception
import dns.resolver
from django.conf import settings
from django.utils.translation import gettext as _

from subscriptions.errors import LookUpFailed

#: Seconds for all tries together: somebody may wait for it before a page.
LONGEST_S = 4.0
PORT = 53


def texts_of(name: str) -> list[str]:
    """Return the TXT records of a domain; none where it has none or there is no such domain.

    Raises LookUpFailed when the DNS does not answer, or answers that it cannot tell.
    """
    try:
        answer = resolver().resolve(f"{name}.", "TXT", lifetime=LONGEST_S, search=False)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return []
    except (dns.exception.DNSException, OSError) as error:
        words = _("The DNS does not answer for %(name)s: try again in a few minutes.")
        raise LookUpFailed(words % {"name": name}) from error
    return [b"".join(one.strings).decode("ascii", "replace") for one in answer]


def resolver() -> dns.resolver.Resolver:
    """Return who is asked: of the settings, else the system's. Raises DNSException."""
    if not settings.DNS_RESOLVER:
        return dns.resolver.Resolver()
    address = urlsplit(f"//{settings.DNS_RESOLVER}")
    found = dns.resolver.Resolver(configure=False)
    found.nameservers, found.port = [address.hostname or ""], address.port or PORT
    return found
