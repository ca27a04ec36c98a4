"""The product served over HTTP as production serves it: bookings by its pages, and its memory."""

import multiprocessing
import re
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from bench.asking import ask
from bench.booking import CLIENTS, Load, busy, rate_of, wishes
from bench.databases import told_by_python

FORM = re.compile(r'<form class="form.*?</form>', re.DOTALL)
FIELD = re.compile(r"<input[^>]*?>")
#: The field against forged requests.
PROOF = "csrfmiddlewaretoken"
ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')
RESIDENT = re.compile(r"VmRSS:\s+(\d+)")


def session_keys(name: str, people_each: int) -> list[str]:
    """Sign the benchmark's people in, and return the keys of their sessions."""
    number = str(CLIENTS * people_each)
    found: list[str] = told_by_python(name, "-m", "bench.sessions", number)
    return found


def filled(page: str) -> dict[str, str]:
    """Return the fields of the page's form as the browser would send them."""
    form = FORM.search(page)
    inputs = [dict(ATTRIBUTE.findall(tag)) for tag in FIELD.findall(form[0] if form else "")]
    return {one["name"]: one.get("value", "") for one in inputs if "name" in one}


class Visitor:
    """Somebody signed in, who looks at the check page and confirms."""

    def __init__(self, port: int, key: str) -> None:
        self.port = port
        self.cookies = {"sessionid": key}
        #: What the form sends against forged requests, once it was seen.
        self.proof = ""

    def ask(self, method: str, address: str, body: str = "") -> tuple[int, str]:
        """Return status and page of an answer, keeping its token against forged requests."""
        told = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": told, "Content_Type": "application/x-www-form-urlencoded"}
        answer = ask(self.port, method, address, body, **headers)
        self.cookies |= answer.cookies
        return answer.status, answer.body

    def look(self, address: str) -> dict[str, str]:
        """Look at the check page of a wish, and return its form; empty when there is none."""
        status, page = self.ask("GET", address)
        assert status in {200, 409, 422}, page[:2000]
        fields = filled(page)
        self.proof = fields.get(PROOF, self.proof)
        return fields if PROOF in fields else {}

    def find_proof(self, wished: Iterator[tuple[int, dict[str, Any]]]) -> None:
        """Look at pages until one has a form, that is, a wish can be had."""
        next(filter(self.look, (address_of(wish) for _person, wish in wished)))

    def send(self, address: str, fields: dict[str, str]) -> bool:
        """Confirm a wish; tell whether it was booked."""
        status, page = self.ask("POST", address, urlencode(fields))
        assert status in {200, 302, 303, 409, 422}, page[:2000]
        return status in {302, 303}

    def look_and_confirm(self, wish: dict[str, Any]) -> bool:
        """Look at a wish and confirm it as its form stands; tell whether it was booked."""
        fields = self.look(address_of(wish))
        return bool(fields) and self.send(address_of(wish), fields)

    def confirm(self, wish: dict[str, Any]) -> bool:
        """Send the form of a wish whose page was seen before; tell whether it was booked."""
        fields = {PROOF: self.proof, "at": at_of(wish), "key": str(uuid4())}
        return self.send(address_of(wish), fields | {"people": "1", "note": ""})


def address_of(wish: dict[str, Any]) -> str:
    """Return the address of the check page of a wish."""
    return f"/book/{wish['space']}/?{urlencode({'at': at_of(wish)})}"


def at_of(wish: dict[str, Any]) -> str:
    """Return the time of a wish as addresses and the form tell it."""
    return f"{wish['starts_at']}/{wish['ends_at']}"


def visitors(port: int, keys: list[str], client: int) -> list[Visitor]:
    """Return the people of one client."""
    each = len(keys) // CLIENTS
    return [Visitor(port, key) for key in keys[(client - 1) * each : client * each]]


def by_pages(name: str, port: int, keys: list[str], load: Load) -> float:
    """Return bookings a second through the check page, each with its look before."""

    def one(client: int) -> Iterator[bool]:
        people = visitors(port, keys, client)
        had = busy(name, load, load.people(client, are_last=True))
        for person, wish in wishes(load, client, had):
            yield people[person].look_and_confirm(wish)

    return rate_of(one, load)


def by_forms(name: str, port: int, keys: list[str], load: Load) -> float:
    """Return bookings a second by the check page's form alone, as pgbench has one transaction."""

    def one(client: int) -> Iterator[bool]:
        people = visitors(port, keys, client)
        had = busy(name, load, load.people(client, are_last=True))
        for visitor in people:
            visitor.find_proof(wishes(load, client, had))
        for person, wish in wishes(load, client, had):
            yield people[person].confirm(wish)

    return rate_of(one, load)


def resident_mb(process: int) -> float:
    """Return the memory that the largest of the server's processes holds, in MB."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    told = [RESIDENT.search(Path(f"/proc/{pid}/status").read_text()) for pid in children]
    return max(int(found[1]) / 1024 for found in told if found)


def search_for(port: int, addresses: list[str], number: int) -> None:
    """Ask `number` searches with several clients at once."""
    fork = multiprocessing.get_context("fork")
    clients = [
        fork.Process(target=searches, args=(port, addresses, number // CLIENTS))
        for _client in range(CLIENTS)
    ]
    for process in clients:
        process.start()
    for process in clients:
        process.join()


def searches(port: int, addresses: list[str], number: int) -> None:
    """Be one client, who asks one search after the other."""
    for _number, address in zip(range(number), cycle(addresses), strict=False):
        answer = ask(port, "GET", address)
        assert answer.status == 200, answer.body[:2000]
