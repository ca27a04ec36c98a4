"""The checker of the storm can fail: one planted violation of each kind, and sound evidence."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.torture.sound import (
    ADA,
    BOB,
    LATER,
    NINE,
    NOON,
    SOUND,
    TEN,
    allocation,
    attempt,
    booked,
    booking,
    held,
    mail,
)
from torture.checker import RULES, faults
from torture.evidence import Attempt, Closure, Evidence, Job, Probe, attempts_of

Plant = Callable[[Evidence], Evidence]


def with_more(**more: list[Any]) -> Plant:
    """Add rows to the sound evidence."""
    return lambda sound: sound._replace(
        **{name: [*getattr(sound, name), *rows] for name, rows in more.items()}
    )


def with_only(**rows: list[Any]) -> Plant:
    """Put other rows in the place of the sound ones."""
    return lambda sound: sound._replace(**rows)


def like(name: str, which: int, **fields: Any) -> Plant:
    """Change one row of the sound evidence."""

    def plant(sound: Evidence) -> Evidence:
        rows = list(getattr(sound, name))
        rows[which] = rows[which]._replace(**fields)
        return sound._replace(**{name: rows})

    return plant


def again(**fields: Any) -> Attempt:
    """Ask for Ada's booking once more."""
    return booked(7, 1, **fields)


def changed(**fields: Any) -> Attempt:
    """Ask for Ada's booking to be later."""
    return attempt(7, "change", "key-1", reference="REFERENCE1", wish=LATER, **fields)


