"""Three ways into the service: the API by a token, the pages by a session, and as a newcomer."""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from http.client import HTTPConnection, HTTPException, HTTPMessage
from http.cookies import SimpleCookie
from typing import Any, NamedTuple, Protocol
from urllib.parse import unquote, urlencode

from services import HOST

REFERENCE = re.compile(r"^/bookings/([0-9A-Z]{10})/$")
HELD = re.compile(r"/hold/[\w-]+/")
#: What a page's redirect to the log-in is told as: the session was lost.
SIGNED_OUT = 401
#: What a form that comes back is told as.
SHOWN_AGAIN = 409


class Wish(NamedTuple):
    """What is asked for: a space, pairs of instants in ISO 8601, and for how many people."""

    space: int
    times: list[list[str]]
    people: int = 1
    unit: int | None = None


class Answer(NamedTuple):
    """What came back."""

    status: int
    reference: str = ""
    code: str = ""
    retry_after: str = ""
    span: list[str] | None = None


class Reply(NamedTuple):
    """An HTTP answer."""

    status: int
    headers: HTTPMessage
    body: bytes


class Http:
    """One connection with its cookies. Every method raises OSError or HTTPException."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}
        self._connection: HTTPConnection | None = None

    def ask(
        self, method: str, path: str, body: str, headers: dict[str, str], patience: float
    ) -> Reply:
        """Send a request and wait `patience` seconds at most."""
        if self._connection is None:
            self._connection = HTTPConnection(HOST, self.port)
        self._connection.timeout = patience
        if self._connection.sock:
            self._connection.sock.settimeout(patience)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        self._connection.request(
            method, path, body.encode(), headers | ({"Cookie": cookies} if cookies else {})
        )
        response = self._connection.getresponse()
        reply = Reply(response.status, response.headers, response.read())
        for line in response.headers.get_all("Set-Cookie", []):
            self.cookies |= {name: one.value for name, one in SimpleCookie(line).items()}
        return reply

    def hang_up(self) -> None:
        """Close the connection; the next request makes another one."""
        if self._connection:
            self._connection.close()
        self._connection = None


class Door(Protocol):
    """What a client can do, whichever way it comes in."""

    http: Http

    def twin(self) -> "Door": ...  # noqa: D102
    def book(self, wish: Wish, key: str, patience: float) -> Answer: ...  # noqa: D102
    def change(  # noqa: D102
        self, reference: str, wish: Wish, key: str, patience: float
    ) -> Answer: ...
    def cancel(self, reference: str, patience: float) -> Answer: ...  # noqa: D102
    def look(self, reference: str, patience: float) -> Answer: ...  # noqa: D102


class ApiDoor:
    """The API. The key of a booking is its note too, by which the checker finds it."""

    name = "api"

    def __init__(self, port: int, person: Mapping[str, str]) -> None:
        self.http, self.person = Http(port), person
        self.headers = {
            "Authorization": f"Bearer {person['token']}",
            "Content-Type": "application/json",
        }

    def twin(self) -> "ApiDoor":
        """Return another connection of the same program."""
        return ApiDoor(self.http.port, self.person)

    def book(self, wish: Wish, key: str, patience: float) -> Answer:
        """Book with an idempotency key."""
        body = asked(wish) | {"note": key}
        return self._ask("POST", "", body, {"Idempotency-Key": key}, patience)

    def change(self, reference: str, wish: Wish, key: str, patience: float) -> Answer:
        """Change space, times and people; the note stays."""
        return self._ask("PATCH", f"/{reference}", asked(wish), {}, patience)

    def cancel(self, reference: str, patience: float) -> Answer:
        """Cancel."""
        return self._ask("POST", f"/{reference}/cancel", None, {}, patience)

    def look(self, reference: str, patience: float) -> Answer:
        """Read a booking."""
        return self._ask("GET", f"/{reference}", None, {}, patience)

    def _ask(
        self, method: str, path: str, body: Any, headers: dict[str, str], patience: float
    ) -> Answer:
        text = "" if body is None else json.dumps(body)
        path = f"/api/v1/bookings{path}"
        reply = self.http.ask(method, path, text, self.headers | headers, patience)
        is_json = "json" in reply.headers.get("Content-Type", "")
        told = json.loads(reply.body) if is_json else {}
        return Answer(
            reply.status,
            told.get("reference", ""),
            told.get("code", ""),
            reply.headers.get("Retry-After", ""),
            [told["starts_at"], told["ends_at"]] if "starts_at" in told else None,
        )


def asked(wish: Wish) -> dict[str, Any]:
    """Return a wish of one time as the API's body; a change says `unit` to let it go."""
    (starts_at, ends_at), *_others = wish.times
    words = {"space": wish.space, "starts_at": starts_at, "ends_at": ends_at, "unit": wish.unit}
    return words | {"people": wish.people}


