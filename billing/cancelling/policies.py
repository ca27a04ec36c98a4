"""Which cancellation policy holds where: a site's own, else the network's, else the settings'."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import BigIntegerField, CharField, Q, QuerySet
from django.utils.translation import gettext as _

from billing.errors import PolicyTooStrict
from billing.grids.rights import refuse_unless_running
from billing.models import CancellationPolicy
from network.models import User
from network.sql import Given, kept
from sites.models import Site


class Terms(NamedTuple):
    """Cancelling is free until so many hours before the start; after that a share is kept."""

    free_hours: int
    late_percent: int

    def free_until(self, starts_at: datetime) -> datetime:
        """Return from when on cancelling what begins then is no longer free."""
        return starts_at - timedelta(hours=self.free_hours)


@kept
def policies() -> QuerySet[CancellationPolicy]:
    """Return the policies of one kind: a site's own and the network's."""
    here = Q(site__isnull=True) | Q(site=Given("site", BigIntegerField()))
    return CancellationPolicy.objects.filter(here, kind=Given("kind", CharField()))


def policy_of_network(rows: Iterable[CancellationPolicy], kind: str) -> CancellationPolicy:
    """Return the network's policy of a kind; without a row, that of the settings."""
    usual = CancellationPolicy(
        kind=kind,
        free_hours=settings.CANCELLATION_FREE_HOURS,
        late_percent=settings.CANCELLATION_LATE_PERCENT,
    )
    return next((row for row in rows if row.site_id is None), usual)


def terms_of(rows: Iterable[CancellationPolicy], kind: str) -> Terms:
    """Return what holds of the `policies` of a site; its own within what the network allows now."""
    every = list(rows)
    network = policy_of_network(every, kind)
    own = next((row for row in every if row.site_id is not None), None)
    if own is None:
        return Terms(network.free_hours, network.late_percent)
    return Terms(
        min(own.free_hours, network.strictest_hours),
        min(own.late_percent, network.strictest_percent),
    )


def terms_at(site: Site, kind: str) -> Terms:
    """Return on which terms a kind of space is cancelled at a site: one query."""
    return terms_of(policies().read(site=site.pk, kind=kind), kind)


@transaction.atomic
def set_site_policy(
    *, site: Site, kind: str, terms: Terms, by: User, now: datetime
) -> CancellationPolicy:
    """Have a site cancel on terms of its own; what is booked already keeps those it has.

    Raises PolicyTooStrict beyond what the network allows, or PermissionDenied.
    """
    refuse_unless_running(by, site)
    network = policy_of_network(policies().read(site=site.pk, kind=kind), kind)
    refuse_too_strict(terms, network)
    row, _made = CancellationPolicy.objects.update_or_create(
        site=site,
        kind=kind,
        defaults={
            "free_hours": terms.free_hours,
            "late_percent": terms.late_percent,
            "set_by": by,
            "set_at": now,
        },
    )
    return row


def refuse_too_strict(terms: Terms, network: CancellationPolicy) -> None:
    """Refuse terms beyond what the network allows, and name that."""
    if (
        terms.free_hours <= network.strictest_hours
        and terms.late_percent <= network.strictest_percent
    ):
        return
    words = _(
        "The network allows at most: free until %(hours)d hours before, %(percent)d%% kept later."
    )
    told = {"hours": network.strictest_hours, "percent": network.strictest_percent}
    raise PolicyTooStrict(words % told)