CANCEL = attempt(7, "cancel", "key-1", reference="REFERENCE1", status=200)
LOOK = attempt(7, "look", "key-1", reference="REFERENCE1")
PLANTED: list[tuple[str, str, Plant]] = [
    (
        "a unit is held once at an instant",
        "unit 1: allocations 1 and 3",
        with_more(allocations=[allocation(3, booking=1, unit=1)]),
    ),
    (
        "a person has one place of a kind at an instant",
        "ada@maillage.example: bookings 1 and 3",
        with_more(bookings=[booking(3, "key-4", ADA)], allocations=[allocation(3)]),
    ),
    (
        "an allocation belongs to a booking that says so",
        "allocations of booking 9, which is not",
        with_more(allocations=[allocation(9)]),
    ),
    (
        "an allocation belongs to a booking that says so",
        "REFERENCE1: a unit of elsewhere, or none",
        like("allocations", 0, unit_space=2),
    ),
    (
        "an allocation belongs to a booking that says so",
        "REFERENCE1: a unit of elsewhere, or none",
        like("allocations", 0, unit=None, unit_space=None),
    ),
    (
        "an allocation belongs to a booking that says so",
        "REFERENCE1: is confirmed, its allocations ['released']",
        like("allocations", 0, status="released"),
    ),
    (
        "an allocation belongs to a booking that says so",
        "REFERENCE1: no allocations",
        with_only(allocations=[allocation(2, status="released")]),
    ),
    (
        "an allocation belongs to a booking that says so",
        "REFERENCE1: 1 allocations for 1 times of 2 units",
        like("bookings", 0, people=2),
    ),
    (
        "an allocation belongs to a booking that says so",
        "REFERENCE1: its span is not that",
        like("bookings", 0, ends_at=NOON),
    ),
    (
        "what is held belongs to a hold that says so",
        "allocation 8: Allocation(id=8, booking=1, ",
        with_more(allocations=[held(8, booking=1)]),
    ),
    (
        "what is held belongs to a hold that says so",
        "allocation 7: Allocation(id=7, booking=None, ",
        like("allocations", 2, held_until=None),
    ),
    (
        "what is held belongs to a hold that says so",
        "allocations of hold 9, which is not",
        with_more(allocations=[held(8, hold=9)]),
    ),
    (
        "what is held belongs to a hold that says so",
        "hold 1: 1 allocations for 1 times of 2 units",
        like("holds", 0, people=2),
    ),
    (
        "what is held belongs to a hold that says so",
        "hold 1: a unit of elsewhere, or none",
        like("allocations", 2, unit=None, unit_space=None),
    ),
    (
        "what is held belongs to a hold that says so",
        "hold 1: its allocations end at another instant",
        like("holds", 0, until=TEN),
    ),
    (
        "what is held belongs to a hold that says so",
        "hold 2: was confirmed, and keeps [8]",
        with_more(allocations=[held(8, hold=2)]),
    ),
    (
        "a hold becomes the booking it was asked for",
        "hold 2 (key-2): became Booking(id=1, reference='REFERENCE1'",
        like("holds", 1, note="key-2"),
    ),
    (
        "a hold becomes the booking it was asked for",
        "hold 2 (key-1): became None",
        like("holds", 1, booking=9),
    ),
    (
        "an allocation is inside opening hours and one day",
        "shut or another day",
        like("allocations", 0, ends_at=datetime(2026, 11, 24, 12, tzinfo=UTC)),
    ),
    (
        "an allocation is inside opening hours and one day",
        "closed",
        with_only(closures=[Closure(1, None, NINE, NOON)]),
    ),
    (
        "what is cancelled holds nothing",
        "REFERENCE2: allocations [2]",
        like("allocations", 1, status="confirmed"),
    ),
    (
        "a key books once",
        "key-1: ['REFERENCE1', 'REFERENCE3']",
        with_more(bookings=[booking(3, "key-1", BOB)], allocations=[allocation(3)]),
    ),
    (
        "a key has one answer",
        "key-1: ['REFERENCE1', 'REFERENCE2']",
        with_more(attempts=[again(told="REFERENCE2")]),
    ),
    (
        "a key has one answer",
        "key-1: ['REFERENCE1', 'no_unit_free']",
        with_more(attempts=[again(status=409, told="", code="no_unit_free")]),
    ),
    (
        "what was answered is so",
        "REFERENCE1 (key-1) was answered, and is not there",
        with_only(bookings=[], allocations=[]),
    ),
    (
        "what was answered is so",
        "REFERENCE1 (key-1) has the key key-9",
        like("bookings", 0, note="key-9"),
    ),
    (
        "what was answered is so",
        "REFERENCE1 (key-1) is cancelled, nobody asked for that",
        like("bookings", 0, status="cancelled"),
    ),
    (
        "what was answered is so",
        "REFERENCE1 (key-1) its cancellation was answered, and it is confirmed",
        with_more(attempts=[CANCEL]),
    ),
    (
        "what was answered is so",
        "was told (1, frozenset({(datetime.datetime(2026, 11, 24, 10, 0",
        with_more(attempts=[changed(status=200)]),
    ),
    (
        "what was answered is so",
        "saw 2026-11-24 10:00:00+01:00",
        with_more(attempts=[LOOK._replace(status=200, span=LATER[1][0])]),
    ),
    (
        "what was refused left nothing",
        "key-1: refused, and is REFERENCE1",
        like("attempts", 0, status=409, told="", code="no_unit_free"),
    ),
    (
        "a booking was asked for",
        "REFERENCE3: its key key-9 was never sent",
        with_more(bookings=[booking(3, "key-9", BOB)], allocations=[allocation(3)]),
    ),
    (
        "a booking was asked for",
        "REFERENCE1: nobody asked for",
        like("bookings", 0, people=2),
    ),
    (
        "an answer is done, refused or 503 with Retry-After",
        "c0/7 look REFERENCE1: 500, before any kill",
        with_more(attempts=[LOOK._replace(status=500)]),
    ),
    (
        "an answer is done, refused or 503 with Retry-After",
        "503, without Retry-After",
        like("attempts", 5, retry_after=""),
    ),
    (
        "a refusal is one that the wish deserves",
        "c0/7 look REFERENCE1: 404",
        with_more(attempts=[LOOK._replace(status=404)]),
    ),
    (
        "a refusal is one that the wish deserves",
        "422 idempotency_key_reused",
        like("attempts", 4, status=422, code="idempotency_key_reused"),
    ),
    (
        "the service comes back by itself",
        "SIGKILL of postgres: not ready 30 s after",
        with_only(probes=[Probe(13, 503), Probe(43, 200)]),
    ),
    (
        "the last revision has its mail",
        "REFERENCE2, revision 1, cancelled",
        with_only(mails=[mail(1, "0-booked", ADA), mail(2, "0-booked", BOB)]),
    ),
    (
        "a mail tells of a revision that is",
        "there is no such booking",
        with_more(mails=[mail(9, "0-booked", BOB)]),
    ),
    (
        "a mail tells of a revision that is",
        "the last revision is 0",
        with_more(mails=[mail(1, "1-changed", ADA)]),
    ),
    (
        "a mail tells of a revision that is",
        "is of ada@maillage.example",
        with_more(mails=[mail(1, "0-booked", BOB)]),
    ),
    (
        "a revision has one Message-ID",
        "('REFERENCE1', 0, '')",
        with_more(mails=[mail(1, "0-changed", ADA)]),
    ),
    (
        "no task is left",
        "RUNNING",
        with_more(jobs=[Job("2", "RUNNING", "send_booking_mail")]),
    ),
]


