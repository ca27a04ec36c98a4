"""What is kept of a booking on an employer's account, read beside other rows of it."""

from typing import Any, NamedTuple

from django.db.models import OuterRef, QuerySet, Subquery

from subscriptions.models import OnAccount

#: What `with_kept` adds to a row, in the order of `Kept`.
KEPT_FIELDS = ("kept_person", "kept_team", "kept_cost_centre")


class Kept(NamedTuple):
    """Whose a booking is, and of which team and cost centre it was when made, by their keys."""

    person: int | None = None
    team: int | None = None
    cost_centre: int | None = None


def with_kept(rows: QuerySet[Any, Any], subject: str) -> QuerySet[Any, Any]:
    """Have rows tell what is kept of the booking whose reference stands in their field."""
    row = OnAccount.objects.filter(subject=OuterRef(subject))
    told: QuerySet[Any, Any] = rows.annotate(
        kept_person=Subquery(row.values("person")[:1]),
        kept_team=Subquery(row.values("team")[:1]),
        kept_cost_centre=Subquery(row.values("cost_centre")[:1]),
    )
    return told
