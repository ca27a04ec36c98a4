"""What a person holds: their passes, what is left of each, until when. Reads only."""

from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter

from billing.ledger.balances import moved, reserved
from billing.models import Pass
from billing.models.passes import PassQuerySet
from network.models import User
from sites.models import Site

#: What the query below adds to a row.
free = attrgetter("free")


@dataclass(frozen=True)
class Held:
    """A pass, and the half-days of it that may still be taken."""

    row: Pass
    left: int


@dataclass(frozen=True, kw_only=True)
class Need:
    """A person's use of a kind of space at a site, which ends at `ends_at` if that is known."""

    person: User
    kind: str
    site: Site
    ends_at: datetime | None = None


def usable(need: Need, now: datetime) -> list[Held]:
    """Return what can be spent on a use, nearest expiry first: one query.

    A pass covers what is over by the pass's own end, and counts for nothing from that on. Those of
    which nothing is left are left out.
    """
    mine = Pass.objects.of_person(need.person)
    rows = mine.usable(need.kind, need.site, now, need.ends_at)
    return [one for one in held(rows, now) if one.left > 0]


def held(rows: PassQuerySet, now: datetime) -> list[Held]:
    """Return passes with what is left of each, in their order: one query.

    What is reserved cannot be taken; a pass that is over has nothing left, whatever it holds.
    """
    told = rows.select_related("account", "site").annotate(
        free=moved("account") - reserved(now, "account")
    )
    return [Held(row, free(row) if row.valid_until > now else 0) for row in told]
