"""Writes territories: what differs from what is there, whoever wants them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from network.models import Territory
from network.places.files import Report
from network.rules import search_key

FIELDS = ("name", "source", "valid_on")
WRITTEN = (*FIELDS, "search_key")
#: (kind, code)
Key = tuple[str, str]
Link = Territory.communes.through


@dataclass(frozen=True)
class Plan:
    """A territory as it should be; `communes` are keys of rows."""

    kind: str
    code: str
    name: str
    source: str
    valid_on: date | None
    communes: frozenset[int]

    @property
    def key(self) -> Key:
        """Return what tells it from all others."""
        return self.kind, self.code


@transaction.atomic
def write_territories(plans: Iterable[Plan]) -> Report:
    """Make these territories, or change those that there are; others stay. Return what was done.

    The number of queries does not grow with the communes.
    """
    wanted = {plan.key: plan for plan in plans}
    before = {(one.kind, one.code): one for one in known(wanted)}
    report = Report(created=len(wanted.keys() - before.keys()))
    Territory.objects.bulk_create(as_row(wanted[key]) for key in sorted(wanted.keys() - before))
    renamed = [one for key, one in before.items() if rename(one, wanted[key])]
    Territory.objects.bulk_update(renamed, WRITTEN)
    moved = write_communes(wanted)
    changed = {(one.kind, one.code) for one in renamed} | moved
    report.updated = len(changed & before.keys())
    report.unchanged = len(before) - report.updated
    return report


def known(wanted: Iterable[Key]) -> list[Territory]:
    """Return the rows that there are of those territories."""
    keys = set(wanted)
    rows = Territory.objects.filter(kind__in={kind for kind, _code in keys})
    return [one for one in rows if (one.kind, one.code) in keys]


def as_row(plan: Plan) -> Territory:
    """Return the unsaved row of a plan."""
    return Territory(
        kind=plan.kind,
        code=plan.code,
        name=plan.name,
        source=plan.source,
        valid_on=plan.valid_on,
    )


def rename(row: Territory, plan: Plan) -> bool:
    """Give a row what the plan says of it, and tell whether that changes anything."""
    before = [getattr(row, name) for name in FIELDS]
    row.name, row.source, row.valid_on = plan.name, plan.source, plan.valid_on
    row.search_key = search_key(plan.name)
    return before != [row.name, row.source, row.valid_on]


def write_communes(wanted: Mapping[Key, Plan]) -> set[Key]:
    """Give the territories their communes and no other; return those that changed."""
    key_of = {one.pk: (one.kind, one.code) for one in known(wanted)}
    links = Link.objects.filter(territory__in=key_of).values_list("pk", "territory", "commune")
    there = {(territory, commune): pk for pk, territory, commune in links}
    due = {(pk, commune) for pk, key in key_of.items() for commune in wanted[key].communes}
    stale, missing = there.keys() - due, sorted(due - there.keys())
    Link.objects.filter(pk__in=[there[pair] for pair in stale]).delete()
    Link.objects.bulk_create(
        Link(territory_id=territory, commune_id=commune) for territory, commune in missing
    )
    return {key_of[territory] for territory, _commune in (*stale, *missing)}