def test_sound_evidence_has_no_fault() -> None:
    assert faults(SOUND) == []


@pytest.mark.parametrize(("rule", "row", "plant"), PLANTED)
def test_a_planted_violation_is_found(rule: str, row: str, plant: Plant) -> None:
    found = [fault.row for fault in faults(plant(SOUND)) if fault.rule == rule]

    assert any(row in one for one in found), found


def test_every_rule_has_its_planted_violation() -> None:
    assert {rule for rule, _row, _plant in PLANTED} == set(RULES)


def test_a_change_without_answer_may_have_been_made_or_not() -> None:
    unheard = SOUND._replace(attempts=[*SOUND.attempts, changed()])
    made = unheard._replace(
        bookings=[SOUND.bookings[0]._replace(starts_at=TEN, ends_at=NOON), SOUND.bookings[1]],
        allocations=[
            SOUND.allocations[0]._replace(starts_at=TEN, ends_at=NOON),
            *SOUND.allocations[1:],
        ],
    )

    assert faults(unheard) == faults(made) == []


def test_a_cancellation_without_answer_may_have_been_made_or_not() -> None:
    unheard = SOUND._replace(attempts=[*SOUND.attempts, CANCEL._replace(status=0)])
    made = unheard._replace(
        bookings=[SOUND.bookings[0]._replace(status="cancelled", sequence=1), SOUND.bookings[1]],
        allocations=[SOUND.allocations[0]._replace(status="released"), *SOUND.allocations[1:]],
        mails=[*SOUND.mails, mail(1, "1-cancelled", ADA)],
    )

    assert faults(unheard) == faults(made) == []


def test_a_page_may_refuse_first_and_book_at_the_next_try() -> None:
    refused = booked(0.5, 1, status=409, told="", span=None, door="page")

    first, *others = SOUND.attempts
    evidence = SOUND._replace(attempts=[refused, first._replace(status=302, door="page"), *others])

    assert faults(evidence) == []


def test_an_intent_without_a_line_of_what_was_heard_is_a_silence() -> None:
    ask = {"kind": "ask", "client": "c1", "try": 1, "at": 5.0, "door": "api", "op": 1}
    ask |= {"verb": "cancel", "key": "k", "reference": "REFERENCE1", "wish": None}

    (found,) = attempts_of([ask])

    assert (found.verb, found.reference, found.status) == ("cancel", "REFERENCE1", 0)


def test_a_further_event_of_a_revision_has_a_message_of_its_own() -> None:
    further = SOUND._replace(mails=[*SOUND.mails, mail(1, "0-booked-2", ADA)])

    assert faults(further) == []
