"""What the checker is shown: what clients wrote down, plain SQL, and the mails that arrived."""

import re
from collections.abc import Iterable
from datetime import datetime, time
from pathlib import Path
from typing import Any, NamedTuple

import psycopg
from psycopg.rows import tuple_row

from torture.journal import Entry, entries

MESSAGE_ID = re.compile(r"^<([0-9A-Z]{10})-(\d+)-([a-z]+)(?:-(\d+))?@")
#: 0 stands for no answer at all; the others tell that the service, not the wish, is at fault.
DONE, UNSETTLED = {200, 201, 302, 303}, {0, 429, 500, 502, 503, 504}


class Attempt(NamedTuple):
    """One request of a client, and what it heard; `status` 0 when it heard nothing."""

    client: str
    op: int
    verb: str
    door: str
    key: str
    asked_at: float
    heard_at: float
    reference: str = ""
    wish: tuple[int, tuple[tuple[str, str], ...], int] | None = None
    status: int = 0
    told: str = ""
    code: str = ""
    retry_after: str = ""
    span: tuple[str, str] | None = None

    @property
    def is_done(self) -> bool:
        """Tell whether it was answered that it is done."""
        return self.status in DONE

    @property
    def is_refused(self) -> bool:
        """Tell whether it was answered that it cannot be."""
        return self.status not in DONE | UNSETTLED

    def __str__(self) -> str:
        return f"{self.client}/{self.op} {self.verb} {self.reference or self.key}: {self.status}"


class Booking(NamedTuple):
    """A row of bookings with its person's address and its space's rules."""

    id: int
    reference: str
    status: str
    sequence: int
    note: str
    people: int
    email: str
    space: int
    site: int
    kind: str
    sold_by: str
    starts_at: datetime
    ends_at: datetime


class Allocation(NamedTuple):
    """A row of allocations, with where its unit is."""

    id: int
    booking: int | None
    space: int
    site: int
    unit: int | None
    unit_space: int | None
    status: str
    starts_at: datetime
    ends_at: datetime
    hold: int | None = None
    held_until: datetime | None = None

    @property
    def is_holding(self) -> bool:
        """Tell whether the database keeps others out of it, be its hold over or not."""
        return self.status in {"held", "confirmed"}


class Hold(NamedTuple):
    """A row of holds."""

    id: int
    booking: int | None
    space: int
    people: int
    sold_by: str
    until: datetime
    note: str


class Hours(NamedTuple):
    """One interval of a site's week."""

    site: int
    zone: str
    weekday: int
    opens_at: time
    closes_at: time


class Closure(NamedTuple):
    """When a site, or one of its spaces, is shut."""

    site: int
    space: int | None
    starts_at: datetime
    ends_at: datetime


class Job(NamedTuple):
    """A task of the worker."""

    id: str
    status: str
    path: str


class Mail(NamedTuple):
    """A mail that arrived; `reference` is empty when it is not about a booking."""

    id: str
    to: tuple[str, ...]
    subject: str
    reference: str = ""
    sequence: int = 0
    word: str = ""
    number: str = ""


class Kill(NamedTuple):
    """Who was away from when to when."""

    at: float
    back: float
    victim: str
    way: str


class Probe(NamedTuple):
    """What `/readyz` answered."""

    at: float
    status: int


class Evidence(NamedTuple):
    """All of it."""

    attempts: list[Attempt] = []
    bookings: list[Booking] = []
    allocations: list[Allocation] = []
    holds: list[Hold] = []
    hours: list[Hours] = []
    closures: list[Closure] = []
    jobs: list[Job] = []
    mails: list[Mail] = []
    kills: list[Kill] = []
    probes: list[Probe] = []


