"""What cancelling costs, kind by kind, as its pages show it. Reads only."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from billing.cancelling.policies import Terms, policy_of_network, terms_of
from billing.models import CancellationPolicy
from sites.models import Site, Space


@dataclass(frozen=True)
class OfKind:
    """The network's rule of a kind of space; at a site its own, if any, and what holds there."""

    kind: Space.Kind
    network: CancellationPolicy
    own: CancellationPolicy | None
    terms: Terms


def of_network() -> list[OfKind]:
    """Return the rule of each kind: one query."""
    rows = list(CancellationPolicy.objects.filter(site__isnull=True))
    return [of_kind(kind, rows) for kind in Space.Kind]


def of_site(site: Site) -> list[OfKind]:
    """Return the rule of each kind that a site has: two queries."""
    here = Q(site__isnull=True) | Q(site=site)
    rows = list(CancellationPolicy.objects.filter(here))
    sold = set(site.spaces.filter(is_active=True).values_list("kind", flat=True))
    return [of_kind(kind, rows) for kind in Space.Kind if kind in sold]


def of_kind(kind: Space.Kind, rows: Iterable[CancellationPolicy]) -> OfKind:
    """Return the rule of one kind among the rows of a site and of the network."""
    its = [row for row in rows if row.kind == kind]
    own = next((row for row in its if row.site_id is not None), None)
    return OfKind(kind, policy_of_network(its, kind), own, terms_of(its, kind))
