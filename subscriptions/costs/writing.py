"""Cost centres of an employer are added, named and deleted."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from network.models import Organisation, User
from subscriptions.costs.reading import Named
from subscriptions.employers.locking import lock_employer
from subscriptions.employers.rights import refuse_unless_runs
from subscriptions.errors import CostCentreRefused
from subscriptions.models import CostCentre, Invitation, OnAccount


@transaction.atomic
def add_cost_centres(
    *, employer: Organisation, some: Iterable[Named], by: User
) -> Sequence[CostCentre]:
    """Add all of some cost centres, or none. Raises CostCentreRefused, or PermissionDenied."""
    refuse_unless_runs(by, employer)
    wanted = list(some)
    rows = CostCentre.objects.filter(organisation=lock_employer(employer))
    if there := sorted(rows.filter(code__in=[one.code for one in wanted]).values_list("code")):
        words = _("There are cost centres of these codes: %(codes)s.")
        told = {"codes": ", ".join(code for (code,) in there)}
        raise CostCentreRefused(words % told, about="text")
    made = [CostCentre(organisation=employer, code=one.code, name=one.name) for one in wanted]
    return CostCentre.objects.bulk_create(made)


@transaction.atomic
def name_cost_centre(*, cost_centre: CostCentre, name: str, by: User) -> CostCentre:
    """Give a cost centre another name; its code stays. Raises PermissionDenied."""
    refuse_unless_runs(by, cost_centre.organisation)
    cost_centre.name = name
    cost_centre.save(update_fields=["name"])
    return cost_centre


@transaction.atomic
def delete_cost_centre(*, cost_centre: CostCentre, by: User) -> None:
    """Delete a cost centre under which nothing stands.

    Raises CostCentreRefused with what does, or PermissionDenied.
    """
    refuse_unless_runs(by, cost_centre.organisation)
    lock_employer(cost_centre.organisation)
    if words := used_words(cost_centre):
        raise CostCentreRefused(" ".join(words))
    CostCentre.objects.filter(pk=cost_centre.pk).delete()


def used_words(cost_centre: CostCentre) -> list[str]:
    """Return what stands under a cost centre, a sentence each; nothing if it is unused."""
    people = cost_centre.employees.count()
    invited = Invitation.objects.filter(cost_centre=cost_centre).count()
    booked = OnAccount.objects.filter(cost_centre=cost_centre).count()
    told = [
        (people, ngettext("%(count)s person has it.", "%(count)s people have it.", people)),
        (invited, invited_words(invited)),
        (booked, booked_words(booked)),
    ]
    return [words % {"count": count} for count, words in told if count]


def invited_words(count: int) -> str:
    """Return how many invitations name it."""
    return ngettext("%(count)s invitation has it.", "%(count)s invitations have it.", count)


def booked_words(count: int) -> str:
    """Return how many bookings stand under it."""
    return ngettext(
        "%(count)s booking was made under it.", "%(count)s bookings were made under it.", count
    )
