"""Evidence without a fault, to plant faults in."""

from datetime import UTC, datetime, time
from typing import Any

from torture.evidence import (
    Allocation,
    Attempt,
    Booking,
    Evidence,
    Hold,
    Hours,
    Job,
    Kill,
    Probe,
    mail_of,
)

ADA, BOB = "ada@maillage.example", "bob@maillage.example"
NINE, TEN, NOON = (datetime(2026, 11, 24, hour, tzinfo=UTC) for hour in (8, 9, 11))
MORNING, LATE = (NINE, TEN), (TEN, NOON)
WISH = (1, (("2026-11-24T09:00:00+01:00", "2026-11-24T10:00:00+01:00"),), 1)
LATER = (1, (("2026-11-24T10:00:00+01:00", "2026-11-24T12:00:00+01:00"),), 1)
SPAN = WISH[1][0]


def booking(number: int, key: str, email: str, **fields: Any) -> Booking:
    row = Booking(
        id=number,
        reference=f"REFERENCE{number}",
        status="confirmed",
        sequence=0,
        note=key,
        people=1,
        email=email,
        space=1,
        site=1,
        kind="desk",
        sold_by="place",
        starts_at=NINE,
        ends_at=TEN,
    )
    return row._replace(**fields)


def allocation(number: int, **fields: Any) -> Allocation:
    row = Allocation(
        id=number,
        booking=number,
        space=1,
        site=1,
        unit=number,
        unit_space=1,
        status="confirmed",
        starts_at=NINE,
        ends_at=TEN,
    )
    return row._replace(**fields)


def held(number: int, **fields: Any) -> Allocation:
    """Return an allocation of hold 1."""
    usual = {"booking": None, "status": "held", "hold": 1, "held_until": NOON}
    return allocation(number, **usual | fields)


def attempt(at: float, verb: str, key: str, **fields: Any) -> Attempt:
    one = Attempt("c0", round(at), verb, "api", key, asked_at=at, heard_at=at + 0.1)
    return one._replace(**fields)


def mail(number: int, words: str, to: str) -> Any:
    name = f"<REFERENCE{number}-{words}@maillage.example>"
    return mail_of({"id": name, "to": [to], "subject": "Réservation"})


def booked(at: float, number: int, **fields: Any) -> Attempt:
    told = f"REFERENCE{number}"
    how: dict[str, Any] = {"wish": WISH, "status": 201, "told": told, "span": SPAN} | fields
    return attempt(at, "book", f"key-{number}", **how)


#: Ada's booking, Bob's, which was cancelled, and a third wish that was refused.
SOUND = Evidence(
    attempts=[
        booked(1, 1),
        attempt(2, "look", "key-1", reference="REFERENCE1", status=200, span=SPAN),
        booked(3, 2),
        attempt(4, "cancel", "key-2", reference="REFERENCE2", status=200),
        attempt(5, "book", "key-3", wish=WISH, status=409, code="no_unit_free"),
        attempt(6, "book", "key-4", wish=WISH, status=503, retry_after="2"),
    ],
    bookings=[
        booking(1, "key-1", ADA),
        booking(2, "key-2", BOB, status="cancelled", sequence=1),
    ],
    allocations=[allocation(1), allocation(2, status="released"), held(7)],
    holds=[
        Hold(1, None, 1, 1, "place", NOON, "key-5"),
        Hold(2, 1, 1, 1, "place", NOON, "key-1"),
    ],
    hours=[Hours(1, "Europe/Paris", day, time(8), time(12)) for day in range(7)],
    jobs=[Job("1", "SUCCESSFUL", "send_booking_mail")],
    mails=[mail(1, "0-booked", ADA), mail(2, "0-booked", BOB), mail(2, "1-cancelled", BOB)],
    kills=[Kill(10, 12, "postgres", "SIGKILL")],
    probes=[Probe(11, 503), Probe(13, 200)],
)
