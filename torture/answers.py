"""What is wrong in the answers that clients got, beside what the rows say."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import Any

from torture.evidence import Attempt, Booking, Evidence, Kill
from torture.rows import by_booking

#: Seconds for the service to answer again after what was killed was started anew.
RECOVERY_S = 30.0
#: What a wish of ours may be refused with: somebody was faster, or the site is shut.
DESERVED = {409, 422}
UNDESERVED_CODES = {"invalid_request", "idempotency_key_reused"}
State = tuple[int, frozenset[tuple[datetime, datetime]], int]


def state_asked(attempt: Attempt) -> State:
    """Return what a wish comes to when it is granted."""
    assert attempt.wish
    space, times, people = attempt.wish
    instants = ((datetime.fromisoformat(one), datetime.fromisoformat(two)) for one, two in times)
    return space, frozenset(instants), people


def states_held(evidence: Evidence) -> dict[str, State]:
    """Return what each booking is, by its allocations."""
    allocations = by_booking(evidence)
    return {
        one.reference: (
            one.space,
            frozenset((row.starts_at, row.ends_at) for row in allocations.get(one.id, [])),
            one.people,
        )
        for one in evidence.bookings
    }


@dataclass
class Story:
    """What one booking may be, by all that was asked of it and heard."""

    told: State
    key: str
    maybe: set[State] = field(default_factory=set)
    is_cancelled: bool = False
    may_be_cancelled: bool = False

    def hear(self, attempt: Attempt) -> None:
        """Take in one more attempt to change or cancel it."""
        if attempt.verb == "cancel":
            # Nothing but an earlier cancellation refuses one, days ahead.
            self.is_cancelled |= attempt.is_done or attempt.status == 409
            self.may_be_cancelled = True
        elif attempt.verb == "change" and attempt.is_done:
            self.told = state_asked(attempt)
        elif attempt.verb == "change" and not attempt.is_refused:
            # It may still be on its way, and overtake what was asked after it.
            self.maybe.add(state_asked(attempt))

    def denial(self, booking: Booking | None, held: State | None) -> str:
        """Return what is not as it was told; empty when all is."""
        if booking is None:
            return "was answered, and is not there"
        if booking.note != self.key:
            return f"has the key {booking.note}, was asked with {self.key}"
        if booking.status == "cancelled":
            return "" if self.may_be_cancelled else "is cancelled, nobody asked for that"
        if self.is_cancelled:
            return f"its cancellation was answered, and it is {booking.status}"
        return "" if held in {self.told, *self.maybe} else f"is {held}, was told {self.told}"


def told_but_not_so(evidence: Evidence) -> Iterator[str]:
    """Yield bookings that are not what their client was last told, and looks that saw otherwise."""
    stories: dict[str, Story] = {}
    for attempt in evidence.attempts:
        if attempt.verb == "book" and attempt.is_done:
            stories.setdefault(attempt.told, Story(state_asked(attempt), attempt.key))
        elif attempt.reference in stories:
            yield from seen_otherwise(attempt, stories[attempt.reference])
            stories[attempt.reference].hear(attempt)
    rows = {one.reference: one for one in evidence.bookings}
    held = states_held(evidence)
    for reference, story in stories.items():
        if denial := story.denial(rows.get(reference), held.get(reference)):
            yield f"{reference} ({story.key}) {denial}"


def seen_otherwise(attempt: Attempt, story: Story) -> Iterator[str]:
    """Yield what somebody who looked at a booking saw, if it was not what they had been told."""
    if attempt.verb != "look" or attempt.span is None:
        return
    starts_at, ends_at = map(datetime.fromisoformat, attempt.span)
    spans = {
        (min(one for one, _ends in times), max(two for _starts, two in times))
        for _space, times, _people in {story.told, *story.maybe}
    }
    if (starts_at, ends_at) not in spans:
        yield f"{attempt}: saw {starts_at} – {ends_at}"


def by_key(evidence: Evidence) -> dict[str, list[Attempt]]:
    """Return the attempts to book with each key."""
    found = defaultdict(list)
    for attempt in evidence.attempts:
        if attempt.verb == "book":
            found[attempt.key].append(attempt)
    return found


def answers_that_differ(evidence: Evidence) -> Iterator[str]:
    """Yield keys that were answered in two ways; a page's refusal may be followed by success."""
    for key, attempts in by_key(evidence).items():
        told: set[Any] = {one.told for one in attempts if one.is_done}
        if attempts[0].door == "api" or told:
            told |= {one.code for one in attempts if one.is_refused and is_last_word(one, attempts)}
        if len(told) > 1:
            yield f"{key}: {sorted(told)}"


