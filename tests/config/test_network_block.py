"""No test reaches past this machine, and all that is on it can be reached."""

import multiprocessing
import socket
from urllib.request import urlopen

import pytest
from django.db import connection
from pytest_django.live_server_helper import LiveServer
from pytest_socket import SocketConnectBlockedError


@pytest.mark.filterwarnings("ignore:A test tried to use socket:UserWarning")
@pytest.mark.parametrize("host", ["192.0.2.1", "198.51.100.7"])
def test_an_address_elsewhere_is_refused(host: str) -> None:
    with socket.socket() as caller, pytest.raises(SocketConnectBlockedError):
        caller.connect((host, 443))


@pytest.mark.django_db(transaction=True)
def test_the_servers_of_this_machine_answer(live_server: LiveServer) -> None:
    with urlopen(f"{live_server}/healthz") as answer:
        words = answer.read()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        row = cursor.fetchone()

    assert (words, row) == (b"ok", (1,))


def test_other_processes_are_reached() -> None:
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        assert pool.apply(abs, (-3,)) == 3
