"""Who pays what people do not, and why: the funders of subsidised lines. Reads only."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from billing.charging.standing import Standing
from billing.models import Subsidy
from network.models import Organisation

#: A funder and the subsidy by which it pays, by their primary keys.
AidKey = tuple[int, int]


@dataclass(frozen=True)
class Aid:
    """Who pays a part of a price, and for what reason."""

    funder: str
    reason: str


def aids_of(lines: Iterable[Standing]) -> dict[AidKey, Aid]:
    """Return what the funders of some lines are called, and why they pay: two queries, or none."""
    keys = aid_keys(lines)
    if not keys:
        return {}
    funders = Organisation.objects.in_bulk({funder for funder, _subsidy in keys})
    subsidies = Subsidy.objects.in_bulk({subsidy for _funder, subsidy in keys})
    return {(one, other): Aid(funders[one].name, subsidies[other].reason) for one, other in keys}


def helping(aids: Mapping[AidKey, Aid], lines: Iterable[Standing]) -> tuple[Aid, ...]:
    """Return those that pay a part of some lines, each once."""
    return tuple(dict.fromkeys(aids[key] for key in aid_keys(lines)))


def aid_keys(lines: Iterable[Standing]) -> list[AidKey]:
    """Return by whom and by which subsidy lines are owed, of those that a funder owes."""
    owed = (one.line for one in lines)
    return [
        (line.organisation_id, line.subsidy_id)
        for line in owed
        if line.organisation_id and line.subsidy_id
    ]
