"""Setting what cancelling costs: by a site within the network's bounds, and by the network."""

from datetime import datetime
from typing import NamedTuple

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from billing.cancelling.policies import Terms, policies, policy_of_network
from billing.errors import PolicyTooStrict
from billing.grids.rights import refuse_unless_running
from billing.models import CancellationPolicy
from network.models import User
from sites.models import Site

#: To set what cancelling costs where a site says nothing, and how strict a site may be.
SET_ANY = "billing.change_cancellationpolicy"


class Bounds(NamedTuple):
    """A site asks to be told at most so many hours before, and keeps at most such a share."""

    strictest_hours: int
    strictest_percent: int


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
        defaults={**terms._asdict(), "set_by": by, "set_at": now},
    )
    return row


def refuse_too_strict(terms: Terms, network: CancellationPolicy) -> None:
    """Refuse terms beyond what the network allows, and name that."""
    is_too_long = terms.free_hours > network.strictest_hours
    if not is_too_long and terms.late_percent <= network.strictest_percent:
        return
    words = _(
        "The network allows at most: free until %(hours)d hours before, %(percent)d%% kept later."
    )
    told = {"hours": network.strictest_hours, "percent": network.strictest_percent}
    about = "free_hours" if is_too_long else "late_percent"
    raise PolicyTooStrict(words % told, about=about)


@transaction.atomic
def withdraw_site_policy(*, site: Site, kind: str, by: User) -> None:
    """Have a site cancel on the network's terms again. Raises PermissionDenied."""
    refuse_unless_running(by, site)
    CancellationPolicy.objects.filter(site=site, kind=kind).delete()


@transaction.atomic
def set_network_policy(
    *, kind: str, terms: Terms, bounds: Bounds, by: User, now: datetime
) -> CancellationPolicy:
    """Have sites that say nothing cancel on those terms, and none be stricter than the bounds.

    What is booked already keeps its terms; a site that is stricter is held to the bounds. Raises
    PolicyTooStrict for terms beyond them, or PermissionDenied.
    """
    if not by.has_perm(SET_ANY):
        raise PermissionDenied
    refuse_too_strict(terms, CancellationPolicy(kind=kind, **bounds._asdict()))
    row, _made = CancellationPolicy.objects.update_or_create(
        site=None,
        kind=kind,
        defaults={**terms._asdict(), **bounds._asdict(), "set_by": by, "set_at": now},
    )
    return row
