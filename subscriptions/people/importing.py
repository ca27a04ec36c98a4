"""People are invited by a list: looked through first, then invited all together."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from network.models import Organisation, User
from network.models.fields import CodeField
from network.rules import plain_words
from subscriptions.employers.locking import lock_employer
from subscriptions.employers.rights import refuse_unless_runs
from subscriptions.models import CostCentre, Team
from subscriptions.people.inviting import invite, invite_all
from subscriptions.people.joining import Place
from subscriptions.people.judging import Judged, Wanted, judge
from subscriptions.people.sheets import Row, Sheet
from subscriptions.people.typed import LONGEST_NAME, Entry

LONGEST_TEAM = 100
#: What a cost centre may be called.
CODE = re.compile(rf"(?=.{{1,20}}\Z){CodeField.PATTERN}", re.ASCII)


@dataclass(frozen=True)
class Choices:
    """What is chosen beside a list."""

    #: To make the teams and cost centres that it names and that are not there yet.
    makes_missing: bool = False
    #: To invite the others where some lines are refused.
    only_good: bool = False


class Places:
    """The teams and cost centres of an employer, by what lists call them."""

    def __init__(self, employer: Organisation) -> None:
        self.teams = {
            plain_words(one.name): one for one in Team.objects.filter(organisation=employer)
        }
        self.centres: dict[str, CostCentre] = {}
        for one in CostCentre.objects.filter(organisation=employer):
            self.centres |= {plain_words(one.name): one} if one.name else {}
            self.centres[one.code.lower()] = one

    def team(self, name: str) -> Team | None:
        """Return the team that a list names so."""
        return self.teams.get(plain_words(name))

    def centre(self, name: str) -> CostCentre | None:
        """Return the cost centre of that code, or else of that name."""
        return self.centres.get(name.lower()) or self.centres.get(plain_words(name))

    def missing_teams(self, rows: Iterable[Row]) -> list[str]:
        """Return the names of teams that lists name and that are not there, each once."""
        named = spelled_first((one.team for one in rows), plain_words)
        return [name for name in named if not self.team(name) and is_team(name)]

    def missing_centres(self, rows: Iterable[Row]) -> list[str]:
        """Return the codes of cost centres that lists name and that are not there, each once."""
        named = spelled_first((one.cost_centre for one in rows), str.lower)
        return [code for code in named if not self.centre(code) and CODE.fullmatch(code)]


def spelled_first(names: Iterable[str], key: Callable[[str], str]) -> Iterable[str]:
    """Return names as they were spelled first, each once by its key; empty ones are none."""
    found: dict[str, str] = {}
    for name in filter(None, names):
        found.setdefault(key(name), name)
    return found.values()


def look_through(
    *, employer: Organisation, sheet: Sheet, choices: Choices, by: User, now: datetime
) -> list[Judged]:
    """Return what would become of each line; nothing is written. Raises PermissionDenied."""
    refuse_unless_runs(by, employer)
    wanted = wanted_of(sheet, Places(employer), choices)
    return judge(employer=employer, wanted=wanted, by=by, now=now)


@transaction.atomic
def invite_list(
    *, employer: Organisation, sheet: Sheet, choices: Choices, by: User, now: datetime
) -> list[Judged]:
    """Invite the people of a list: all of them or nobody, unless the good lines alone are chosen.

    Raises InvitationRefused where a line is refused and they are not; PermissionDenied.
    """
    refuse_unless_runs(by, employer)
    lock_employer(employer)
    if choices.makes_missing:
        make_missing(employer, sheet)
    wanted = wanted_of(sheet, Places(employer), choices)
    act = invite if choices.only_good else invite_all
    return act(employer=employer, wanted=wanted, by=by, now=now)


def make_missing(employer: Organisation, sheet: Sheet) -> None:
    """Make the teams, without rules, and cost centres that a list names and that are not there."""
    places = Places(employer)
    for name in places.missing_teams(sheet.rows):
        Team.objects.get_or_create(organisation=employer, name=name)
    for code in places.missing_centres(sheet.rows):
        CostCentre.objects.get_or_create(organisation=employer, code=code)


def wanted_of(sheet: Sheet, places: Places, choices: Choices) -> list[Wanted]:
    """Return whom a list names, each with their place, or with what is wrong with it."""
    return [
        Wanted(
            Entry(row.line, row.email, row.name[:LONGEST_NAME]),
            Place(places.team(row.team), places.centre(row.cost_centre)),
            why_not(row, places, choices),
        )
        for row in sheet.rows
    ]


def why_not(row: Row, places: Places, choices: Choices) -> str:
    """Return what is wrong with the team or the cost centre of a line."""
    makes = choices.makes_missing
    if row.team and not places.team(row.team) and not (makes and is_team(row.team)):
        return _("There is no team “%(name)s”.") % {"name": row.team}
    centre = row.cost_centre
    if centre and not places.centre(centre) and not (makes and CODE.fullmatch(centre)):
        return _("There is no cost centre “%(name)s”.") % {"name": centre}
    return ""


def is_team(name: str) -> bool:
    """Tell whether a team can be called so."""
    return bool(plain_words(name)) and len(name) <= LONGEST_TEAM


def missing_of(employer: Organisation, sheet: Sheet) -> Sequence[str]:
    """Return what a list names and is not there: teams, then cost centres."""
    places = Places(employer)
    return [*places.missing_teams(sheet.rows), *places.missing_centres(sheet.rows)]
