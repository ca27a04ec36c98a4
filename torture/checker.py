"""The judge: reads evidence only, knows no rule of the product's code, and names each fault."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from torture.answers import (
    answers_that_differ,
    broken_answers,
    refused_but_booked,
    slow_recoveries,
    strange_answers,
    told_but_not_so,
    unasked_bookings,
)
from torture.evidence import Evidence
from torture.holds import confirmed_as_other, ill_made_holds
from torture.mails import lost_mails, mails_of_nothing, tasks_left, twice_named_mails
from torture.rows import (
    bookings_a_key,
    cancelled_but_holding,
    ill_made_bookings,
    outside_opening,
    persons_in_two_places,
    units_held_twice,
)

#: Rule → who finds what broke it. Each yields the rows at fault, in words.
RULES: dict[str, Callable[[Evidence], Iterator[str]]] = {
    "a unit is held once at an instant": units_held_twice,
    "a person has one place of a kind at an instant": persons_in_two_places,
    "an allocation belongs to a booking that says so": ill_made_bookings,
    "what is held belongs to a hold that says so": ill_made_holds,
    "a hold becomes the booking it was asked for": confirmed_as_other,
    "an allocation is inside opening hours and one day": outside_opening,
    "what is cancelled holds nothing": cancelled_but_holding,
    "a key books once": bookings_a_key,
    "a key has one answer": answers_that_differ,
    "what was answered is so": told_but_not_so,
    "what was refused left nothing": refused_but_booked,
    "a booking was asked for": unasked_bookings,
    "an answer is done, refused or 503 with Retry-After": broken_answers,
    "a refusal is one that the wish deserves": strange_answers,
    "the service comes back by itself": slow_recoveries,
    "the last revision has its mail": lost_mails,
    "a mail tells of a revision that is": mails_of_nothing,
    "a revision has one Message-ID": twice_named_mails,
    "no task is left": tasks_left,
}


class Fault(NamedTuple):
    """One row that breaks a rule."""

    rule: str
    row: str


def faults(evidence: Evidence) -> list[Fault]:
    """Return everything that is wrong."""
    return [Fault(rule, row) for rule, find in RULES.items() for row in find(evidence)]


class Tally(NamedTuple):
    """What the storm came to; all zeros would prove nothing."""

    booked: int
    changed: int
    cancelled: int
    refused: int
    unheard: int
    away: int
    mails: int
    sent_twice: int
    kills: int
    longest_503_s: float


def tally(evidence: Evidence) -> Tally:
    """Count."""
    settled = [one for one in evidence.attempts if one.is_done]
    done = {
        verb: len({(one.client, one.op) for one in settled if one.verb == verb})
        for verb in ("book", "change", "cancel")
    }
    away = [one for one in evidence.attempts if one.status == 503]
    return Tally(
        booked=done["book"],
        changed=done["change"],
        cancelled=done["cancel"],
        refused=sum(one.is_refused for one in evidence.attempts),
        unheard=sum(one.status == 0 for one in evidence.attempts),
        away=len(away),
        mails=len(evidence.mails),
        sent_twice=len(evidence.mails) - len({mail.id for mail in evidence.mails}),
        kills=len(evidence.kills),
        longest_503_s=round(max((one.heard_at - one.asked_at for one in away), default=0.0), 2),
    )
