"""What tests of invitations do again and again."""

from collections.abc import Sequence

from django.utils import translation

from network.models import Organisation, User
from subscriptions.people.inviting import invite
from subscriptions.people.judging import Judged, Wanted
from subscriptions.people.typed import typed_entries
from tests.factories import NOW

Told = list[tuple[str, str, str]]


def invited(employer: Organisation, by: User, text: str) -> list[Judged]:
    """Invite the addresses of a text now, without team and cost centre; told in English."""
    wanted = [Wanted(one) for one in typed_entries(text)]
    with translation.override("en"):
        return invite(employer=employer, wanted=wanted, by=by, now=NOW)


def told(rows: Sequence[Judged]) -> Told:
    """Return of each line the address as it was typed, what becomes of it, and why."""
    return [(one.wanted.entry.address, one.fate.value, one.why) for one in rows]