QUERIES: dict[str, tuple[Any, str]] = {
    "bookings": (
        Booking,
        """SELECT b.id, b.reference, b.status, b.sequence, b.note, b.people, p.email,
                  b.space_id AS space, b.site_id AS site, s.kind, s.sold_by, b.starts_at, b.ends_at
           FROM bookings_booking b JOIN network_user p ON p.id = b.person_id
           JOIN sites_space s ON s.id = b.space_id ORDER BY b.id""",
    ),
    "allocations": (
        Allocation,
        """SELECT a.id, a.booking_id AS booking, a.space_id AS space, a.site_id AS site,
                  a.unit_id AS unit, u.space_id AS unit_space, a.status, a.starts_at, a.ends_at,
                  a.hold_id AS hold, a.held_until
           FROM bookings_allocation a LEFT JOIN sites_unit u ON u.id = a.unit_id ORDER BY a.id""",
    ),
    "holds": (
        Hold,
        """SELECT h.id, h.booking_id AS booking, h.space_id AS space, h.people, s.sold_by, h.until,
                  h.note FROM bookings_hold h JOIN sites_space s ON s.id = h.space_id""",
    ),
    "hours": (
        Hours,
        """SELECT h.site_id AS site, s.time_zone AS zone, h.weekday, h.opens_at, h.closes_at
           FROM sites_openinghours h JOIN sites_site s ON s.id = h.site_id""",
    ),
    "closures": (
        Closure,
        """SELECT site_id AS site, space_id AS space, starts_at, ends_at FROM sites_closure""",
    ),
    "jobs": (
        Job,
        """SELECT id::text, status, task_path AS path FROM django_tasks_database_dbtaskresult""",
    ),
}


def rows_of(connection: psycopg.Connection) -> dict[str, list[Any]]:
    """Read the database as it is."""
    with connection.cursor(row_factory=tuple_row) as cursor:
        return {
            name: [kind(*row) for row in cursor.execute(query).fetchall()]
            for name, (kind, query) in QUERIES.items()
        }


def attempts_of(lines: Iterable[Entry]) -> list[Attempt]:
    """Bring together each intent of one client with what became of it."""
    asked: dict[tuple[str, int], Entry] = {}
    heard: dict[tuple[str, int], Entry] = {}
    for line in lines:
        (asked if line["kind"] == "ask" else heard)[line["client"], line["try"]] = line
    return [attempt_of(line, heard.get(which, {})) for which, line in asked.items()]


def attempt_of(asked: Entry, heard: Entry) -> Attempt:
    """Return one attempt; without a line of what was heard, nothing was."""
    wish, span = asked["wish"], heard.get("span")
    heard_at: float = (heard or asked)["at"]
    return Attempt(
        **{name: asked[name] for name in ("client", "op", "verb", "door", "key", "reference")},
        asked_at=asked["at"],
        heard_at=heard_at,
        wish=wish and (wish[0], tuple((one[0], one[1]) for one in wish[1]), wish[2]),
        status=heard.get("status", 0),
        told=heard.get("reference", ""),
        code=heard.get("code", ""),
        retry_after=heard.get("retry_after", ""),
        span=span and (span[0], span[1]),
    )


def mail_of(line: Entry) -> Mail:
    """Return a mail with what its Message-ID says of a booking."""
    found = MESSAGE_ID.match(line["id"])
    mail = Mail(line["id"], tuple(line["to"]), line["subject"])
    if found is None:
        return mail
    reference, sequence, word, number = found.groups()
    return mail._replace(
        reference=reference, sequence=int(sequence), word=word, number=number or ""
    )


def gathered(address: str, folder: Path) -> Evidence:
    """Read everything that a storm in `folder` left."""
    attempts: list[Attempt] = []
    for path in sorted(folder.glob("*.client.jsonl")):
        attempts += attempts_of(entries(path))
    with psycopg.connect(address) as connection:
        rows = rows_of(connection)
    return Evidence(
        attempts=sorted(attempts, key=lambda one: one.asked_at),
        mails=[mail_of(line) for line in entries(folder / "mails.jsonl")],
        kills=[Kill(**line) for line in entries(folder / "kills.jsonl")],
        probes=[Probe(**line) for line in entries(folder / "probes.jsonl")],
        **rows,
    )
