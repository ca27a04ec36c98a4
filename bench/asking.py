"""Asking the server over HTTP at little cost: what a client takes of the processor it lacks."""

import re
import socket
from collections.abc import Iterator
from typing import NamedTuple

HOST = "127.0.0.1"
COOKIE = re.compile(r"^set-cookie: *([^=]+)=([^;\r\n]*)", re.IGNORECASE | re.MULTILINE)


class Answer(NamedTuple):
    """Status, headers as they came, and body of an answer."""

    status: int
    head: str
    body: str

    @property
    def cookies(self) -> dict[str, str]:
        """Return what the browser is to keep."""
        return dict(COOKIE.findall(self.head))


def ask(port: int, method: str, address: str, body: str = "", **headers: str) -> Answer:
    """Ask by a connection of its own, as the server closes each (decision 25).

    Names of headers have an underscore for each hyphen.
    """
    sent = body.encode()
    told = {"Host": HOST, "Connection": "close", "Content-Length": str(len(sent)), **headers}
    lines = (f"{name.replace('_', '-')}: {value}" for name, value in told.items())
    head = "\r\n".join([f"{method} {address} HTTP/1.1", *lines, "", ""])
    with socket.create_connection((HOST, port), timeout=30) as line:
        line.sendall(head.encode() + sent)
        answer = b"".join(pieces(line)).decode()
    told_first, _, page = answer.partition("\r\n\r\n")
    return Answer(int(told_first[9:12]), told_first, page)


def pieces(line: socket.socket) -> Iterator[bytes]:
    """Yield what comes until the server closes."""
    while piece := line.recv(65536):
        yield piece
