"""A DNS server on this machine: answers TXT questions from what a test says, by UDP."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import dns.flags
import dns.message
import dns.rcode
import dns.rrset

LONGEST = 4096
#: Instead of texts: the server says that it cannot tell, or nothing at all.
FAILS, SILENT = "fails", "silent"


@dataclass
class Zone:
    """What the server knows: texts by domain; the questions that it was asked."""

    port: int
    texts: dict[str, list[str] | str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"


def answer(zone: Zone, question: dns.message.Message) -> dns.message.Message | None:
    """Return what the server says; None: nothing."""
    name = question.question[0].name
    known = zone.texts.get(name.to_text(omit_final_dot=True))
    zone.asked.append(name.to_text(omit_final_dot=True))
    response = dns.message.make_response(question)
    response.flags |= dns.flags.RA
    if known == SILENT:
        return None
    if known is None:
        response.set_rcode(dns.rcode.NXDOMAIN)
    elif known == FAILS:
        response.set_rcode(dns.rcode.SERVFAIL)
    elif known:
        told = [" ".join(f'"{part}"' for part in text.split("|")) for text in known]
        response.answer.append(dns.rrset.from_text(name, 60, "IN", "TXT", *told))
    return response


def serve(server: socket.socket, zone: Zone) -> None:
    """Answer until the socket is closed, or an empty message says so."""
    while True:
        asked, caller = server.recvfrom(LONGEST)
        if not asked:
            return
        told = answer(zone, dns.message.from_wire(asked))
        if told is not None:
            server.sendto(told.to_wire(), caller)


@contextmanager
def serving() -> Iterator[Zone]:
    """Run a server on a port of this machine for the time of the block."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind(("127.0.0.1", 0))
        zone = Zone(server.getsockname()[1])
        thread = threading.Thread(target=serve, args=(server, zone), daemon=True)
        thread.start()
        yield zone
        server.sendto(b"", server.getsockname())
        thread.join()