def is_last_word(refusal: Attempt, attempts: list[Attempt]) -> bool:
    """Tell whether a refusal binds: the API's always, a page's when it had been granted before."""
    if refusal.door == "api":
        return True
    return any(one.is_done and one.heard_at < refusal.asked_at for one in attempts)


def refused_but_booked(evidence: Evidence) -> Iterator[str]:
    """Yield bookings of keys that were refused, and by nothing else."""
    rows = {one.note: one for one in evidence.bookings}
    for key, attempts in by_key(evidence).items():
        if key not in rows or not any(one.is_refused for one in attempts):
            continue
        is_bound = attempts[0].door == "api" or all(one.is_refused for one in attempts)
        if is_bound:
            yield f"{key}: refused, and is {rows[key].reference}"


def unasked_bookings(evidence: Evidence) -> Iterator[str]:
    """Yield bookings that nobody asked for, or that are what nobody asked for."""
    asked = by_key(evidence)
    wishes: dict[str, set[State]] = defaultdict(set)
    for attempt in evidence.attempts:
        if attempt.wish:
            wishes[attempt.key].add(state_asked(attempt))
    held = states_held(evidence)
    for booking in evidence.bookings:
        if booking.note not in asked:
            yield f"{booking.reference}: its key {booking.note} was never sent"
        elif held[booking.reference] not in wishes[booking.note]:
            yield f"{booking.reference}: nobody asked for {held[booking.reference]}"


def broken_answers(evidence: Evidence) -> Iterator[str]:
    """Yield answers that are faults of the service, and 503 that do not say when to come again."""
    for attempt in evidence.attempts:
        if attempt.status in {500, 502, 504}:
            yield f"{attempt}, {since_kill(attempt.heard_at, evidence.kills)}"
        if attempt.status == 503 and not attempt.retry_after:
            yield f"{attempt}, without Retry-After"


def since_kill(at: float, kills: list[Kill]) -> str:
    """Say what was killed last before an instant."""
    before = [kill for kill in kills if kill.at <= at]
    if not before:
        return "before any kill"
    kill = before[-1]
    return f"{at - kill.at:.1f} s after {kill.way} of {kill.victim}"


def strange_answers(evidence: Evidence) -> Iterator[str]:
    """Yield refusals that no wish of ours deserves: unknown, forbidden, signed out, misread."""
    for attempt in evidence.attempts:
        if not attempt.is_refused:
            continue
        is_deserved = attempt.verb != "look" and attempt.status in DESERVED
        if not is_deserved or attempt.code in UNDESERVED_CODES:
            yield f"{attempt} {attempt.code}"


def slow_recoveries(evidence: Evidence) -> Iterator[str]:
    """Yield kills after which the service did not answer in time, though nothing else died."""
    for kill, following in pairwise([*evidence.kills, None]):
        assert kill
        until = kill.back + RECOVERY_S
        if following and following.at < until:
            continue
        answers = [one for one in evidence.probes if kill.back <= one.at <= until]
        if not any(one.status == 200 for one in answers):
            yield f"{kill.way} of {kill.victim}: not ready {RECOVERY_S:.0f} s after its return"