class PageDoor:
    """The pages, signed in by e-mail and password; the form's hidden key is ours."""

    name = "page"

    def __init__(self, port: int, person: Mapping[str, str]) -> None:
        self.http, self.person = Http(port), person

    def twin(self) -> "PageDoor":
        """Return another connection of the same browser."""
        twin = PageDoor(self.http.port, self.person)
        twin.http.cookies = dict(self.http.cookies)
        return twin

    def sign_in(self) -> int:
        """Sign in; return the status: 302 when it worked."""
        self.http.ask("GET", "/account/login/", "", {}, 30)
        fields = {"login": self.person["email"], "password": self.person["password"]}
        return self._post("/account/login/password/", fields, 30).status

    def book(self, wish: Wish, key: str, patience: float) -> Answer:
        """Confirm the page of a wish."""
        fields = {"at": ["/".join(ends) for ends in wish.times], "people": wish.people}
        return self._post(f"/book/{wish.space}/", fields | {"note": key, "key": key}, patience)

    def change(self, reference: str, wish: Wish, key: str, patience: float) -> Answer:
        """Send the change form with all of its lines."""
        number = len(wish.times)
        fields: dict[str, Any] = {"form-TOTAL_FORMS": number, "form-INITIAL_FORMS": number}
        for line, ends in enumerate(wish.times):
            starts_at, ends_at = map(datetime.fromisoformat, ends)
            fields |= {
                f"form-{line}-on": starts_at.date().isoformat(),
                f"form-{line}-starts": f"{starts_at:%H:%M}",
                f"form-{line}-ends": f"{ends_at:%H:%M}",
            }
        fields |= {"people": wish.people, "note": key}
        return self._post(f"/bookings/{reference}/change/", fields, patience)

    def cancel(self, reference: str, patience: float) -> Answer:
        """Confirm the cancellation."""
        return self._post(f"/bookings/{reference}/cancel/", {}, patience)

    def look(self, reference: str, patience: float) -> Answer:
        """Read the page of a booking."""
        return told_by(self.http.ask("GET", f"/bookings/{reference}/", "", {}, patience))

    def _post(self, path: str, fields: dict[str, Any], patience: float) -> Answer:
        return shown(self.send(path, fields, patience))

    def send(self, path: str, fields: dict[str, Any], patience: float) -> Reply:
        """Send a form."""
        token = self.http.cookies.get("csrftoken", "")
        body = urlencode(fields | {"csrfmiddlewaretoken": token}, doseq=True)
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        return self.http.ask("POST", path, body, headers, patience)


def shown(reply: Reply) -> Answer:
    """Return what the answer to a form says."""
    answer = told_by(reply)
    # A form that comes back was not granted, also when what it asks for is free by now.
    return answer._replace(status=SHOWN_AGAIN) if answer.status == 200 else answer


def told_by(reply: Reply) -> Answer:
    """Return what a page says by its status and where it leads."""
    place = reply.headers.get("Location", "")
    found = REFERENCE.match(place)
    status = SIGNED_OUT if place.startswith("/account/login/") else reply.status
    retry_after = reply.headers.get("Retry-After", "")
    return Answer(status, found[1] if found else "", retry_after=retry_after)


class VisitDoor(PageDoor):
    """The pages as somebody who has not said who they are: each booking is held, then confirmed.

    What a silence left half done is taken up where it stood: a key keeps its session and its hold.
    """

    name = "visit"

    def __init__(self, port: int, person: Mapping[str, str]) -> None:
        super().__init__(port, person)
        self._key = self._page = ""
        self._fields: dict[str, Any] = {}
        self._visit = PageDoor(port, person)

    def twin(self) -> "VisitDoor":
        """Return another connection of the same browser."""
        twin = VisitDoor(self.http.port, self.person)
        twin.http.cookies = dict(self.http.cookies)
        twin._key, twin._page, twin._visit = self._key, self._page, self._visit.twin()
        twin._fields = self._fields
        return twin

    def book(self, wish: Wish, key: str, patience: float) -> Answer:
        """Hold the wish, unless that was done; confirm it, signed in by password."""
        if key != self._key:
            self._key, self._page, self._visit = key, "", PageDoor(self.http.port, self.person)
        try:
            return self._hold(wish, key, patience) or self._confirm(patience)
        except (OSError, HTTPException):
            self._visit.http.hang_up()
            raise

    def _hold(self, wish: Wish, key: str, patience: float) -> Answer | None:
        """Hold the wish; return the answer if it was not granted."""
        if self._page:
            return None
        self._visit.http.ask("GET", "/account/login/", "", {}, patience)
        fields = {"at": ["/".join(ends) for ends in wish.times], "people": wish.people}
        fields |= {"note": key, "key": key, "other_way": "1"}
        reply = self._visit.send(f"/book/{wish.space}/", fields, patience)
        found = HELD.search(unquote(reply.headers.get("Location", "")))
        self._page = found[0] if found else ""
        # What the hold's page sends along, for who is killed between two sessions.
        self._fields = {**fields, "action": "confirm", "space": wish.space}
        return None if found else shown(reply)

    def _confirm(self, patience: float) -> Answer:
        """Confirm what is held, having signed in if need be."""
        reply = self._visit.send(self._page, self._fields, patience)
        if reply.headers.get("Location") == self._page:
            who = {"login": self.person["email"], "password": self.person["password"]}
            reply = self._visit.send(
                "/account/login/password/", who | {"next": self._page}, patience
            )
            if reply.status == 302:
                reply = self._visit.send(self._page, self._fields, patience)
        answer = shown(reply)
        # Led anywhere but to the booking, it was refused.
        is_elsewhere = answer.status == 302 and not answer.reference
        return answer._replace(status=SHOWN_AGAIN) if is_elsewhere else answer
