"""A DNS of one's own for each test that looks a domain up."""

from collections.abc import Iterator

import pytest
from pytest_django.fixtures import Settings

from tests.subscriptions.domains.dns_server import Zone, serving


@pytest.fixture
def zone(settings: Settings) -> Iterator[Zone]:
    """Have the settings name a server of this machine, which knows no domain yet."""
    with serving() as found:
        settings.DNS_RESOLVER = found.address
        yield found
