"""What tests of accounts and of mail share."""

from collections.abc import Iterator

import pytest

from tests.mailserver import MailServer


@pytest.fixture
def server() -> Iterator[MailServer]:
    server = MailServer()
    server.start()
    yield server
    server.stop()
