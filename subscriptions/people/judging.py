"""What inviting does with each of some people: invites, or nothing, and why. Reads only."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum
from typing import NamedTuple

from django.conf import settings
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from network.addresses import AddressRefused, canonical
from network.models import Organisation, User
from subscriptions.models import Employee, Invitation
from subscriptions.people.joining import Place
from subscriptions.people.typed import Entry

A_DAY = timedelta(days=1)
#: So often within a day one employer may invite one address, withdrawn and invited anew.
MOST_OF_ADDRESS = 3


class Wanted(NamedTuple):
    """Somebody to invite, where they are to be, and why not if their list says so itself."""

    entry: Entry
    place: Place = Place()
    why: str = ""


class Fate(Enum):
    """What becomes of a line."""

    NEW = "new"
    THERE = "there"
    INVITED = "invited"
    REFUSED = "refused"


@dataclass(frozen=True)
class Judged:
    """A line with what becomes of it, and why where nobody is invited by it."""

    wanted: Wanted
    fate: Fate
    #: In canonical form; empty where there is none.
    email: str = ""
    why: str = ""

    @property
    def line(self) -> int:
        """Return the number of the line."""
        return self.wanted.entry.line

    def refused(self, why: str) -> "Judged":
        """Return the line as it stands when it is refused after all."""
        return replace(self, fate=Fate.REFUSED, why=why)


@dataclass(frozen=True)
class Known:
    """What an employer knows of addresses, and how many more it may invite now."""

    there: Collection[str]
    invited: Collection[str]
    worn: Collection[str]
    left: int


def judge(
    *, employer: Organisation, wanted: Iterable[Wanted], by: User, now: datetime
) -> list[Judged]:
    """Return what becomes of each line, beside the others: of an address the first one counts."""
    known = known_to(employer, by, now)
    alone = (judged(one, known) for one in wanted)
    return list(bounded(once(alone), known.left))


def known_to(employer: Organisation, by: User, now: datetime) -> Known:
    """Return who is there, who is invited, who was too often, and what the day's bound leaves."""
    staying = Employee.objects.filter(organisation=employer).on(timezone.localdate(now)).staying()
    invitations = Invitation.objects.filter(organisation=employer)
    often = invitations.filter(made_at__gt=now - A_DAY).values("email").annotate(count=Count("pk"))
    worn = often.filter(count__gte=MOST_OF_ADDRESS)
    return Known(
        there=set(staying.values_list("person__email", flat=True)),
        invited=set(invitations.open(now).values_list("email", flat=True)),
        worn=set(worn.values_list("email", flat=True)),
        left=invitations_left(employer, by, now),
    )


def invitations_left(employer: Organisation, by: User, now: datetime) -> int:
    """Return how many more may be written to now: by the employer, or by one person for several."""
    recent = Invitation.objects.filter(sent_at__gt=now - A_DAY)
    used = recent.filter(Q(organisation=employer) | Q(made_by=by)).count()
    return max(0, settings.INVITATIONS_PER_DAY - used)


def judged(wanted: Wanted, known: Known) -> Judged:
    """Return what becomes of a line, whatever the others say."""
    try:
        email = canonical(wanted.entry.address)
    except AddressRefused as refusal:
        return Judged(wanted, Fate.REFUSED, why=str(refusal.message))
    fate, why = fate_of(email, known)
    found = Judged(wanted, fate, email, why)
    return found.refused(wanted.why) if wanted.why else found


def fate_of(email: str, known: Known) -> tuple[Fate, str]:
    """Return what becomes of an address, and why where it is not invited."""
    if email in known.there:
        return Fate.THERE, _("Books on your account already.")
    if email in known.invited:
        return Fate.INVITED, _("Is invited already.")
    if email in known.worn:
        return Fate.REFUSED, _("Was invited too often today: try again tomorrow.")
    return Fate.NEW, ""


def once(rows: Iterable[Judged]) -> Iterator[Judged]:
    """Yield lines, refused where a line before them names the same address."""
    lines: dict[str, int] = {}
    for one in rows:
        if one.email in lines:
            line = lines[one.email]
            yield one.refused(_("Is on line %(line)s already.") % {"line": line})
            continue
        if one.email:
            lines[one.email] = one.line
        yield one


def bounded(rows: Iterable[Judged], most: int) -> Iterator[Judged]:
    """Yield lines, refused where they would invite more than may be invited."""
    left = most
    for one in rows:
        if one.fate is Fate.NEW and not left:
            yield one.refused(bound_words())
            continue
        left -= one.fate is Fate.NEW
        yield one


def bound_words() -> str:
    """Return that no more are invited today."""
    words = _("No more than %(most)s people are invited in a day: send it again tomorrow.")
    return words % {"most": settings.INVITATIONS_PER_DAY}


def of_fate(rows: Sequence[Judged], fate: Fate) -> list[Judged]:
    """Return the lines of one fate."""
    return [one for one in rows if one.fate is fate]
