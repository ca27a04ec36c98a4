"""The same key from the same person gets the first answer, however often it is sent."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import BigIntegerField, CharField, QuerySet
from django.utils.translation import gettext as _

from bookings.errors import KeyReused
from bookings.locks import ask_person_lock
from bookings.models import IdempotentAnswer
from network.insertions import insert
from network.jobs.retention import PERIODS
from network.models import User
from network.sql import Given, Statement, kept, together

#: A client that tries again does so within a day; older answers are forgotten.
KEPT = PERIODS["answers"]


@dataclass(frozen=True)
class Answer:
    """What was answered: an HTTP status and a JSON body."""

    status: int
    body: dict[str, Any]


def fingerprint(request: object) -> str:
    """Return a digest of a request's JSON-able content, to know it again."""
    text = json.dumps(request, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()


@kept
def answers_before() -> QuerySet[IdempotentAnswer]:
    """Return what one person's key was answered, if it came before."""
    person, key = Given("person", BigIntegerField()), Given("key", CharField())
    return IdempotentAnswer.objects.filter(person=person, key=key)


@transaction.atomic
def answer_once(
    *asked: Statement,
    person: User,
    key: str,
    request: object,
    now: datetime,
    act: Callable[[], Answer],
) -> Answer:
    """Return what `act` answers, or what it answered the first time this key came.

    The person's row is locked first, so the second of two that arrive at once waits for the
    first; a crash before commit leaves neither answer nor booking. What `act` needs may be `asked`
    in the same go. Raises KeyReused when the key came before with another request.
    """
    before = answers_before().asked(person=person.pk, key=key)
    together(ask_person_lock(person), before, *asked)
    digest = fingerprint(request)
    first = next(iter(before.rows), None)
    if first is not None and first.created_at >= now - KEPT:
        if first.fingerprint != digest:
            raise KeyReused(_("This idempotency key was used for another request."))
        return Answer(first.status, first.body)
    if first is not None:
        first.delete()
    answer = act()
    insert(
        IdempotentAnswer(
            person=person,
            key=key,
            fingerprint=digest,
            status=answer.status,
            body=answer.body,
            created_at=now,
        )
    )
    return answer
