"""Breakdowns of a month with the names of what they are by. Reads only."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from network.models import User
from sites.models import Site
from subscriptions.models import CostCentre, Team
from subscriptions.usage.totals import By, Figures, Usage

MODELS: dict[By, type[Model]] = {
    By.TEAM: Team,
    By.SITE: Site,
    By.COST_CENTRE: CostCentre,
    By.PERSON: User,
}


@dataclass(frozen=True)
class Named:
    """A line of a breakdown; without a key it is what belongs to none."""

    key: int | None
    name: str
    figures: Figures


def rows_by(usage: Usage, by: By) -> list[Named]:
    """Return a breakdown, most days first: one query."""
    figures = usage.by[by]
    names = names_of(by, [key for key in figures if key is not None])
    rows = [Named(key, names.get(key, nobody(by)), one) for key, one in figures.items()]
    return sorted(rows, key=lambda row: (-row.figures.days, row.name, row.key or 0))


def names_of(by: By, keys: Collection[int]) -> dict[int | None, str]:
    """Return the names of what a breakdown is by, by their keys."""
    rows: QuerySet[Model] = MODELS[by]._default_manager.all()
    return {key: name_of(row) for key, row in rows.in_bulk(keys).items()} if keys else {}


def name_of(row: object) -> str:
    """Return a person's name, else their address; of anything else its name."""
    return row.name or row.email if isinstance(row, User) else str(row)


def nobody(by: By) -> str:
    """Return the words for what belongs to none."""
    if by is By.TEAM:
        return _("Without a team")
    return _("Without a cost centre") if by is By.COST_CENTRE else _("Account closed")
